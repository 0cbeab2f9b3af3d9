"""The smallest cut that clears a flag, at and around the limit."""

from decimal import Decimal

import pytest

from analytics.review.clusters import Bond, Cluster
from analytics.review.cuts import Piece, smallest_cut

LIMIT = Decimal("800.00")


def pieces(*values):
    return [
        Piece(f"u{number}", f"S{number}", alias, Decimal(amount))
        for number, (alias, amount) in enumerate(values, start=1)
    ]


def bonds(*chances):
    return [Bond(*pair, chance, "link") for pair, chance in zip([("a", "b"), ("b", "c")], chances, strict=False)]


def test_the_cheapest_shipment_that_is_enough():
    cut = smallest_cut(Cluster("a", []), pieces(("a", "100.00"), ("a", "300.00"), ("a", "700.00")), LIMIT)
    assert cut.piece.shipment_id == "S2"
    assert cut.survives == 1.0


@pytest.mark.parametrize(("rest", "cleared"), [("300.00", True), ("300.01", False)])
def test_falling_to_the_limit_is_enough(rest, cleared):
    cut = smallest_cut(Cluster("a", []), pieces(("a", "100.00"), ("a", "500.00"), ("a", rest)), LIMIT)
    assert (cut.piece.shipment_id == "S1") is cleared


def test_no_single_shipment_may_be_enough():
    cut = smallest_cut(Cluster("a", []), pieces(*[("a", "400.00")] * 4), LIMIT)
    assert cut.piece is None


def test_the_weakest_link_that_parts_the_sum():
    cluster = Cluster("abc", bonds(0.9, 0.7))
    cut = smallest_cut(cluster, pieces(("a", "500.00"), ("b", "400.00"), ("c", "10.00")), LIMIT)
    assert (cut.link.left, cut.link.right) == ("a", "b")
    assert cut.survives == 0.9


def test_a_link_beside_the_sum_clears_nothing():
    cluster = Cluster("abc", bonds(0.9, 0.7))
    cut = smallest_cut(cluster, pieces(("a", "500.00"), ("a", "400.00"), ("c", "10.00")), LIMIT)
    assert (cut.link, cut.survives) == (None, 1.0)


def test_spellings_tied_twice_hang_on_no_single_link():
    tied = Cluster("abc", [*bonds(0.9, 0.8), Bond("a", "c", 0.85, "link")])
    cut = smallest_cut(tied, pieces(("a", "500.00"), ("b", "400.00")), LIMIT)
    assert (cut.link, cut.survives) == (None, 0.9)
