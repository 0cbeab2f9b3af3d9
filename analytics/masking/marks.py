"""What stands in the place of a name: the same for the same party in every week and file of one store."""

from __future__ import annotations

import hashlib
import hmac
import re

__all__ = ["PARTY_DIGITS", "Marks", "is_code"]

_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9._/-]{1,39}")
_SPACE = re.compile(r"\s+")
_MARK, _PARTY = 6, 10
PARTY_DIGITS = (1, _PARTY)
"""Where in the id of an identity or an alias its pseudonym is taken from: after the letter, so many."""


def is_code(text: str) -> bool:
    """Tell whether a text is a number of an account or a document, and no name.

    >>> is_code("S102038"), is_code("Pine & Thread"), is_code("LUMEN")
    (True, False, False)
    """
    return _CODE.fullmatch(text) is not None


class Marks:
    """Digests under a secret of the store, so that nobody finds a text by trying all there are.

    Parameters
    ----------
    secret : str
        The same for a store at any time.
    """

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(f"masked edition {secret}".encode()).digest()

    def of(self, text: str, digits: int = _MARK) -> str:
        """Return the mark of a text; case and spaces make no difference.

        Parameters
        ----------
        text : str
            Any text.
        digits : int, default=6
            How long.
        """
        plain = _SPACE.sub(" ", text).strip().casefold()
        return hmac.digest(self._key, plain.encode("utf-8", "surrogatepass"), "sha256").hex()[:digits]

    def party(self, kind: str, name: str) -> str:
        """Return the pseudonym of a seller, shipper, buyer or importer; a number of it stays.

        Parameters
        ----------
        kind : str
            Such as ``Seller``.
        name : str
            Its name, or its number.
        """
        return f"{kind} {name if is_code(name) else self.of(name, _PARTY)}"
