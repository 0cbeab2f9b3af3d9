"""Names that a folder or file may have, and that a statement, a pattern or a URL would take for something else."""

__all__ = ["NASTIEST", "NASTY"]

NASTY = [
    "two words",
    "it's",
    "a'); drop table known; --",
    "a' || (select 1) || '",
    "[1]",
    "[!a]",
    "all*",
    "what?",
    "{a,b}",
    'say "x"',
    "no#1",
    "100%25",
    "~home",
    "year=2025",
    "semi;colon",
    "back\\slash",
    "$name",
    "two\nlines",
    "Größe 数量 😀",
    "-rf",
]
NASTIEST = 'it\'s [a] *?#"x" {é}\nk=v; drop %20 $n ~'
