"""The verbs of the command, one a file: its options, what it does, and what it prints where that is short.

A file put here is a verb: its name with hyphens is what users type, ``command`` is called, ``PLACE`` is where the help
lists it, its docstring what the help says. A folder is a group of verbs. Each verb is loaded when it is called, and
loads what it needs then, so that ``--help`` answers at once.
"""
