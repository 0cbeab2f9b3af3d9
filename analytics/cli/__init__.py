"""The command ``splitship``: one verb a file; rows on standard output, the story on standard error."""
