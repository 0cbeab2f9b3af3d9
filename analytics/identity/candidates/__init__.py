"""Takes records; gives the candidate pairs worth comparing."""
