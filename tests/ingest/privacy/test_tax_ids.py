"""No tax id in clear, anywhere; the key is found, made, checked and missed."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest

from analytics.errors import KeyMissing, StoreError
from analytics.ingest.privacy.tax_ids import PUBLISHED_TEST_KEY, TaxKey, load_tax_key, mask_words_with_digits

KEY = TaxKey(PUBLISHED_TEST_KEY)


def test_the_hash_is_a_truncated_hmac():
    secret = hashlib.sha256(PUBLISHED_TEST_KEY.encode()).digest()
    assert KEY.hash("112223333") == hmac.new(secret, b"112223333", "sha256").hexdigest()[:32]


def test_deletions_tell_one_edit_from_many():
    left, right, other = (set(json.loads(KEY.deletions(item))) for item in ("112223333", "112224333", "987123654"))
    assert left & right
    assert not left & other


@pytest.mark.parametrize("written", ["11-2223333", "112-22-3333", " 112223333 "])
def test_punctuation_does_not_matter(desk, landed, written):
    (row,) = landed(desk.take(desk.rows("a.csv", {"consignee_tax_id": written, "importer_id": written})))
    assert row["consignee_tax_id_hash"] == row["importer_id_hash"] == KEY.hash("112223333")
    assert (row["consignee_tax_id_last2"], row["importer_id_last2"]) == ("33", "33")
    assert row["consignee_tax_id_deletions"] == KEY.deletions("112223333")


@pytest.mark.parametrize("written", ["N/A", "000000000", "123456789", "1234", "none", ""])
def test_what_is_nobodys_tax_id_is_none(desk, landed, written):
    (row,) = landed(desk.take(desk.rows("a.csv", {"consignee_tax_id": written})))
    assert (row["consignee_tax_id_hash"], row["consignee_tax_id_last2"]) == (None, None)


def test_raw_of_rejected_rows_shows_the_hash(desk, rejected):
    cells = {"consignee_tax_id": "112-22-3333", "Sender Tax ID": "998877665", "declared_value": "-1"}
    (row,) = rejected(desk.take(desk.rows("a.csv", cells)))
    raw = json.loads(row["raw"])
    assert raw["consignee_tax_id"] == f"hashed:{KEY.hash('112223333')}"
    assert raw["Sender Tax ID"] == f"hashed:{KEY.hash('998877665')}"


def test_ragged_lines_hide_every_word_with_a_digit(desk, rejected):
    path = desk.rows("a.csv", {"consignee_tax_id": "112-22-3333"})
    path.write_text(path.read_text() + "S2,2025-03-04,Ann Example,1 Elm,112-22-4444,1.00,blue\n")
    (row,) = rejected(desk.take(path))
    assert json.loads(row["raw"])["line"] == "##,##########,Ann Example,# Elm,###########,####,blue"


def test_ragged_lines_of_a_file_without_tax_ids_are_shown_whole(desk, rejected):
    path = desk.rows("a.csv", {})
    path.write_text(path.read_text() + "S2,2025-03-04,Ann,1 Elm,1.00,blue\n")
    assert json.loads(rejected(desk.take(path))[0]["raw"])["line"] == "S2,2025-03-04,Ann,1 Elm,1.00,blue"


def test_words_without_a_digit_stay():
    assert mask_words_with_digits("Ann;12-3 Elm,a1b") == "Ann;#### Elm,###"


def test_equal_tax_ids_written_differently_are_still_other_content_only_by_the_rest(desk):
    desk.take(desk.rows("a.csv", {"consignee_tax_id": "112-22-3333"}))
    again = desk.take(desk.rows("b.csv", {"consignee_tax_id": "112223333"}))
    assert again.inputs[0].repeated == 1


def test_the_fingerprint_is_kept_only_where_something_was_hashed(desk):
    assert desk.take(desk.rows("a.csv", {})).tax_key is None
    assert desk.take(desk.rows("b.csv", {"consignee_tax_id": "112223333"})).tax_key == KEY.fingerprint


def test_a_key_file_is_made_at_first_use_for_its_owner_only(tmp_path):
    file = tmp_path / "deep" / "tax.key"
    key = load_tax_key(environ={}, file=file)
    assert not file.exists()
    first = key.hash("112223333")
    assert file.stat().st_mode & 0o777 == 0o600
    assert load_tax_key(environ={}, file=file, expected=key.fingerprint).hash("112223333") == first


def test_the_environment_wins(tmp_path):
    key = load_tax_key(environ={"SPLITSHIP_TAX_KEY": PUBLISHED_TEST_KEY}, file=tmp_path / "tax.key")
    assert key.fingerprint == KEY.fingerprint
    assert not (tmp_path / "tax.key").exists()


def test_the_default_file_is_in_the_users_configuration(tmp_path):
    key = load_tax_key(environ={"XDG_CONFIG_HOME": str(tmp_path)})
    assert key.file == tmp_path / "splitship" / "tax.key"


def test_a_key_that_is_gone_is_an_error(tmp_path):
    with pytest.raises(KeyMissing, match="is gone"):
        load_tax_key(expected="0" * 16, environ={}, file=tmp_path / "tax.key")


def test_another_key_is_an_error(tmp_path):
    with pytest.raises(KeyMissing, match="fingerprint"):
        load_tax_key(expected="0" * 16, environ={"SPLITSHIP_TAX_KEY": "another key of some length"})


def test_a_key_file_that_others_can_read_is_an_error(tmp_path):
    file = tmp_path / "tax.key"
    file.write_text("secret")
    file.chmod(0o644)
    with pytest.raises(StoreError, match="chmod 600"):
        _ = load_tax_key(environ={}, file=file).fingerprint


def test_an_empty_key_file_is_an_error(tmp_path):
    file = tmp_path / "tax.key"
    file.touch(mode=0o600)
    with pytest.raises(KeyMissing, match="empty"):
        _ = load_tax_key(environ={}, file=file).fingerprint


def test_a_short_key_is_an_error_that_says_how_to_make_one(tmp_path):
    with pytest.raises(KeyMissing, match=r"15 characters.*at least 16.*token_hex"):
        load_tax_key(environ={"SPLITSHIP_TAX_KEY": "k" * 15}, file=tmp_path / "tax.key")
    assert load_tax_key(environ={"SPLITSHIP_TAX_KEY": "k" * 16}, file=tmp_path / "tax.key").fingerprint


def test_a_short_key_in_the_file_is_an_error(tmp_path):
    file = tmp_path / "tax.key"
    file.touch(mode=0o600)
    file.write_text("k" * 15)
    with pytest.raises(KeyMissing, match="15 characters"):
        _ = load_tax_key(environ={}, file=file).fingerprint
