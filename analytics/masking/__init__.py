"""The masked edition: whoever the tables name is a pseudonym, in every column and every sentence.

`texts` hides what some rows name, for the packet of a case. `edition` hands out a whole store so, for the report.
"""

from __future__ import annotations

__all__: list[str] = []
