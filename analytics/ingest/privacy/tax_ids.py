"""Tax ids: replaced by keyed hashes before anything is kept.

A tax id becomes three things: an HMAC-SHA256 of its letters and digits, the hashes of its one-deletion variants (so
that equal, one edit apart and different can be told later), and its last two characters. In ``rejected.raw``
the hash stands in its place.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

import polars as pl

from analytics.contracts.stand_ins import is_tax_number
from analytics.errors import KeyMissing, StoreError

__all__ = ["PUBLISHED_TEST_KEY", "TaxKey", "hash_tax_ids", "load_tax_key", "mask_words_with_digits"]

PUBLISHED_TEST_KEY = "splitship published test key: for demo and tests only"
"""Known to everybody, so it protects nothing; tests and the demo use it to get the same bytes everywhere."""

_VARIABLE = "SPLITSHIP_TAX_KEY"
_HASH_DIGITS = 32
_SHORTEST_KEY = 16
_MAKE_ONE = "python -c 'import secrets; print(secrets.token_hex(32))'"
_BLOCK = 64
_WORD_WITH_DIGIT = re.compile(r"[^\s,;|\"]*\d[^\s,;|\"]*")


class TaxKey:
    """The key of the hashes; read, or made, when the first tax id is met.

    Parameters
    ----------
    secret : str, optional
        The key itself. Without it, the file is read, and made where it does not exist.
    file : Path, optional
        Where the key is kept, with rights for its owner only.

    Raises
    ------
    KeyMissing
        The secret is so short that the tax ids could be found by trying keys.
    """

    def __init__(self, secret: str | None = None, file: Path | None = None) -> None:
        self._given = None if secret is None else _long_enough(secret, _VARIABLE)
        self.file = file

    @cached_property
    def _secret(self) -> bytes:
        if self._given is not None:
            return hashlib.sha256(self._given.encode()).digest()
        assert self.file is not None, "a TaxKey has a secret or a file"
        if not self.file.exists():
            _make_key_file(self.file)
        return hashlib.sha256(_read_key_file(self.file).encode()).digest()

    @cached_property
    def _pads(self) -> tuple[hashlib._Hash, hashlib._Hash]:
        key = self._secret.ljust(_BLOCK, b"\0")
        return hashlib.sha256(bytes(b ^ 0x36 for b in key)), hashlib.sha256(bytes(b ^ 0x5C for b in key))

    @cached_property
    def fingerprint(self) -> str:
        """A short hash that tells two keys apart and gives neither away."""
        return self.hash("fingerprint of the key")[:16]

    def hash(self, text: str) -> str:
        """Return the truncated HMAC-SHA256 of a text, in hexadecimal."""
        inner, outer = (pad.copy() for pad in self._pads)
        inner.update(text.encode())
        outer.update(inner.digest())
        return outer.hexdigest()[:_HASH_DIGITS]

    def deletions(self, tax_id: str) -> str:
        """Return the hashes of all variants with one character left out, as a sorted JSON list."""
        variants = {tax_id[:at] + tax_id[at + 1 :] for at in range(len(tax_id))}
        return json.dumps(sorted(self.hash(variant) for variant in variants))


def load_tax_key(
    *, expected: str | None = None, environ: Mapping[str, str] | None = None, file: Path | None = None
) -> TaxKey:
    """Return the key of this user, from the environment or from the file of the user.

    Parameters
    ----------
    expected : str, optional
        Fingerprint of the key that made the hashes already in the store.
    environ : mapping, optional
        Environment variables; those of the process where not given. ``SPLITSHIP_TAX_KEY`` holds the key.
    file : Path, optional
        Key file; ``splitship/tax.key`` in the user's configuration folder where not given.

    Returns
    -------
    TaxKey

    Raises
    ------
    KeyMissing
        The store has hashes and their key is not there, or another key is.
    StoreError
        The key file can be read by others.
    """
    variables = os.environ if environ is None else environ
    secret = variables.get(_VARIABLE) or None
    place = file or _default_file(variables)
    if expected is not None and secret is None and not place.exists():
        raise KeyMissing(
            f"the store holds hashed tax ids and their key is gone: no {_VARIABLE} in the environment, no file "
            f"{place}. Restore the key that was used before; other keys make hashes that compare with nothing."
        )
    key = TaxKey(secret, place)
    if expected is not None and key.fingerprint != expected:
        raise KeyMissing(
            f"the key at hand has the fingerprint {key.fingerprint}, the store was made with {expected}. "
            f"Set {_VARIABLE} to the key used before, or restore {place}."
        )
    return key


def _default_file(variables: Mapping[str, str]) -> Path:
    folder = variables.get("XDG_CONFIG_HOME")
    return (Path(folder) if folder else Path.home() / ".config") / "splitship" / "tax.key"


def _make_key_file(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as opened:
        opened.write(secrets.token_hex(32) + "\n")


def _read_key_file(file: Path) -> str:
    rights = file.stat().st_mode & 0o777
    if rights & 0o077:
        raise StoreError(f"{file}: others can read the key of the tax ids (rights {rights:o}). Run: chmod 600 {file}")
    text = file.read_text(encoding="ascii").strip()
    if not text:
        raise KeyMissing(f"{file}: the key file is empty. Restore it, or set {_VARIABLE}.")
    return _long_enough(text, str(file))


def _long_enough(secret: str, place: str) -> str:
    """Return a key that cannot be found by trying; whoever finds it can try every tax id against the hashes."""
    length = len(secret.strip())
    if length < _SHORTEST_KEY:
        raise KeyMissing(
            f"{place}: the key of the tax ids has {length} characters; at least {_SHORTEST_KEY} are needed, so that it "
            f"cannot be guessed. Make one: {_MAKE_ONE}. A store whose hashes were made with the short key has to be "
            "screened anew into an empty store."
        )
    return secret


def hash_tax_ids(written: pl.Series, key: TaxKey) -> pl.DataFrame:
    """Return hash, deletions, last2 and mask for a column of tax ids as written.

    Parameters
    ----------
    written : Series of str
        Tax ids with or without punctuation.
    key : TaxKey
        The key of the hashes.

    Returns
    -------
    DataFrame
        ``hash``, ``deletions``, ``last2`` (null where there is no usable tax id) and ``mask``, which stands for the
        cell in raw rows and is null only where nothing was written.
    """
    compact = written.str.to_uppercase().str.replace_all(r"[^\p{L}\p{N}]", "").alias("compact")
    table = _hash_table(compact.drop_nulls().unique().sort().to_list(), key)
    frame = compact.to_frame().join(table, on="compact", how="left", maintain_order="left")
    empty = written.is_null() | (written.str.strip_chars() == "")
    mask = pl.when(pl.lit(empty)).then(None).otherwise(pl.coalesce(pl.format("hashed:{}", "hash"), pl.lit("hidden")))
    return frame.select("hash", "deletions", "last2", mask.alias("mask"))


def _hash_table(tax_ids: Iterable[str], key: TaxKey) -> pl.DataFrame:
    usable = [tax_id for tax_id in tax_ids if is_tax_number(tax_id)]
    return pl.DataFrame(
        {
            "compact": usable,
            "hash": [key.hash(tax_id) for tax_id in usable],
            "deletions": [key.deletions(tax_id) for tax_id in usable],
            "last2": [tax_id[-2:] for tax_id in usable],
        },
        schema=dict.fromkeys(("compact", "hash", "deletions", "last2"), pl.String),
    )


def mask_words_with_digits(text: str) -> str:
    """Return a text with every word that holds a digit hidden, for lines in which nobody knows which cell is which."""
    return _WORD_WITH_DIGIT.sub(lambda word: "#" * len(word.group()), text)
