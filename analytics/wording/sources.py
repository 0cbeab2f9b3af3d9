"""What a report says of how its figures are made, so that an auditor can find it."""

from __future__ import annotations

from analytics.wording.cells import small_cells_note

__all__ = ["DEFINITIONS", "VERSIONS", "sql_command", "upstream_words"]

VERSIONS = {
    "run_id": "Run",
    "finished_at": "Finished",
    "program_version": "Program and libraries",
    "model_version": "Identity model",
    "rules_sha256": "Hash of the rules (SHA-256)",
}
"""What of the last run is shown, with words for it."""

DEFINITIONS = (
    ("flag", "An indicator that stands on its own and puts value at issue. Explained flags and leads are in no total."),
    ("lead", "An indicator that supports others and puts no value at issue by itself."),
    ("explained flag", "A flag whose shipments show an innocent explanation. It stays on record and is in no figure."),
    (
        "value at issue",
        "Value that would lose the exemption or informal entry. Flags that share a shipment are one group, and a "
        "shipment counts once.",
    ),
    ("week of a flag", "The ISO week of its last day, in New York time."),
    ("low, base, high", "The least, the stated and the greatest amount over the interpretations of the law."),
    ("small cells", f"In tables of consignees by place: {small_cells_note('consignees or shipments')}"),
    (
        "hash",
        "SHA-256 of the SQL file, as installed where the report was written. The hash upstream is that of all SQL "
        "files that the model rests on: their names and hashes, one a line, by name.",
    ),
)
"""Terms of the report with what they mean."""


def sql_command(model: str, *, is_sql: bool) -> str:
    """Return the command that shows how a table is made.

    >>> sql_command("mart_flags", is_sql=True), sql_command("exposure", is_sql=False)
    ('splitship model mart_flags --sql', 'splitship model exposure')
    """
    return f"splitship model {model} --sql" if is_sql else f"splitship model {model}"


def upstream_words(models: int, digest: str) -> str:
    """Say on how many models a table rests, with their hash.

    >>> upstream_words(141, "ab12"), upstream_words(0, "")
    ('141 (ab12)', '0')
    """
    return f"{models:,} ({digest})" if models else "0"
