"""Which old encoding a text is in: chardet's ranking, confirmed against the words themselves.

A reading is plausible where its words are words: letters of one script, no capital after a small letter, no sign or
box-drawing character before a letter. Of the plausible readings the one that chardet ranks first is taken if it leads
clearly. Encodings that read every word alike are one reading.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.ingest.decode.mixed_text import MIXED

__all__ = ["Reading", "are_mixed", "is_plausible", "is_text_encoding", "possible", "readings"]

_SHOWN = (
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp874"),
    *("iso8859-2", "iso8859-5", "iso8859-7", "iso8859-8", "iso8859-9", "iso8859-13", "iso8859-15"),
    *("koi8-r", "koi8-u", "cp437", "cp850", "cp852", "cp866", "mac-roman"),
    *("gb18030", "big5", "cp949", "cp932", "euc_jp"),
)
"""Encodings that files of shipments are written in, the more usual ones first."""
_SAME_OR_MORE = {
    "iso8859-1": "cp1252",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "gb2312": "gb18030",
}
_CJK = ("CJK", "HIRAGANA", "KATAKANA", "FULLWIDTH", "HALFWIDTH", "IDEOGRAPHIC")
_SIGNS = frozenset(
    "\u2018\u2019\u00b4\u00ba\u00aa\u00b0\u2116\u2013\u2014\u00b7\u201c\u201d\u201e\u20ac\u00a3\u2026\u00a0"
)
_AFTER_WORDS = frozenset("\u00ae\u2122\u00a9\u00bd\u00bc\u00be\u00b2\u00b3\u00d7\u00ab\u00bb\u00b1")
_DASHES = frozenset("\u2013\u2014")
_NOTATIONS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "charmap"})
_NEARLY = 0.05
_MOST_ODD = 0.25
_CLEAR_LEAD = 1.08
_TIE = 0.97
_DOUBLE = frozenset({"gb18030", "big5", "cp949", "cp932", "euc_jp"})
_DOUBLE_LEAD = 3
_LEAST_RANK = 0.01
_ENOUGH = 12
"""Bytes beyond ASCII in distinct words; with fewer, chardet's ranking of letters says little."""
_LAST_ASCII = 0x7F
_RARE = frozenset("\u00de\u00fe\u00d0\u00f0\u00dd\u00fd\u00d7\u00f7\u00b9\u00b2\u00b3")
"""Letters that Windows-1252 has for Icelandic, and other encodings have others for."""
_USUAL = "cp1252"


@dataclass(frozen=True)
class Reading:
    """One way to read the words of a text.

    Attributes
    ----------
    encoding : str
        Python's name of it.
    words : tuple of str
        The words, read so.
    odd : float
        Share of words that look like none.
    rank : float
        chardet's confidence.
    """

    encoding: str
    words: tuple[str, ...]
    odd: float
    rank: float


def readings(words: Sequence[bytes]) -> list[Reading]:
    """Return the readings that remain possible, best first; a single one where it leads clearly.

    Parameters
    ----------
    words : sequence of bytes
        The distinct words of a text that are not ASCII.
    """
    possible = [reading for name, rank in _ranked(words).items() if (reading := _read(words, name, rank))]
    least = min((reading.odd for reading in possible), default=1.0)
    if least > _MOST_ODD:
        return []
    plausible = [reading for reading in possible if reading.odd <= least + _NEARLY]
    alike: dict[tuple[str, ...], list[Reading]] = {}
    for reading in sorted(plausible, key=lambda item: _SHOWN.index(item.encoding)):
        alike.setdefault(reading.words, []).append(reading)
    best = [replace(_named(group), rank=max(reading.rank for reading in group)) for group in alike.values()]
    best.sort(key=lambda reading: -reading.rank)
    return best[:1] if len(best) <= 1 or _leads(best, words) else best


def possible(words: Sequence[bytes]) -> list[str]:
    """Return the encodings that have a letter for every byte of some words, the more usual ones first.

    Parameters
    ----------
    words : sequence of bytes
        The distinct words of a text that are not ASCII.
    """
    return [name for name in _SHOWN if all(_decodes(word, name) for word in words)]


def _named(group: Sequence[Reading]) -> Reading:
    """Return the reading whose encoding a group of equal ones is named by: the usual one, else the best ranked."""
    return group[0] if group[0].encoding == _USUAL else max(group, key=lambda reading: reading.rank)


def _leads(best: list[Reading], words: Sequence[bytes]) -> bool:
    """Tell whether the first of several readings is clear; Windows-1252 comes first where it ranks with the best."""
    usual = next((reading for reading in best if reading.encoding == _USUAL), None)
    if usual is not None and usual.rank >= _TIE * best[0].rank and not _RARE & set("".join(usual.words)):
        best.remove(usual)
        best.insert(0, usual)
        return best[1].encoding not in _DOUBLE or usual.rank >= best[1].rank
    first, second = best[:2]
    if first.encoding in _DOUBLE or second.encoding in _DOUBLE:
        return first.rank >= max(_DOUBLE_LEAD * second.rank, _LEAST_RANK)
    evidence = sum(1 for byte in b"".join(words) if byte > _LAST_ASCII)
    return evidence >= _ENOUGH and first.rank >= _CLEAR_LEAD * second.rank


def is_plausible(word: str) -> bool:
    """Tell whether a word looks like one."""
    if any(not letter.isascii() and not _is_letter(letter) and not _is_sign(letter) for letter in word):
        return False
    for before, letter, after in zip(" " + word, word, word[1:] + " ", strict=False):
        if _is_letter(letter) and before in _AFTER_WORDS:
            return False
        if letter in _DASHES and before.islower() and after.islower():
            return False
        is_capital = letter.isupper() and not letter.isascii()
        if is_capital and (before.islower() or (before.isalpha() and after.islower())):
            return False
    return len({_script(letter) for letter in word if _is_letter(letter)}) <= 1


def _is_letter(letter: str) -> bool:
    return letter.isalpha() or unicodedata.category(letter)[0] == "M"


def is_text_encoding(name: str) -> bool:
    """Tell whether an encoding is one that files are written in: no cipher, compression or notation of Python's."""
    name = name.removeprefix(MIXED)
    try:
        found = codecs.lookup(name)
        probe = 'a,1;"b"\r\n'
        return found.name not in _NOTATIONS and bytes(probe, name).decode(name).lstrip("\ufeff") == probe
    except (LookupError, UnicodeError, ValueError, TypeError):
        return False


def are_mixed(words: Mapping[bytes, int], best: Sequence[Reading]) -> tuple[int, int] | None:
    """Return a line in UTF-8 and one in another encoding, where a text holds both.

    Parameters
    ----------
    words : mapping
        Words that are not ASCII, to the line on which each stands first.
    best : sequence of Reading
        What `readings` returned of them.
    """
    utf8 = [word for word in words if _decodes(word, "utf-8")]
    others = [word for word in words if not _decodes(word, "utf-8")]
    if not utf8 or not others or (best and best[0].encoding in _DOUBLE):
        return None
    if best and all(is_plausible(word.decode(best[0].encoding, errors="replace")) for word in utf8):
        return None
    return words[utf8[0]], words[others[0]]


def _ranked(words: Sequence[bytes]) -> dict[str, float]:
    """Return every encoding that may be meant, to chardet's confidence; the usual ones in any case."""
    import chardet

    ranks = {_USUAL: 0.0}
    for found in chardet.detect_all(b" ".join(words), ignore_threshold=True):
        name = _codec(found["encoding"] or "")
        if name in _SHOWN:
            ranks[name] = max(ranks.get(name, 0.0), found["confidence"] or 0.0)
    return ranks


def _codec(name: str) -> str:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return ""
    return _SAME_OR_MORE.get(found, found)


def _read(words: Sequence[bytes], encoding: str, rank: float) -> Reading | None:
    try:
        texts = tuple(word.decode(encoding) for word in words)
    except UnicodeDecodeError:
        return None
    return Reading(encoding, texts, sum(not is_plausible(text) for text in texts) / len(texts), rank)


def _decodes(word: bytes, encoding: str) -> bool:
    try:
        word.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "NONE").split(" ")[0].split("-")[0]
    return "CJK" if name in _CJK else name


def _is_sign(letter: str) -> bool:
    """Tell whether a character that is no letter may stand in or beside a word."""
    category = unicodedata.category(letter)
    return (
        letter in _SIGNS
        or letter in _AFTER_WORDS
        or category == "Nd"
        or 0x3000 <= ord(letter) <= 0x303F
        or (0xFF01 <= ord(letter) <= 0xFF65)
    )
