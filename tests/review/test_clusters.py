"""How an identity hangs together, against a search that tries every cut."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.review.clusters import Cluster, Link

CHAIN = [Link("a", "b", 0.9, "link"), Link("b", "c", 0.7, "link"), Link("c", "d", 0.8, "link")]
NAMES = "abcde"


def parts(aliases, links):
    """Number of parts, by merging sets until nothing changes."""
    groups = [{alias} for alias in aliases]
    for link in links:
        touched = [group for group in groups if group & link.ends]
        groups = [group for group in groups if group not in touched] + [set().union(*touched)]
    return len(groups)


@st.composite
def worlds(draw):
    pairs = draw(st.lists(st.sampled_from(list(itertools.combinations(NAMES, 2))), unique=True))
    chances = draw(st.lists(st.sampled_from([0.6, 0.7, 0.8, 0.9]), min_size=len(pairs), max_size=len(pairs)))
    return [Link(left, right, chance, "link") for (left, right), chance in zip(pairs, chances, strict=True)]


def test_a_chain_formed_from_its_strongest_link_down_to_its_weakest():
    cluster = Cluster("abcd", CHAIN)
    assert [link.probability for link in cluster.tree] == [0.9, 0.8, 0.7]
    assert cluster.side(CHAIN[1]) == {"a", "b"}
    assert cluster.bridges == [CHAIN[1], CHAIN[2], CHAIN[0]]


def test_a_way_round_makes_a_bridge_no_bridge():
    around = Link("a", "d", 0.75, "link")
    assert Cluster("abcd", [*CHAIN, around]).bridges == []


def test_a_link_less_likely_than_not_holds_nothing():
    assert len(Cluster("abcd", [*CHAIN, Link("a", "d", 0.2, "link")]).bridges) == 3


def test_a_path_leads_along_the_tree():
    assert Cluster("abcd", CHAIN).path("d", "a") == [CHAIN[2], CHAIN[1], CHAIN[0]]
    assert Cluster("abcde", CHAIN).path("a", "e") == []


@pytest.mark.parametrize("basis", ["judgement", "account"])
def test_what_is_certain_is_the_strongest(basis):
    certain = Link("a", "c", 1.0, basis)
    cluster = Cluster("abcd", [*CHAIN, certain])
    assert cluster.tree[0] is certain
    assert CHAIN[1] not in cluster.tree
    assert certain not in cluster.bridges


@given(worlds())
def test_the_tree_joins_as_much_as_all_bonds_do_and_no_bond_of_it_is_idle(links):
    cluster = Cluster(NAMES, links)
    assert parts(NAMES, cluster.tree) == parts(NAMES, links) == len(NAMES) - len(cluster.tree)


@given(worlds())
def test_bridges_are_the_bonds_whose_loss_makes_a_part_more(links):
    cluster = Cluster(NAMES, links)
    known = parts(NAMES, links)
    expected = {link for link in links if parts(NAMES, [other for other in links if other != link]) > known}
    assert set(cluster.bridges) == expected
