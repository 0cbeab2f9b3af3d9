"""The packet that counsel files: PDF, DOCX, workbooks and a manifest by which it can be replayed."""

from __future__ import annotations

from analytics.cases.packet.verifying import PacketCheck, verify_packet
from analytics.cases.packet.writing import write_packet

__all__ = ["PacketCheck", "verify_packet", "write_packet"]
