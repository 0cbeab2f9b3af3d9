"""The packet of a case, written as one zip."""

from __future__ import annotations

from pathlib import Path

from analytics.cases.dossier import CaseFile
from analytics.cases.packet.archive import zipped
from analytics.cases.packet.contents import last_event, packet_files
from analytics.errors import UsageError
from analytics.reports.writing import write_whole
from analytics.store import Store

__all__ = ["write_packet"]


def write_packet(store: Store, ledger: CaseFile, case_id: str, out: str | Path, *, masked: bool = False) -> Path:
    """Write the packet of a case: what counsel files.

    Parameters
    ----------
    store : Store
        Where the flags of the case are.
    ledger : CaseFile
        Where the case is; `analytics.cases.Ledger` is one.
    case_id : str
        Such as ``C000001``.
    out : str or Path
        The zip to write. A file of that name is replaced.
    masked : bool
        Pseudonyms for names, ``[hidden]`` for addresses and contacts; documents are left out.

    Returns
    -------
    Path
        The file written. The same store and case give the same bytes.

    Raises
    ------
    UsageError
        A package that writes packets is missing, or the place cannot be written to.
    UnknownCase
        The ledger has no such case.
    """
    ledger.case(case_id)
    data = zipped(packet_files(store, ledger, case_id, last_event(ledger, case_id), masked=masked))
    try:
        return write_whole(Path(out), data)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror or 'refused'}). Name another place.") from error
