"""An initial, a pet form or a slip that fits two people of one house."""

from __future__ import annotations

import polars as pl

from analytics.identity import IdentityResolver
from tests.identity.conftest import frame, row

WENDELL, WALTER = row("Wendell Ostrander", phone="309-555-0141"), row("Walter Ostrander", phone="309-555-0178")


def test_an_initial_that_fits_two_people_goes_with_neither(together) -> None:  # type: ignore[no-untyped-def]
    labels = together(WENDELL, WALTER, row("W Ostrander"))
    assert len(set(labels)) == 3


def test_an_initial_that_fits_one_goes_with_him(together) -> None:  # type: ignore[no-untyped-def]
    labels = together(WENDELL, row("Hannah Ostrander", phone="309-555-0178"), row("W Ostrander"))
    assert labels[0] == labels[2] != labels[1]


def test_a_telephone_settles_a_rivalry(together) -> None:  # type: ignore[no-untyped-def]
    labels = together(WENDELL, WALTER, row("W Ostrander", phone="309-555-0178"))
    assert labels[1] == labels[2] != labels[0]


def test_rivals_are_sought_among_all_aliases_of_a_name(together) -> None:  # type: ignore[no-untyped-def]
    """One spelling of Walter lacks the telephone; that the other has it counts for both."""
    labels = together(
        row("Wendell Ostrander"),
        row("Walter Ostrander", email="wo7@gmail.com"),
        WALTER,
        row("W Ostrander", phone="309-555-0178"),
    )
    assert labels[1] == labels[2] == labels[3] != labels[0]


def test_a_slip_goes_with_the_nearer_name(together) -> None:  # type: ignore[no-untyped-def]
    labels = together(row("Bertha Ostrander"), row("Beth Ostrander"), row("Berhta Ostrander"))
    assert labels[0] == labels[2] != labels[1]


def test_a_mailbox_outranks_a_rival(together) -> None:  # type: ignore[no-untyped-def]
    mailbox = {"email": "kx1990@gmail.com"}
    labels = together(row("Wendell Ostrander", **mailbox), WALTER, row("W Ostrander", **mailbox))
    assert labels[0] == labels[2] != labels[1]


def test_two_initials_without_a_contact_in_common_stay_apart(together) -> None:  # type: ignore[no-untyped-def]
    labels = together(WENDELL, WALTER, row("W Ostrander"), row("W. Ostrander", email="garden5@gmail.com"))
    assert len(set(labels)) == 4


def test_who_bears_a_rare_name_and_has_the_mailbox_of_the_other_is_no_rival(together) -> None:  # type: ignore[no-untyped-def]
    mailbox = {"email": "william.ostrander@gmail.com"}
    labels = together(row("Woody Ostrander", **mailbox), row("William Ostrander"), row("W Ostrander"))
    assert len(set(labels)) == 1


def test_two_frequent_names_are_rivals_though_one_has_the_mailbox_of_the_other(together) -> None:  # type: ignore[no-untyped-def]
    mailbox = {"email": "william.ostrander@gmail.com"}
    labels = together(row("Walter Ostrander", **mailbox), row("William Ostrander"), row("W Ostrander"))
    assert len(set(labels)) == 3


def test_an_explanation_names_the_rival(strangers) -> None:  # type: ignore[no-untyped-def]

    resolver = IdentityResolver().fit(
        pl.concat([frame(row("Wendell Ostrander"), row("Walter Ostrander"), row("W Ostrander")), strangers])
    )
    told = resolver.explain(0, 2).filter(pl.col("feature") == "compared")["text"].to_list()
    assert told == [
        "Not joined by that: somebody of another name at the address is as near to one of the two, or nearer."
    ]
