"""Whatever a message asks, its settings answer it: taken out of the text, put into a mapping, they run."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import polars as pl
import pytest

from analytics.errors import InputError
from analytics.ingest import require_usable
from tests.answers import answered

ROW = "S1,2025-03-04,Ann Example,1 Elm St,5.00"
HEADINGS = "shipment_id,arrival_date,consignee_name,consignee_address,declared_value"
SHOP = (
    "Name,Financial Status,Fulfilled at,Created at,Lineitem quantity,Lineitem name,Lineitem price,Shipping Name,"
    "Shipping Address1,Billing Name,Currency"
)
LIMITS = pl.DataFrame(
    {"limit_amount": ["800"], "limit_currency": ["USD"], "pool": ["standard"]}
    | {"valid_from": [date(2016, 3, 10)], "valid_to": [None]},
    schema_overrides={"valid_to": pl.Date},
)

ASKED = {
    "two headings for the value": ("HAWB,Arrival Date,Consignee Name,Address,Total Value,Amount", ROW + ",6"),
    "two headings of one name": (HEADINGS + ",Order Number,Order Number", ROW + ",O1,O2"),
    "no key": ("Arrival Date,Consignee Name,Address,Value", ROW.partition(",")[2]),
    "no day": ("HAWB,Consignee Name,Address,Value", "S1,Ann Example,1 Elm St,5"),
    "no day, but dates": ("HAWB,Consignee Name,Address,Value,Landed", "S1,Ann Example,1 Elm St,5,2025-03-04"),
    "no value": ("HAWB,Arrival Date,Consignee Name,Address,Worth", ROW),
    "no consignee": ("HAWB,Arrival Date,Value,Who,Where", "S1,2025-03-04,5,Ann Example,1 Elm St"),
    "first and last name": (
        "HAWB,Arrival Date,First Name,Last Name,Address,Value",
        "S1,2025-03-04,Ann,Example,1 Elm St,5",
    ),
    "only a phone of the consignee": ("HAWB,Arrival Date,Value,Consignee Name,Tel", "S1,2025-03-04,5,Ann,7015550101"),
    "only a phone, and goods": (
        "HAWB,Arrival Date,Value,Consignee Name,Consignee Phone,Goods",
        "S1,2025-03-04,5,Ann,7015550101,Tea",
    ),
    "day or month": (HEADINGS, ROW.replace("2025-03-04", "03/04/2025")),
    "point or comma": (HEADINGS, ROW.replace("5.00", '"1,234"')),
    "day or month, point or comma, two values": (
        "HAWB,Arrival Date,Consignee Name,Address,Total Value,Amount",
        'S1,03/04/2025,Ann Example,1 Elm St,"1,234","2,345"',
    ),
    "days of a spreadsheet, or digits of a day": (HEADINGS, ROW.replace("2025-03-04", "40325")),
    "equal rows": (HEADINGS, "\n".join([ROW.replace("5.00", "500.00")] * 2)),
    "the total of an order": ("HAWB,Arrival Date,Consignee Name,Address,Order Total", ROW),
    "the price of one": ("HAWB,Arrival Date,Consignee Name,Address,Unit Price,Qty", f"{ROW},2"),
    "a known export": (SHOP, "#1,paid,2025-03-04,2025-03-03,2,Scarf,5.00,Ann Example,1 Elm St,Ann Example,USD"),
    "no headings at all": (ROW, ROW.replace("S1", "S2")),
    "an unusual delimiter": (HEADINGS.replace(",", "%"), ROW.replace(",", "%")),
    "an unusual delimiter, no day": ("HAWB%Consignee Name%Address%Value", "S1%Ann Example%1 Elm St%5"),
    "strange names": ('HAWB,Arrival Date,Consignee Name,Address,"Worth ""net"" \\ [USD]"', ROW),
}


def in_bytes(first, second):
    """Give a file whose second row is in another encoding."""
    rows = [ROW.replace("Ann", "Zoë"), ROW.replace("Ann", "Ünal").replace("S1", "S2")]
    return f"{HEADINGS}\n{rows[0]}\n".encode(first) + rows[1].encode(second) + b"\n"


ENCODED = {
    "one word, many encodings": f"{HEADINGS}\n{ROW.replace('Ann', '张伟')}\n".encode("gb18030"),
    "two encodings": in_bytes("utf-8", "cp1252"),
    "bytes that fit nothing": f"{HEADINGS}\n{ROW}\n".encode().replace(b"Ann", b"A\x81\x8d\x8f\x90\x9d"),
    "an encoding, and no day": "HAWB,Consignee Name,Address,Value\nS1,张伟,1 Elm St,5\n".encode("gb18030"),
}

WRONG = {
    "a heading to fill down": 'fill_down = ["consignee nam"]',
    "two headings to fill down": 'fill_down = ["Order", "consignee_nam"]',
    "a heading to fill within": 'fill_down = ["consignee_name"]\nfill_within = "shipment"',
    "a heading of rows to keep": "where = { Order = ['O1', 'S*'] }",
    "a heading of rows to leave out": 'where_not = { shipment = [""], Order = ["none"] }',
    "a heading of a column": 'columns = { consignee_name = "consignee" }',
}


def offered(pick):
    return lambda settings: settings[pick % len(settings)]


@pytest.mark.parametrize("pick", [0, 1])
@pytest.mark.parametrize("case", [*ASKED, *ENCODED])
def test_a_user_is_running_within_two_tries(desk, case, pick):
    desk.limits = LIMITS
    content = ENCODED[case] if case in ENCODED else "{}\n{}\n".format(*ASKED[case])
    path = desk.write("a file [1].csv", content)
    with pytest.raises(InputError) as error:
        desk.take(path)
    mapping = answered(str(error.value), offered(pick))
    try:
        intake = desk.take(path, mapping=mapping)
    except InputError as again:
        intake = desk.take(path, mapping=mapping + "\n".join(answered(str(again), offered(0)).splitlines()[2:]))
    assert intake.inputs[0].accepted
    assert not intake.inputs[0].rejected


@pytest.mark.parametrize(
    ("headings", "together"),
    [
        ("First Name,Last Name", "{First Name} {Last Name}"),
        ("Surname,Forename", "{Forename} {Surname}"),
        ("Recipient First Name,Recipient Last Name,Agent First Name", "{Recipient First Name} {Recipient Last Name}"),
        ("First Name,Agent Last Name", ""),
    ],
)
def test_a_first_and_a_last_name_are_offered_together(desk, headings, together):
    count = headings.count(",") + 1
    path = desk.write("a.csv", f"HAWB,Arrival Date,Address,Value,{headings}\nS1,2025-03-04,1 Elm St,5" + ",Ann" * count)
    with pytest.raises(InputError) as caught:
        desk.take(path)
    first = caught.value.questions[0].choices[0]
    assert first == f'columns.consignee_name = "{together}"' if together else "{" not in first


@pytest.mark.parametrize("case", WRONG)
def test_a_setting_that_does_not_fit_is_offered_rewritten(desk, case):
    path = desk.write("a.csv", f"{HEADINGS},Order,Order\n{ROW},O1,O1\n")
    columns = 'columns.order_id = "Order#1"\n' if "columns" not in WRONG[case] else ""
    with pytest.raises(InputError) as error:
        desk.take(path, mapping=f'[[source]]\nmatch = "*"\n{columns}{WRONG[case]}\n')
    mapping = answered(str(error.value), offered(0)) + (columns or 'columns.order_id = "Order#1"\n')
    assert desk.take(path, mapping=mapping).inputs[0].accepted == 1


def test_a_heading_that_is_named_of_a_file_without_headings_is_offered_by_letters(desk):
    path = desk.write("a.csv", f"{ROW}\n{ROW.replace('S1', 'S2')}\n")
    with pytest.raises(InputError) as error:
        desk.take(path, mapping='[[source]]\nmatch = "*"\ncolumns = { shipment_id = "Bill" }\n')
    assert desk.take(path, mapping=answered(str(error.value), offered(0))).inputs[0].accepted == 2


def test_a_sheet_that_is_not_there_is_offered_by_the_names_of_the_others(desk):
    book, written = openpyxl.Workbook(), io.BytesIO()
    for name in ("Mon", 'Tue "2"'):
        sheet = book.create_sheet(name)
        sheet.append(HEADINGS.split(","))
        sheet.append(ROW.split(","))
    book.remove(book.worksheets[0])
    book.save(written)
    path = desk.write("a.xlsx", written.getvalue())
    with pytest.raises(InputError, match="no sheet is named so") as error:
        desk.take(path, mapping='[[source]]\nmatch = "*"\nsheet = "Wed"\n')
    for pick in (0, 1):
        intake = desk.take(path, mapping=answered(str(error.value), offered(pick)), remember=False)
        assert [item.accepted for item in intake.inputs] == [1]


@pytest.mark.parametrize(
    "rows",
    [
        [ROW.replace("S1", "7.74512E+11"), ROW.replace("S1", "7.74512E+11").replace("Ann", "Bob")],
        [ROW, ROW.replace("Ann Example,1 Elm", "Bob Other,9 Oak")],
    ],
)
def test_a_file_of_which_nothing_is_accepted_is_refused_with_a_setting_that_works(desk, rows):
    path = desk.write("a.csv", "\n".join([HEADINGS, *rows]))
    with pytest.raises(InputError) as error:
        require_usable(desk.take(path, remember=False).inputs)
    assert desk.take(path, mapping=answered(str(error.value), offered(0))).inputs[0].accepted == len(rows)
