"""What a typology needs, spelled out."""

import polars as pl
import pytest

from analytics.contracts.typologies import TypologyFields
from analytics.errors import RulesError
from analytics.rulebook import load_references
from analytics.rulebook.needs import CIRCUMSTANCES, FIELDS

SHIPPED = load_references().tables


def own(tmp_path, typology, **changes):
    row = SHIPPED["ref_typologies"].filter(typology=typology).row(0, named=True) | changes
    frame = pl.DataFrame([row], schema=SHIPPED["ref_typologies"].schema)
    frame.with_columns(pl.col("asks_purpose").cast(pl.String)).write_csv(tmp_path / "ref_typologies.csv")
    return tmp_path


def test_the_shipped_registry_asks_for_columns_that_are_counted():
    fields = TypologyFields.validate(SHIPPED["ref_typology_fields"])
    columns = fields.filter(~pl.col("is_circumstance"))
    assert set(columns["field"]) <= set(FIELDS)
    assert columns["wording"].equals(columns["field"].rename("wording"))
    assert set(fields["field"]) - set(columns["field"]) == set(CIRCUMSTANCES)
    assert set(fields["typology"]) == set(SHIPPED["ref_typologies"]["typology"])


def test_clauses_and_their_fields_are_numbered(tmp_path):
    tables = load_references(own(tmp_path, "order_split", fields="seller_id|seller_name&order_id")).tables
    assert tables["ref_typology_fields"].select("clause_no", "field_no", "field").rows() == [
        (1, 1, "seller_id"),
        (1, 2, "seller_name"),
        (2, 3, "order_id"),
    ]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"fields": "order_no"}, "line 2: fields names 'order_no', which cannot be asked for. Name some of"),
        ({"fields": "order_id||seller_id"}, "fields is 'order_id||seller_id'"),
        ({"benign": 'a "quoted" word'}, "benign is"),
        ({"made_by": "magic"}, "made_by is 'magic'"),
    ],
)
def test_a_registry_that_is_wrong_is_refused_with_its_line(tmp_path, changes, says):
    with pytest.raises(RulesError) as error:
        load_references(own(tmp_path, "order_split", **changes))
    assert says in str(error.value)
    assert "ref_typologies.csv line 2" in str(error.value)
