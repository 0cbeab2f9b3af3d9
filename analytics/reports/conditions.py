"""What each condition of the checklist asks of a shipment, and what decides it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

import polars as pl

from analytics.reports.tables import Store
from analytics.reports.wording import listed

__all__ = ["CONDITIONS", "NEEDS", "Question"]

_PAPERS = {
    "has_invoice": "invoice",
    "has_transport_document": "transport document",
    "has_proof_of_order": "proof of order",
}
NEEDS = (
    "shipment_uid", "shipment_id", "source_file", "arrival_date", "value_usd", "exemption_claimed", "identity_id",
    "party_class", "person_role", "consignee_name", "consignee_address", "consignee_address2", "order_id",
    "entry_type", "mode", "seller_id", "seller_name", "marketplace", "filer_code", "declared_at", "hts_code",
    "origin_country", "house_bill", "shipper_name", "shipper_address", "shipper_country", "description", "quantity",
    "weight_kg", "declared_value", "entry_number", "port_of_entry", "importer_id_hash", "estimated_arrival_date",
    "rule_id", "coverage", *_PAPERS,
)  # fmt: skip
_CLOCK = "America/New_York"

Ruling = tuple[str, str, pl.Expr]
"""A verdict, its reason, and when it applies."""

_KINDS_OF_CASES = frozenset({"antidumping", "countervailing", "quota"})
"""Lists that change by case; the user's own, in ref_ineligible_goods."""

_LISTED_IN_PART = frozenset({"antidumping"})
"""Those of which ref_ineligible_goods ships a few orders that are known to be asked about."""


@dataclass(frozen=True)
class Question:
    """The claimed shipments of a scope with what is known of each.

    Attributes
    ----------
    rows : polars.DataFrame
        The shipments; ``is_offered`` and ``limit_usd`` by the rule of the day, ``flagged`` the typologies that name it,
        ``within_days`` the deadline of its entry type.
    tested : frozenset of str
        The typologies that were tested.
    required : polars.DataFrame
        Data elements by program, with their days.
    listed : frozenset of str
        Kinds of goods that some list keeps out: tax, licence, quota, antidumping …
    """

    rows: pl.DataFrame
    tested: frozenset[str]
    required: pl.DataFrame
    listed: frozenset[str]

    @classmethod
    def of(cls, store: Store, claimed: pl.DataFrame) -> Question:
        """Put beside the shipments what the store knows of them."""
        status = store.table("typology_status").collect()
        rows = _with_limits(claimed, store.table("ref_limits").collect())
        rows = rows.join(_flagged(store), on="shipment_uid", how="left", maintain_order="left")
        rows = rows.with_columns(pl.col("flagged").fill_null(pl.lit([], dtype=pl.List(pl.String))))
        deadlines = store.table("ref_deadlines").collect()
        tested = status.filter(pl.col("tested") == "yes")["typology"]
        required = store.table("ref_required_data").collect()
        listed = store.table("ref_ineligible_goods").collect()["kind"]
        return cls(_with_deadline(rows, deadlines), frozenset(tested), required, frozenset(listed))

    def rules(self) -> list[str]:
        """Return the rules the shipments came under, sorted."""
        return sorted({part for rule in self.rows["rule_id"].drop_nulls() for part in rule.split("+")})

    def judge(self, condition: str) -> pl.DataFrame:
        """Return the shipments that a condition is asked of, each with verdict and reason; the first that applies."""
        asked = self.rows if condition == "available" else self.rows.filter(pl.col("is_offered").fill_null(value=True))
        verdict, reason = pl.lit("pass"), pl.lit(None, pl.String)
        for ruled, why, applies in reversed(CONDITIONS[condition](self)):
            holds = applies.fill_null(value=False)
            verdict = pl.when(holds).then(pl.lit(ruled)).otherwise(verdict)
            reason = pl.when(holds).then(pl.lit(why)).otherwise(reason)
        return asked.select("shipment_uid", "shipment_id", "value_usd", verdict=verdict, reason=reason)

    def is_given(self, column: str) -> bool:
        """Say whether a column was handed in for any of the shipments."""
        return bool(self.rows[column].count())


def _with_limits(claimed: pl.DataFrame, limits: pl.DataFrame) -> pl.DataFrame:
    """Tell by the rule of its day whether the exemption was on offer, and up to what."""
    exempting = limits.filter(pl.col("kind") == "exemption").select(
        "rule_id", "valid_from", "valid_to", "status", limit_usd="limit_amount"
    )
    keyed = claimed.with_columns(first_rule=pl.col("rule_id").str.split("+").list.first())
    held = (pl.col("valid_from") <= pl.col("arrival_date")) & (
        pl.col("valid_to").is_null() | (pl.col("valid_to") > pl.col("arrival_date"))
    )
    found = keyed.select("shipment_uid", "arrival_date", "first_rule", "coverage").join(
        exempting, left_on="first_rule", right_on="rule_id"
    )
    told = found.filter(held, pl.col("coverage") == "known").select(
        "shipment_uid", "limit_usd", is_offered=pl.col("status") == "eligible"
    )
    return claimed.join(told, on="shipment_uid", how="left", maintain_order="left")


def _flagged(store: Store) -> pl.DataFrame:
    flags = store.table("flags").select("flag_id", "typology")
    members = store.table("flag_shipments").select("flag_id", "shipment_uid")
    named = members.join(flags, on="flag_id").group_by("shipment_uid").agg(flagged=pl.col("typology").unique().sort())
    return named.collect()


def _with_deadline(rows: pl.DataFrame, deadlines: pl.DataFrame) -> pl.DataFrame:
    """Put the days within which a shipment had to be declared beside it, where its kind of entry has a deadline."""
    counted = deadlines.filter(pl.col("counted_from") == "arrival").select(
        "valid_from", "valid_to", "within_days", deadline_of=pl.col("deadline").str.extract(r"^type_(\w+)_entry$")
    )
    keyed = rows.select("shipment_uid", "arrival_date", "entry_type")
    held = (pl.col("valid_from") <= pl.col("arrival_date")) & (
        pl.col("valid_to").is_null() | (pl.col("valid_to") > pl.col("arrival_date"))
    )
    found = keyed.join(counted, left_on="entry_type", right_on="deadline_of").filter(held)
    return rows.join(found.select("shipment_uid", "within_days"), on="shipment_uid", how="left", maintain_order="left")


def _in(*typologies: str) -> pl.Expr:
    return pl.any_horizontal(pl.col("flagged").list.contains(name) for name in typologies)


def _lacks(column: str) -> pl.Expr:
    return pl.col(column).is_null()


def _unsure() -> list[Ruling]:
    return [
        ("unknown", "origin or mode is missing, and the rule depends on it", pl.col("coverage").str.starts_with("if ")),
        ("unknown", "no rule is known for the day", pl.col("coverage") == "no rule"),
        ("unknown", "the goods go outside the customs territory", pl.col("coverage").str.starts_with("outside")),
    ]


def _available(_: Question) -> list[Ruling]:
    return [("fail", "the exemption was not on offer for its origin, mode and day", ~pl.col("is_offered")), *_unsure()]


def _day_value(_: Question) -> list[Ruling]:
    return [
        ("fail", "over the limit alone", pl.col("value_usd") > pl.col("limit_usd")),
        ("fail", "over the limit together with others of that person and day", _in("daily_limit")),
        ("unknown", "nobody is named whose day could be added up", _lacks("identity_id")),
        *_unsure(),
    ]


def _one_order(question: Question) -> list[Ruling]:
    lots = ("unknown", "looks like a lot of an order without a number", _in("inferred_order_split"))
    without = "no order number" if question.is_given("order_id") else "order numbers were not handed in"
    return [
        ("fail", "a lot of an order that is over the limit together", _in("order_split")),
        lots,
        ("unknown", without, _lacks("order_id")),
    ]


def _party(_: Question) -> list[Ruling]:
    parts = ("consignee_name", "consignee_address", "consignee_address2")
    written = pl.concat_str(*parts, separator=" ", ignore_nulls=True).str.to_lowercase()
    in_care = written.str.contains(r"(^|\s)c/o(\s|$)") & (pl.col("person_role") == "consignee")
    return [
        ("fail", "the consignee is blank or a placeholder", _lacks("identity_id")),
        ("fail", "the consignee looks fictitious", _in("fictitious_consignee")),
        ("fail", "the consignee looks like a nominee", _in("nominal_consignee")),
        ("unknown", "a warehouse is the consignee, and no owner is named", _in("warehouse_consignee")),
        ("unknown", "in care of another, and no owner is named", in_care),
    ]


def _goods(question: Question) -> list[Ruling]:
    rulings: list[Ruling] = [("fail", "goods of a class that is kept out", _in("ineligible_goods"))]
    if not question.is_given("hts_code"):
        return [*rulings, ("unknown", "tariff numbers were not handed in", pl.lit(value=True))]
    if "ineligible_goods" not in question.tested:
        return [*rulings, ("unknown", "not compared with a list of goods that are kept out", pl.lit(value=True))]
    rulings.append(("unknown", "no tariff number", _lacks("hts_code")))
    if compared := " and ".join(_compared(question.listed)):
        rulings.append(("unknown", f"compared with {compared}", pl.lit(value=True)))
    return rulings


def _compared(kinds: Collection[str]) -> Iterator[str]:
    """Say with which lists of cases goods were not compared, and with which of them only in part."""
    if unlisted := sorted(_KINDS_OF_CASES.difference(kinds)):
        yield f"no list of goods under {listed(unlisted)}"
    if partly := sorted(_LISTED_IN_PART.intersection(kinds)):
        yield f"some orders only of those on {listed(partly)}"


def _papers(question: Question) -> list[Ruling]:
    missing = [("fail", f"no {paper}", ~pl.col(column)) for column, paper in _PAPERS.items()]
    gap = ("fail", "a paper is known to be missing", _in("documentation_gap"))
    needed = list(_needed(question))
    absent = pl.any_horizontal(pl.lit(value=False), *(needs & ~_given(column) for column, _, needs in needed))
    unknown = [
        ("unknown", f"whether there is {_article(paper)} {paper} was not handed in", _lacks(column))
        for column, paper in _PAPERS.items()
    ]
    return [
        *missing,
        gap,
        *(("fail", f"required data missing: {said}", needs & _given(column)) for column, said, needs in needed),
        *unknown,
        ("unknown", "some of the required data were not handed in", absent),
    ]


def _needed(question: Question) -> Iterator[tuple[str, str, pl.Expr]]:
    """Yield each required column with its element, and where it is needed and missing."""
    required = question.required.filter(pl.col("need") == "required", pl.col("column_name").is_not_null())
    for row in required.sort("program", "element", "valid_from").iter_rows(named=True):
        begun = pl.col("arrival_date") >= row["valid_from"]
        held = begun if row["valid_to"] is None else begun & (pl.col("arrival_date") < row["valid_to"])
        is_program = pl.col("entry_type") == _ENTRY_TYPES.get(row["program"], row["program"])
        yield row["column_name"], row["element"].lower(), is_program & held & _lacks(row["column_name"])


def _given(column: str) -> pl.Expr:
    """Tell whether the file a shipment is from gives a column at all: what no row of it has was not handed in."""
    return pl.col(column).is_not_null().any().over("source_file")


_ENTRY_TYPES = {"manifest": "321", "type_86": "86", "postal_data": "mail", "postal_informal_entry": "13"}


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"


def _timely(_: Question) -> list[Ruling]:
    declared = pl.col("declared_at").dt.convert_time_zone(_CLOCK).dt.date()
    late = (declared - pl.col("arrival_date")).dt.total_days() > pl.col("within_days")
    return [
        ("fail", "declared after its deadline", late | _in("late_filing")),
        ("unknown", "no deadline is on file for its kind of entry", _lacks("within_days")),
        ("unknown", "when it was declared was not handed in", _lacks("declared_at")),
    ]


def _origin(_: Question) -> list[Ruling]:
    return [
        ("fail", "something speaks against the origin declared", _in("origin_mismatch", "origin_shift")),
        ("unknown", "no country of origin", _lacks("origin_country")),
    ]


CONDITIONS: dict[str, Callable[[Question], list[Ruling]]] = {
    "available": _available,
    "day_value": _day_value,
    "one_order": _one_order,
    "party": _party,
    "goods": _goods,
    "papers": _papers,
    "timely": _timely,
    "origin": _origin,
}
"""Condition, as ref_checked_conditions names it, to what decides it."""
