"""What columns and words there are: the canonical columns, word lists in many languages, words that name tax ids.

Takes nothing but `data`; gives look-ups to every other room.
"""
