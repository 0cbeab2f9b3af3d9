"""Calibration: lowers probabilities to what public files with known truth support.

The weights come from made-up files, and no made-up file has all the errors of real ones: two branches of one school
share their name and the telephone of the office, and a model that has seen movers matches them. So probabilities are
checked against public files, for persons and for firms, by what a match rests on
(`analytics.identity.scoring.rules.EVIDENCE`). Where one of these files contradicts that such matches are proven, their
probability is capped at the share that was right in the worst file; otherwise it stays as it is. Nothing is raised.

The table beside this module is made by ``python -m benchmarks.identity.calibrating`` from one half of the public files;
the other half is what the benchmark measures it on. No probability falls below one half that was above it, so that
calibration says how sure a match is and by itself separates no aliases.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from analytics.errors import ContractError
from analytics.identity.records.arrays import Mask
from analytics.identity.scoring.comparison import Levels
from analytics.identity.scoring.rules import EVIDENCE

__all__ = ["CALIBRATION_FILE", "FIXED", "KINDS", "Calibration", "default_calibration"]

CALIBRATION_FILE = Path(__file__).parent / "calibration.json"
FIXED = 0.5
"""Nothing is shrunk below this: who is joined is for the model and caution to say."""
KINDS = ("person", "firm")


@dataclass(frozen=True)
class Calibration:
    """Highest probabilities by what a match rests on.

    Attributes
    ----------
    caps : mapping
        Kind of party and what a match rests on (place in `EVIDENCE`) to the highest probability of a pair.
    """

    caps: Mapping[tuple[str, int], float]

    @classmethod
    def load(cls, file: Path = CALIBRATION_FILE) -> Self:
        """Read a table and see that it can be meant.

        Raises
        ------
        ContractError
            It speaks of kinds that are not there, or would bring a match below one half.
        """
        caps: dict[tuple[str, int], float] = {}
        for entry in json.loads(file.read_text(encoding="utf-8"))["shrunk"]:
            party, rests_on, at_most = (entry[name] for name in ("party", "rests_on", "at_most"))
            if party not in KINDS or rests_on not in EVIDENCE or not FIXED <= at_most <= 1:
                raise ContractError(
                    f"{file}: {entry} is no entry of a calibration: it needs a party of {KINDS}, what a match rests on "
                    f"(one of {EVIDENCE}), and at_most between {FIXED} and 1. Make the table again: "
                    "python -m benchmarks.identity.calibrating"
                )
            caps[party, EVIDENCE.index(rests_on)] = at_most
        return cls(caps)

    @property
    def mark(self) -> str:
        """Eight letters and digits that are others where anything is shrunk otherwise."""
        return sha256(json.dumps(sorted(self.caps.items())).encode()).hexdigest()[:8]

    def applied(
        self, probability: NDArray[np.float64], evidence: Levels, is_firm: Mask, may_be_firm: Mask
    ) -> NDArray[np.float64]:
        """Shrink probabilities.

        Parameters
        ----------
        probability : ndarray
            As the model and caution leave them.
        evidence : ndarray of uint8
            What each match rests on, see `analytics.identity.scoring.rules.evidence`.
        is_firm : ndarray of bool
            Whether two firms are compared.
        may_be_firm : ndarray of bool
            Whether two are compared that may be firms or persons: the lower of both caps holds.
        """
        most = np.ones((len(KINDS), len(EVIDENCE)))
        for (party, kind), at_most in self.caps.items():
            most[KINDS.index(party), kind] = at_most
        of_kind = np.where(may_be_firm, most.min(axis=0)[evidence], most[is_firm.astype(np.intp), evidence])
        applied: NDArray[np.float64] = np.minimum(probability, of_kind)
        return applied


@cache
def default_calibration() -> Calibration:
    """The calibration that comes with the program."""
    return Calibration.load()
