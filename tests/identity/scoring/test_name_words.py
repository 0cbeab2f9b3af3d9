"""Words of its own in each of two names."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.identity.scoring.compare.name_words import INITIAL, OWN_WORDS, own_words


def told(one: str, other: str) -> int:
    left, right = (np.array([text], dtype=object) for text in (one, other))
    answers = own_words(left, right).tolist() + own_words(right, left).tolist()
    assert answers[0] == answers[1]
    return answers[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("harbor import", "harbor export"),
        ("valley dental", "valley rental"),  # one letter, and both are words
        ("valley coating", "valley boating"),  # words with an ending are words too
        ("valley decking", "valley necking"),
        ("valley baking", "valley caking"),  # bake and cake
        ("valley berries", "valley ferries"),
        ("valley glasses", "valley glosses"),
        ("xbc trucking", "xbd trucking"),  # no words, so that neither is a slip
        ("valley pet supply", "valley pen supply"),
        ("northern gas", "northern oil"),
        ("legion post viii", "legion post ix"),
        ("pacific holdings", "pacific holdings ii"),  # a number that one alone has
        ("route 9 diner", "route 7 diner"),
        ("lakeside elementary school", "lakeside middle school"),
        ("brandt austria", "brandt australia"),
        ("raymond", "stuart"),
    ],
)
def test_each_has_a_word_of_its_own(one, other):
    assert told(one, other) == OWN_WORDS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("harbor trading", "harbor tradng"),  # one slip
        ("meridian logistics", "meridian logistcs"),
        ("keystone manufacturing", "keystone manufactruing"),
        ("acme srvces", "acme services"),  # letters left out
        ("first bank", "first banking"),
        ("tolland properties", "tolland properies"),  # proper is a word, properies is no form of it
        ("tolland cabinets", "tolland cabines"),
        ("tolland dental", "tolland denyal"),
        ("tolland pet supply", "tolland prt supply"),
        ("tolland pet supply", "tolland pe supply"),
        ("acme shipping", "acme shiping"),  # one word, though ship and an ending it may be
        ("data base", "database"),
        ("big red wagon", "brw"),
        ("acorn", "acorn trading"),  # one is among the other
        ("acorn trading warehouse 2", "acorn trading"),  # a site of the same
        ("acorn 1234", "acorn"),
        ("same words here", "here same words"),
    ],
)
def test_words_that_only_one_has_or_that_are_spelled_otherwise_tell_nothing(one, other):
    assert told(one, other) == 0


@pytest.mark.parametrize(("one", "other"), [("g", "w"), ("george", "w"), ("a", "benjamin")])
def test_an_initial_contradicts(one, other):
    assert told(one, other) == INITIAL


@pytest.mark.parametrize(("one", "other"), [("george", "g"), ("r", "raymond")])
def test_an_initial_stands_for_a_name_that_begins_with_it(one, other):
    assert told(one, other) == 0


def test_pairs_are_answered_in_their_order():
    left = np.array(["a b", "gas", "gas", ""], dtype=object)
    right = np.array(["b a", "oil", "gas", "oil"], dtype=object)
    assert own_words(left, right).tolist() == [0, OWN_WORDS, 0, 0]
