# ruff: noqa: RUF001
"""A text in any common encoding is read as it was written, or asked; never as other letters."""

from __future__ import annotations

import pytest

from analytics.errors import AmbiguousInput, InputError, MappingError
from analytics.ingest.decode.encoding_choice import is_plausible, is_text_encoding, readings
from analytics.ingest.decode.encodings import detect_encoding
from analytics.ingest.decode.mixed_text import decoder_of

ASKED = {"euc_jp"}
"""Kanji alone read as well in GB18030."""
HEAD = "shipment_id,arrival_date,consignee_name,consignee_address,declared_value\n"
WESTERN = ["François Müller,Straße der Ärzte 5", "José Peña,Calle Núñez 3", "Søren Ågård,Østergade 1"]
CENTRAL = ["Łukasz Wójcik,ul. Żółkiewskiego 5", "Jiří Dvořák,Příčná 12", "Šárka Žižková,Ústí nad Labem"]
RUSSIAN = ["Иванов Сергей,улица Ленина дом 5", "Петрова Анна,проспект Мира 7"]
CASES = {
    "cp1252": WESTERN,
    "cp1250": CENTRAL,
    "iso8859-2": CENTRAL,
    "mac-roman": WESTERN,
    "cp850": ["François Müller,Straße 5", "José Núñez Ávila,Calle Niño 3"],
    "cp437": ["François Müller,Straße 5", "José Peña,Calle Niño 3"],
    "cp1251": RUSSIAN,
    "koi8-r": RUSSIAN,
    "cp866": RUSSIAN,
    "iso8859-5": RUSSIAN,
    "cp1253": ["Γιώργος Παπαδόπουλος,Οδός Ερμού 5"],
    "cp1254": ["Ayşe Yılmaz,İstiklal Caddesi Şişli 5", "Gökhan Çağlar,Bağdat Caddesi", "Özgür Işık,Kadıköy"],
    "cp1255": ["דוד כהן,רחוב הרצל"],
    "cp1256": ["محمد أحمد,شارع الملك فهد"],
    "cp1257": ["Jānis Bērziņš,Brīvības iela 5", "Žydrūnas Šimkus,Gėlių gatvė 3", "Kęstutis Žukauskas,Šv. Jono gatvė"],
    "cp874": ["สมชาย ใจดี,ถนนสุขุมวิท"],
    "gb18030": ["王小明,上海市浦东新区世纪大道100号"],
    "big5": ["林志明,高雄市前鎮區中山二路"],
    "cp949": ["이영희,부산광역시 해운대구 센텀로"],
    "shift_jis": ["佐藤 花子,大阪府大阪市北区梅田", "サトウ ハナコ,京都市"],
    "euc_jp": ["佐藤 花子,大阪府大阪市北区梅田"],
    "iso2022_jp": ["佐藤 花子,大阪府大阪市北区梅田"],
    "utf-8": [*WESTERN, *RUSSIAN],
    "utf-8-sig": [*WESTERN, *RUSSIAN],
    "utf-16": WESTERN,
    "utf-16-le": WESTERN,
    "utf-16-be": WESTERN,
    "utf-32": WESTERN,
}


def text_of(names, repeats=1):
    rows = [f"S{at},2025-03-04,{name},10\n" for at, name in enumerate(names * repeats)]
    return HEAD + "".join(rows)


@pytest.mark.parametrize("repeats", [1, 30])
@pytest.mark.parametrize("encoding", CASES)
def test_a_text_is_read_as_written_or_asked(desk, encoding, repeats):
    text = text_of(CASES[encoding], repeats)
    path = desk.write("a.csv", text.encode(encoding))
    if encoding in ASKED:
        with pytest.raises(AmbiguousInput, match=f'encoding = "{encoding}"'):
            detect_encoding(path)
    else:
        assert path.read_bytes().decode(detect_encoding(path)).removeprefix("\ufeff") == text


@pytest.mark.parametrize("name", ["Zoë", "Zoéé Mér", "Café ½ price ® mug – “x”", "Ærø", "Señor"])
def test_single_accents_and_signs_are_western(desk, name):
    text = HEAD + f"S1,2025-03-04,{name},1 Elm,10\n"
    path = desk.write("a.csv", text.encode("cp1252"))
    assert path.read_bytes().decode(detect_encoding(path)) == text


@pytest.mark.parametrize(
    ("word", "plausible"),
    [
        ("Müller", True),
        ("l’Église", True),
        ("McDonald", True),
        ("Brand™", True),
        ("王小明", True),
        ("ヤマダさん", True),
        ("№5", True),
        ("MŸller", False),  # mac-roman read as cp1252
        ("JosŽ", False),
        ("Lucí©a", False),
        ("®ižková", False),
        ("M║ller", False),
        ("Zo殚", False),
        ("M\x81ller", False),
    ],
)
def test_words_are_words(word, plausible):
    assert is_plausible(word) is plausible


def test_an_unclear_text_is_asked_with_settings_that_work_and_no_cell_is_shown(desk, landed):
    rows = "S1,2025-03-04,Ann,1 Elm,10\nS2,2025-03-04,张伟,2 Elm,10\n"
    path = desk.write("a.csv", (HEAD + rows).encode("gb18030"))
    with pytest.raises(AmbiguousInput, match=r'(?s)line 3 differently.*encoding = "gb18030"'):
        desk.take(path)
    intake = desk.take(path, mapping='[[source]]\nmatch = "a.csv"\nencoding = "gb18030"\n')
    assert landed(intake)[1]["consignee_name"] == "张伟"


@pytest.mark.parametrize(
    ("name", "encoding"), [("Müller", "mac-roman"), ("Dvořák", "cp1250"), ("李娜 刘洋", "gb18030")]
)
def test_one_word_is_little_evidence(name, encoding):
    found = readings([word.encode(encoding) for word in name.split()])
    assert len(found) > 1
    assert any(reading.words == tuple(name.split()) for reading in found)


def test_files_put_together_in_two_encodings_are_asked_with_both_lines(desk, landed):
    rows = [f"S{at},2025-03-04,{name},10\n" for at, name in enumerate(WESTERN)]
    content = HEAD.encode() + rows[0].encode() + rows[1].encode("cp1252") + rows[2].encode("cp1252")
    path = desk.write("a.csv", content)
    with pytest.raises(AmbiguousInput, match=r'(?s)line 2 is UTF-8 and line 3 is not.*encoding = "utf-8\+cp1252"'):
        desk.take(path)
    found = landed(desk.take(path, mapping='[[source]]\nmatch = "a.csv"\nencoding = "utf-8+cp1252"\n'))
    assert [row["consignee_name"] for row in found] == [name.split(",")[0] for name in WESTERN[: len(found)]]


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_lines_in_two_encodings_are_read_whatever_the_blocks(size):
    text = "Zoë,Ünal\r\n"
    data, decoder = text.encode() + text.encode("cp1252") + text.rstrip().encode("cp1252"), decoder_of("utf-8+cp1252")
    parts = [decoder.decode(data[at : at + size]) for at in range(0, len(data), size)]
    assert "".join([*parts, decoder.decode(b"", final=True)]) == (text * 3).rstrip()


def test_a_byte_order_mark_before_another_encoding_is_taken_off(desk, landed):
    content = b"\xef\xbb\xbfsep=;\r\n" + text_of(WESTERN).replace(",", ";").encode("cp1252")
    rows = landed(desk.take(desk.write("a.csv", content)))
    assert [row["consignee_name"] for row in rows] == [name.split(",")[0] for name in WESTERN]


def test_words_that_were_misread_before_are_said(desk):
    misread = "Lucía Müller".encode().decode("cp1252", errors="replace")
    record = desk.take(desk.write("a.csv", HEAD + f"S1,2025-03-04,{misread},1 Elm,10\n")).inputs[0]
    assert any("misread before they were written" in note for note in record.notes)


def test_what_encoding_a_text_was_read_in_is_said(desk):
    record = desk.take(desk.write("a.csv", text_of(WESTERN).encode("cp1252"))).inputs[0]
    assert "text read as cp1252, found by its words; encoding in a mapping names another" in record.notes


@pytest.mark.parametrize(
    "name", ["rot13", "base64", "hex", "zlib", "idna", "punycode", "unicode_escape", "undefined", "utf-9", "", "bz2\0"]
)
def test_what_is_no_encoding_of_text_is_refused(desk, name):
    assert not is_text_encoding(name)
    path = desk.write("a.csv", HEAD)
    if "\0" not in name:
        with pytest.raises(MappingError, match="unknown encoding"):
            desk.take(path, mapping=f'[[source]]\nmatch = "a.csv"\nencoding = "{name}"\n')


@pytest.mark.parametrize("name", ["utf-8", "latin1", "cp1252", "gbk", "utf-16", "UTF-8-SIG", "shift-jis", "cp500"])
def test_encodings_of_text_are_taken(name):
    assert is_text_encoding(name)


@pytest.mark.parametrize("named", ["utf-8", "utf-16", "cp932", "ascii"])
def test_a_wrong_encoding_in_the_mapping_is_an_error(desk, named):
    path = desk.write("a.csv", text_of(WESTERN).encode("cp1252"))
    with pytest.raises(InputError):
        desk.take(path, mapping=f'[[source]]\nmatch = "a.csv"\nencoding = "{named}"\n')
