"""Given names that stand for one another, and those that are the names of two people.

Variants come from the word lists of `analytics.parties`: nicknames, other spellings, and what two known names share: an
entry of Wikidata, or all but how a name is spelled. Two names are told apart by their bearers: names that both are
borne by many, and not as a slip of the finger for one another, are the names of two people; so are a name of men and a
name of women.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from analytics.identity.records.arrays import Mask
from analytics.identity.records.hashing import Hashes, hashes
from analytics.parties.words import OPPOSITE, word_groups, word_set, word_table

__all__ = ["are_man_and_woman", "are_two_names", "are_variants", "is_known", "is_listed"]

_MEN_AND_WOMEN = (("van", "thi"), ("singh", "kaur"))
"""Middle names that tell a man from a woman: Vietnamese, Sikh."""
LEAST_BEARERS = 100
"""Bearers from which a given name is known."""
SLIP_SHARE = 0.01
"""Share of a name's bearers below which a rarer name may be a slip for it, where both are names of one sex."""
MOST_ELSEWHERE = 10_000
"""Bearers in the United States from which a name that is known elsewhere may be a slip for it."""
_LAST_VOWELS = ("(i|ie|ee|ey|y)$", "[^o]oh?$", "(u|oo|ou)$")
"""How names end that end in a vowel which says something; the last that fits counts."""
_BEGINS_A_WORD = "^[aeiou]"


def are_variants(left: Hashes, right: Hashes) -> Mask:
    """Whether each left name is a nickname or another spelling of the right one; both are given by their hashes."""
    return _is_among(left + right, _variant_pairs())


def are_two_names(left: Hashes, right: Hashes, sounds_alike: Mask) -> Mask:
    """Whether two given names are those of two people: both known, no variants, and neither a slip for the other.

    A name of women is no slip for a name of men, however rare it is. Romanised names that are known elsewhere are not
    two where they sound alike and end alike (Soojin, Sujin): each system writes a name in its own way, but none writes
    one last vowel for another (Naoko, Naoki), or an i for none (Gautam, Gautami). Where both are in Pinyin the system
    is one (Lan, Lin).

    Parameters
    ----------
    left, right : ndarray of uint64
        The names, by their hashes.
    sounds_alike : ndarray of bool
        Whether two sound alike.

    Returns
    -------
    ndarray of bool
    """
    bearers = _bearers()
    (one, men), (other, others_men) = bearers.look_up(left), bearers.look_up(right)
    fewer, more = np.minimum(one, other), np.maximum(one, other)
    known = (fewer >= LEAST_BEARERS) & ((np.abs(men - others_men) >= OPPOSITE) | (fewer >= SLIP_SHARE * more))
    is_spelling = sounds_alike & (_endings().of(left) == _endings().of(right))
    romanised = is_known(left) & is_known(right) & (fewer < LEAST_BEARERS) & ~is_spelling
    elsewhere = (romanised | _is_among(left, _pinyin()) & _is_among(right, _pinyin())) & (more < MOST_ELSEWHERE)
    mask: Mask = (known | elsewhere) & (left != right) & ~are_variants(left, right)
    return mask


def is_known(names: Hashes) -> Mask:
    """Whether each given name is known: by its bearers in the United States, or as a name of Asia or the Arab world."""
    mask: Mask = (_bearers().look_up(names)[0] >= LEAST_BEARERS) | _is_among(names, _elsewhere())
    return mask


def is_listed(names: Hashes) -> Mask:
    """Whether each word is known for a given name, by itself or as a nickname."""
    return _is_among(names, _listed())


def are_man_and_woman(left: Hashes, right: Hashes) -> Mask:
    """Whether one is a middle name of men and the other one of women; both are given by their hashes."""
    marks = [hashes(pl.Series(pair)) for pair in _MEN_AND_WOMEN]
    mask = np.zeros(len(left), dtype=bool)
    for man, woman in marks:
        mask |= (left == man) & (right == woman) | (left == woman) & (right == man)
    return mask


def _is_among(hashed: Hashes, known: Hashes) -> Mask:
    """Whether each hash is one of some that are sorted."""
    place = np.minimum(np.searchsorted(known, hashed), len(known) - 1)
    mask: Mask = known[place] == hashed
    return mask


@dataclass(frozen=True)
class _Bearers:
    """Known given names by their hashes, ascending, with all their bearers and the share of men among these."""

    name: Hashes
    count: NDArray[np.float64]
    men: NDArray[np.float64]

    def look_up(self, names: Hashes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Bearers of each name, 0 where it is not known, and the share of men among them."""
        place = np.minimum(np.searchsorted(self.name, names), len(self.name) - 1)
        known = self.name[place] == names
        return np.where(known, self.count[place], 0.0), self.men[place]


@cache
def _bearers() -> _Bearers:
    table = word_table("given_name_bearers")
    names = hashes(table["name"])
    women, men = table["women"].cast(pl.Float64).to_numpy(), table["men"].cast(pl.Float64).to_numpy()
    order = np.argsort(names)
    return _Bearers(names[order], (women + men)[order], (men / (women + men))[order])


@dataclass(frozen=True)
class _Endings:
    """Known names by their hashes, ascending, with a number for how each ends."""

    name: Hashes
    number: NDArray[np.uint8]

    def of(self, names: Hashes) -> NDArray[np.uint8]:
        """How each name ends; 0 for a consonant, an a or an e, which come and go, and where it is not known."""
        place = np.minimum(np.searchsorted(self.name, names), len(self.name) - 1)
        return np.where(self.name[place] == names, self.number[place], np.uint8(0))


@cache
def _endings() -> _Endings:
    names = pl.concat([word_table("given_name_bearers")["name"], word_table("given_names_elsewhere")["name"]]).unique()
    number = pl.lit(0, pl.UInt8)
    for place, ending in enumerate(_LAST_VOWELS, 1):
        number = pl.when(pl.col("name").str.contains(ending)).then(pl.lit(place, pl.UInt8)).otherwise(number)
    table = names.to_frame("name").with_columns(number=number)
    hashed = hashes(table["name"])
    order = np.argsort(hashed)
    return _Endings(hashed[order], table["number"].to_numpy()[order])


@cache
def _elsewhere() -> Hashes:
    return np.sort(np.concatenate([hashes(word_table("given_names_elsewhere")["name"]), _pinyin()]))


@cache
def _pinyin() -> Hashes:
    """Names of one syllable and of two."""
    syllables = word_table("pinyin_syllables")
    second = syllables.filter(~pl.col("syllable").str.contains(_BEGINS_A_WORD)).rename({"syllable": "second"})
    two = syllables.join(second, how="cross").select(syllable=pl.concat_str("syllable", "second"))
    return np.sort(hashes(pl.concat([syllables, two])["syllable"]))


@cache
def _listed() -> Hashes:
    words = set(word_set("given_names"))
    for head, others in word_groups("nicknames").items():
        words.update((head, *others))
    return np.unique(hashes(pl.Series(sorted(words))))


@cache
def _variant_pairs() -> Hashes:
    """Sorted sums of the hashes of every two names that are variants; a sum does not know left from right."""
    nicknames = sorted({(head, other) for head, others in word_groups("nicknames").items() for other in others})
    one_slip = np.array([OSA.distance(*pair) <= 1 for pair in nicknames])
    one, other = _sides(nicknames)
    kept = [(one + other)[~(one_slip & _are_opposite(one, other))]]
    one, other = _sides([*_short_forms(), *_spellings()])
    kept.append((one + other)[~_are_opposite(one, other)])
    listed = word_table("given_name_variants").with_columns(pl.col("also").str.split(" ")).explode("also")
    return np.sort(np.concatenate([*kept, hashes(listed["name"]) + hashes(listed["also"])]))


def _sides(pairs: list[tuple[str, str]]) -> tuple[Hashes, Hashes]:
    return hashes(pl.Series([one for one, _ in pairs])), hashes(pl.Series([other for _, other in pairs]))


def _short_forms() -> list[tuple[str, str]]:
    """Every two nicknames of one name."""
    return [pair for others in word_groups("nicknames").values() for pair in combinations(sorted(set(others)), 2)]


def _spellings() -> list[tuple[str, str]]:
    """Every two spellings of one name."""
    groups = word_groups("spellings").items()
    return [pair for head, others in groups for pair in combinations(sorted({head, *others}), 2)]


def _are_opposite(left: Hashes, right: Hashes) -> Mask:
    """Whether one is a name of men and the other a name of women."""
    bearers = _bearers()
    (one, men), (other, others_men) = bearers.look_up(left), bearers.look_up(right)
    mask: Mask = (one > 0) & (other > 0) & (np.abs(men - others_men) >= OPPOSITE)
    return mask
