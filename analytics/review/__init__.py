"""Clerical review: takes verdicts on pairs of aliases; gives pairs to review, refits, and what depends on a link."""
