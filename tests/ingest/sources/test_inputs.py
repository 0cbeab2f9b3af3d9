"""Which files an input names."""

from __future__ import annotations

import pytest

from analytics.errors import UsageError
from analytics.ingest.sources.inputs import expand


def test_a_name_that_is_no_text_is_named_before_anything_is_read(tmp_path):
    (tmp_path / "n\udcff.csv").write_text("a\n1\n")
    for asked in (tmp_path, tmp_path / "n\udcff.csv", tmp_path / "*.csv"):
        with pytest.raises(UsageError, match=r"n\\xff\.csv: the name of the file is not UTF-8\. Rename it\."):
            expand([asked], [])
