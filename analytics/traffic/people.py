"""Who receives: persons in households, flats and behind forwarders, and firms with their branches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from analytics.traffic.lists import Ints, Texts, chance, pick, read_words, skewed, split_words, text_array
from analytics.traffic.places import Places

__all__ = ["People", "populate"]


@dataclass(frozen=True)
class People:
    """The consignees there are, one row each in the order of their numbers, and the addresses they use."""

    persons: pl.DataFrame
    addresses: pl.DataFrame


def populate(rng: np.random.Generator, count: int) -> People:
    """Invent the given number of consignees.

    Of a hundred, about four are firms, five live behind a forwarder's address and the others in households of one or
    two: spouses, fathers and sons of one name, flatmates.
    """
    firms, guests = max(4, count * 4 // 100), max(4, count * 5 // 100)
    places = Places(rng)
    companies = _firms(rng, firms, places)
    at_home = _households(rng, count - firms - guests, places)
    suites, forwarder = places.suites(guests)
    behind = _named(rng, np.full(guests, "first"), np.full(guests, -1))
    behind = behind.with_columns(address=suites, forwarder=forwarder)
    at_home = _second_addresses(rng, at_home, companies, places)
    natural = _namesakes(rng, pl.concat([at_home, behind], how="diagonal"))
    persons = (
        pl.concat([natural, companies], how="diagonal")
        .with_row_index("person")
        .with_columns(
            pl.col("person").cast(pl.Int64),
            pl.col("household", "forwarder", "other_address").fill_null(-1),
            pl.col("moves_at").fill_null(2.0),
            pl.col("is_firm", "family_first", "works").fill_null(value=False),
            pl.col("given", "family", "middle", "suffix", "firm", "legal", "tax_id").fill_null(""),
        )
    )
    return People(_with_contacts(rng, persons, places.table()), places.table())


def _households(rng: np.random.Generator, count: int, places: Places) -> pl.DataFrame:
    """Persons at home, alone or in twos; the second of two is a spouse, a son of the same name or a flatmate."""
    sizes = 1 + chance(rng, count, 0.28).astype(np.int64)
    home = np.repeat(np.arange(count), sizes)[:count]
    is_second = np.concatenate([[False], home[1:] == home[:-1]])
    kinds = rng.choice(["spouse", "son", "flatmate"], count, p=[0.79, 0.07, 0.14])
    persons = _named(rng, np.where(is_second, kinds, "first"), home)
    return persons.with_columns(address=places.homes(int(home[-1]) + 1)[home])


def _named(rng: np.random.Generator, relation: Texts, household: Ints) -> pl.DataFrame:
    """Give names to persons, a person's kin having just been named before."""
    count = len(relation)
    tables = list(read_words("names.toml").values())
    before = np.maximum(np.arange(count) - 1, 0)
    is_spouse, is_son = relation == "spouse", relation == "son"
    is_father = np.concatenate([is_son[1:], [False]])
    culture = pick(rng, count, np.array([table["share"] for table in tables], dtype=float))
    culture = np.where(is_spouse | is_son, culture[before], culture)
    is_male = chance(rng, count, 0.5)
    is_male = np.where(is_spouse, ~is_male[before], is_male) | is_father | is_son
    family = _draw_names(rng, "family", culture)
    shares_family = is_son | (is_spouse & chance(rng, count, 0.8))
    given = np.where(is_male, _draw_names(rng, "male", culture), _draw_names(rng, "female", culture))
    middle = np.where(chance(rng, count, 0.3), rng.choice(list("ABCDEGHJKLMNPRSTW"), count), "")
    return pl.DataFrame(
        {
            "given": np.where(is_son, given[before], given).astype(str),
            "family": np.where(shares_family, family[before], family).astype(str),
            "middle": np.where(is_son, middle[before], middle).astype(str),
            "suffix": np.where(is_son, "Jr", np.where(is_father & chance(rng, count, 0.6), "Sr", "")).astype(str),
            "family_first": np.array([table.get("family_first", False) for table in tables])[culture],
            "household": household,
            "weight": rng.lognormal(0.0, 1.1, count),
        }
    )


def _draw_names(rng: np.random.Generator, part: str, cultures: Ints) -> Texts:
    lists = [split_words(table[part]) for table in read_words("names.toml").values()]
    sizes = np.array([len(words) for words in lists], dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    names = text_array([word for words in lists for word in words])
    return np.asarray(names[starts[cultures] + skewed(rng, sizes[cultures], 1.2)], dtype=object)


def _namesakes(rng: np.random.Generator, persons: pl.DataFrame) -> pl.DataFrame:
    """Give some persons the whole name of another one, who lives elsewhere."""
    count = len(persons)
    takes = chance(rng, count, 0.015) & (persons["suffix"] == "").to_numpy()
    other = persons[np.where(takes, rng.integers(0, count, count), np.arange(count))]
    return persons.with_columns(other["given"], other["family"], other["middle"], other["family_first"])


def _firms(rng: np.random.Generator, count: int, places: Places) -> pl.DataFrame:
    """Firms; one in eight is a branch of a chain and bears the chain's name."""
    words = read_words("words.toml")
    firsts, trades = (text_array(split_words(words[key])) for key in ("firm_first", "firm_trade"))
    name = firsts[rng.integers(0, len(firsts), count)] + " " + trades[rng.integers(0, len(trades), count)]
    is_branch = chance(rng, count, 0.12)
    chain = rng.integers(0, 1 + int(is_branch.sum()) // 5, count)
    legal = rng.choice([*words["legal_forms"], ""], count, p=[0.45, 0.3, 0.07, 0.08, 0.1])
    tax = np.array([f"0{7 + no % 3}-{no:07d}" for no in rng.choice(10_000_000, count, replace=False).tolist()], object)
    return pl.DataFrame(
        {
            "firm": np.where(is_branch, name[chain], name).astype(str),
            "legal": np.where(is_branch, "Inc", legal).astype(str),
            "is_firm": np.full(count, fill_value=True),
            "tax_id": np.where(chance(rng, count, 0.12), tax, "").astype(str),
            "address": places.shops(count),
            "weight": 3.0 * rng.lognormal(0.0, 1.1, count),
        }
    )


def _second_addresses(
    rng: np.random.Generator, persons: pl.DataFrame, firms: pl.DataFrame, places: Places
) -> pl.DataFrame:
    """Let some persons move in the middle of the period, and others have parcels sent to their office."""
    count = len(persons)
    draw = rng.random(count)
    moves, works = draw < 0.03, draw > 0.96
    other = np.full(count, -1, dtype=np.int64)
    other[moves] = places.homes(int(moves.sum()))
    employer = firms[rng.integers(0, len(firms), int(works.sum()))]
    other[works] = places.offices(employer["address"].to_numpy(), text_array(employer["firm"].to_list()))
    moves_at = np.where(moves, 0.25 + 0.5 * rng.random(count), 2.0)
    return persons.with_columns(other_address=other, moves_at=moves_at, works=works)


def _with_contacts(rng: np.random.Generator, persons: pl.DataFrame, addresses: pl.DataFrame) -> pl.DataFrame:
    """Add phone, e-mail and whose customer account is used.

    Spouses may share a phone; most who live behind a forwarder give the forwarder's, and some forwarders lend out
    their own customer account.
    """
    count = len(persons)
    at_home = pl.when(pl.col("household") >= 0).then("household").otherwise(-1_000_000_000 - pl.col("person"))
    group = pl.when(pl.col("forwarder") >= 0).then(-2 - pl.col("forwarder")).otherwise(at_home)
    share = pl.when(pl.col("forwarder") >= 0).then(0.7).when(pl.col("suffix") == "").then(0.35).otherwise(0.0)
    shares = share > pl.Series(rng.random(count))
    line = pl.int_range(pl.len()).over("area_code")
    own_phone = pl.concat_str(
        "area_code", (555 + line // 10_000).cast(pl.String), (line * 7919 % 10_000).cast(pl.String).str.zfill(4)
    )
    return (
        persons.with_columns(addresses["area_code"][persons["address"].to_numpy()])
        .with_columns(leader=pl.col("person").first().over(group), own_phone=own_phone)
        .with_columns(
            phone=pl.when(shares).then(pl.col("own_phone").gather("leader")).otherwise("own_phone"),
            account=pl.when(pl.col("forwarder") % 3 == 0).then("leader").otherwise("person"),
            mail_no=pl.Series(rng.integers(1, 100_000, count)),
            mail_host=pl.Series(rng.choice(["gmail.com", "example.com", "example.net", "example.org"], count)),
        )
        .drop("leader", "own_phone", "area_code")
    )
