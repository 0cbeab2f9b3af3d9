"""Made-up towns and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from analytics.identity.training.words import made_up_name, names, pick, places

__all__ = ["STATES", "Address", "address", "suite_code", "town"]

_CODES = "CA TX FL NY PA IL OH GA NC MI NJ VA WA AZ MA TN IN MO MD WI"
STATES = tuple(_CODES.split(" "))


@dataclass(frozen=True)
class Address:
    """Where a consignee receives goods."""

    house: str
    direction: str
    street: str
    kind: str
    unit: str
    city: str
    state: str
    postal: str
    box: str = ""
    detail: str = ""


def town(random: Random) -> tuple[str, str, str]:
    """City, state and postal code."""
    city = random.choice(places()["city"]) + random.choice(places()["cityend"])
    city = random.choice((city, city, f"{random.choice(('saint', 'fort', 'mount', 'north', 'port', 'new'))} {city}"))
    number = random.randrange(len(STATES))
    return city, STATES[number], f"{number * 5 + random.randrange(5):02d}{random.randrange(1000):03d}"


def address(random: Random, towns: list[tuple[str, str, str]]) -> Address:
    """Where somebody of these towns lives."""
    city, state, postal = towns[
        min(int(random.paretovariate(0.7)) - 1, len(towns) - 1)
        if random.random() < 0.7
        else random.randrange(len(towns))
    ]
    ordinal = random.randint(1, 120)
    street = random.choices(
        (
            pick(random, places()["street"], 20),
            f"{ordinal}{_ordinal(ordinal)}",
            made_up_name(random),
            f"county road {ordinal}",
            pick(random, names()["american", "surname"], 40),
        ),
        (60, 12, 14, 2, 12),
    )[0]
    kind = random.choices(
        (
            "street",
            "avenue",
            "road",
            "drive",
            "lane",
            "boulevard",
            "court",
            "way",
            "place",
            "circle",
            "terrace",
            "parkway",
        ),
        (28, 17, 14, 13, 8, 5, 5, 3, 3, 2, 1, 1),
    )[0]
    unit = random.choices(
        ("", str(random.randint(1, 60)), f"{random.randint(1, 15)}{random.choice('abcdef')}"), (70, 20, 10)
    )[0]
    box = str(random.randint(1, 9999)) if random.random() < 0.04 else ""
    direction = random.choices(("", "north", "south", "east", "west"), (70, 8, 8, 7, 7))[0]
    house = str(random.choice((random.randint(1, 400), random.randint(1, 9999), random.randint(1, 20000))))
    detail = random.choice(places()["street"]) + random.choice(
        (" gardens", " plaza", "", " heights", " building", " farm")
    )
    return Address(house, direction, street, kind, unit, city, state, postal, box, detail)


def _ordinal(number: int) -> str:
    return "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def suite_code(random: Random) -> str:
    """A code that a forwarder gives a customer."""
    return f"{random.choice(('ax', 'cn', 'us', 'sf', 'bd'))}{random.randrange(10**5):05d}"
