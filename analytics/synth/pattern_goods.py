"""Planted in what is sent: words that tell nothing or something else, goods that are barred, prices far too low."""

from __future__ import annotations

import polars as pl

from analytics.synth.canvas import Canvas
from analytics.synth.lists import Ints, read_table, read_words

__all__ = ["barred_goods", "low_prices", "other_descriptions", "vague_descriptions"]

_EXEMPT = pl.col("entry").is_in(["86", "321", "mail"]) & pl.col("claimed")
_SOLD = pl.col("seller") >= 0
_STEADY, _LOW = 14, 3
_LOWEST_CENTS, _MOST_CENTS = 2_000, 15_000


def vague_descriptions(canvas: Canvas, schemes: int) -> None:
    """Descriptions of a seller and week that tell nothing; with two in a week, or with a word that tells, no scheme."""
    words = read_words("patterns.toml")
    for number, group in zip(
        range(2 * schemes), canvas.groups(["seller", "week"], 4, _EXEMPT & _SOLD), strict=False
    ):  # fmt: skip
        is_scheme = number % 2 == 0
        chosen = group[: 3 + int(canvas.rng.integers(0, 4))] if is_scheme else group[:2]
        for row in chosen.tolist():
            canvas.put(row, description=canvas.draw(words["vague"]))
        if is_scheme:
            canvas.true("vague_description", canvas.rows.select("seller", "week").row(int(chosen[0])), chosen)
        else:
            canvas.put(int(group[2]), description=canvas.draw(words["telling"]))


def other_descriptions(canvas: Canvas, schemes: int) -> None:
    """Goods described as goods of another chapter."""
    goods = read_table("goods.csv").select("hts_code", "description").rows()
    written = canvas.manifest["hts_code"].is_not_null()
    for _, row in zip(range(schemes), canvas.singles(_EXEMPT & _SOLD & pl.lit(written)), strict=False):
        code = str(canvas.cell("hts_code", row))
        other = [said for number, said in goods if number[:2] != code[:2]]
        canvas.put(row, description=canvas.draw(other))
        canvas.true("description_mismatch", row, [row])


def barred_goods(canvas: Canvas, schemes: int) -> None:
    """Drinks and tobacco under the exemption; and, as often, entered."""
    barred = read_words("patterns.toml")["barred"]
    for number, row in zip(range(2 * schemes), canvas.singles(_EXEMPT & _SOLD), strict=False):
        goods = barred[int(canvas.rng.integers(0, len(barred)))]
        canvas.put(row, hts_code=goods["hts_code"], description=goods["description"])
        if number % 2:
            canvas.put(row, entry_type="11", exemption_claimed="false", mode=_not_by_mail(canvas, row))
            canvas.fact(row, entry="11", claim=False)
        else:
            canvas.true("ineligible_goods", row, [row])


def _not_by_mail(canvas: Canvas, row: int) -> str:
    mode = str(canvas.cell("mode", row))
    return "air" if mode == "mail" else mode


def low_prices(canvas: Canvas, schemes: int) -> None:
    """Goods that a seller sends at one price, some of them at a third of it; a smaller pack may cost less."""
    for number, group in zip(
        range(schemes), canvas.groups(["seller"], _STEADY + 2 * _LOW, _EXEMPT & _SOLD), strict=False
    ):  # fmt: skip
        price = int(canvas.rng.integers(_LOWEST_CENTS, _MOST_CENTS))
        product = f"L{canvas.facts['seller'][int(group[0])]}-{number}"
        low, rest = _of_one_week(canvas, group)
        for row in rest[:_STEADY].tolist():
            _priced(canvas, row, product, int(price * canvas.rng.uniform(0.97, 1.03)), 0.4)
        for row in rest[_STEADY : _STEADY + 1].tolist():
            _priced(canvas, row, product, price * 2 // 5, 0.15)
        for row in low.tolist():
            _priced(canvas, row, product, int(price * canvas.rng.uniform(0.15, 0.4)), 0.4)
        canvas.true("undervaluation", product, low)


def _of_one_week(canvas: Canvas, group: Ints) -> tuple[Ints, Ints]:
    """Part the rows into at most three of one week, and the others."""
    weeks = canvas.rows["week"].gather(group)
    most = weeks.value_counts(sort=True).sort("count", "week", descending=[True, False])["week"][0]
    is_in = (weeks == most).to_numpy()
    low = group[is_in][:_LOW]
    return low, group[[row not in set(low.tolist()) for row in group.tolist()]]


def _priced(canvas: Canvas, row: int, product: str, cents: int, kilograms: float) -> None:
    money = f"{cents // 100}.{cents % 100:02}"
    canvas.put(
        row,
        product_id=product,
        quantity="1",
        weight_kg=f"{kilograms:.3f}",
        declared_value=money,
        customs_value=None,
    )
    canvas.fact(row, cents=cents)
