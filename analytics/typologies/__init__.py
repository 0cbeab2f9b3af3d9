"""The typologies, a folder each: how it is called, what its flags say, what is planted of it, and what is no SQL.

Its SQL and its row in the registry are in ``sql/typologies`` under the same name.
"""
