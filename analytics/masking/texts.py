"""Hides whoever some rows name, in their columns and in sentences."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import polars as pl

from analytics.contracts.fields import masked_columns

__all__ = ["HIDDEN", "HIDDEN_COLUMNS", "PARTIES", "Mask", "each_text", "pseudonyms", "replacer"]

HIDDEN = "[hidden]"
HIDDEN_COLUMNS = masked_columns()
"""Published columns that show a person."""
PARTIES = {"seller_name": "Seller", "shipper_name": "Shipper", "buyer_name": "Buyer", "importer_name": "Importer"}
"""Columns that name a party beside the consignee, and what it is called."""
_TEXTS = masked_columns("text")
_PHONES = masked_columns("phone")
_LEAST_TEXT, _LEAST_WORD, _LEAST_DIGITS = 3, 3, 7
"""Shorter texts are hidden in their own columns alone: ``2B`` of an address would be found in half of all sentences."""
_LEAST_CODE = 5
_MOST_DIGITS = 10
"""A country code before the last ten digits makes no other number."""
_TOKEN = re.compile(r"\w+|[^\w\s]")
_PHONE = re.compile(r"(?<!\w)\+?\d(?:[-.()/\s]{0,3}\d){6,14}(?!\d)")
_MAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.\w+")
_PLACE = re.compile(r"\baddress (.+?)(?:, (?:week of|\d{4}-\d{2}-\d{2}|standard\b).*)?$")
_WORD = re.compile(r"[^\W\d_]+")


class Mask:
    """What hides the names, addresses, phones, e-mails and account numbers of some rows.

    Parameters
    ----------
    rows : iterable of polars.DataFrame
        Rows of ``shipments`` and ``aliases``: whatever they name is hidden wherever it stands.
    subjects : iterable of str
        What flags and the case are about: the addresses in them are hidden too.
    """

    def __init__(self, rows: Iterable[pl.DataFrame], subjects: Iterable[str] = ()) -> None:
        frames = list(rows)
        aliases = {str(alias) for frame in frames for alias in _values(frame, "alias_id")}
        self._pseudonyms = pseudonyms(aliases)
        known = dict.fromkeys(_places(subjects), HIDDEN)
        for frame in frames:
            known |= self._known(frame)
        phones = {str(text) for frame in frames for column in _PHONES for text in _values(frame, column)}
        self._sentence = replacer(known, phones)
        names = (name for frame in frames for name in _values(frame, "consignee_name"))
        words = {word for name in names for word in _WORD.findall(str(name)) if len(word) >= _LEAST_WORD}
        self._free = replacer({**dict.fromkeys(words, HIDDEN), **known}, phones)

    def consignee(self, alias_id: str | None) -> str:
        """Return the pseudonym of a consignee as written."""
        return self._pseudonyms.get(alias_id or "", HIDDEN)

    def text(self, text: str) -> str:
        """Return a sentence of the program without what it quotes of the rows."""
        return self._sentence(text)

    def note(self, text: str) -> str:
        """Return what a person typed without any word of a name of the rows, and without any e-mail address."""
        return _MAIL.sub(HIDDEN, self._free(text))

    def body(self, text: str) -> str:
        """Return the JSON text of an event, every string of it masked as a note; names of documents hidden."""
        said = each_text(json.loads(text), self.note)
        if "document" in said:
            said["document"]["name"] = HIDDEN
        return json.dumps(said, ensure_ascii=False, sort_keys=True)

    def frame(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return rows with pseudonyms for names, ``[hidden]`` for what leads to a person, and masked sentences."""
        hidden = [column for column in HIDDEN_COLUMNS if column in frame.columns]
        named = {column: PARTIES[column] for column in frame.columns if column in PARTIES}
        masked = frame.with_columns(
            *(pl.when(pl.col(column).is_not_null()).then(pl.lit(HIDDEN)).alias(column) for column in hidden),
            *(pl.Series(column, _party_names(frame, column, word), pl.String) for column, word in named.items()),
            *self._consignees(frame),
        )
        texts = [name for name, kind in masked.schema.items() if kind == pl.String and name not in {*hidden, *named}]
        return masked.with_columns(_mapped(masked, name, self.text) for name in texts)

    def _consignees(self, frame: pl.DataFrame) -> list[pl.Series]:
        if not {"consignee_name", "alias_id"} <= set(frame.columns):
            return []
        return [pl.Series("consignee_name", [self.consignee(alias) for alias in frame["alias_id"]], pl.String)]

    def _known(self, frame: pl.DataFrame) -> dict[str, str]:
        """Return what stands in place of each text of some rows."""
        texts = (str(text) for column in _TEXTS for text in _values(frame, column))
        known = {text: HIDDEN for text in texts if len(text) >= _LEAST_CODE}
        for column, word in PARTIES.items():
            if column in frame.columns:
                names = zip(frame[column], _party_names(frame, column, word), strict=True)
                known |= {name: shown for name, shown in names if name and shown}
        if {"consignee_name", "alias_id"} <= set(frame.columns):
            pairs = frame.select("consignee_name", "alias_id").drop_nulls().unique(maintain_order=True).sort("alias_id")
            known |= {name: self.consignee(alias) for name, alias in pairs.iter_rows()}
        return known


def _places(subjects: Iterable[str]) -> list[str]:
    """Return the addresses that some subjects name, with and without their postal code."""
    found = [match[1] for subject in subjects if (match := _PLACE.search(subject))]
    return [*found, *(place.rpartition(",")[0] or place for place in found)]


def _values(frame: pl.DataFrame, column: str) -> list[Any]:
    return frame[column].drop_nulls().unique(maintain_order=True).to_list() if column in frame.columns else []


def pseudonyms(aliases: Iterable[str]) -> dict[str, str]:
    """Name each alias by the first digits of its id: four, or as many as tell them apart."""
    aliases = set(aliases)
    digits = 4
    while len({alias[1 : 1 + digits] for alias in aliases}) < len(aliases):
        digits += 2
    return {alias: f"Consignee {alias[1 : 1 + digits]}" for alias in sorted(aliases)}


def _party_names(frame: pl.DataFrame, column: str, word: str) -> list[str | None]:
    numbers = frame["seller_id"] if column == "seller_name" and "seller_id" in frame.columns else [None] * frame.height
    pairs = zip(frame[column], numbers, strict=True)
    return [f"{word} {number or _digest(name)}" if name else None for name, number in pairs]


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:4]


def replacer(known: Mapping[str, str], phones: Collection[str]) -> Callable[[str], str]:
    """Return what replaces each known text, the longest first, whatever its case; phones however they are spaced.

    Texts are found by their first word and their length, so that it takes no longer where thousands of them are known.

    Parameters
    ----------
    known : mapping
        Text to what stands in its place.
    phones : collection of str
        Telephone numbers as written.
    """
    folded = {text.strip().casefold(): word for text, word in known.items()}
    shown = {text: word for text, word in folded.items() if len(text) >= _LEAST_TEXT}
    lengths: dict[str, set[int]] = {}
    for text in shown:
        if found := _TOKEN.match(text):
            lengths.setdefault(found[0], set()).add(len(text))
    by_word = {word: sorted(found, reverse=True) for word, found in lengths.items()}
    numbers = {digits[-_MOST_DIGITS:] for phone in phones if len(digits := _digits(phone)) >= _LEAST_DIGITS}

    def replaced(text: str) -> str:
        return _without_phones(_without_texts(text, by_word, shown), numbers)

    return replaced


def _without_texts(text: str, by_word: dict[str, list[int]], shown: dict[str, str]) -> str:
    parts, done, plain = list[str](), 0, text.casefold()
    if len(plain) != len(text):  # a letter such as the capital sharp s that folds into two
        text = plain
    for token in _TOKEN.finditer(plain):
        if token.start() < done:
            continue
        for length in by_word.get(token[0], ()):
            end = token.start() + length
            known = shown.get(plain[token.start() : end])
            if known is not None and not (_is_word(plain, end - 1) and _is_word(plain, end)):
                parts += [text[done : token.start()], known]
                done = end
                break
    return "".join([*parts, text[done:]])


def _is_word(text: str, place: int) -> bool:
    return place < len(text) and (text[place].isalnum() or text[place] == "_")


def _without_phones(text: str, numbers: set[str]) -> str:
    return _PHONE.sub(lambda found: HIDDEN if _digits(found[0])[-_MOST_DIGITS:] in numbers else found[0], text)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _mapped(frame: pl.DataFrame, name: str, shown: Callable[[str], str]) -> pl.Series:
    """Return a column of text with each distinct value looked at once."""
    masked = {text: shown(text) for text in _values(frame, name)}
    return pl.Series(name, [masked.get(text) for text in frame[name]], pl.String)


def each_text(value: Any, shown: Callable[[str], str]) -> Any:
    """Return what a JSON text holds with every text of it shown otherwise; keys and numbers stay.

    Parameters
    ----------
    value : Any
        As `json.loads` gives it.
    shown : callable
        What stands in the place of a text.
    """
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return {key: each_text(item, shown) for key, item in value.items()}
    return [each_text(item, shown) for item in value] if isinstance(value, list) else value
