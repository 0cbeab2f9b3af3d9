"""``splitship templates``: the known exports."""

from __future__ import annotations

from analytics.cli.narration import say

__all__ = ["PLACE", "command"]

PLACE = 30
"""Among the verbs of the help."""


def command() -> None:
    """List the known exports that --template accepts, the confidence in their headings, and the needs of each."""
    from analytics.ingest.mapping.templates import CONFIDENCES
    from analytics.ingest.mapping.templates import templates as known

    name_width, width = max(len(template.name) for template in known()), max(map(len, CONFIDENCES))
    for template in known():
        named = f"{template.name:<{name_width}}  {template.confidence:<{width}}"
        say(f"{named}  {template.title}: {template.about}")
        say(f"{'':<{len(named)}}  Headings: {template.headings_from}.")
