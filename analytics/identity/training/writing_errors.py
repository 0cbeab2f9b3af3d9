"""How people write the same consignee in many ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from analytics.identity.training.addresses import STATES, Address
from analytics.identity.training.population import Entity, Habits
from analytics.identity.training.words import made_up_name, names, places
from analytics.parties.words import word_groups, word_map

__all__ = ["digit_typo", "typo", "written"]

Chance = Callable[[float], bool]

_FAMILY_FIRST = ("chinese", "korean", "vietnamese")
_SHOUTED = ("consignee_name", "consignee_address", "consignee_address2", "consignee_city")

_NEAR = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok",
    "o": "ipl", "p": "ol", "a": "qsz", "s": "adwx", "d": "sfec", "f": "dgrv", "g": "fhtb", "h": "gjyn",
    "j": "hkum", "k": "jlio", "l": "kop", "z": "xas", "x": "zcsd", "c": "xvdf", "v": "cbfg", "b": "vngh",
    "n": "bmhj", "m": "njk",
}  # fmt: skip
_SHORT_KINDS = {
    "street": "st", "avenue": "ave", "road": "rd", "drive": "dr", "lane": "ln", "boulevard": "blvd", "court": "ct",
    "place": "pl", "circle": "cir", "terrace": "ter", "parkway": "pkwy", "way": "way",
}  # fmt: skip


def written(random: Random, habits: Habits, entity: Entity, is_first: bool) -> dict[str, str | None]:
    """One record of an entity, as some clerk typed it."""
    rate = habits.errors * (0.25 if is_first else 1.0)

    def chance_in(part: str) -> Chance:
        return lambda share: random.random() < share * rate * habits.slips[part]

    address = _written_address(random, entity.address, chance_in("address"))
    if not is_first and random.random() < habits.moves:
        address = _moved(random, address)
    name, place = chance_in("name"), chance_in("place")
    row = {
        "consignee_name": _firm_name(random, entity, name)
        if entity.is_firm
        else _person_name(random, habits, entity, name),
        "consignee_address": _address_line(random, address),
        "consignee_address2": typo(random, address.detail) if place(0.1) else address.detail,
        "consignee_city": typo(random, address.city) if place(0.07) else address.city,
        "consignee_state": random.choice(STATES) if place(0.01) else address.state,
        "consignee_postal_code": _postal(random, address.postal, place),
        "consignee_phone": _phone(random, entity.phone, chance_in("phone")),
        "consignee_email": _email(random, entity.email, chance_in("email")),
        "consignee_tax_id": _tax(random, entity.tax, chance_in("tax")),
        "born": _date(random, entity.born, chance_in("born")),
        "work": _text(random, entity.work, places()["trade"], chance_in("work")),
        "home": _text(random, entity.address.city, places()["city"], chance_in("home")),
        "paper": digit_typo(random, entity.paper) if chance_in("paper")(0.04) else entity.paper,
    }
    style = random.choice((str.upper, str.title, str.title))
    known = {name: value if random.random() < habits.known[name] else None for name, value in row.items()}
    return {name: style(value) if name in _SHOUTED and value else value for name, value in known.items()}


def typo(random: Random, word: str) -> str:
    """A word with one slip of the finger."""
    if len(word) < 3:
        return word
    at = random.randrange(1 if random.random() < 0.85 else 0, len(word))
    slip = random.random()
    if slip < 0.28:
        return word[:at] + word[at + 1 :]
    if slip < 0.5:
        return word[:at] + random.choice("abcdefghijklmnoprstuvwy") + word[at:]
    if slip < 0.6:
        return word[:at] + word[at] + word[at:]
    if slip < 0.8 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + random.choice(_NEAR.get(word[at], "aeiou")) + word[at + 1 :]


def digit_typo(random: Random, digits: str) -> str:
    """A number with one digit wrong, missing, or two turned round."""
    if not digits:
        return digits
    at, slip = random.randrange(len(digits)), random.random()
    if slip < 0.6:
        return digits[:at] + random.choice("0123456789") + digits[at + 1 :]
    if slip < 0.8 and at + 1 < len(digits):
        return digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    return digits[:at] + digits[at + 1 :]


def _person_name(random: Random, habits: Habits, entity: Entity, chance: Chance) -> str:
    given, surname = _written_given(random, entity, chance), _written_surname(random, entity, chance)
    if random.random() < habits.partial_names:
        return random.choice((given, surname))
    middle = entity.middle if random.random() < 0.35 else ""
    generation = "" if chance(0.4) else entity.generation + random.choice(("", "", "."))
    if entity.culture in _FAMILY_FIRST and random.random() < 0.4:
        return f"{surname} {_syllables(random, given)}"
    if chance(0.03):
        given, surname = surname, given
    name = f"{surname}, {given} {middle}" if random.random() < 0.12 else f"{given} {middle} {surname}"
    name = " ".join(f"{name} {generation.strip('.') and generation}".split())
    if random.random() < 0.02:
        name = f"{random.choice(('mr', 'mrs', 'ms', 'dr'))} {name}"
    return name


def _written_given(random: Random, entity: Entity, chance: Chance) -> str:
    given = entity.given
    others = word_groups("nicknames").get(given, ()) or word_groups("spellings").get(given, ())
    if others and chance(0.14):
        given = random.choice(others)
    elif chance(0.006):
        given = random.choice((made_up_name(random), random.choice(names()["american", "given"])))
    if chance(0.08):
        given = typo(random, given)
    return given[0] if chance(0.07) else given


def _written_surname(random: Random, entity: Entity, chance: Chance) -> str:
    surname = entity.surname
    if " " in surname and chance(0.4):
        surname = surname.split()[0]
    if chance(0.09):
        surname = typo(random, surname)
    if chance(0.02):
        surname = typo(random, surname)
    if chance(0.012):
        return random.choice((made_up_name(random), random.choice(names()["american", "surname"])))
    return f"{surname} {made_up_name(random)}" if chance(0.02) else surname


def _syllables(random: Random, given: str) -> str:
    """A given name of two syllables, joined, hyphenated or parted."""
    if len(given) < 6:
        return given
    return given[:3] + random.choice(("", "-", " ")) + given[3:]


def _firm_name(random: Random, entity: Entity, chance: Chance) -> str:
    words, legal = entity.firm.split(), entity.legal
    short = {long: word for word, long in word_map("firm_abbreviations").items()}
    if chance(0.12):
        words = [short.get(word, word) for word in words]
    if chance(0.16):
        at = random.randrange(len(words))
        words[at] = typo(random, words[at])
    if len(words) > 1 and chance(0.05):
        words.pop(random.randrange(len(words)))
    if len(words) > 1 and chance(0.03):
        random.shuffle(words)
    if chance(0.35):
        legal = random.choice(
            ("", "", "llc", "l.l.c.", "inc.", "incorporated", "company", "corporation", "ltd", "limited")
        )
    if chance(0.04):
        words.append(random.choice(("usa", "group", "services", "store", "warehouse", "international")))
    name = " ".join(words).replace(" and ", random.choice((" and ", " & ")))
    name = f"{name}{random.choice((' ', ', ')) if legal else ''}{legal}"
    if random.random() < 0.02:
        return f"attn {entity.contact} / {name}"
    if random.random() < 0.01:
        return f"{entity.contact} dba {name}"
    return name


def _written_address(random: Random, address: Address, chance: Chance) -> Address:
    house = digit_typo(random, address.house) if chance(0.025) else address.house
    street = typo(random, address.street) if chance(0.1) else address.street
    kind = address.kind
    if chance(0.05):
        kind = ""
    elif chance(0.03):
        kind = random.choice(tuple(_SHORT_KINDS))
    direction = "" if chance(0.15) else address.direction
    unit = "" if chance(0.22) else digit_typo(random, address.unit) if chance(0.01) else address.unit
    return replace(address, house=house or "1", street=street, kind=kind, direction=direction, unit=unit)


def _moved(random: Random, address: Address) -> Address:
    """Another address of the same consignee: in town, or further away."""
    street = random.choice((random.choice(places()["street"]), made_up_name(random)))
    moved = replace(address, house=str(random.randint(1, 9999)), street=street, unit="", direction="", box="")
    if random.random() < 0.5:
        return moved
    postal = (
        f"{address.postal[:3]}{random.randrange(100):02d}"
        if random.random() < 0.5
        else f"{random.randrange(100000):05d}"
    )
    city = random.choice(places()["city"]) + random.choice(places()["cityend"])
    return replace(moved, postal=postal, city=city)


def _address_line(random: Random, address: Address) -> str:
    if address.box:
        return random.choice((f"po box {address.box}", f"p.o. box {address.box}", f"box {address.box}"))
    is_short = random.random() < 0.6
    kind = (
        _SHORT_KINDS.get(address.kind, "") + random.choice(("", "", ".")) if is_short and address.kind else address.kind
    )
    direction = address.direction[:1] if random.random() < 0.7 else address.direction
    line = " ".join(f"{address.house} {direction} {address.street} {kind}".split())
    if not address.unit:
        return line
    return line + random.choice((" apt ", " #", ", unit ", " ste ", " # ", ", apt. ", " suite ")) + address.unit


def _postal(random: Random, postal: str, chance: Chance) -> str:
    if chance(0.03):
        return digit_typo(random, postal)
    return f"{postal}-{random.randrange(10000):04d}" if random.random() < 0.1 else postal


def _phone(random: Random, phone: str, chance: Chance) -> str:
    if chance(0.08):
        return f"{random.randint(201, 989)}{random.randint(200, 999)}{random.randrange(10000):04d}"
    digits = digit_typo(random, phone) if chance(0.03) else phone
    shapes = (
        f"({digits[:3]}) {digits[3:6]}-{digits[6:]}",
        f"{digits[:3]}-{digits[3:6]}-{digits[6:]}",
        f"+1{digits}",
        digits,
    )
    return random.choice(shapes)


def _tax(random: Random, tax: str, chance: Chance) -> str:
    """A tax number: sometimes mistyped, seldom that of the household or the firm instead."""
    if chance(0.006):
        return f"{random.randrange(10**9):09d}"
    tax = digit_typo(random, tax) if chance(0.03) else tax
    return digit_typo(random, tax) if chance(0.006) else tax


def _date(random: Random, date: str, chance: Chance) -> str:
    """A date: mistyped, another one, day and month turned round, or only the year and the first of January."""
    year, month, day = date.split("-")
    if chance(0.02):
        return f"{random.randint(1930, 2006)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
    if chance(0.03):
        return f"{year}-01-01"
    if chance(0.015):
        return f"{year}-{day}-{month}"
    if chance(0.02):
        year = str(int(year) + random.choice((-10, -2, -1, 1, 2, 10)))
    elif chance(0.02):
        month, day = f"{random.randint(1, 12):02d}", f"{random.randint(1, 28):02d}"
    date = digit_typo(random, f"{year}-{month}-{day}") if chance(0.06) else f"{year}-{month}-{day}"
    return digit_typo(random, date) if chance(0.02) else date


def _text(random: Random, text: str, others: Sequence[str], chance: Chance) -> str:
    if chance(0.08):
        return random.choice(others)
    return typo(random, text) if chance(0.06) else text


def _email(random: Random, email: str, chance: Chance) -> str:
    local, domain = email.split("@")
    if chance(0.04):
        local = typo(random, local)
    if chance(0.03):
        domain = random.choice(places()["mail"])
    if chance(0.03):
        local = made_up_name(random) + str(random.randint(1, 99))
    if random.random() < 0.02:
        local += f"+{random.choice(('shop', 'orders', 'x'))}"
    return f"{local}@{domain}"
