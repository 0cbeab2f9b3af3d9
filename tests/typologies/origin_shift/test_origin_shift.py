"""Origins that change: int_origins__suspended, int_origins__layered, int_origins__made_dearer,
int_members__origin_shift, int_measures__origin_shift."""

from datetime import date, timedelta

from tests.sql.chain import lines

SWITCH = date(2025, 5, 2)
GOODS = {"seller_id": "S", "product_id": "P"}


def chinese(count, days_before=10, **more):
    day = SWITCH - timedelta(days=days_before)
    return [{**GOODS, "origin_country": "CN", "arrival_date": day, **more}] * count


def elsewhere(count, days_after=0, **more):
    day = SWITCH + timedelta(days=days_after)
    return [{**GOODS, "origin_country": "VN", "arrival_date": day, **more}] * count


def shifts(chain, *changes, **more):
    return chain.only("origin_shift", lines(*changes), **more)


def test_stretches_that_touch_are_one(chain):
    shifts(chain, {})
    assert chain.table("int_origins__suspended").filter(origin_country="CN").rows() == [
        ("CN", date(2025, 2, 4), date(2025, 2, 7)),
        ("CN", SWITCH, date(2025, 8, 29)),
    ]


def test_goods_of_one_origin_become_goods_of_another_when_it_pays(chain):
    cases = [
        (chinese(10), elsewhere(3), True),
        (chinese(9), elsewhere(3), False),
        (chinese(10), elsewhere(2), False),
        (chinese(9) + elsewhere(1, -5), elsewhere(3), True),  # nine in ten
        (chinese(9) + elsewhere(2, -5), elsewhere(3), False),
        (chinese(10, 90), elsewhere(3), True),
        (chinese(10, 91), elsewhere(3), False),
        (chinese(10), elsewhere(3, 89), True),
        (chinese(10), elsewhere(3, 90), False),
        (chinese(10), elsewhere(3, product_id="Q"), False),
        (chinese(10), elsewhere(3, seller_id="T"), False),
        (chinese(10), elsewhere(3, entry_type="11"), False),  # nothing is gained
        (chinese(10), elsewhere(3, origin_country="HK"), False),  # suspended as well
        (chinese(10), elsewhere(3, origin_country=None), False),
    ]
    rows = [
        {**row, "seller_id": f"{row['seller_id']}{number}"}
        for number, (before, after, _) in enumerate(cases)
        for row in [*before, *after]
    ]
    told = [flag["subject"].split(",")[0] for flag in shifts(chain, *rows)]
    assert sorted(told) == sorted(f"seller S{number}" for number, (*_, flagged) in enumerate(cases) if flagged)


def test_says_what_was_before_and_what_still_comes(chain):
    (flag,) = shifts(chain, *chinese(11), *elsewhere(3), *chinese(2, -3, entry_type="11"))
    assert flag["reason"] == (
        "Of 11 shipments of these goods before 2025-05-02, 11 were of an origin whose exemption ended that day; "
        "since then 3 came under the exemption as goods of VN."
    )
    assert "2 shipments of the same goods still come as goods of the old origin" in flag["counter_reasons"]
    assert (flag["subject"], flag["strength"]) == ("seller S, product P, from 2025-05-02", "supporting")
    assert chain.table("int_members__origin_shift").height == 3


def test_entries_whose_origin_moves_when_a_duty_begins(chain):
    step = date(2026, 7, 22)  # a duty on goods of Brazil alone
    entry = {**GOODS, "entry_type": "11", "origin_country": "BR"}
    before = [{**entry, "arrival_date": step - timedelta(days=5)}] * 10
    after = [{**entry, "arrival_date": step, "origin_country": "VN"}] * 3
    cases = [
        (before, after, True),
        (before[1:], after, False),
        (before, after[1:], False),
        (before, [{**row, "entry_type": None} for row in after], False),
        (before, [{**row, "origin_country": "BR"} for row in after], False),
    ]
    rows = [{**row, "seller_id": f"S{at}"} for at, (was, now, _) in enumerate(cases) for row in [*was, *now]]
    flags = shifts(chain, *rows)
    told = {flag["subject"].split(",")[0] for flag in flags}
    assert told == {f"seller S{at}" for at, (*_, flagged) in enumerate(cases) if flagged}
    assert flags[0]["reason"] == (
        "Of 10 shipments of these goods before 2026-07-22, 10 were of an origin whose added duty began or rose that "
        "day; since then 3 were entered as goods of VN."
    )
    assert flags[0]["subject"].endswith("from 2026-07-22, entries")
    assert chain.table("int_origins__made_dearer").filter(origin_country="BR")["dearer_from"].max() >= step
    assert set(chain.table("int_origins__layered")["origin_country"]) >= {"BR", "VN"}


STEP = date(2026, 7, 24)  # duties on goods of nearly all countries, on some more than on others


def moving(origin, to, *, place="CN", then="CN"):
    entry = {**GOODS, "entry_type": "11", "export_country": place}
    before = [{**entry, "arrival_date": STEP - timedelta(days=5), "origin_country": origin}] * 10
    return before + [{**entry, "arrival_date": STEP, "origin_country": to, "export_country": then}] * 3


def test_where_all_origins_get_dearer_the_gain_is_in_one_that_gets_less_so(chain):
    cases = [
        (moving("CN", "MY"), True),  # 12.5 and 10 percent
        (moving("CN", "VN"), False),  # 12.5 both
        (moving("MY", "CN"), False),
        (moving("IN", "MY"), False),
        (moving("CN", "HK"), True),  # none
        (moving("BR", "VN"), False),  # 12.5 both on this day; Brazil's own duty began two days before
    ]
    rows = [{**row, "seller_id": f"S{at}"} for at, (case, _) in enumerate(cases) for row in case]
    flags = shifts(chain, *rows)
    found = {flag["subject"].split(",")[0] for flag in flags if "2026-07-24" in flag["subject"]}
    assert found == {f"seller S{at}" for at, (_, flagged) in enumerate(cases) if flagged}
    (malaysia,) = [flag for flag in flags if flag["subject"].startswith("seller S0,")]
    assert "rose by 12.5% of the value on goods of the old origin, and by 10% on those of the new" in malaysia["reason"]
    dearer = chain.table("int_origins__made_dearer").filter(origin_country="BR", dearer_from=STEP)
    assert [float(rise) for rise in dearer["rise"]] == [0.125]


def test_says_whether_goods_are_still_sent_from_where_they_were_sent(chain):
    (still,) = shifts(chain, *moving("CN", "MY"))
    assert "3 of the 3 are still sent from CN, as all were before." in still["reason"]
    assert "no longer sent" not in still["counter_reasons"]
    (moved,) = shifts(chain, *moving("CN", "MY", then="MY"))
    assert "still sent" not in moved["reason"]
    assert "3 of the 3 are no longer sent from CN: the goods may come from a new factory" in moved["counter_reasons"]
    (unknown,) = shifts(chain, *moving("CN", "MY", place=None))
    assert "sent from" not in unknown["reason"] + unknown["counter_reasons"]
    first, *others = moving("CN", "MY")
    (two_places,) = shifts(chain, {**first, "export_country": "HK"}, *others)
    assert "sent from" not in two_places["reason"] + two_places["counter_reasons"]
