"""Takes the groups of a run and the identity ids of the run before; gives stable ids and what changed."""
