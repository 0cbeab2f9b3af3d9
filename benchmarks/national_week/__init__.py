"""A week of the whole country: how long a screening takes, beside the floor of merely adding the file up."""
