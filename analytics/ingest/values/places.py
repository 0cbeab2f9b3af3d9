"""Countries as they are written: codes, names, adjectives, and both together."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from analytics.ingest.words.wordlists import codes, countries, plain

__all__ = ["country_code"]

_BEGINS = re.compile(
    r"(?i)^(?:country of origin|origin|(?:made|manufactured|produced|products?|goods) (?:in|of|from))\b[\s:.]*"
)
_PARTS = re.compile(r"[\s/,;|()\[\]\uff08\uff09\u3010\u3011\u3001\u2013\u2014-]+")
_NOTHING = frozenset({"n.a.", "n.a"})


@lru_cache(maxsize=100_000)
def country_code(written: str) -> str | None:
    """Return the alpha-2 code of a country; None where no country or more than one is named.

    Parameters
    ----------
    written : str
        As in the cell.
    """
    if written.strip().casefold() in _NOTHING:
        return None
    known = _known(written) or _known(_BEGINS.sub("", written.strip()))
    if known:
        return known
    parts = [part for part in _PARTS.split(written) if plain(part)]
    found = {_known(part) for part in parts}
    return found.pop() if len(parts) > 1 and len(found) == 1 else None


def _known(word: str) -> str | None:
    name = plain(word)
    return countries().get(name) or _further_words().get(name)


@cache
def _further_words() -> dict[str, str]:
    """Return adjectives, numeric codes and longer names, which stand under a country and are no country elsewhere."""
    return {plain(word): alpha2 for word, alpha2 in codes("country_word").items()}
