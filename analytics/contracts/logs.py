"""What people hand in beside shipments and judgements: notices of customs, and verdicts on samples. Append-only."""

from __future__ import annotations

import dataframely as dy

from analytics.contracts.columns import count, day, optional, probability, text

__all__ = ["LOGS", "Notices", "Tunings"]


class Notices(dy.Schema):
    """One row per notice of customs about a bill; append-only, each said once."""

    taken_at = text("When it was handed in, ISO 8601, UTC")
    taken_by = text("By whom")
    source_file = text("Name of the file")
    source_line = count("Line in it")
    bill = text("The bill, as written")
    code = text("The code, upper case")
    notice_date = day("Day of the notice", nullable=False)


class Tunings(dy.Schema):
    """One row per candidate of a sample below the line: drawn without a verdict, later with one; append-only."""

    sample_id = text("The sample, t and a running number")
    event = text("drawn or judged", regex="^(drawn|judged)$")
    done_at = text("When, ISO 8601, UTC")
    done_by = text("By whom")
    run_id = text("The run whose candidates were drawn from")
    typology = text("As in flags")
    line = probability("Score from which the typology flags")
    seed = count("What the draw was made with")
    population = count("Candidates below the line")
    strata = count("Groups of like scores, each drawn from alike")
    stratum = count("The group of this candidate, from the lowest scores")
    candidate_id = text("As in candidates")
    score = probability("Its score; the sheet does not show it")
    verdict = optional("yes: should have been flagged; no; unsure. Null while drawn")
    note = optional("Why")


LOGS: dict[str, type[dy.Schema]] = {"notices": Notices, "tunings": Tunings}
"""Logs of a store by name; read like a table."""
