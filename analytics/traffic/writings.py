"""How consignees come to be written: every person in several ways, as people and order systems do it."""

from __future__ import annotations

import numpy as np
import polars as pl

from analytics.traffic.lists import read_table, read_words
from analytics.traffic.people import People

__all__ = ["FIRST_DISGUISE", "write_consignees"]

FIRST_DISGUISE = 10
"""Writings from this number on belong to those who do not want to be recognised."""

_PLAIN = {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "\u0131": "i", "đ": "d", "Đ": "D"}


def write_consignees(rng: np.random.Generator, people: People, used: pl.DataFrame) -> pl.DataFrame:
    """Write down each person as often as a writing of theirs is used.

    Parameters
    ----------
    rng : numpy.random.Generator
        Where the draws come from.
    people : People
        Who there is.
    used : polars.DataFrame
        Columns person, writing and at_other (the person's other address), without repeats and sorted. Writing 0 is
        the careful one; those from `FIRST_DISGUISE` on differ most.

    Returns
    -------
    polars.DataFrame
        The columns of `used` and the consignee columns of a shipment, customer account left out.
    """
    where = pl.when("at_other").then("other_address").otherwise("address")
    rows = used.with_columns(people.persons.drop("person")[used["person"].to_numpy()]).with_columns(where=where)
    rows = rows.hstack(people.addresses[rows["where"].to_numpy()])
    rows = rows.with_columns(pl.Series(name, rng.random(len(rows))) for name in _DRAWS)
    rows = rows.with_columns(is_first=pl.col("writing") == 0, is_disguise=pl.col("writing") >= FIRST_DISGUISE)
    rows = _with_nickname(rng, rows).with_columns(form=_name_form())
    rows = rows.with_columns(name=pl.when("is_firm").then(_firm_name()).otherwise(_person_name()), **_address())
    rows = rows.with_columns(email=_email(), phone=_phone())
    return _with_slips(rng, rows).select(
        *used.columns,
        consignee_name="name", consignee_address="line1", consignee_address2="line2", consignee_city="town",
        consignee_state="state", consignee_postal_code="zip", consignee_country=pl.lit("US"),
        consignee_phone="phone", consignee_email="email", consignee_tax_id=_tax_id(), account="account",
    )  # fmt: skip


_DRAWS = [f"u_{what}" for what in (
    "form", "short", "unit", "split", "upper", "zip", "phone", "phone_form", "mail", "mail_form", "tax", "slip", "attn",
)]  # fmt: skip


def _with_nickname(rng: np.random.Generator, rows: pl.DataFrame) -> pl.DataFrame:
    """Add another form of the given name, where there is one."""
    forms = read_table("other_names.csv").group_by("name", maintain_order=True).agg("written")
    draw = pl.Series(rng.integers(0, 1_000_000, len(rows)))
    rows = rows.join(forms, left_on="given", right_on="name", how="left", maintain_order="left")
    return rows.with_columns(nickname=pl.col("written").list.get(draw % pl.col("written").list.len(), null_on_oob=True))


def _plain(text: pl.Expr) -> pl.Expr:
    """Write without accents."""
    return text.str.replace_many(_PLAIN).str.normalize("NFD").str.replace_all(r"\p{M}", "")


def _name_form() -> pl.Expr:
    """Choose how a name is written; the careful writing is the full name."""
    draw = pl.col("u_form") * pl.when("is_disguise").then(1.0).otherwise(1.6)
    return (
        pl.when("is_first").then(pl.lit("full"))
        .when(draw < 0.14).then(pl.lit("swapped"))
        .when(draw < 0.26).then(pl.lit("initial"))
        .when((draw < 0.42) & pl.col("nickname").is_not_null()).then(pl.lit("nickname"))
        .when(draw < 0.52).then(pl.lit("no middle"))
        .when(draw < 0.66).then(pl.lit("slip"))
        .when(draw < 0.76).then(pl.lit("plain"))
        .otherwise(pl.lit("full"))
    )  # fmt: skip


def _person_name() -> pl.Expr:
    """Put together the name of a person; a suffix is always kept."""
    form = pl.col("form")
    short = pl.when(form == "initial").then(pl.col("given").str.slice(0, 1)).otherwise("given")
    given = pl.when(form == "nickname").then("nickname").otherwise(short)
    middle = pl.when(form.is_in(["full", "plain", "slip"])).then("middle").otherwise(pl.lit(""))
    western = _joined(given, middle, pl.col("family"), pl.col("suffix"))
    comma = pl.concat_str(pl.col("family"), pl.lit(", "), _joined(given, middle, pl.col("suffix")))
    eastern = _joined(pl.col("family"), given)
    last_first = pl.when("family_first").then(eastern).otherwise(comma)
    name = pl.when(form == "swapped").then(last_first).otherwise(western)
    return _cased(pl.when(form == "plain").then(_plain(name)).otherwise(name))


def _firm_name() -> pl.Expr:
    """Put together the name of a firm, with one of the ways to write its legal form."""
    draw, legal = pl.col("u_form"), pl.col("legal")
    other = legal
    for form, written in read_words("words.toml")["legal_forms"].items():
        for number, text in enumerate(written):
            chosen = (legal == form) & (draw >= 0.2 + 0.25 * number)
            other = pl.when(chosen).then(pl.lit(text)).otherwise(other)
    legal = pl.when("is_first").then(legal).otherwise(other)
    name = _joined(pl.col("firm"), legal)
    attention = pl.concat_str(name, pl.lit(" ATTN Receiving"))
    shop = _joined(pl.col("street"), pl.lit("Street Holdings"), legal, pl.lit("DBA"), pl.col("firm"))
    named = pl.when(pl.col("u_attn") < 0.08).then(attention).when(pl.col("u_attn") > 0.95).then(shop).otherwise(name)
    return _cased(pl.when("is_first").then(name).otherwise(named))


def _cased(text: pl.Expr) -> pl.Expr:
    upper = ~pl.col("is_first") & (pl.col("u_upper") < 0.2)
    return pl.when(upper).then(_plain(text).str.to_uppercase()).otherwise(text)


def _joined(*parts: pl.Expr) -> pl.Expr:
    """Join parts with blanks, leaving out the empty ones."""
    return pl.concat_str(*parts, separator=" ").str.replace_all("  +", " ").str.strip_chars()


def _address() -> dict[str, pl.Expr]:
    """Write the lines of an address: long or short, unit on either line, town, ZIP or ZIP+4."""
    short = ~pl.col("is_first") & (pl.col("u_short") < 0.5)
    kind = pl.col("kind")
    for name, forms in read_words("words.toml")["street_kinds"].items():
        form = pl.when(pl.col("u_short") < 0.35).then(pl.lit(forms[0])).otherwise(pl.lit(forms[1]))
        kind = pl.when(short & (pl.col("kind") == name)).then(form).otherwise(kind)
    direction = pl.when(short).then(pl.col("direction").str.slice(0, 1)).otherwise("direction")
    street = _joined(pl.col("number"), direction, pl.col("street"), kind)
    unit = _unit()
    own_line = pl.col("is_first") | (pl.col("u_split") < 0.5) | (unit == "")
    host = pl.when(pl.col("forwarder") >= 0).then("host").otherwise(pl.concat_str(pl.lit("c/o "), "host"))
    care_of = pl.when(pl.col("host") == "").then(pl.lit("")).otherwise(host)
    line1 = pl.when(own_line).then(street).otherwise(pl.concat_str(street, pl.lit(", "), unit))
    line2 = _joined(care_of, pl.when(own_line).then(unit).otherwise(pl.lit("")))
    plus4 = pl.concat_str("postal_code", pl.lit("-"), "zip4")
    return {
        "line1": _cased(line1),
        "line2": _cased(line2),
        "town": _cased(pl.col("city")),
        "zip": pl.when((pl.col("u_zip") < 0.15) & ~pl.col("is_first")).then(plus4).otherwise("postal_code"),
    }


def _unit() -> pl.Expr:
    """Write a unit in one of several forms; a suite number behind a forwarder is a suite."""
    forms: list[str] = read_words("words.toml")["units"]["forms"]
    word = pl.lit(forms[0])
    for number, form in enumerate(forms):
        is_form = ~pl.col("is_first") & (pl.col("u_unit") >= number / len(forms))
        word = pl.when(is_form).then(pl.lit(form)).otherwise(word)
    suite = pl.when(pl.col("is_first") | (pl.col("u_unit") < 0.6)).then(pl.lit("Suite ")).otherwise(pl.lit("Ste "))
    word = pl.when("is_suite").then(suite).otherwise(word)
    return pl.when(pl.col("unit") == "").then(pl.lit("")).otherwise(pl.concat_str(word, "unit"))


def _needs_contact() -> pl.Expr:
    """Say who could not be recognised without phone and e-mail: initials, and a second address."""
    return (pl.col("form") == "initial") | (pl.col("other_address") >= 0)


def _phone() -> pl.Expr:
    """Write the phone in one of five forms, or leave it out."""
    area, exchange, line = (pl.col("phone").str.slice(start, length) for start, length in ((0, 3), (3, 3), (6, 4)))
    patterns = ["{}-{}-{}", "({}) {}-{}", "{}{}{}", "+1 {} {} {}", "1.{}.{}.{}"]
    form = pl.when("is_first").then(0).otherwise((pl.col("u_phone_form") * len(patterns)).floor().cast(pl.Int64))
    written = pl.lit("")
    for number, pattern in enumerate(patterns):
        written = pl.when(form == number).then(pl.format(pattern, area, exchange, line)).otherwise(written)
    share = pl.when("is_first").then(0.85).otherwise(0.75)
    return pl.when((pl.col("u_phone") < share) | _needs_contact()).then(written).otherwise(pl.lit(""))


def _email() -> pl.Expr:
    """Write the e-mail address, perhaps with another case, a tag or other dots, or leave it out."""
    local = pl.concat_str(_slug("given"), pl.lit("."), _slug("family"), pl.lit("."), pl.col("mail_no").cast(pl.String))
    draw, is_gmail = pl.col("u_mail_form"), pl.col("mail_host") == "gmail.com"
    changed = (
        pl.when(draw < 0.12).then(pl.concat_str(local, pl.lit("+shop")))
        .when((draw < 0.4) & is_gmail).then(local.str.replace_all(".", "", literal=True))
        .when(draw > 0.9).then(local.str.to_uppercase())
        .otherwise(local)
    )  # fmt: skip
    person = pl.concat_str(pl.when("is_first").then(local).otherwise(changed), pl.lit("@"), "mail_host")
    firm = pl.format("orders{}@{}.example", "mail_no", _slug("firm"))
    wanted = (pl.col("u_mail") < 0.55) | _needs_contact()
    return pl.when(wanted).then(pl.when("is_firm").then(firm).otherwise(person)).otherwise(pl.lit(""))


def _slug(column: str) -> pl.Expr:
    return _plain(pl.col(column)).str.to_lowercase().str.replace_all("[^a-z]", "")


def _tax_id() -> pl.Expr:
    return pl.when((pl.col("u_tax") < 0.7) | pl.col("is_first")).then("tax_id").otherwise(pl.lit(""))


def _with_slips(rng: np.random.Generator, rows: pl.DataFrame) -> pl.DataFrame:
    """Let a finger slip once: in the name where its form says so, in the street in one of fourteen other writings."""
    spot, kind = pl.Series(rng.random(len(rows))), pl.Series(rng.integers(0, 3, len(rows)))
    in_name = (pl.col("form") == "slip") & ~pl.col("is_firm")
    in_street = ~pl.col("is_first") & (pl.col("u_slip") < 0.07) & ~in_name
    return rows.with_columns(
        name=pl.when(in_name).then(_slipped(pl.col("name"), pl.lit(0), spot, kind)).otherwise("name"),
        line1=pl.when(in_street)
        .then(_slipped(pl.col("line1"), pl.col("number").str.len_chars() + 1, spot, kind))
        .otherwise("line1"),
    )


def _slipped(text: pl.Expr, first: pl.Expr, spot: pl.Series, kind: pl.Series) -> pl.Expr:
    """Leave out a letter, write it twice, or change places with the next; never before the position `first`."""
    room = text.str.len_chars().cast(pl.Int64) - first.cast(pl.Int64) - 3
    at = first.cast(pl.Int64) + 1 + (spot * room.clip(1)).floor().cast(pl.Int64)
    head, here, following, tail = text.str.slice(0, at), text.str.slice(at, 1), text.str.slice(at + 1, 1), at + 2
    slip = pl.when(kind == 0).then(following).when(kind == 1).then(here + here + following).otherwise(following + here)
    middle = pl.when((here == " ") | (following == " ")).then(here + following).otherwise(slip)
    return pl.concat_str(head, middle, text.str.slice(tail))
