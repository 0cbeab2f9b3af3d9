"""``python -m analytics.identity.training`` makes the model anew and writes it beside the program."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

from analytics.identity.scoring.scorer import MODEL_FILE
from analytics.identity.training.fitting import fit, labelled_pairs, made_up_file, some_habits

__all__ = ["main"]

VERSION = "consignees-2"
SEED = 20250301
SIZES = (1_000,) * 24 + (3_000,) * 24 + (8_000,) * 20 + (20_000,) * 8 + (50_000,) * 2


def main(target: Path = MODEL_FILE) -> None:
    """Make up files, compare their records, learn the weights and write them to `target`."""
    files = []
    for number, entities in enumerate(SIZES):
        random = Random(SEED + number)
        design, truth = labelled_pairs(made_up_file(random, some_habits(random, entities)))
        print(
            f"file {number + 1} of {len(SIZES)}: {len(truth):,} pairs, {truth.sum():,} of them one party",
            file=sys.stderr,
        )
        files.append((design, truth))
    fit(files, VERSION).save(target)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
