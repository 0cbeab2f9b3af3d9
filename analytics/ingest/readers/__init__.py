"""What several formats share: delimited text, JSON values, sheets and their cells as tables."""
