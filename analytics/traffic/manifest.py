"""Facts written down as a manifest: every column of the canonical form, as text where it has a form."""

from __future__ import annotations

import numpy as np
import polars as pl

from analytics.traffic.honest import World
from analytics.traffic.lists import read_table, read_words, split_words, text_array
from analytics.traffic.writings import FIRST_DISGUISE, write_consignees

__all__ = ["COLUMNS", "write_manifest"]

COLUMNS: list[str] = read_words("columns.toml")["columns"]
"""The canonical columns, in their order."""

_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def write_manifest(rng: np.random.Generator, world: World, facts: pl.DataFrame) -> pl.DataFrame:
    """Write the facts, one row each in their order, in the canonical columns; what is not known is null."""
    rows = facts.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    rows = rows.with_columns(pl.Series(name, rng.random(len(rows))) for name in _DRAWS)
    rows = _with_consignees(rng, world, rows)
    rows = rows.join(world.sellers.drop("weight"), on="seller", how="left", maintain_order="left")
    rows = _with_goods(rng, rows)
    rows = _with_order_numbers(rows, world)
    rows = rows.with_columns(shipment_id=_shipment_id(), shipper_name=_shipper(rng, world, len(rows)))
    written = rows.with_columns(**_days(), **_papers(), **_amounts(), **_parties())
    written = written.with_columns(pl.lit(None, pl.String).alias(name) for name in set(COLUMNS) - set(written.columns))
    return written.select(pl.col(name).cast(pl.String).replace("", None) for name in COLUMNS)


_DRAWS = ["u_customs", "u_rate", "u_times", "u_paper", "u_invoice", "u_estimate", "u_hts", "u_account"]


def _with_consignees(rng: np.random.Generator, world: World, rows: pl.DataFrame) -> pl.DataFrame:
    """Add how the consignee is written: after a move at the new address, in some writings at the office."""
    habits = world.people.persons.select("moves_at", "works")[rows["person"].to_numpy()]
    odd = pl.col("writing") % 2 == 1
    has_moved = pl.col("moves_at") <= pl.col("day") / world.days
    rows = rows.hstack(habits).with_columns(at_other=has_moved | (pl.col("works") & odd))
    key = ["person", "writing", "at_other"]
    written = write_consignees(rng, world.people, rows.select(key).unique().sort(key))
    return rows.join(written, on=key, how="left", maintain_order="left")


def _with_goods(rng: np.random.Generator, rows: pl.DataFrame) -> pl.DataFrame:
    """Add what is in the parcel: each seller has four kinds of goods, private senders send anything."""
    goods = read_table("goods.csv")
    seller = rows["seller"].to_numpy()
    draw = rng.integers(0, 1_000_000, len(rows))
    chosen = np.where(seller >= 0, (seller * 5 + draw % 4) % len(goods), draw % len(goods))
    origins = text_array(split_words(read_words("sellers.toml")["gift_origins"]))
    private = pl.Series(origins[draw % len(origins)].astype(str))
    quantity = pl.Series("pieces", rng.choice([1, 2, 3, 4], len(rows), p=[0.72, 0.18, 0.06, 0.04]))
    return (
        rows.hstack(goods[chosen])
        .hstack([quantity])
        .with_columns(origin_country=pl.coalesce("seller_origin", private), product=pl.Series(chosen))
    )


def _with_order_numbers(rows: pl.DataFrame, world: World) -> pl.DataFrame:
    """Add order numbers, each seller counting its orders by their first day."""
    orders = (
        rows.filter(pl.col("order") >= 0)
        .group_by("order")
        .agg(pl.col("seller").first(), pl.col("numbering").first(), pl.col("day").min().alias("ordered"))
        .sort("seller", "ordered", "order")
        .with_columns(rank=pl.int_range(pl.len()).over("seller"))
    )
    orders = orders.with_columns(order_text=_order_text(world)).select("order", "ordered", "order_text")
    lot = pl.when(pl.col("lot") > 0).then("lot").when(pl.col("u_times") < 0.3).then(1)
    suffix = pl.when(pl.col("numbering") == "suffixed").then(pl.concat_str("lot_mark", lot)).fill_null("")
    by_market = (pl.col("numbering") == "marketplace") & (pl.col("seller") % 2 == 0)
    return rows.join(orders, on="order", how="left", maintain_order="left").with_columns(
        order_id=pl.concat_str("order_text", suffix), order_issuer=pl.when(by_market).then("marketplace")
    )


def _order_text(world: World) -> pl.Expr:
    seller, rank, order = pl.col("seller"), pl.col("rank"), pl.col("order")
    letters = pl.lit(pl.Series(list("ABCDEFGHJKLMNPQRSTUVWXYZ"))).gather(seller % 24)
    daily = pl.int_range(pl.len()).over("seller", "ordered")
    lettered = pl.concat_str(letters, (10_000 + seller * 977 % 80_000 + rank * 3).cast(pl.String))
    first, second = (_digits(order * factor % 10_000_000, 7) for factor in (7_654_321, 1_234_567))
    year = pl.lit(world.start.year).cast(pl.String)
    return (
        pl.when(pl.col("numbering") == "plain").then((10_001 * (1 + pl.col("ordered") % 365) + daily).cast(pl.String))
        .when(pl.col("numbering") == "running").then(pl.concat_str(year, pl.lit("-"), (rank + 1).cast(pl.String)))
        .when(pl.col("numbering") == "marketplace")
        .then(pl.concat_str((111 + seller % 4).cast(pl.String), pl.lit("-"), first, pl.lit("-"), second))
        .otherwise(lettered)
    )  # fmt: skip


def _digits(number: pl.Expr, width: int) -> pl.Expr:
    return number.cast(pl.String).str.zfill(width)


def _shipment_id() -> pl.Expr:
    """Give shipments their numbers: postal items with their check digit, all others after their carrier."""
    number = (10_000_019 + pl.col("row") * 37) % 100_000_000
    total = pl.sum_horizontal(number // 10 ** (7 - place) % 10 * weight for place, weight in enumerate(_S10_WEIGHTS))
    check = (11 - total % 11).replace({10: 0, 11: 5})
    item = pl.concat_str(pl.lit("LX"), _digits(number, 8), check.cast(pl.String), "origin_country")
    bill = pl.concat_str("carrier_code", _digits(number * 7 % 10_000_000_000, 10))
    return pl.when(pl.col("mode") == "mail").then(item).otherwise(bill)


def _shipper(rng: np.random.Generator, world: World, count: int) -> pl.Expr:
    """Name the sender: the seller, or for a gift somebody."""
    somebody = world.people.persons.filter(~pl.col("is_firm"))
    somebody = somebody[rng.integers(0, len(somebody), count)]
    name = somebody.select(pl.concat_str("given", pl.lit(" "), "family"))["given"]
    return pl.when("is_gift").then(pl.lit(name)).otherwise("seller_name")


def _days() -> dict[str, pl.Expr]:
    """Write the dates: arrival, and what was expected, ordered, filed and released around it."""
    arrival, order_lag = pl.col("date"), 3 + pl.col("order").clip(0) * 7919 % 9
    shift = pl.when(pl.col("u_estimate") < 0.03).then(-1).when(pl.col("u_estimate") > 0.97).then(1).otherwise(0)
    lag = pl.when(pl.col("mode") == "mail").then(order_lag + 6).otherwise(order_lag)
    since = pl.col("day") - pl.coalesce("ordered", "day")
    seconds = (pl.col("u_times") * 86_400).floor().cast(pl.Int64)
    filed = arrival.cast(pl.Datetime) - pl.duration(seconds=seconds + 7_200)
    released = arrival.cast(pl.Datetime) + pl.duration(seconds=seconds + 43_200)
    return {
        "arrival_date": arrival,
        "estimated_arrival_date": arrival + pl.duration(days=shift),
        "order_date": pl.when(pl.col("order") >= 0).then(arrival - pl.duration(days=lag + since)),
        "declared_at": filed.dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "released_at": released.dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _papers() -> dict[str, pl.Expr]:
    """Write how the parcel travelled and which papers are held."""
    on_board = pl.struct("conveyance", "date")
    has_conveyance, is_air = pl.col("conveyance") != "", pl.col("mode") == "air"
    board = on_board.rank("dense").cast(pl.Int64)
    has_entry = pl.col("entry").is_in(["86", "11", "01"])
    entry = pl.concat_str("filer", _digits(pl.col("row") * 13 % 100_000_000, 8))
    bill = pl.format("{}-{}", 160 + board % 800, 10_000_000 + board * 41)

    def held(draw: str) -> pl.Expr:
        return pl.when(pl.col(draw) < 0.8).then(pl.lit("true")).when(pl.col(draw) > 0.96).then(pl.lit("false"))

    return {
        "entry_type": pl.col("entry"),
        "exemption_claimed": pl.col("claim"),
        "filer_code": pl.col("filer"),
        "port_of_entry": pl.col("port"),
        "conveyance_id": pl.col("conveyance"),
        "house_bill": pl.when(pl.col("mode") != "mail").then("shipment_id"),
        "master_bill": pl.when(is_air & has_conveyance).then(bill),
        "entry_number": pl.when(has_entry & (pl.col("filer") != "")).then(entry),
        "sequence_no": pl.when(has_conveyance).then(1 + pl.int_range(pl.len()).over(on_board)),
        "has_invoice": held("u_invoice"),
        "has_transport_document": held("u_paper"),
        "has_proof_of_order": pl.when(pl.col("order") >= 0).then(held("u_customs")),
        "is_gift": pl.when("is_gift").then(pl.lit("true")),
    }  # fmt: skip


def _money(cents: pl.Expr) -> pl.Expr:
    return pl.concat_str((cents // 100).cast(pl.String), pl.lit("."), _digits(cents % 100, 2))


def _amounts() -> dict[str, pl.Expr]:
    """Write values and weights; a customs value, where given, is at most the declared one."""
    paid = (pl.col("cents") * (0.7 + 0.3 * pl.col("u_rate"))).floor().cast(pl.Int64)
    grams = pl.col("grams").cast(pl.Int64) * pl.col("pieces")
    return {
        "declared_value": _money(pl.col("cents")),
        "currency": pl.lit("USD"),
        "customs_value": pl.when(pl.col("u_customs") < 0.3).then(_money(paid)),
        "quantity": pl.col("pieces"),
        "weight_kg": pl.concat_str((grams // 1000).cast(pl.String), pl.lit("."), _digits(grams % 1000, 3)),
        "hts_code": pl.when((pl.col("entry") != "321") | (pl.col("u_hts") < 0.6)).then("hts_code"),
        "product_id": pl.when(pl.col("seller") >= 0).then(pl.format("P{}-{}", "seller", "product")),
    }


def _parties() -> dict[str, pl.Expr]:
    """Write customer account, sender and importer."""
    disguise = pl.when(pl.col("writing") >= FIRST_DISGUISE).then(pl.col("writing") - FIRST_DISGUISE + 1).otherwise(0)
    account = (pl.col("account") * 16 + disguise % 16) * 1_103_515_245 % 2_147_483_648
    has_account = pl.col("gives_accounts").fill_null(value=False) & (pl.col("u_account") < 0.8)
    goes_north = pl.col("carrier_code").is_in(["MAPL", "PCFC"])
    by_land = pl.when(goes_north).then(pl.lit("CA")).otherwise(pl.lit("MX"))
    return {
        "consignee_id": pl.when(has_account).then(pl.concat_str(pl.lit("U"), _digits(account, 10))),
        "shipper_address": pl.col("town"),
        "shipper_country": pl.col("origin_country"),
        "export_country": pl.when(pl.col("mode") == "truck").then(by_land).otherwise("origin_country"),
        "importer_name": pl.when(pl.col("entry") == "01").then("consignee_name"),
    }
