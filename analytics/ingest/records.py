"""What intake is told and what it tells: the store so far, one record per input, the whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analytics.errors import ContractError

__all__ = ["InputRecord", "Intake", "KnownStore", "Progress"]

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is (0 where not known)."""


@dataclass(frozen=True)
class KnownStore:
    """What earlier runs took in.

    Attributes
    ----------
    files : mapping
        SHA-256 of every input screened so far, to the run that screened it.
    next_input_no : int
        Number the next input gets.
    landed, rejected : sequence of Path
        Parquet files of the rows accepted and rejected so far, oldest first.
    numbers : mapping
        SHA-256 of every input whose rows the store lost, to the number it had and gets again.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    next_input_no: int = 0
    landed: Sequence[Path] = ()
    rejected: Sequence[Path] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass
class InputRecord:
    """One input of one call: what it was, how it was read, what became of its rows.

    Attributes
    ----------
    path : str
        The input as it was named in the call; a password in a URL is left out.
    sha256 : str
        Digest of the file's bytes; of the rows, for a database table.
    input_no : int or None
        Running number over the life of the store; None where skipped.
    format : str
        csv, jsonl, parquet, xlsx or postgresql.
    read, accepted, rejected, repeated : int
        Rows; read = accepted + rejected + repeated.
    replaced : int
        Accepted rows that amend a shipment of an earlier input.
    reformatted : int
        Accepted rows that say what an earlier row says, under its shipment number written in another way.
    skipped : str or None
        Why nothing was read.
    columns : dict
        Canonical column to the heading, constant or template it was taken from.
    unused : list of str
        Headings that were not used.
    notes : list of str
        What a reader should know: how days and numbers were read, what was assumed.
    date_orders : dict
        Column to ISO, MDY, DMY, YMD, excel, excel1904 or a format.
    decimal_marks : dict
        Column to the decimal mark found.
    reasons : dict
        Reason code to the number of rows it rejected; a row may have several.
    unread : dict
        ``column: reason`` to the number of optional cells that could not be read and are null.
    """

    path: str
    sha256: str
    format: str
    input_no: int | None = None
    read: int = 0
    accepted: int = 0
    rejected: int = 0
    repeated: int = 0
    replaced: int = 0
    reformatted: int = 0
    skipped: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    date_orders: dict[str, str] = field(default_factory=dict)
    decimal_marks: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)

    def prove_nothing_is_lost(self) -> None:
        """Raise unless every row read was accepted, rejected or counted as a repeat.

        Raises
        ------
        ContractError
            The numbers do not add up; a fault of ours.
        """
        counted = self.accepted + self.rejected + self.repeated
        if self.read != counted:
            raise ContractError(
                f"{self.path}: {self.read:,} rows read, but {self.accepted:,} accepted + {self.rejected:,} rejected + "
                f"{self.repeated:,} repeated = {counted:,}. Nothing was kept; report this."
            )


@dataclass(frozen=True)
class Intake:
    """What one call took in.

    Attributes
    ----------
    inputs : list of InputRecord
        In the order of the call; skipped ones too.
    landed, rejected, unread : list of Path
        The files written, as `LandedLines`, `RejectedRows` and `UnreadCells`; an input without such rows has no such
        file.
    next_input_no : int
        Number the next input will get.
    tax_key : str or None
        Fingerprint of the key that hashed tax ids; None where there were none.
    """

    inputs: list[InputRecord]
    landed: list[Path]
    rejected: list[Path]
    unread: list[Path]
    next_input_no: int
    tax_key: str | None
