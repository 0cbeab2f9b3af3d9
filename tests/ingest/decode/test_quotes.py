"""No stray quote swallows the lines after it, whatever its place; sound quotes are read as they always were."""

from __future__ import annotations

import csv
import io
import json
import time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.ingest.decode import quotes
from analytics.ingest.decode.quotes import SoundQuotes
from analytics.ingest.decode.row_shapes import RowShapes

HEAD = "shipment_id,arrival_date,consignee_name,consignee_address,declared_value,description,seller_name\n"
SHAPES = RowShapes.learned([["a"] * 4] * 9, 4)


def line(number, description="Mug", address="1 Test Street"):
    return f"S{number},2025-03-04,Ann Example,{address},410.00,{description},Tai Ltd\n"


def through(text, delimiter=",", shapes=SHAPES):
    stream = SoundQuotes("a.csv", io.BytesIO(text.encode()), delimiter, shapes)
    return stream.read().decode(), stream


def outcome(desk, landed, rejected, body, head=HEAD):
    intake = desk.take(desk.write("a.csv", head + body))
    return (
        [row["shipment_id"] for row in landed(intake)],
        [(row["source_line"], json.loads(row["reasons"])[0]["reason"]) for row in rejected(intake)],
        intake.inputs[0],
    )


@pytest.mark.parametrize(
    ("first", "last", "accepted", "lost"),
    [
        ('"Large mug', '"Small mug', ["S2", "S3"], [2, 5]),  # both open
        ('"Large mug', 'Small mug"', ["S2", "S3", "S4"], [2]),  # one cell from line 2 to line 5, were it sound
        ('Large "mug', '"Small mug', ["S1", "S2", "S3"], [5]),
        ('Large "mug', 'Small "mug', ["S1", "S2", "S3", "S4"], []),
        ('Large mug"', 'Small mug"', ["S1", "S2", "S3", "S4"], []),
        ('5" screen', "plain", ["S1", "S2", "S3", "S4"], []),
        ('"Rocky" mug', "plain", ["S1", "S2", "S3", "S4"], []),
        ('"Large, red" mug', "plain", ["S2", "S3", "S4"], [2]),
        ("plain", '"Small mug', ["S1", "S2", "S3"], [5]),
        ('"""Large mug', 'Small mug"""', ["S2", "S3", "S4"], [2]),
        ('"Large mug ""x""', '"', ["S2", "S3"], [2, 5]),
    ],
)
def test_stray_quotes_cost_their_own_lines_at_most(desk, landed, rejected, first, last, accepted, lost):
    body = line(1, first) + line(2) + line(3) + line(4, last)
    kept, gone, record = outcome(desk, landed, rejected, body)
    assert (kept, [number for number, _ in gone]) == (accepted, lost)
    assert record.read == 4


def test_a_line_damaged_by_quotes_is_rejected_with_its_text(desk, landed, rejected):
    intake = desk.take(desk.write("a.csv", HEAD + line(1, '"Large mug') + line(2)))
    (row,) = rejected(intake)
    assert json.loads(row["reasons"])[0]["reason"] == "stray_quote"
    assert json.loads(row["raw"])["line"].endswith('"Large mug,Tai Ltd')


def test_lines_that_were_parted_are_said(desk, landed, rejected):
    *_, record = outcome(desk, landed, rejected, line(1, '"Large') + line(2) + line(3, 'Small"'))
    assert "3 lines that a stray quote would have joined, from line 2 on, were read one by one" in record.notes


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_cells_over_several_lines_stay_cells(desk, landed, line_end):
    body = line(1, address='"1 Elm Street, Apt 4\nBoston, MA\n""rear"""') + line(2) + line(3, '5" tall')
    intake = desk.take(desk.write("a.csv", (HEAD + body).replace("\n", line_end)))
    rows = landed(intake)
    assert [(row["shipment_id"], row["source_line"]) for row in rows] == [("S1", 2), ("S2", 5), ("S3", 6)]
    assert rows[0]["consignee_address"].splitlines() == ["1 Elm Street, Apt 4", "Boston, MA", '"rear"']


@pytest.mark.parametrize("at", range(7))
def test_a_cell_over_two_lines_may_be_any_cell(desk, landed, at):
    cells = ["S1", "2025-03-04", "Ann Example", "1 Elm", "10.00", "Mug", "Tai Ltd"]
    order = [*range(at, 7), *range(at)]  # the column that spans lines comes first, then ever later
    heads = HEAD.strip().split(",")
    texts = ['"1 Elm\nApt 4"' if cell == "1 Elm" else cell for cell in cells]
    text = "".join(",".join(row[place] for place in order) + "\n" for row in (heads, texts))
    assert landed(desk.take(desk.write("a.csv", text)))[0]["consignee_address"] == "1 Elm\nApt 4"


def test_the_end_of_a_record_is_no_row_of_another_length(desk, landed):
    body = line(1) + "S2,2025-03-04,Ann Example,2 Elm,5\n" + line(3, address='"1 Elm\nApt 4"')
    assert [row["shipment_id"] for row in landed(desk.take(desk.write("a.csv", HEAD + body)))] == ["S1", "S2", "S3"]


def test_blanks_around_quoted_cells_are_no_damage(desk, landed):
    text = 'S1, 2025-03-04, "Example, Ann", "1 Elm", "410.00" , "Mug", "Tai Ltd"\n'
    row = landed(desk.take(desk.write("a.csv", HEAD + text)))[0]
    assert (row["consignee_name"], row["consignee_address"]) == ("Example, Ann", "1 Elm")


def test_spreadsheet_formulas_around_cells_are_read(desk, landed):
    cells = ["S1", "2025-03-04", "Ann Example", "1 Elm", "410.00", "Mug", "Tai Ltd"]
    rows = ",".join(f'="{cell}"' for cell in cells) + "\n" + ",".join(f'"=""{cell}"""' for cell in cells) + "\n"
    out, stream = through(HEAD + rows, shapes=RowShapes.learned([cells] * 9, 7))
    assert list(csv.reader(io.StringIO(out)))[1:] == [[f'="{cell}"' for cell in cells]] * 2
    assert not stream.damaged


@pytest.mark.parametrize("unit", ['a"b,"c\n', '"a",b,"c\n', '",",",\n', '"x\n', 'a",b,"c\n', '"a""\n'])
def test_nested_quotes_over_many_lines_take_no_time(unit):
    text = "h1,h2,h3,h4\n" + unit * 20_000 + "a,b,c,d\n"
    began = time.process_time()
    out, _ = through(text)
    assert time.process_time() - began < 5
    assert out.count("\n") == text.count("\n")


def strict(text):
    """Read text as its format has it, slowly; None where a quote is not sound."""
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return None


@given(st.lists(st.lists(st.text('ab,"\n \r', max_size=6), min_size=2, max_size=2), min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_sound_text_passes_as_it_is(rows):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    out, stream = through(text.getvalue(), shapes=RowShapes.learned(rows, 2))
    assert (out, stream.damaged) == (text.getvalue(), {})


@given(st.text('ab,"\n\r', max_size=60))
@settings(max_examples=300, deadline=None)
def test_whatever_the_text_it_comes_out_sound_with_the_same_lines(text):
    out, stream = through(text)
    assert strict(out) is not None or '"' in out.replace('""', "")
    assert quotes._breaks(out.encode()) == quotes._breaks(text.encode())
    kept = out.splitlines(keepends=True)
    assert {kept[number - 1].strip("\r\n") for number in stream.damaged} <= {'""'}


@pytest.mark.parametrize("block", [1, 2, 3, 7, 64])
def test_blocks_may_end_anywhere(monkeypatch, block):
    shapes = RowShapes.learned([["S1", "2025", "x", "y"]] * 9, 4)
    pieces = [
        'S1,2025,"a\r\nb",y\r\n',
        'S2,2025,5" x,y\r\n',
        'S3,2025,"x,y\r\n',
        "S4,2025,x,y\r\n",
        '"S5",2025,"""",y\r\n',
    ]
    for order in product(pieces, repeat=2):
        text = "".join((*order, pieces[3], *order[::-1]))
        whole, stream = through(text, shapes=shapes)
        monkeypatch.setattr(quotes, "_BLOCK", block)
        parted, again = through(text, shapes=shapes)
        monkeypatch.undo()
        assert (parted, again.damaged) == (whole, stream.damaged)


def test_nul_bytes_and_inner_marks_are_taken_out_and_said():
    out, stream = through("a,b\nx\0y,\ufeffz\n\ufeffa,b\n")
    assert out == "a,b\nxy,\ufeffz\na,b\n"
    assert stream.notes == ["1 NUL bytes taken out of the text", "1 byte order marks inside the text taken out"]
