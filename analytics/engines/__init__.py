"""Where tables live and SQL models run."""
