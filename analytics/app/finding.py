"""What a search asks of the store: DuckDB looks through it, and at most fifty rows of each kind come back."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import polars as pl

from analytics.cases.subjects import PERSONAL_KINDS
from analytics.store.asking import ask

if TYPE_CHECKING:
    from analytics.opened import OpenedStore

__all__ = ["find_aliases", "find_cases", "find_shipments"]

_MOST = 50
_MOST_WORDS = 6
_LEAST_DIGITS = 7
_WORDS = re.compile(r"\w+")


def find_aliases(store: OpenedStore, wanted: str) -> pl.DataFrame:
    """Return aliases whose name or address has every word that is wanted, or whose phone or e-mail it is.

    Parameters
    ----------
    store : OpenedStore
        Where to look.
    wanted : str
        A name, an address, a phone, an e-mail, or the id of an identity or alias.

    Returns
    -------
    polars.DataFrame
        Those on most shipments first; ``is_flagged`` where a flag is on the identity, so that a case can be opened.
    """
    digits = re.sub(r"\D", "", wanted)
    words = _words(wanted)
    values = {
        **{f"word_{place}": words[place] if place < len(words) else None for place in range(_MOST_WORDS)},
        "exact": wanted.casefold(),
        "digits": digits if len(digits) >= _LEAST_DIGITS else None,
        "most": _MOST,
    }
    return ask(store, ["aliases", "flags"], _ALIASES, values)


def find_shipments(store: OpenedStore, wanted: str, *, with_sellers: bool) -> pl.DataFrame:
    """Return shipments one of whose numbers begins with what is wanted, or whose seller is called so.

    Parameters
    ----------
    store : OpenedStore
        Where to look.
    wanted : str
        A shipment, bill, order or entry number, or a seller.
    with_sellers : bool
        Look at names of sellers too.
    """
    values = {"start": wanted.casefold(), "seller": wanted.casefold() if with_sellers else None, "most": _MOST}
    return ask(store, ["shipments"], _SHIPMENTS, values)


def find_cases(cases: pl.DataFrame, wanted: str, aliases: pl.DataFrame, shipments: pl.DataFrame) -> pl.DataFrame:
    """Return cases of that number or subject, or about an identity that was found."""
    identities = {
        identity
        for frame in (aliases, shipments)
        if "identity_id" in frame.columns
        for identity in frame["identity_id"].drop_nulls()
    }
    text = wanted.casefold()
    named = pl.col("case_id").str.to_lowercase() == text
    is_code = ~pl.col("subject_kind").is_in(PERSONAL_KINDS)
    about = is_code & pl.col("subject_id").str.to_lowercase().str.starts_with(text)
    found = cases.filter(named | about | pl.col("subject_id").is_in(sorted(identities)))
    return found.sort("case_id").head(_MOST)


def _words(text: str) -> list[str]:
    """Return words without case and accents, the longest first; six are enough to tell a party."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    found = _WORDS.findall(bare.casefold())
    return sorted(found, key=len, reverse=True)[:_MOST_WORDS] or [text.casefold()]


_ALIASES = """
with written as (

    select
        *,
        lower(strip_accents(concat_ws(
            ' ', consignee_name, consignee_address, consignee_address2, consignee_city, consignee_postal_code
        ))) as text
    from aliases

)

select
    alias_id, identity_id, consignee_name, consignee_address, consignee_city, consignee_state, consignee_phone,
    consignee_email, shipments, first_day, last_day,
    coalesce(identity_id in (select identity_id from flags where not is_suppressed), false) as is_flagged
from written
where
    (
        contains(text, $word_0)
        and ($word_1 is null or contains(text, $word_1))
        and ($word_2 is null or contains(text, $word_2))
        and ($word_3 is null or contains(text, $word_3))
        and ($word_4 is null or contains(text, $word_4))
        and ($word_5 is null or contains(text, $word_5))
    )
    or lower(consignee_email) = $exact
    or lower(identity_id) = $exact
    or lower(alias_id) = $exact
    or ($digits is not null and ends_with(regexp_replace(consignee_phone, '[^0-9]', '', 'g'), $digits))
order by shipments desc, alias_id
limit $most
"""
_SHIPMENTS = """
select
    shipment_uid, shipment_id, arrival_date, value_usd, order_id, house_bill, master_bill, entry_number, seller_name,
    seller_id, alias_id, identity_id, consignee_name, consignee_city
from shipments
where
    starts_with(lower(shipment_id), $start)
    or starts_with(lower(house_bill), $start)
    or starts_with(lower(master_bill), $start)
    or starts_with(lower(order_id), $start)
    or starts_with(lower(entry_number), $start)
    or lower(seller_id) = $start
    or ($seller is not null and contains(lower(seller_name), $seller))
order by arrival_date desc, shipment_uid
limit $most
"""
