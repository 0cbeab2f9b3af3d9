"""The typologies, a folder each: how it is called, what is planted of it, and what of it is no SQL.

Its SQL and its row in the registry are in ``sql/typologies`` under the same name.
"""
