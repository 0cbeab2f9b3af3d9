"""What the report says on paper alone."""

from __future__ import annotations

__all__ = [
    "CAUTION",
    "FOOT",
    "KEEP",
    "KEEP_MASKED",
    "KICKER",
    "MOVED_TITLE",
    "NEXT_LEAD",
    "NEXT_TITLE",
    "NOTHING_NEXT",
    "NOTHING_TO_DECIDE",
]

KICKER = "Split shipments: risk report"
CAUTION = "These are indicators, not findings. What an indicator means is for a lawyer to decide."
FOOT = "Indicators, not findings."
NEXT_TITLE = "What matters next"
MOVED_TITLE = "What changed and why, step by step"
NEXT_LEAD = "Whom to speak to, which flags come first, what may be owed, and by when. Each section has the rest."
NOTHING_NEXT = "Nothing in this period asks for work."
NOTHING_TO_DECIDE = "Nothing to decide on the flags of this {noun}."
KEEP_MASKED = (
    "This file names parties by pseudonyms, each the same in every week of this store. Keep it as you would keep the "
    "shipments themselves."
)
KEEP = "This file holds names and addresses of consignees. Keep it as you would keep the shipments themselves."
