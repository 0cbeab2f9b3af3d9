"""How alike two names are once blanks, order and initials are set aside, and whether they are names of two people."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz.distance import OSA

from analytics.parties.words import word_set
from analytics.typologies.possible_daily_limit.given import are_two_given, are_variants, is_known_given

__all__ = ["NAME_LEVELS", "Name", "name_level"]

NAME_LEVELS = ("same", "slip", "initial", "variant", "close", "alike", "two names", "other")
"""From the most alike to the least: what two names are to each other."""

_CLOSE, _ALIKE = 0.78, 0.6
_LEAST_LETTERS = 3
_MOST_WORDS = 4
"""Words of a name of a person; a longer one is taken as a whole."""
_SLIP_LETTERS = 5
"""Letters from which one slip of the finger leaves a name the same."""


@dataclass(frozen=True)
class Name:
    """One name as it was written.

    Attributes
    ----------
    words : tuple of str
        In lower case, without titles.
    generation : str or None
        Senior or junior.
    is_firm : bool
        It is the name of a firm.
    may_be_firm : bool
        It may be the name of a firm or of a person.
    """

    words: tuple[str, ...]
    generation: str | None = None
    is_firm: bool = False
    may_be_firm: bool = False

    @cached_property
    def glued(self) -> str:
        """All letters."""
        return "".join(self.words)

    @cached_property
    def long_words(self) -> tuple[str, ...]:
        """Its words without initials."""
        return tuple(word for word in self.words if len(word) > 1)

    @cached_property
    def digits(self) -> str:
        """All digits: branches and warehouses bear numbers."""
        return "".join(filter(str.isdigit, self.glued))

    @cached_property
    def is_full(self) -> bool:
        """A given name and a surname are written out."""
        return len(self.long_words) > 1 and len(self.words[0]) > 1 and len(self.words[-1]) > 1

    @cached_property
    def has_known_given(self) -> bool:
        """One of its words is a known given name."""
        return any(is_known_given(word) for word in self.long_words)

    @cached_property
    def orders(self) -> tuple[str, ...]:
        """Its letters in each order in which they may stand: as written, first and last word, last and first.

        Of a long name, or one that may be a firm's, what lies between its ends is no middle name and is never left out.
        """
        if self.is_firm or self.may_be_firm or len(self.words) > _MOST_WORDS:
            return (self.glued,)
        ends = (self.words[0] + self.words[-1], self.words[-1] + self.words[0]) if len(self.words) > 1 else ()
        return tuple(dict.fromkeys((self.glued, *ends)))

    @cached_property
    def initialed(self) -> str:
        """Initial and surname, of a full name."""
        return self.words[0][0] + self.words[-1]


@lru_cache(maxsize=65_536)
def name_level(one: Name, other: Name) -> str:
    """Say what two names are to each other: one of `NAME_LEVELS`.

    Parameters
    ----------
    one, other : Name
        In any order.
    """
    if not one.words or not other.words:
        return "other"
    nearness = max(_nearness(left, right) for left, right in _forms(one, other))
    is_initial = _is_initialed(one, other) or _is_initialed(other, one)
    is_variant = _are_variants_of_one(one, other)
    if nearness < _ALIKE and not is_initial and not is_variant:
        return "other"
    if _are_of_two(one, other):
        return "two names" if nearness >= _ALIKE else "other"
    if _has_slip(one, other, 0):
        return "same"
    if _has_slip(one, other, 1):
        return "slip"
    if is_initial or is_variant:
        return "initial" if is_initial else "variant"
    return "close" if nearness >= _CLOSE else "alike" if nearness >= _ALIKE else "other"


def _nearness(left: str, right: str) -> float:
    return OSA.normalized_similarity(left, right, score_cutoff=_ALIKE)


def _has_slip(one: Name, other: Name, most: int) -> bool:
    long_enough = min(len(one.glued), len(other.glued)) >= (_SLIP_LETTERS if most else 1)
    return long_enough and any(
        OSA.distance(left, right, score_cutoff=most) <= most for left, right in _forms(one, other)
    )


def _forms(one: Name, other: Name) -> list[tuple[str, str]]:
    """Ways to hold two names against each other: what lies between first and last word is left out of one alone.

    Of both it is left out where it agrees, such as an initial with the name that it stands for.
    """
    forms = [(one.glued, order) for order in other.orders] + [(order, other.glued) for order in one.orders]
    if _middles_agree(_middle(one), _middle(other)):
        forms += [(left, right) for left in one.orders for right in other.orders]
    return forms


def _middles_agree(mine: str, theirs: str) -> bool:
    return bool(mine and theirs) and (mine.startswith(theirs) or theirs.startswith(mine))


def _is_initialed(short: Name, full: Name) -> bool:
    """Whether the short name is initial and surname of the full one; one slip is allowed where no more is written."""
    if not full.is_full or len(full.initialed) < _SLIP_LETTERS:
        return False
    slips = 0 if short.is_full and short.has_known_given else 1
    forms = (form for form in short.orders if form[0] == full.initialed[0])
    return any(OSA.distance(form, full.initialed, score_cutoff=slips) <= slips for form in forms)


def _beyond(words: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Words that the other name lacks."""
    return tuple(word for word in words if word not in others)


def _parted(words: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """Part a name in one word where a word of the other name begins or ends."""
    if len(words) != 1 or len(others) < len(("given", "surname")):
        return words
    whole = words[0]
    for word in sorted(others, key=lambda text: (-len(text), text)):
        if _LEAST_LETTERS <= len(word) < len(whole):
            if whole.startswith(word):
                return (word, whole[len(word) :])
            if whole.endswith(word):
                return (whole[: -len(word)], word)
    return words


def _are_of_two(one: Name, other: Name) -> bool:
    """Whether they are names of two: words, given names or numbers of their own, senior and junior, other initials."""
    mine_whole, theirs_whole = _parted(one.long_words, other.long_words), _parted(other.long_words, one.long_words)
    mine, theirs = _beyond(mine_whole, theirs_whole), _beyond(theirs_whole, mine_whole)
    if one.digits != other.digits and one.digits and other.digits:
        return True
    if all(name.is_firm or name.may_be_firm for name in (one, other)):
        known = word_set("common_words") | word_set("business_words")
        are_two_firms = any(left in known and right in known for left in mine for right in theirs)
        if are_two_firms or (one.is_firm and other.is_firm):
            return are_two_firms
    if one.generation != other.generation and (one.generation or other.generation):
        return True
    if _middle(one) and _middle(other) and _middle(one)[0] != _middle(other)[0] and one.words[0] == other.words[0]:
        return True
    ends = mine_whole[-1:] + theirs_whole[-1:]
    pairs = [(left, right) for left in mine for right in theirs if (left, right) != ends and are_two_given(left, right)]
    return any(_nearness(_without(one, left), _without(other, right)) >= _CLOSE for left, right in pairs)


def _without(name: Name, word: str) -> str:
    """What is left of a name without a word; nothing of that where it was no word of its own."""
    return "".join(name.long_words).replace(word, "", 1)


def _middle(name: Name) -> str:
    """A middle name or its initial, of a full name."""
    return name.words[1] if name.is_full and len(name.words) > 2 else ""


def _are_variants_of_one(one: Name, other: Name) -> bool:
    """Whether they differ in nothing but variants of one given name."""
    mine, theirs = _beyond(one.words, other.words), _beyond(other.words, one.words)
    return len(mine) == len(theirs) == 1 and one.is_full and other.is_full and are_variants(mine[0], theirs[0])
