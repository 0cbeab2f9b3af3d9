"""Countries as they are written on labels, invoices and in exports."""

from __future__ import annotations

import pytest

from analytics.ingest.values.places import country_code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("CN", "CN"),
        ("chn", "CN"),
        ("156", "CN"),
        ("P.R. China", "CN"),
        ("PRC", "CN"),
        ("China (Mainland)", "CN"),
        ("China, People's Republic of", "CN"),
        ("Made in China", "CN"),
        ("Country of origin: Vietnam", "VN"),
        ("Chinese", "CN"),
        ("CN-CHINA", "CN"),
        ("China/\u4e2d\u56fd", "CN"),
        ("Hong Kong SAR", "HK"),
        ("Hong Kong, China", "HK"),
        ("Taiwan, China", "TW"),
        ("U.S.A.", "US"),
        ("NA", "NA"),
        ("N.A.", None),
        ("CN/HK", None),
        ("China, Vietnam", None),
        ("Made in", None),
        ("Atlantis", None),
        ("-", None),
    ],
)
def test_a_country_is_known_by_code_name_or_adjective_and_never_guessed(written, code):
    assert country_code(written) == code
