"""Every model is written for Spark as it was when somebody last looked at it."""

import pytest

from analytics.engines.models import load_models
from tests.sql.golden import FOLDER, as_spark

MODELS = load_models()


@pytest.mark.parametrize("name", MODELS)
def test_the_spark_text_is_the_one_that_was_looked_at(name):
    kept = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    assert as_spark(MODELS[name]) == kept, "run python -m tests.sql.golden and read what changed"


def test_no_text_is_kept_of_a_model_that_is_gone():
    assert {path.stem for path in FOLDER.glob("*.sql")} == set(MODELS)


@pytest.mark.parametrize("name", MODELS)
def test_parameters_stay_named_markers(name):
    text = as_spark(MODELS[name])
    assert all(f":{parameter}" in text for parameter in MODELS[name].params)
    assert "$" not in text.replace(")$'", "").replace("]$'", "")
