"""A made-up population of consignees, with all who are easily taken for one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

from analytics.identity.training.addresses import Address, address, suite_code, town
from analytics.identity.training.words import made_up_name, names, pick, places
from analytics.parties.words import word_set

__all__ = ["Entity", "Habits", "population"]


@dataclass(frozen=True)
class Entity:
    """One real consignee."""

    number: int
    is_firm: bool
    given: str
    middle: str
    surname: str
    culture: str
    generation: str
    firm: str
    legal: str
    address: Address
    phone: str
    email: str
    tax: str
    contact: str
    born: str
    work: str
    paper: str


@dataclass(frozen=True)
class Habits:
    """How one file of consignees differs from another; every share is drawn anew for each file.

    Attributes
    ----------
    entities : int
        Real consignees in it.
    spread : tuple of int
        How often an entity has 1, 2, 3, 4, 6, 10 or 16 records, in parts of the whole.
    known : mapping of str to float
        Share of records that have each column; 0 where the file has no such column.
    extra : mapping of str to str
        Kind of each further column.
    errors : float
        How often anything is written wrong, beside the usual.
    slips : mapping of str to float
        The same for each part of a record, beside `errors`.
    """

    entities: int
    spread: tuple[int, ...]
    known: Mapping[str, float]
    extra: Mapping[str, str]
    firms: float
    households: float
    generations: float
    buildings: float
    premises: float
    branches: float
    forwarder: float
    shared_phones: float
    namesakes: float
    flatness: float
    unknown_names: float
    errors: float
    slips: Mapping[str, float]
    partial_names: float
    moves: float


def population(random: Random, habits: Habits) -> list[Entity]:
    """Entities one after another, many of them made to resemble an earlier one."""
    towns = [town(random) for _ in range(max(5, habits.entities // random.choice((8, 20, 60))))]
    hubs = [address(random, towns) for _ in range(max(1, habits.entities // 3000))]
    phones = [_phone(random) for _ in range(max(1, habits.entities // 800))]
    people: list[Entity] = []
    for number in range(habits.entities):
        entity = _stranger(random, habits, towns, number)
        if people:
            at = len(people) - 1 - random.randrange(min(3, len(people)))
            entity, people[at] = _resembling(random, habits, entity, people[at])
        if random.random() < habits.forwarder:
            hub = random.choice(hubs)
            entity = replace(entity, address=replace(hub, unit=random.choice(("", "", suite_code(random)))))
        if random.random() < habits.shared_phones:
            entity = replace(entity, phone=random.choice(phones))
        people.append(entity)
    return people


def _resembling(random: Random, habits: Habits, entity: Entity, other: Entity) -> tuple[Entity, Entity]:
    """Make an entity a neighbour, relative, branch or namesake of another."""
    if random.random() < habits.buildings:
        unit = str(random.randint(1, 60)) + random.choice(("", "", "a", "b", "c"))
        unit = unit if unit != other.address.unit else unit + "d"
        return replace(entity, address=replace(other.address, unit=unit)), other
    if random.random() < habits.premises:
        phone = other.phone if random.random() < 0.2 else entity.phone
        return replace(entity, address=other.address, phone=phone), other
    if entity.is_firm != other.is_firm:
        return entity, other
    if entity.is_firm:
        return (_branch(random, entity, other) if random.random() < habits.branches else entity), other
    if random.random() < habits.households:
        return _relative(random, entity, other), other
    if random.random() < habits.generations and not other.generation:
        return _descendant(random, entity, other)
    if random.random() < habits.namesakes:
        return replace(entity, given=other.given, surname=other.surname), other
    return entity, other


def _relative(random: Random, entity: Entity, other: Entity) -> Entity:
    """Spouse, child or sibling: one surname, one address, often one phone, seldom one mailbox."""
    given = entity.given
    if random.random() < 0.15:
        given = random.choice(
            [name for name in sorted(word_set("given_names")) if name[:2] == other.given[:2]] or [given]
        )
    if given == other.given:
        given = made_up_name(random)[:6]
    surname = other.surname if random.random() < 0.85 else entity.surname
    if surname == other.surname and entity.culture == "slavic":
        surname = (
            surname.removesuffix("a") if surname.endswith("va") else surname + "a" if surname.endswith("v") else surname
        )
    phone = other.phone if random.random() < 0.45 else entity.phone
    email = other.email if random.random() < 0.12 else _email(random, given, surname.split()[0])
    return replace(
        entity, given=given, surname=surname, culture=other.culture, address=other.address, phone=phone, email=email
    )


def _descendant(random: Random, entity: Entity, other: Entity) -> tuple[Entity, Entity]:
    """Father and son of one name, who may or may not write which of them they are."""
    son, father = random.choice((("jr", "sr"), ("jr", ""), ("ii", "sr"), ("iii", "jr"), ("iii", "ii"), ("ii", "")))
    phone = other.phone if random.random() < 0.3 else entity.phone
    child = replace(
        entity,
        given=other.given,
        surname=other.surname,
        generation=son,
        culture=other.culture,
        address=other.address,
        phone=phone,
    )
    return child, replace(other, generation=father)


def _branch(random: Random, entity: Entity, other: Entity) -> Entity:
    domain = other.email.split("@")[1]
    email = (
        other.email
        if random.random() < 0.4
        else f"{random.choice(('shop', 'store', 'info', 'sales'))}{random.randint(1, 80)}@{domain}"
    )
    phone = other.phone if random.random() < 0.1 else entity.phone
    return replace(entity, firm=other.firm, legal=other.legal, email=email, phone=phone)


def _stranger(random: Random, habits: Habits, towns: list[tuple[str, str, str]], number: int) -> Entity:
    culture = random.choices(
        ("american", "hispanic", "chinese", "vietnamese", "korean", "indian", "arabic", "slavic", "european"),
        (60, 14, 6, 3, 3, 5, 3, 3, 3),
    )[0]
    given = pick(random, names()[culture, "given"], habits.flatness)
    surname = pick(random, names()[culture, "surname"], habits.flatness)
    if culture == "hispanic" and random.random() < 0.3:
        surname = f"{surname} {pick(random, names()[culture, 'surname'], habits.flatness)}"
    if random.random() < habits.unknown_names:
        surname = made_up_name(random)
    if random.random() < habits.unknown_names / 2:
        given = made_up_name(random)[:7]
    is_firm = random.random() < habits.firms
    firm = _firm(random, surname, given)
    email = _firm_email(random, firm) if is_firm else _email(random, given, surname.split()[0])
    return Entity(
        number=number,
        is_firm=is_firm,
        given=given,
        middle=random.choice("abcdefghjklmnprstw") if random.random() < 0.3 else "",
        surname=surname,
        culture=culture,
        generation="",
        firm=firm,
        legal=random.choices(("llc", "inc", "corp", "co", "ltd", ""), (35, 28, 8, 8, 6, 15))[0],
        address=address(random, towns),
        phone=_phone(random),
        email=email,
        tax=f"{random.randrange(10**9):09d}",
        contact=f"{given} {surname}",
        born=_born(random),
        work=pick(random, places()["trade"], 2),
        paper=f"{random.choice('ABCDEFGH')}{random.randrange(10**7):07d}",
    )


def _born(random: Random) -> str:
    """A date of birth; of some only the year was ever known."""
    if random.random() < 0.1:
        return f"{random.randint(1930, 2006)}-01-01"
    return f"{random.randint(1930, 2006)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"


_FIRM_KINDS = ("group", "international", "enterprises", "services", "industries", "solutions")
_HOUSES = ("school", "academy", "daycare", "center", "clinic")


def _firm(random: Random, surname: str, given: str) -> str:
    trade, quality = random.choice(places()["trade"]), random.choice(places()["quality"])
    second, noun = random.choice(places()["trade"]), random.choice(places()["street"])
    shapes = (
        f"{surname} {trade}",
        f"{quality} {trade}",
        f"{quality} {surname} {trade}",
        f"{surname} and {made_up_name(random)} {trade}",
        f"{surname} brothers {trade}",
        f"{noun} {trade}",
        f"{given} {trade} {second}",
        f"{made_up_name(random)} {random.choice(_FIRM_KINDS)}",
        f"the {noun} {random.choice(('cafe', 'grill', 'restaurant', 'bistro', 'diner'))}",
        f"{random.choice(('saint', 'holy', 'little', 'new'))} {noun} {random.choice(_HOUSES)}",
        made_up_name(random),
    )
    return random.choice(shapes)


def _email(random: Random, given: str, surname: str) -> str:
    number = random.choice(("", "", str(random.randint(1, 99)), str(random.randint(1950, 2010))))
    shapes = (
        f"{given}.{surname}",
        f"{given}{surname}",
        f"{given[0]}{surname}",
        f"{surname}{given}",
        f"{given}",
        made_up_name(random),
    )
    return f"{random.choice(shapes)}{number}@{pick(random, places()['mail'], 3)}"


def _firm_email(random: Random, firm: str) -> str:
    return f"{random.choice(('info', 'sales', 'orders', 'office', 'hello'))}@{firm.replace(' ', '')[:16]}.com"


def _phone(random: Random) -> str:
    return f"{random.randint(201, 989)}{random.randint(200, 999)}{random.randrange(10000):04d}"
