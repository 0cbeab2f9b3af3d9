"""Which column each heading is: the claims of headings, and how they are settled by what the cells hold."""
