"""An input may have any name and lie in any folder: the path that is there is the file that is meant."""

import json

import polars as pl
import pytest

from tests.ingest.conftest import SOUND, Desk
from tests.nasty_paths import NASTY


def written(file, ending):
    rows = [SOUND, {**SOUND, "shipment_id": "S2"}, {**SOUND, "shipment_id": "S2", "declared_value": "11.00"}]
    if ending == ".csv":
        file.write_text("\n".join([",".join(SOUND), *(",".join(row.values()) for row in rows)]) + "\n")
    elif ending == ".jsonl":
        file.write_text("\n".join(map(json.dumps, rows)) + "\n")
    elif ending == ".parquet":
        pl.DataFrame(rows).write_parquet(file)
    else:
        pl.DataFrame(rows).write_excel(file)


@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet", ".xlsx"])
@pytest.mark.parametrize("name", NASTY)
def test_a_file_of_any_name_is_read(tmp_path, name, ending):
    folder = tmp_path / name
    folder.mkdir()
    file = folder / f"{name}{ending}"
    written(file, ending)
    intake = Desk(folder).take(file)
    (record,) = intake.inputs
    assert (record.read, record.read) == (3, record.accepted + record.rejected + record.repeated)
    assert record.path == str(file)


@pytest.mark.parametrize("name", NASTY)
def test_a_folder_of_any_name_is_read(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    written(folder / "in.csv", ".csv")
    (record,) = Desk(tmp_path).take(folder).inputs
    assert record.read == 3


def test_a_pattern_finds_what_it_fits_and_a_file_of_that_name_is_itself(tmp_path):
    for name in ("a1.csv", "a2.csv"):
        written(tmp_path / name, ".csv")
    assert len(Desk(tmp_path).take(tmp_path / "a[12].csv").inputs) == 2
    written(tmp_path / "a[12].csv", ".csv")
    assert [record.path for record in Desk(tmp_path).take(tmp_path / "a[12].csv").inputs] == [
        str(tmp_path / "a[12].csv")
    ]
