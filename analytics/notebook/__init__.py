"""What an analyst asks of a store in one call, and how the answers look in a notebook.

Each module is loaded when its call is made: `analytics.notebook.asking` and `analytics.notebook.reviewing` hold the
calls of `analytics.OpenedStore`.
"""
