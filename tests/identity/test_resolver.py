"""The resolver as an estimator: conventions, invariances, what it takes and what it tells."""

from __future__ import annotations

import pickle
from random import Random

import numpy as np
import polars as pl
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from analytics.errors import UsageError
from analytics.identity import MODEL_VERSION, IdentityResolver
from analytics.identity.training.fitting import made_up_file, some_habits
from tests.identity.conftest import frame, row


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    random = Random(12)
    return made_up_file(random, some_habits(random, 600)).frame.select("^consignee_.*$")


def grouping(labels: np.ndarray) -> set[frozenset[int]]:
    """Labels as sets of rows, so that their numbers do not matter."""
    groups: dict[int, set[int]] = {}
    for number, label in enumerate(labels.tolist()):
        groups.setdefault(label, set()).add(number)
    return {frozenset(group) for group in groups.values()}


def test_labels_count_from_nought_in_the_order_of_the_rows(people: pl.DataFrame) -> None:
    labels = IdentityResolver().fit_predict(people)
    first = [labels.tolist().index(label) for label in range(labels.max() + 1)]
    assert first == sorted(first)


def test_shuffling_the_rows_changes_no_group(people: pl.DataFrame) -> None:
    order = np.random.default_rng(3).permutation(people.height)
    shuffled = IdentityResolver().fit_predict(people[order.tolist()])
    back = np.empty_like(shuffled)
    back[order] = shuffled
    assert grouping(back) == grouping(IdentityResolver().fit_predict(people))


def test_doubling_the_rows_changes_no_group(people: pl.DataFrame) -> None:
    once = IdentityResolver().fit_predict(people)
    twice = IdentityResolver().fit_predict(pl.concat([people, people]))
    is_somebody = people["consignee_name"].is_not_null().to_numpy()
    assert grouping(twice[: people.height]) == grouping(once)
    assert (twice[: people.height] == twice[people.height :])[is_somebody].all()


def test_threads_change_nothing(people: pl.DataFrame) -> None:
    one, two = (IdentityResolver(n_jobs=jobs).fit(people) for jobs in (1, 2))
    assert one.labels_.tolist() == two.labels_.tolist()
    assert one.score_pairs().equals(two.score_pairs())


def test_polars_pandas_and_arrow_give_the_same(people: pl.DataFrame) -> None:
    expected = IdentityResolver().fit_predict(people).tolist()
    assert IdentityResolver().fit_predict(people.to_pandas()).tolist() == expected
    assert IdentityResolver().fit_predict(people.to_arrow()).tolist() == expected
    assert IdentityResolver().fit_predict(people.lazy()).tolist() == expected


def test_init_only_stores_and_clone_keeps() -> None:
    extra = {"born": "date"}
    resolver = IdentityResolver(0.7, extra_columns=extra, n_jobs=2)
    assert resolver.get_params() == {"threshold": 0.7, "extra_columns": extra, "model": None, "n_jobs": 2}
    assert clone(resolver).get_params() == resolver.get_params()
    assert resolver.set_params(threshold=0.6).threshold == 0.6
    assert not [name for name in vars(resolver) if name.endswith("_")]


def test_a_pickled_resolver_still_answers(people: pl.DataFrame) -> None:
    resolver = IdentityResolver().fit(people)
    restored = pickle.loads(pickle.dumps(resolver))
    assert restored.predict(people).tolist() == resolver.labels_.tolist()
    assert restored.model_version_ == resolver.model_version_
    assert restored.model_version_.startswith(MODEL_VERSION)


def test_further_rows_join_those_fitted(people: pl.DataFrame) -> None:
    resolver = IdentityResolver().fit(people)
    further = pl.concat([people.head(5), frame(row("Zebulon Quillfeather", "9 Nowhere Ln"))], how="diagonal")
    labels = resolver.predict(further)
    assert labels[:5].tolist() == resolver.labels_[:5].tolist()
    assert labels[5] == resolver.labels_.max() + 1


def test_before_fitting_it_says_so() -> None:
    with pytest.raises(NotFittedError):
        IdentityResolver().predict(frame(row("Ann Poole")))


def test_explain_adds_up_to_the_probability() -> None:
    resolver = IdentityResolver().fit(frame(row("Robert Aldine"), row("Aldine, Bob", "142 Alder Street")))
    told = resolver.explain(0, 1)
    odds = 2.0 ** told["weight"].sum()
    assert odds / (1 + odds) == pytest.approx(resolver.probability(0, 1), abs=0.01)
    assert told["feature"][0] == "prior"
    assert told["weight"][1:].abs().is_sorted(descending=True)
    nickname = told.row(by_predicate=pl.col("feature") == "given_name", named=True)
    assert (nickname["left"], nickname["right"]) == ("robert", "bob")
    assert nickname["text"].endswith("nickname or other spelling of the same.")


def test_explain_keeps_left_and_right() -> None:
    resolver = IdentityResolver().fit(frame(row("Robert Aldine"), row("Aldine, Bob", "142 Alder Street")))
    one, other = (resolver.explain(*rows).filter(feature="given_name").row(0, named=True) for rows in ((0, 1), (1, 0)))
    assert (one["left"], one["right"]) == (other["right"], other["left"]) == ("robert", "bob")


def test_what_is_held_back_says_why() -> None:
    phone = "614-555-3813"
    resolver = IdentityResolver().fit(frame(row("Kyle Aldine", phone=phone), row("Kylie Aldine", phone=phone)))
    told = resolver.explain(0, 1)
    (held,) = told.filter(feature="caution").rows(named=True)
    assert held["text"] == "Held at 0.45: the names are those of two people of one household."
    odds = 2.0 ** told["weight"].sum()
    assert resolver.probability(0, 1) == pytest.approx(0.45)
    assert odds / (1 + odds) == pytest.approx(0.45, abs=0.01)


def test_probability_is_what_score_pairs_tells(people: pl.DataFrame) -> None:
    resolver = IdentityResolver()
    scored = resolver.score_pairs(people)
    assert scored.height > 10
    for left, right, chance in scored.head(60).iter_rows():
        assert resolver.probability(left, right) == resolver.probability(right, left) == pytest.approx(chance, abs=1e-9)


def test_a_pair_that_was_never_compared_says_so() -> None:
    resolver = IdentityResolver().fit(frame(row("Ann Poole"), row("Carl Xu", "9 Dock Rd", postal_code="10001")))
    assert resolver.explain(0, 1).row(-1, named=True)["text"].startswith("Never compared in this file")
    near = IdentityResolver().fit(frame(row("Ann Poole"), row("Anne Poole")))
    assert "compared" not in near.explain(0, 1)["feature"].to_list()


def test_rows_that_are_equal_once_normalized() -> None:
    resolver = IdentityResolver().fit(frame(row("Ann Poole"), row("ANN POOLE")))
    assert resolver.explain(0, 1)["text"].to_list() == ["Equal once normalized."]
    assert resolver.probability(0, 1) == 1


def test_explaining_a_row_of_nobody_is_refused() -> None:
    resolver = IdentityResolver().fit(frame(row("TO ORDER"), row("Ann Poole")))
    for asked in (resolver.explain, resolver.probability):
        with pytest.raises(UsageError, match="names nobody"):
            asked(0, 1)
        with pytest.raises(UsageError, match="row 2 is not there; the fitted frame has rows 0 to 1"):
            asked(0, 2)


def test_threads_are_asked_for_as_in_scikit_learn(people: pl.DataFrame) -> None:
    labels = IdentityResolver().fit_predict(people)
    for jobs in (None, -1, -2, 2):
        assert np.array_equal(IdentityResolver(n_jobs=jobs).fit_predict(people), labels)
    assert IdentityResolver().fit(people).feature_names_in_.tolist() == people.columns


@pytest.mark.parametrize("written", ["UNKNOWN", "222222222", "000-00-0000", "n/a", "123456789", ""])
def test_a_stand_in_is_nobodys_tax_number(written: str) -> None:
    strangers = frame(
        row("Ann Poole", tax_id=written), row("Carl Xu", "9 Dock Rd", postal_code="10001", tax_id=written)
    )
    assert IdentityResolver().fit_predict(strangers).tolist() == [0, 1]
    assert "tax_number" not in IdentityResolver().fit(strangers).explain(0, 1)["feature"].to_list()


def test_rows_of_blank_cells_are_nobody() -> None:
    blank = pl.DataFrame({column: ["", ""] for column in [*frame(row("Ann Poole")).columns, "consignee_id"]})
    assert IdentityResolver().fit_predict(blank).tolist() == [0, 1]


def test_codes_that_pandas_keeps_as_floats_are_whole_numbers() -> None:
    written = frame(row("Ann Poole", phone="6145553813"), row("Anne Poole", "142 Alder Str", phone="6145553813"))
    people = written.to_pandas()
    for column in ("consignee_phone", "consignee_postal_code"):
        people[column] = people[column].astype(float)
    assert IdentityResolver().fit(people).probability(0, 1) == IdentityResolver().fit(written).probability(0, 1)


def test_a_tax_number_is_never_shown() -> None:
    resolver = IdentityResolver().fit(frame(row("Ann Poole", tax_id="512448890"), row("A Poole", tax_id="512448890")))
    assert "512448890" not in resolver.explain(0, 1).write_csv()


def test_score_pairs_links_equal_rows_with_certainty() -> None:
    scored = IdentityResolver().score_pairs(frame(row("Ann Poole"), row("ANN POOLE"), row("Anne Poole")))
    assert scored.filter(left=0, right=1)["probability"].item() == 1
    assert 0 < scored.filter(left=0, right=2)["probability"].item() < 1


def test_hashed_tax_numbers_tell_the_same_as_clear_ones() -> None:
    from analytics.ingest.privacy.tax_ids import TaxKey, hash_tax_ids

    clear = frame(
        row("Ann Poole", tax_id="512448890"),
        row("Ann Poole", "77 Far Rd", tax_id="512448980"),
        row("Ann Poole", tax_id="733991046"),
    )
    hashed = hash_tax_ids(clear["consignee_tax_id"], TaxKey("a key of these tests"))
    trio = clear.drop("consignee_tax_id").with_columns(
        hashed.select(pl.exclude("mask").name.prefix("consignee_tax_id_"))
    )
    assert IdentityResolver().fit_predict(trio).tolist() == IdentityResolver().fit_predict(clear).tolist() == [0, 0, 1]


def test_extra_columns_are_compared_by_their_kind() -> None:
    people = pl.DataFrame(
        {
            "consignee_name": ["Ann Poole", "Ann Poole", "Ann Poole"],
            "born": ["1961-04-02", "1961-04-02", "1988-11-30"],
            "badge": ["A17", "A17", "B90"],
        }
    )
    labels = IdentityResolver(extra_columns={"born": "date", "badge": "id"}).fit_predict(people)
    assert labels.tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    ("resolver", "people", "message"),
    [
        (IdentityResolver(), pl.DataFrame({"name": ["Ann"]}), "none of the columns"),
        (IdentityResolver(extra_columns={"born": "date"}), frame(row("Ann Poole")), "does not have"),
        (IdentityResolver(extra_columns={"consignee_city": "colour"}), frame(row("Ann Poole")), "the kinds are"),
        (IdentityResolver(threshold=0), frame(row("Ann Poole")), "above 0"),
        (IdentityResolver(threshold="high"), frame(row("Ann Poole")), "above 0"),
        (IdentityResolver(n_jobs=0), frame(row("Ann Poole")), "n_jobs is 0; give a number of threads"),
        (IdentityResolver(n_jobs=1.5), frame(row("Ann Poole")), "n_jobs is 1.5"),
        (IdentityResolver(extra_columns=["born"]), frame(row("Ann Poole")), "give a mapping"),
        (IdentityResolver(), [1, 2], "is a list"),
    ],
)
def test_a_wrong_call_says_what_to_do(resolver: IdentityResolver, people: object, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        resolver.fit(people)


def test_an_empty_frame_gives_no_labels() -> None:
    assert IdentityResolver().fit_predict(frame()).tolist() == []
