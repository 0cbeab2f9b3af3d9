"""What a call names: files, folders, URLs, database tables and sheets, one by one.

Takes the words of the call; gives a `RawTable` each.
"""
