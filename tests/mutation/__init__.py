"""Whether the tests bite: small wrongs put into SQL models and Python modules, each of which some test must notice."""
