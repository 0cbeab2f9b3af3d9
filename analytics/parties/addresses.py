"""Keys of postal addresses: house, street, unit, box, place."""

from __future__ import annotations

import polars as pl

from analytics.parties.text import fold, lookup, on_distinct, on_frame_rows, on_rows, squeeze
from analytics.parties.words import word_map

__all__ = ["address_keys"]

_UNIT_WORDS = "|".join(sorted(word_map("unit_words"), key=len, reverse=True))
_STATE_CODES = "|".join(word_map("states")).lower()
_TYPES = "|".join(sorted(set(word_map("street_types").values())))
_SIDES = "n|s|e|w|ne|nw|se|sw"

_CARE_OF = r"\b(?:c/o|care of|attn|attention)\b[\s:.]*([^,;/\d]*)[,;/]?"
_TAIL = (
    rf"(?:,\s*([a-z][a-z .'-]+?))?[,\s]+({_STATE_CODES})\.?[,\s]+(\d{{5}})(?:-?\d{{4}})?"
    r"(?:[,\s]+(?:usa?|united states))?\s*$"
)
_BOX = r"\b(?:p\.?\s*o\.?|post office)\s*(?:box|bx)\s*#?\s*([a-z0-9-]+)|^\s*box\s*#?\s*(\d+)"
_RURAL = r"\b(?:rr|r\.r\.|rural route|rural rt|hc|rfd)\s*#?\s*(\d+)\s*,?\s*(?:box|bx)\s*#?\s*(\w+)"
_UNIT_WORD = rf"(?:[\s,;(/-]|^)(?:{_UNIT_WORDS})\b\.?\s*(?:no\b\.?|number\b)?\s*[#:.]?\s*"
_UNIT = rf"{_UNIT_WORD}(?:[a-z]{{0,5}}-?\d[a-z0-9-]*|[a-z])\b|#\s*[a-z0-9]"
_FLOOR = r"\b(\d+)(?:st|nd|rd|th)\s+(?:fl|flr|floor)\b"
_FLOOR_WORD = r"\b(?:floor|flr)\s*#?\s*(\d+)\b"
_GLUED = rf"\b({_STATE_CODES})(\d{{5}})\b"
_ROAD, _ROUTE, _NUMBER = r"(?:road|rd)\.?", r"(?:route|rte|rt|highway|hwy)\.?", r"[\s#-]*(\d+[a-z]?)\b"
_ROADS = {
    "cr": rf"\b(?:county|cnty|cty|co)\.?\s*(?:{_ROAD}|{_ROUTE}){_NUMBER}|\bcr{_NUMBER}",
    "tr": rf"\b(?:township|twp)\.?\s*{_ROAD}{_NUMBER}|\btr{_NUMBER}",
    "us": rf"\bu\.?s\.?\s*{_ROUTE}{_NUMBER}|\bus[\s-]+(\d+)\b",
    "sr": rf"\b(?:state\s*(?:{_ROAD}|{_ROUTE})|st\.?\s*{_ROUTE}|s[rh]){_NUMBER}",
    "fm": rf"\b(?:farm to market|fm)\.?\s*(?:{_ROAD})?{_NUMBER}",
    "hwy": rf"\b(?:highway|hwy)\.?{_NUMBER}",
}
"""Roads that have a number for a name, by what stands for their kind."""
_ANY_ROAD = "|".join(_ROADS.values())
_TYPE_WORDS = "|".join(sorted(word_map("street_types"), key=len, reverse=True))
_CITY_BEHIND = rf"^(.*\d.*\b(?:{_TYPE_WORDS})\.?)\s+([a-z][a-z .'-]+[a-z])\s*$"
_SIDE_FIRST = r"^(?:north|south|east|west|n|s|e|w|ne|nw|se|sw)\b"
_PLAIN_HOUSE = r"^[0-9]+ (?:[a-z]|[0-9]+[a-z ])"
_HOUSE = r"^[\s#,;/-]*(\d+)(?:\s?-\s?(\d+))?([a-z])?\b(?:\s*1/2\b)?"
_RANGE_DIGITS, _RANGE = 3, 100
"""Digits of the houses of a range (``723-725``), and how far it goes; ``37-20`` is one house in Queens."""
_LONG_HOUSE, _SHORTENED = 4, 2
"""Digits from which the last house of a range may be shortened (``10641-43``), and to how many."""
_STREET_KEYS = ("house", "street", "street_type", "direction", "unit", "box", "detail", "address_care_of")
_KEYS = (*_STREET_KEYS, "city", "state", "postal")
_AFTER_COMMA = r"^([^,]*\d[^,]*[a-z]{2}[^,]*),\s*([^,]*[a-z]{2}.*)$"
_LATE_HOUSE = r"\b(\d+)([a-z])?$|\b(\d+)\b"


def address_keys(frame: pl.DataFrame) -> pl.DataFrame:
    """Take addresses apart.

    Parameters
    ----------
    frame : DataFrame
        ``consignee_address``, ``consignee_address2``, ``consignee_city``, ``consignee_state``,
        ``consignee_postal_code``, ``consignee_country``, all as written.

    Returns
    -------
    DataFrame
        One row per address, in order: ``house``, ``street`` (its words without direction and type),
        ``street_type``, ``direction``, ``unit``, ``box``, ``detail`` (what else the lines hold, such as a building),
        ``address_care_of``, ``city``, ``state``, ``postal``.
    """
    first, second = fold(frame["consignee_address"]), fold(frame["consignee_address2"])
    keys = pl.concat([_lines(first, second), _place(frame)], how="horizontal")
    keys = _take_street(_take_parts(_name_roads(_take_tail(_take_care_of(keys)))))
    return keys.select(*_KEYS)


def _lines(first: pl.Series, second: pl.Series) -> pl.DataFrame:
    """Street line, and what stands beside it: a second line with a unit or the house joins the street line."""
    lines = pl.DataFrame({"first": first, "second": second}).with_columns(pl.all().replace("", None))
    text, beside = pl.col("first"), pl.col("second")
    if second.null_count() == len(second):
        return lines.select(text=text, detail=pl.lit(None, pl.String))
    names_part = beside.str.contains(_UNIT) | beside.str.contains(r"\bb(?:o)?x\b|\bc/o\b|\battn\b")
    joins = names_part | ~text.str.contains(r"\d")
    whole = pl.concat_str(["first", "second"], separator=" , ", ignore_nulls=True)
    return lines.select(
        text=pl.when(text.is_null() | joins).then(whole).otherwise(text).replace("", None),
        detail=pl.when(text.is_not_null() & ~joins).then(squeeze(beside)),
    )


def _place(frame: pl.DataFrame) -> pl.DataFrame:
    """City, state and postal code from their own columns, each distinct value worked on once."""
    written = fold(frame["consignee_postal_code"])
    country = frame["consignee_country"].cast(pl.String).str.to_uppercase()
    is_foreign = (country != "US").fill_null(value=False)
    postal = on_distinct(written, _postal)
    if is_foreign.any():
        postal = on_distinct(written, _foreign_postal).zip_with(is_foreign, postal)
    return pl.DataFrame(
        {
            "city": on_distinct(fold(frame["consignee_city"]), _city),
            "state": on_distinct(fold(frame["consignee_state"]), _state),
            "postal": postal,
        }
    )


def _city(column: pl.Expr) -> pl.Expr:
    """City in full words."""
    words = squeeze(column).str.split(" ").list.eval(lookup(pl.element(), word_map("city_words")))
    return words.list.join(" ")


def _state(column: pl.Expr) -> pl.Expr:
    """A state's code where it is one of the United States, else what is written."""
    names = {name: code for code, name in word_map("states").items()}
    return lookup(squeeze(column), names).str.to_uppercase()


def _postal(column: pl.Expr) -> pl.Expr:
    """Five digits as in the United States (a lost leading zero is put back), else letters and digits."""
    digits = column.str.extract(r"^\s*(\d{5})(?:-?\d{4})?\s*$")
    short = column.str.extract(r"^\s*(\d{4})\s*$").str.zfill(5)
    return pl.coalesce(digits, short, _foreign_postal(column))


def _foreign_postal(column: pl.Expr) -> pl.Expr:
    """Letters and digits alone."""
    bare = column.str.replace_all(r"[^a-z0-9]", "")
    return pl.when(bare != "").then(bare)


def _take_care_of(keys: pl.DataFrame) -> pl.DataFrame:
    """A care-of written into the address."""
    text = pl.col("text")
    if not keys.select(text.str.contains(_CARE_OF).any()).item():
        return keys.with_columns(address_care_of=pl.lit(None, pl.String))
    return keys.with_columns(address_care_of=squeeze(text.str.extract(_CARE_OF)), text=text.str.replace(_CARE_OF, " "))


def _take_tail(keys: pl.DataFrame) -> pl.DataFrame:
    """City, state and ZIP at the end of the address line; they fill the columns that are empty."""
    text = pl.col("text")
    keys = keys.with_columns(on_rows(keys["text"], keys["text"].str.contains(_GLUED), _unglued))
    has_tail = text.str.contains(r"\d{5}(?:-?\d{4})?(?:[,\s]+(?:usa?|united states))?\s*$")
    if not keys.select(has_tail.any()).item():
        return keys
    return keys.with_columns(
        text=pl.when(has_tail).then(text.str.replace(_TAIL, " ")).otherwise(text),
        city=pl.col("city").fill_null(pl.when(has_tail).then(squeeze(text.str.extract(_TAIL, 1)))),
        state=pl.col("state").fill_null(pl.when(has_tail).then(text.str.extract(_TAIL, 2).str.to_uppercase())),
        postal=pl.col("postal").fill_null(pl.when(has_tail).then(text.str.extract(_TAIL, 3))),
    ).pipe(_take_city, has_tail=keys.select(has_tail.fill_null(value=False)).to_series())


def _unglued(column: pl.Expr) -> pl.Expr:
    """``nj07114`` is state and ZIP."""
    return column.str.replace(_GLUED, "$1 $2")


def _take_city(keys: pl.DataFrame, has_tail: pl.Series) -> pl.DataFrame:
    """Take the city that no comma parts from the street: what stands between the street's type and the state."""
    is_open = has_tail & keys["city"].is_null() & keys["text"].str.contains(_CITY_BEHIND)
    return on_frame_rows(keys, is_open, _city_taken)


def _city_taken(keys: pl.DataFrame) -> pl.DataFrame:
    text = pl.col("text")
    city = text.str.extract(_CITY_BEHIND, 2)
    is_city = ~city.str.contains(_SIDE_FIRST) & ~text.str.contains(_UNIT)
    return keys.with_columns(
        city=pl.when(is_city).then(_city(city)),
        text=pl.when(is_city).then(text.str.extract(_CITY_BEHIND, 1)).otherwise(text),
    )


def _name_roads(keys: pl.DataFrame) -> pl.DataFrame:
    """Make one word of a road that has a number for a name: County Road 220 is ``cr220``."""
    return keys.with_columns(on_rows(keys["text"], keys["text"].str.contains(_ANY_ROAD), _roads_named))


def _roads_named(column: pl.Expr) -> pl.Expr:
    for kind, written in _ROADS.items():
        groups = "".join(f"${{{group}}}" for group in range(1, 1 + written.count(r"(\d+")))
        column = column.str.replace_all(written, f"{kind}{groups}")
    return column


def _take_parts(keys: pl.DataFrame) -> pl.DataFrame:
    """Box, rural route, unit and house number; what is left is the street."""
    blank = pl.lit(None, pl.String)
    keys = keys.with_columns(box=blank, unit=blank, letter=blank, house=blank)
    keys = on_frame_rows(keys, keys["text"].str.contains(r"\bb(?:o)?x\b"), _take_box)
    keys = on_frame_rows(keys, keys["text"].str.contains(f"{_FLOOR}|{_FLOOR_WORD}"), _floor_first)
    keys = on_frame_rows(keys, keys["text"].str.contains(_UNIT), _take_unit)
    keys = on_frame_rows(keys, keys["text"].str.contains(",", literal=True), _take_detail)
    text, gap = pl.col("text"), pl.col("text").str.find(" ", literal=True)
    is_plain = keys["text"].str.contains(_PLAIN_HOUSE).fill_null(value=False)
    keys = keys.with_columns(
        house=pl.when(is_plain).then(text.str.slice(0, gap)),
        text=pl.when(is_plain).then(text.str.slice(gap + 1)).otherwise(text),
    )
    keys = on_frame_rows(keys, ~is_plain, _take_house)
    return keys.with_columns(on_rows(keys["text"], keys["text"].str.contains(r"[^a-z0-9 ]|  |^ | $|^$"), squeeze))


def _take_box(keys: pl.DataFrame) -> pl.DataFrame:
    text = pl.col("text")
    rural = pl.concat_str([pl.lit("rr"), text.str.extract(_RURAL, 1), pl.lit("-"), text.str.extract(_RURAL, 2)])
    return keys.with_columns(
        box=pl.coalesce(rural, text.str.extract(_BOX, 1), text.str.extract(_BOX, 2)),
        text=text.str.replace(_RURAL, " ").str.replace(_BOX, " "),
    )


def _floor_first(keys: pl.DataFrame) -> pl.DataFrame:
    """Take a floor for the unit only where no suite or room is named beside it."""
    text = pl.col("text")
    without = text.str.replace(_FLOOR, " ").str.replace(_FLOOR_WORD, " ")
    floor = text.str.replace(_FLOOR, "floor $1")
    return keys.with_columns(text=pl.when(without.str.contains(_UNIT)).then(without).otherwise(floor))


def _take_unit(keys: pl.DataFrame) -> pl.DataFrame:
    staged = keys.with_columns(at=pl.col("text").str.find(_UNIT))
    staged = staged.with_columns(
        before=pl.col("text").str.slice(0, pl.col("at")),
        bare=pl.col("text").str.slice(pl.col("at")).str.replace(rf"^(?:{_UNIT_WORD}|#\s*)", ""),
    )
    staged = staged.with_columns(end=pl.col("bare").str.find(r"[^a-z0-9-]|$"))
    rest = pl.col("bare").str.slice(pl.col("end"))
    return staged.with_columns(
        unit=pl.col("bare").str.slice(0, pl.col("end")), text=(pl.col("before") + " " + rest).str.strip_chars()
    )


def _take_detail(keys: pl.DataFrame) -> pl.DataFrame:
    text = pl.col("text")
    has_more = text.str.contains(_AFTER_COMMA)
    return keys.with_columns(
        detail=pl.coalesce("detail", pl.when(has_more).then(squeeze(text.str.extract(_AFTER_COMMA, 2)))),
        text=pl.when(has_more).then(text.str.extract(_AFTER_COMMA, 1)).otherwise(text),
    )


def _take_house(keys: pl.DataFrame) -> pl.DataFrame:
    text = pl.col("text")
    first, second = text.str.extract(_HOUSE, 1), text.str.extract(_HOUSE, 2)
    length = first.str.len_bytes()
    apart = second.cast(pl.Int64, strict=False) - first.cast(pl.Int64, strict=False)
    is_range = (length >= _RANGE_DIGITS) & (length == second.str.len_bytes()) & apart.is_between(1, _RANGE)
    is_range |= (length >= _LONG_HOUSE) & (second.str.len_bytes() == _SHORTENED) & (second > first.str.tail(_SHORTENED))
    house = pl.when(is_range).then(first).otherwise(pl.concat_str([first, second], ignore_nulls=True))
    return keys.with_columns(
        house=pl.when(text.str.contains(_HOUSE)).then(house),
        letter=text.str.extract(_HOUSE, 3),
        text=text.str.replace(_HOUSE, " "),
    )


def _take_street(keys: pl.DataFrame) -> pl.DataFrame:
    """Street words, type and direction, each distinct street worked on once."""
    streets = keys.select("text").drop_nulls().unique()
    keys = keys.join(_streets(streets), on="text", how="left", maintain_order="left")
    unit = pl.coalesce("unit", "letter", pl.when(pl.col("house").is_null()).then("late_letter"), "late_unit")
    return keys.with_columns(
        house=_without_zeros(pl.coalesce("house", "late_house")),
        unit=_without_zeros(unit.str.replace_all("-", "", literal=True)),
        street=pl.when(pl.col("house").is_null()).then("houseless").otherwise("street"),
    )


def _without_zeros(column: pl.Expr) -> pl.Expr:
    bare = column.str.strip_chars_start("0")
    return pl.when(bare != "").then(bare)


def _streets(streets: pl.DataFrame) -> pl.DataFrame:
    """Take street lines apart: canonical words, then direction, type and a unit written without its word."""
    words = streets.with_row_index("row").select("row", word=pl.col("text").str.split(" ")).explode("word")
    types, others = word_map("street_types"), word_map("street_words") | word_map("directions")
    is_later = pl.col("row") == pl.col("row").shift(1)
    canonical = pl.when(is_later).then(lookup(pl.col("word"), types)).otherwise("word")
    words = words.with_columns(word=lookup(canonical, others).str.replace(r"^(\d+)(?:st|nd|rd|th)$", "$1"))
    named = words.filter(pl.col("word") != "")
    words = pl.concat([named, words.join(named, on="row", how="anti")])
    lines = words.group_by("row", maintain_order=True).agg(line=pl.col("word").str.join(" "))
    lines = lines.select("line", text=streets["text"].gather(lines["row"]))
    line = pl.col("line")
    lines = lines.with_columns(
        late_unit=line.str.extract(rf" (?:{_TYPES}) (?:(?:{_SIDES}) )?([0-9]+[a-z]?|[a-df-mo-rt-vx-z])$"),
        line=line.str.replace(rf"( (?:{_TYPES})(?: (?:{_SIDES}))?) (?:[0-9]+[a-z]?|[a-df-mo-rt-vx-z])$", "$1"),
    )
    before, after = line.str.extract(rf"^({_SIDES}) \S"), line.str.extract(rf"\S ({_SIDES})$")
    bare = line.str.replace(rf"(\S) (?:{_SIDES})$", "$1")
    kind = bare.str.extract(rf"\S ({_TYPES})$")
    core = bare.str.replace(rf"(\S) (?:{_TYPES})$", "$1").str.replace(rf"^(?:{_SIDES}) (\S)", "$1")
    lines = lines.with_columns(street=core, street_type=kind, direction=pl.coalesce(before, after))
    return lines.with_columns(
        late_house=pl.coalesce(
            pl.col("street").str.extract(_LATE_HOUSE, 1), pl.col("street").str.extract(_LATE_HOUSE, 3)
        ),
        late_letter=pl.col("street").str.extract(_LATE_HOUSE, 2),
        houseless=squeeze(pl.col("street").str.replace(_LATE_HOUSE, " ")),
    )
