"""Text to values. What cannot be understood becomes null and a mark ``column|reason``; nothing is misread."""

from __future__ import annotations

import polars as pl

from analytics.ingest.headings.columns.plans import AIRPORTS
from analytics.ingest.headings.understanding import ColumnPlan
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.values.altered import altered_ids
from analytics.ingest.values.dates import HOME_ZONE, DateReading, read_times
from analytics.ingest.values.measures import measure_values
from analytics.ingest.values.numbers import CENTS, PLAIN, exact_sizes, read_money
from analytics.ingest.values.places import country_code
from analytics.ingest.values.profile import Readings
from analytics.ingest.values.restored import hts_values, zip_values
from analytics.ingest.values.shortcuts import by_distinct, is_absent
from analytics.ingest.words.canonical import BOOLEANS, COUNTRIES, INTEGERS, MONEY, NUMBERS, TIMES
from analytics.ingest.words.wordlists import airports, codes, countries, currencies, shared_marks

__all__ = ["DEFAULT_CURRENCY", "convert"]

DEFAULT_CURRENCY = "USD"
_DEFAULT_COUNTRY = "US"
_ONE_OF_SEVERAL = r"^(\d{1,6})\s*(?:/|(?i:of))\s*\d{1,6}$"
_Read = dict[str, pl.Expr]
_Values = dict[str, pl.Expr | pl.Series]


def convert(text: pl.DataFrame, plan: ColumnPlan, readings: Readings, settings: SourceSettings) -> pl.DataFrame:
    """Return the values of a batch beside marks of what could not be understood.

    Parameters
    ----------
    text : DataFrame
        One text column per column of the input contract.
    plan, readings, settings
        Where each column comes from and how it is read.

    Returns
    -------
    DataFrame
        The columns of the landed lines under their names, and boolean columns ``column|reason``.
    """
    values: _Values = {}
    for column in TIMES:
        times = _times(column, readings.dates.get(column, DateReading(is_plain=True)))
        values |= by_distinct(text, column, times)
    values |= _numbers(text, plan, readings)
    for column in INTEGERS:
        values |= by_distinct(text, column, _integer(column))
    for column in BOOLEANS:
        values |= by_distinct(text, column, _coded(column, "boolean", "boolean_unreadable", as_boolean=True))
    values |= by_distinct(text, "mode", _coded("mode", "mode", "mode_unknown"))
    values |= by_distinct(text, "record_action", _coded("record_action", "record_action", "record_action_unknown"))
    for column in COUNTRIES:
        use = plan.uses.get(column)
        values |= by_distinct(text, column, _country(text, column, use.places if use else None))
    values |= hts_values(text, has_zeros=readings.has_zeros)
    values |= {**by_distinct(text, "entry_type", _entry_type()), **_issuers(settings), **altered_ids(text, plan)}
    parsed = text.with_columns(**values)
    parsed = parsed.with_columns(**zip_values(text, pl.col("consignee_country")), **_declared(parsed))
    return parsed.with_columns(**_currency(parsed, plan)).with_columns(**_arrival())


def _times(column: str, reading: DateReading) -> _Read:
    read = read_times(column, reading)
    return {
        f"{column}:day": read["day"],
        f"{column}:instant": read["instant"],
        f"{column}|date_unreadable": read["unreadable"],
        f"{column}|date_impossible": read["impossible"],
    }


def _arrival() -> _Read:
    """Take the day of arrival, else the estimate, else the release; a date that cannot be read is never passed over."""
    ranked = [("arrival_date", "arrival"), ("estimated_arrival_date", "estimated_arrival"), ("released_at", "release")]
    written = [pl.col(column).is_not_null() for column, _ in ranked]
    day, basis = pl.lit(None, dtype=pl.Date), pl.lit(None, dtype=pl.String)
    for (column, word), given in zip(reversed(ranked), reversed(written), strict=True):
        day = pl.when(given).then(pl.col(f"{column}:day")).otherwise(day)
        basis = pl.when(given).then(pl.lit(word)).otherwise(basis)
    return {
        "date_basis": basis,
        "arrival_date": day,
        "arrival_at": pl.col("arrival_date:instant"),
        "estimated_arrival_date": pl.col("estimated_arrival_date:day"),
        "order_date": pl.col("order_date:day"),
        "released_date": pl.col("released_at:day"),
        "released_at": pl.col("released_at:instant"),
        "declared_at": pl.coalesce("declared_at:instant", _midnight("declared_at:day")),
    }


def _midnight(column: str) -> pl.Expr:
    """Return the instant at which a New York day begins."""
    return pl.col(column).cast(pl.Datetime("us")).dt.replace_time_zone(HOME_ZONE).dt.convert_time_zone("UTC")


def _numbers(text: pl.DataFrame, plan: ColumnPlan, readings: Readings) -> _Values:
    values: _Values = {}
    for column in NUMBERS:
        use, mark = plan.uses.get(column), readings.marks.get(column, PLAIN)
        factor = use.factor if use and column != "quantity" else None
        if column not in MONEY:
            values |= by_distinct(text, column, measure_values(column, mark, factor))
        elif (cents := exact_sizes(text[column], mark, factor, CENTS)) is not None:
            values |= {column: cents, **_unmarked(column)}
        else:
            values |= by_distinct(text, column, _money(column, mark, factor))
    return values


def _money(column: str, mark: str, factor: str | None) -> _Read:
    read = read_money(column, mark, factor)
    return {
        column: read["number"],
        f"{column}:currency": read["currency"],
        f"{column}:shared": read["shared"],
        f"{column}:rounded": read["rounded"],
        f"{column}|value_unreadable": read["unreadable"],
        f"{column}|value_out_of_range": read["beyond"],
        f"{column}|negative_value": read["number"] < 0,
    }


def _unmarked(column: str) -> _Values:
    """Return what `_money` gives beside amounts with which nothing is wrong."""
    nothing, no = pl.lit(None, dtype=pl.String), pl.lit(value=False)
    wrong = ("value_unreadable", "value_out_of_range", "negative_value")
    beside = {f"{column}:currency": nothing, f"{column}:shared": nothing, f"{column}:rounded": no}
    return {**beside, **{f"{column}|{reason}": no for reason in wrong}}


def _integer(column: str) -> _Read:
    value = pl.col(column)
    part = value.str.extract(_ONE_OF_SEVERAL, 1)
    number = pl.coalesce(part, value.str.replace(r"\.0+$", "")).cast(pl.Int64, strict=False)
    sound = pl.when(number >= 0).then(number)
    return {column: sound, f"{column}|number_unreadable": value.is_not_null() & sound.is_null()}


def _coded(column: str, kind: str, reason: str, *, as_boolean: bool = False) -> _Read:
    value = pl.col(column)
    meaning = value.str.to_lowercase().replace_strict(codes(kind), default=None, return_dtype=pl.String)
    result = (meaning == "true") if as_boolean else meaning
    return {column: result, f"{column}|{reason}": value.is_not_null() & meaning.is_null()}


def _country(text: pl.DataFrame, column: str, places: str | None) -> _Read:
    """Return alpha-2; a consignee without a country is in the United States, one with an unknown country is not."""
    value = pl.col(column)
    known = {written: country_code(written) for written in text[column].unique().drop_nulls()}
    alpha2 = value.replace_strict(known, return_dtype=pl.String) if known else pl.lit(None, dtype=pl.String)
    if places:
        alpha2 = pl.coalesce(_airport_country(value) if places == AIRPORTS else _locode_country(value), alpha2)
    taken = pl.when(value.is_null()).then(pl.lit(_DEFAULT_COUNTRY)).otherwise(alpha2)
    return {
        column: taken if column == "consignee_country" else alpha2,
        f"{column}|country_unknown": value.is_not_null() & alpha2.is_null(),
    }


def _airport_country(value: pl.Expr) -> pl.Expr:
    word = value.str.replace_all(r"[^\p{L}\p{N}]", "")
    return word.str.to_uppercase().replace_strict(airports(), default=None, return_dtype=pl.String)


def _locode_country(value: pl.Expr) -> pl.Expr:
    """Return the first two letters of a UN/LOCODE where they are a country."""
    code = value.str.to_uppercase().str.extract(r"^([A-Z]{2})[\s-]?[A-Z2-9]{3}$")
    return pl.when(code.is_in(sorted(set(countries().values())))).then(code)


def _entry_type() -> _Read:
    """Return the house's word for an entry type; one we have no word for stays as written, in upper case."""
    written = pl.col("entry_type")
    meaning = written.str.to_lowercase().replace_strict(codes("entry_type"), default=None, return_dtype=pl.String)
    return {"entry_type": pl.coalesce(meaning, written.str.to_uppercase())}


def _issuers(settings: SourceSettings) -> _Read:
    """Say whose numbers they are: as given, else by the row, else a constant of the mapping."""
    last = {
        name: pl.lit(settings.constants.get(name), dtype=pl.String) for name in ("consignee_id_issuer", "order_issuer")
    }
    account = pl.coalesce("consignee_id_issuer", "marketplace", "seller_id", last["consignee_id_issuer"])
    order = pl.coalesce("order_issuer", "seller_id", "marketplace", "seller_name", last["order_issuer"])
    return {
        "consignee_id_issuer": pl.when(pl.col("consignee_id").is_not_null()).then(account),
        "order_issuer": pl.when(pl.col("order_id").is_not_null()).then(order),
    }


def _declared(parsed: pl.DataFrame) -> _Values:
    """Return what the column of currencies says."""
    written = pl.col("currency").str.to_uppercase()
    declared = written.replace_strict(currencies(), default=None, return_dtype=pl.String)
    unknown = written.is_not_null() & declared.is_null()
    return by_distinct(parsed, "currency", {"currency:declared": declared, "currency|currency_unknown": unknown})


def _currency(parsed: pl.DataFrame, plan: ColumnPlan) -> _Read:
    """Put together what column, heading and mark beside the number say of the currency; they must not contradict."""
    declared = pl.col("currency:declared")
    values: _Read = {}
    said = []
    for column in MONEY:
        use = plan.uses.get(column)
        heading = pl.lit(use.currency if use else None, dtype=pl.String)
        said.append(pl.coalesce(pl.col(f"{column}:currency"), pl.when(pl.col(column).is_not_null()).then(heading)))
        values[f"{column}|currency_contradicts"] = (pl.col(f"{column}:currency") != heading).fill_null(value=False)
    currency = pl.coalesce(declared, *said)
    for column, word in zip(MONEY, said, strict=True):
        values[f"{column}|currency_contradicts"] |= (word != currency).fill_null(value=False)
        if not is_absent(parsed[f"{column}:shared"]):
            values |= _shared_mark(column, currency, values[f"{column}|currency_contradicts"])
    values["currency"] = currency.fill_null(DEFAULT_CURRENCY)
    return values


def _shared_mark(column: str, currency: pl.Expr, contradicts: pl.Expr) -> _Read:
    """Check a mark that several currencies share against the currency of the row; alone, a dollar is the default's."""
    mark = pl.col(f"{column}:shared")
    unclear, other = pl.lit(value=False), pl.lit(value=False)
    for shared, owners in shared_marks().items():
        is_it = (mark == shared).fill_null(value=False)
        other = other | (is_it & currency.is_not_null() & ~currency.is_in(list(owners)).fill_null(value=True))
        if DEFAULT_CURRENCY not in owners:
            unclear = unclear | (is_it & currency.is_null())
    return {f"{column}|currency_contradicts": contradicts | other, f"{column}|currency_unclear": unclear}
