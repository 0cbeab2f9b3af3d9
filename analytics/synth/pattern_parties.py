"""Planted in who the goods are for: nobody, a warehouse, a forwarder, many at one address."""

from __future__ import annotations

import polars as pl

from analytics.synth.canvas import Canvas
from analytics.synth.lists import read_table, read_words

__all__ = ["crowded_addresses", "forwarders_as_consignees", "invented_consignees", "unsold_stock"]

_FREE = pl.col("claimed") & pl.col("entry").is_in(["86", "321"]) & pl.col("limit").is_not_null()
_NO_CONTACT = dict.fromkeys(("consignee_phone", "consignee_email", "consignee_tax_id", "consignee_id"))
_CROWD = 12


def invented_consignees(canvas: Canvas, schemes: int) -> None:
    """Names of figures, keys and nobody; ZIP codes of another state; and one slip in a ZIP code, meant by nobody."""
    words, states = read_words("patterns.toml"), sorted(set(read_table("places.csv")["state"]))
    for number, row in zip(range(schemes), canvas.singles(_FREE), strict=False):
        kind = ("figures", "keys", "nobody", "zip", "slip")[number % 5]
        state = str(canvas.cell("consignee_state", row))
        if kind in words:
            canvas.put(row, consignee_name=canvas.draw(words[kind]), **_NO_CONTACT)
            canvas.persons[row] = f"x{number:07}"
        else:
            far = [other for other in states if other[0] != state[0]]
            canvas.put(row, consignee_state=canvas.draw(far))
        canvas.true("fictitious_consignee", row, [row], deliberate=kind != "slip")


def _place(canvas: Canvas) -> dict[str, str | None]:
    """An address of its own, in a real town."""
    towns = read_table("places.csv")
    town = towns.row(int(canvas.rng.integers(0, len(towns))), named=True)
    number = int(canvas.rng.integers(1, 9_000))
    return {
        "consignee_address": f"{number} {canvas.draw(read_words('patterns.toml')['streets'])}",
        "consignee_address2": None,
        "consignee_city": town["city"],
        "consignee_state": town["state"],
        "consignee_postal_code": town["postal_code"],
        **_NO_CONTACT,
    }


def unsold_stock(canvas: Canvas, schemes: int) -> None:
    """Goods nobody has bought, for a warehouse, together over the limit; as often c/o their owners, each a person."""
    words = read_words("patterns.toml")
    for number, group in zip(range(2 * schemes), canvas.groups(["date"], 3, _FREE), strict=False):
        chosen, place = group[:3].tolist(), _place(canvas)
        name = f"{canvas.draw(words['firms'])} {canvas.draw(words['warehouses'])}"
        for at, row in enumerate(chosen):
            owner = f"{words['owners'][(number + at) % len(words['owners'])]} c/o " if number % 2 else ""
            canvas.put(row, **place, consignee_name=owner + name, order_id=None, order_issuer=None)
            canvas.put(row, declared_value="330.00", customs_value=None)
            canvas.fact(row, cents=33_000, order=-1)
            canvas.persons[row] = f"w{number:06}{at if number % 2 else ''}"
            canvas.fact(row, person=-1 - number if number % 2 == 0 else -1_000_000 - 4 * number - at)
        if number % 2 == 0:
            canvas.true("warehouse_consignee", number, chosen)
            for row in chosen:
                canvas.fact(row, deliberate=True)


def forwarders_as_consignees(canvas: Canvas, schemes: int) -> None:
    """A forwarder in place of the buyers, four times in a week; as often twice only."""
    words = read_words("patterns.toml")
    for number, group in zip(range(2 * schemes), canvas.groups(["week", "mode"], 4, _FREE), strict=False):
        chosen, place = group[: 2 if number % 2 else 4].tolist(), _place(canvas)
        name = f"{canvas.draw(words['firms'])} {canvas.draw(words['forwarders'])}"
        for row in chosen:
            canvas.put(row, **place, consignee_name=name)
            canvas.persons[row] = f"n{number:07}"
        if number % 2 == 0:
            canvas.true("nominal_consignee", number, chosen)


def crowded_addresses(canvas: Canvas, schemes: int) -> None:
    """Twelve names at one address in a week; as often with a unit for each, as in a block of flats."""
    persons = canvas.world.people.persons.filter(~pl.col("is_firm"))
    for number, group in zip(range(2 * schemes), canvas.groups(["week", "mode"], _CROWD, _FREE), strict=False):
        chosen, place = group[:_CROWD].tolist(), _place(canvas)
        draws = canvas.rng.integers(0, len(persons), (2, _CROWD))
        for at, row in enumerate(chosen):
            given, family = persons["given"][int(draws[0, at])], persons["family"][int(draws[1, at])]
            unit = f"Apt {at + 1}" if number % 2 else None
            canvas.put(row, **{**place, "consignee_address2": unit}, consignee_name=f"{given} {family}")
            canvas.persons[row] = f"h{number:05}{at:02}"
        if number % 2 == 0:
            canvas.true("address_hub", number, chosen, deliberate=False)
