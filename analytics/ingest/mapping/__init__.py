"""What a user says of an input, and known exports: settings, expressions, templates.

Takes TOML; gives `SourceSettings`.
"""
