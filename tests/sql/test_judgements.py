"""mart_judgements: what became of each judgement, read off the identities that came out."""

import polars as pl
import pytest

from analytics.contracts.ddl import empty_frame
from analytics.contracts.identities import JudgementOutcomes, Judgements
from tests.sql.chain import lines

TWO_PEOPLE = lines(
    {"consignee_name": "Ann Ho"}, {"consignee_name": "ANN HO"}, {"consignee_name": "Bo Ek"}, {"consignee_name": None}
)
EARLY, LATE = "2025-01-01T00:00:00.000000Z", "2025-01-02T00:00:00.000000Z"


def outcomes(chain, *said):
    """Outcomes of (one name, other name, verdict, when) over a world where a name in lower case is a person."""
    chain.run(TWO_PEOPLE)
    alias = {row["consignee_name"]: row["alias_id"] for row in chain.table("parties").iter_rows(named=True)}
    alias["stranger"] = "a0"
    rows = [(*sorted((alias[one], alias[other])), verdict, "me", when, None) for one, other, verdict, when in said]
    chain.put("judgements", pl.DataFrame(rows, schema=empty_frame(Judgements).schema, orient="row"))
    return JudgementOutcomes.validate(chain.table("mart_judgements", "judged_at"), cast=True)["outcome"].to_list()


@pytest.mark.parametrize(
    ("one", "other", "verdict", "outcome"),
    [
        ("Ann Ho", "ANN HO", "same", "kept"),
        ("Ann Ho", "ANN HO", "different", "contradicted"),
        ("Ann Ho", "Bo Ek", "different", "kept"),
        ("Ann Ho", "Bo Ek", "same", "contradicted"),
        ("Ann Ho", "Bo Ek", "unsure", "withdrawn"),
        ("Ann Ho", "stranger", "same", "waiting"),
        ("Ann Ho", None, "same", "waiting"),
    ],
)
def test_the_outcome_is_what_the_identities_show(chain, one, other, verdict, outcome):
    assert outcomes(chain, (one, other, verdict, EARLY)) == [outcome]


def test_the_last_word_on_a_pair_counts(chain):
    said = ("Ann Ho", "Bo Ek", "same", EARLY), ("Bo Ek", "Ann Ho", "different", LATE)
    assert outcomes(chain, *said) == ["replaced", "kept"]
