"""``splitship landed-cost``: entry routes side by side."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analytics.cli.asked import day_of
from analytics.cli.narration import note, say
from analytics.cli.options import Config, Rules
from analytics.days import today

if TYPE_CHECKING:
    import polars as pl

    from analytics.exposure.landed import Goods, Program

__all__ = ["PLACE", "command"]

PLACE = 120
"""Among the verbs of the help."""
_WAY, _MONEY = 16, 15
_HEADS = ("per package", "per month", "duty", "fees", "handling")
_UNKNOWN = "unknown"
_CAUTION = (
    "Base figures in US dollars. Duty includes only the duties in the tables. Internal revenue taxes, other agencies' "
    "fees and antidumping are in no figure. Handling costs come from the program file."
)


def command(
    program: Annotated[Path, typer.Argument(help="TOML or CSV: goods, packages per month, handling costs.")],
    dates: Annotated[
        list[str] | None,
        typer.Option("--date", metavar="DATE", help="Day whose law applies; may repeat; today by default."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write every figure: .csv .parquet .xlsx .jsonl.")] = None,
    rules_dir: Rules = None,
    config: Config = None,
) -> None:
    """Compare the cost of a program by entry route: exemption, informal, formal and consolidated entry."""
    from analytics.contracts.parameters import resolve_parameters
    from analytics.exposure.landed import landed_cost as compared
    from analytics.exposure.landed import read_program
    from analytics.pipeline.scenario import read_config
    from analytics.store.exporting import write_frame

    asked = [day for day in (day_of(text, "--date") for text in dates or []) if day is not None]
    read = read_program(program)
    parameters = resolve_parameters(read_config(config))
    found = compared(read, asked or [today()], rules_dir=rules_dir, parameters=parameters)
    say("\n".join(_landed_lines(read, found)))
    if out is not None:
        note(str(write_frame(found.lazy(), out)))


def _landed_lines(program: Program, rows: pl.DataFrame) -> list[str]:
    """Show the monthly cost by entry route.

    Parameters
    ----------
    program : Program
        What was asked about.
    rows : polars.DataFrame
        `landed_cost` of it.

    Returns
    -------
    list of str
        A block a day.
    """
    from analytics.exposure.landed import WAYS

    lines: list[str] = []
    for (day,), of_day in rows.group_by("day", maintain_order=True):
        parcels = sum(goods.parcels_per_month for goods in program.goods)
        lines += [f"{program.name}: {parcels:,} packages per month under the law of {day}", ""]
        for place, goods in enumerate(program.goods):
            lines += _block(goods, of_day.slice(place * len(WAYS), len(WAYS)))
        lines += [*_whole(program, of_day), ""]
    return [*lines, _CAUTION]


def _block(goods: Goods, rows: pl.DataFrame) -> list[str]:
    proxy = ", for duty too" if goods.is_proxy else f", {goods.customs_value:,.2f} for duty"
    about = f"{goods.name}: {goods.hts} from {goods.origin} by {goods.mode}, worth USD {goods.value:,.2f}{proxy}"
    head = " " * _WAY + "".join(f"{name:>{_MONEY}}" for name in _HEADS)
    lines = [f"{about}; {goods.parcels_per_month:,} per month", f"  {head}"]
    for row in rows.iter_rows(named=True):
        lines += _way(row)
    return [*lines, ""]


def _way(row: dict[str, Any]) -> list[str]:
    cited = ", ".join(filter(None, (row["rule_id"], row["source"], row["confidence"])))
    cited = f"  ({cited})" if cited else ""
    if row["closed"]:
        return [f"  {row['way']:<{_WAY}}closed: {row['closed']}{cited}"]
    amounts = [row[name] for name in ("parcel_base_usd", "month_base_usd", "duty_base_usd", "fees_usd", "handling_usd")]
    lines = [f"  {row['way']:<{_WAY}}{''.join(map(_figure, amounts))}"]
    if row["way"] == "consolidated":
        lines.append(f"  {'':<{_WAY}}{row['entries']:,} entries per month, {row['entry']}")
    if row["is_duty_unknown"]:
        lines.append(
            f"  {'':<{_WAY}}a part of the duty cannot be computed: at least {row['duty_floor_usd']:,.2f}, "
            "and the maximum is not known"
        )
    elif row["duty_floor_usd"] != row["duty_ceiling_usd"]:
        span = f"{row['duty_floor_usd']:,.2f} to {row['duty_ceiling_usd']:,.2f}"
        lines.append(f"  {'':<{_WAY}}duty from {span}: some of it is contested or not certain")
    return lines


def _whole(program: Program, rows: pl.DataFrame) -> list[str]:
    """Show the cost of the whole program by each route that is open to all its goods."""
    import polars as pl

    from analytics.exposure.landed import WAYS

    lines = ["The whole program, per month:"]
    for way in WAYS:
        of_way = rows.filter(pl.col("way") == way)
        shut = of_way.filter(pl.col("closed").is_not_null())
        if shut.height:
            lines.append(f"  {way:<{_WAY}}closed for {shut.height} of {of_way.height} kinds of goods")
            continue
        bond = program.handling.bond_per_month if of_way["entry"].str.contains(r"\bformal").any() else None
        ends = [of_way[f"month_{end}_usd"] for end in ("base", "floor", "ceiling")]
        if any(amounts.null_count() for amounts in ends):
            lines.append(f"  {way:<{_WAY}}{_UNKNOWN:>{_MONEY}}  the fees of the day are not in the tables")
            continue
        base, floor, ceiling = (Decimal(amounts.sum()) + (bond or 0) for amounts in ends)
        span = f"  from {floor:,.2f} to {ceiling:,.2f}" if floor != ceiling else ""
        with_bond = f"  with USD {bond:,.2f} for the bond" if bond else ""
        lines.append(f"  {way:<{_WAY}}{base:>{_MONEY},.2f}{span}{with_bond}")
    return lines


def _figure(amount: Decimal | None) -> str:
    return f"{_UNKNOWN:>{_MONEY}}" if amount is None else f"{amount:>{_MONEY},.2f}"
