"""The page: tables of what both sides were measured at."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from typing import Any

from analytics.engines.machine import cores
from analytics.identity.scoring.caps import PROVEN
from benchmarks.identity.calibrating import EDGES, wilson
from benchmarks.identity.runs import FAILED
from benchmarks.identity.scores import TOLD, error_ratio

__all__ = ["HOUSEHOLDS", "Told", "households", "page"]

Side = dict[str, Any]
Both = tuple[Side, Side | None]

HOUSEHOLDS = "## Households with near names"
LEAST_PRECISION = 0.985
LEAST_TIMED = 100_000
BASE = 1_000_000


@dataclass
class Told:
    """What the runs told.

    Attributes
    ----------
    missing : str
        Why the peer and the public sets could not be measured.
    public : dict
        Ours and the peer's best by public set.
    made : dict
        The same by size and seed of made consignees.
    withheld : dict
        Ours with less and less training, by set.
    synth, hard_pairs : dict
        Ours on invented shipments, and on the table of pairs.
    near_names : dict
        Ours on households with near names, by seed.
    """

    missing: str = ""
    public: dict[str, Both] = field(default_factory=dict)
    made: dict[tuple[int, int], Both] = field(default_factory=dict)
    withheld: dict[str, Side] = field(default_factory=dict)
    synth: Side = field(default_factory=dict)
    hard_pairs: Side = field(default_factory=dict)
    near_names: dict[int, Side] = field(default_factory=dict)

    def both(self) -> Iterator[tuple[int, int, Side, Side]]:
        """Made consignees that both sides finished."""
        for (size, seed), (mine, theirs) in self.made.items():
            if theirs is not None and FAILED not in mine and FAILED not in theirs:
                yield size, seed, mine, theirs

    def first(self) -> dict[int, tuple[Side, Side]]:
        """The first seed of each size that both sides finished."""
        found: dict[int, tuple[Side, Side]] = {}
        for size, _, mine, theirs in self.both():
            found.setdefault(size, (mine, theirs))
        return found

    def failures(self) -> list[str]:
        """Runs that did not finish."""
        sides = [(name, side) for name, both in self.public.items() for side in both]
        sides += [
            (f"consignees {size:,}, seed {seed}", side) for (size, seed), both in self.made.items() for side in both
        ]
        sides += [*self.withheld.items(), ("invented shipments", self.synth), ("table of pairs", self.hard_pairs)]
        sides += [(f"households, seed {seed}", side) for seed, side in self.near_names.items()]
        return [f"{name}: {side[FAILED]}" for name, side in sides if side and FAILED in side]


def page(told: Told) -> str:
    """Write everything as Markdown."""
    about = (
        f"splitship {version('splitship')} at its defaults, given raw strings in the `consignee_*` columns, and Splink "
        f"{_peer_version()}, given clean fields, at the best of its models and thresholds, chosen with the truth for "
        f"each score. 2 threads each, one run, every measurement a process of its own; {platform.system()}, {cores()} "
        "cores. B³ and pairs are F1 over groups. The weights of our model are learned from made-up data alone "
        "(`analytics/identity/training`). One half of the public sets says how far proven matches are shrunk; on these "
        "sets that changes no group."
    )
    notes = [f"Not measured: {told.missing}."] if told.missing else []
    notes += [f"Did not finish: {failure}" for failure in told.failures()]
    sections = (
        _public,
        _consignees,
        _cost,
        _calibration,
        _reliability,
        _classes,
        _pairs_table,
        _candidates,
        _synth,
        households,
        _withheld,
    )
    parts = [part for section in sections for part in section(told)]
    return "\n\n".join(["# Who is who, side by side", about, *notes, *parts]) + "\n"


def _public(told: Told) -> Iterator[str]:
    rows = [
        [name, *_score(mine, theirs, "b3_F1"), *_score(mine, theirs, "pair_F1"), theirs["variant"]]
        for name, (mine, theirs) in told.public.items()
        if theirs and FAILED not in mine and FAILED not in theirs
    ]
    if rows:
        yield "## Public sets, which nobody here generated"
        heads = ["set", *(f"{score} {who}" for score in ("B³", "pairs") for who in ("ours", "peer", "difference"))]
        yield _table([*heads, "peer's model"], rows)


def _score(mine: Side, theirs: Side, name: str) -> list[str]:
    return [f"{mine[name]:.4f}", f"{theirs[name]:.4f}", f"{mine[name] - theirs[name]:+.4f}"]


def _consignees(told: Told) -> Iterator[str]:
    rows = []
    for size, seed, mine, theirs in told.both():
        errors = []
        for name in ("b3_F1", "pair_F1"):
            errors += [
                f"{1 - mine[name]:.4f}",
                f"{1 - theirs[name]:.4f}",
                f"{error_ratio(mine[name], theirs[name]):.2f}",
            ]
        rows.append([f"{size:,}", str(seed), *errors, f"{mine['pair_P']:.4f}", f"{theirs['pair_P']:.4f}"])
        rows[-1].append(f"{1 - theirs['fixed']['pair_F1']:.4f}")
    if rows:
        yield "## Consignees"
        heads = [f"{score} error {who}" for score in ("B³", "pairs") for who in ("ours", "peer", "ratio")]
        heads += ["precision ours", "precision peer", "pairs error of the peer at 0.95"]
        yield _table(["records", "seed", *heads], rows)
        yield (
            "Error is one minus F1; ours at its default threshold, the peer's at its best. The generator draws its pet "
            "forms of given names from the package `nicknames`, from which our table of pet forms is made too: on real "
            "names they are rarer and stranger, so that ours are the better here for it."
        )


def _cost(told: Told) -> Iterator[str]:
    timed = {size: both for size, both in told.first().items() if size >= LEAST_TIMED} or told.first()
    if not timed:
        return
    yield "## Time and memory"
    rows = [
        [
            f"{size:,}",
            f"{mine['seconds']:.1f}",
            f"{theirs['seconds']:.1f}",
            f"{mine['seconds'] / theirs['seconds']:.2f}",
        ]
        + [f"{side['peak_mb']:,.0f}" for side in (mine, theirs)]
        for size, (mine, theirs) in timed.items()
    ]
    yield _table(["records", "seconds ours", "peer", "ratio", "peak MB ours", "peer"], rows)
    stages = next(iter(timed.values()))[0]["stages"]
    of_ours = [[stage, *(f"{mine['stages'].get(stage, 0):.2f}" for mine, _ in timed.values())] for stage in stages]
    yield "From the file's raw strings to groups, training of the peer's model included. Where our seconds go:"
    yield _table(["stage", *(f"{size:,}" for size in timed)], of_ours)
    stages = next(iter(timed.values()))[1]["stages"]
    of_theirs = [[stage, *(f"{theirs['stages'][stage]:.2f}" for _, theirs in timed.values())] for stage in stages]
    yield "And the peer's:"
    yield _table(["stage", *(f"{size:,}" for size in timed)], of_theirs)


def _calibration(told: Told) -> Iterator[str]:
    found = told.first()
    if not found:
        return
    yield "## Calibration"
    rows = [[f"{size:,}", *(f"{error:.4f}" for error in _calibration_errors(*both))] for size, both in found.items()]
    yield _table(["records", "expected calibration error ours", "peer", "ours over all compared pairs"], rows)
    size = max(found)
    bins = found[size][0]["calibration"]["bins"]
    yield f"Over pairs told at {TOLD} or more. Reliability of ours at {size:,}, tenth by tenth:"
    yield _table(
        ["compared pairs", "mean probability", "share that is one party"],
        [[f"{count:,}", f"{said:.3f}", f"{was:.3f}"] for count, said, was in bins],
    )


def _calibration_errors(mine: Side, theirs: Side) -> tuple[float, float, float]:
    here, there = mine["calibration"], theirs["calibration"]
    return here["error"], there["error"], here["error_of_all"]


def _reliability(told: Told) -> Iterator[str]:
    seen = {name: mine["reliability"] for name, (mine, _) in told.public.items() if "reliability" in mine}
    seen |= {
        f"consignees {size:,}": mine["reliability"] for size, (mine, _) in told.first().items() if "reliability" in mine
    }
    if "reliability" in told.synth:
        seen["invented shipments"] = told.synth["reliability"]
    if not seen:
        return
    yield "## What probabilities bear out"
    yield (
        "Of the public sets that half from which `analytics/identity/scoring/calibration.json` was not learned. "
        "Intervals are Wilson's, at 95 %; pairs of one group are not independent, so that they are too narrow rather "
        "than too wide. "
        f"Pairs told at {PROVEN} or more on which two identifiers agree, which an objective flag may rest on:"
    )
    heads = ["set", "pairs", "share of one party", "interval", "others of one name at one address"]
    rows = [
        [f"{name}, {party}", *_proven(*counts)]
        for name, each in seen.items()
        for party, counts in each["proven"].items()
    ]
    yield _table([*heads, "pairs without the table", "share", "interval"], rows)
    yield (
        "Others of one name at one address: pairs that the set takes for two parties although name, house number and "
        "street are the same. All compared pairs by what they are told, as pairs, share of one party and interval:"
    )
    edges = ["0", *(f"{edge:g}" for edge in EDGES), "1"]
    rows = [
        [f"{name}, {kind}", *(_borne_out(count, ones) for count, ones in bins)]
        for name, each in seen.items()
        for kind, bins in each["bins"].items()
    ]
    yield _table(["set", *(f"{low} to {high}" for low, high in pairwise(edges))], rows)


def _proven(pairs: int, ones: int, alike: int, untold: int, ones_untold: int) -> list[str]:
    now, before = [f"{pairs:,}", *_share_of(ones, pairs)], [f"{untold:,}", *_share_of(ones_untold, untold)]
    return [*now, str(alike), *before]


def _share_of(ones: int, total: int) -> tuple[str, str]:
    low, high = wilson(ones, total)
    return (f"{ones / total:.3f}", f"{low:.3f}-{high:.3f}") if total else ("none", "none")


def _borne_out(count: int, ones: int) -> str:
    return f"{count:,}: {' '.join(_share_of(ones, count))}" if count else "none"


def _classes(told: Told) -> Iterator[str]:
    found = told.first()
    if not found:
        return
    yield "## Hard cases: precision by class"
    for size, (mine, theirs) in found.items():
        rows = []
        for name, (joined, right) in mine["classes"].items():
            other = theirs["classes"][name]
            rows.append([name, f"{joined:,}", f"{other[0]:,}", _share(right, joined), _share(other[1], other[0])])
        yield f"Joined pairs among {size:,} consignees, classed by the clean fields:"
        yield _table(["class", "joined ours", "joined peer", "precision ours", "precision peer"], rows)


def _pairs_table(told: Told) -> Iterator[str]:
    if told.hard_pairs and FAILED not in told.hard_pairs:
        rows = [[kind, *(str(count) for count in counts)] for kind, counts in told.hard_pairs.items()]
        rows.append(["all", *(str(sum(column)) for column in zip(*told.hard_pairs.values(), strict=True))])
        yield "The project's own table of pairs, `tests/identity/pairs.csv`; ours alone, as the peer takes fields:"
        yield _table(["lesson", "the same", "of them parted", "not the same", "of them merged", "cannot know"], rows)


def _candidates(told: Told) -> Iterator[str]:
    finished = {key: both for key, both in told.made.items() if FAILED not in both[0]}
    firsts = {size: (mine, theirs) for (size, _), (mine, theirs) in reversed(finished.items())}
    if not firsts:
        return
    yield "## Candidates, and the cost of a record"
    cost = {size: mine["seconds"] / size for size, (mine, _) in firsts.items()}
    base = BASE if BASE in cost else max(cost)
    rows = []
    for size, (mine, theirs) in sorted(firsts.items()):
        recall = f"{theirs['candidate_recall']:.4f}" if theirs else "not run"
        rows.append([f"{size:,}", f"{mine['candidate_recall']:.4f}", recall, f"{mine['compared'] / size:.1f}"])
        rows[-1] += [f"{1e6 * cost[size]:.1f}", f"{cost[size] / cost[base]:.2f}", f"{mine['peak_mb']:,.0f}"]
    heads = [
        "records",
        "recall ours",
        "recall peer",
        "pairs a record",
        "µs a record",
        f"to that at {base:,}",
        "peak MB",
    ]
    yield _table(heads, rows)
    yield "Recall: share of true pairs that are compared, ours over distinct spellings and with the pairs of circles."


def _synth(told: Told) -> Iterator[str]:
    if not told.synth or FAILED in told.synth:
        return
    it = told.synth
    yield "## Invented shipments (`splitship synth`)"
    yield (
        f"{it['writings']:,} writings of {it['persons']:,} persons: pairs F1 {it['pair_F1']:.4f} (precision "
        f"{it['pair_P']:.4f}), B³ {it['b3_F1']:.4f}. Wrong pairs by kind, and of them those that nothing in the file "
        "tells: two persons written exactly alike, or two writings of one that share neither house, telephone, e-mail "
        "nor number."
    )
    yield _table(
        ["kind", "wrong pairs", "irreducible"],
        [[kind, f"{n:,}", f"{lost:,}"] for kind, (n, lost) in it["kinds"].items()],
    )


def households(told: Told) -> Iterator[str]:
    """Write the section on households with near names.

    Parameters
    ----------
    told : Told
        What the runs told.
    """
    finished = {seed: side for seed, side in told.near_names.items() if FAILED not in side}
    if not finished:
        return
    yield HOUSEHOLDS
    joined, whole = ({seed: side[part]["all"] for seed, side in finished.items()} for part in ("precision", "recall"))
    by_seed = (f"{_share(joined[n][1], joined[n][0])} and {_share(whole[n][1], whole[n][0])} ({n})" for n in finished)
    yield (
        "Families that order together, 40 % of those with kin with near given names (Tommy and Tammy, Dung and Duong), "
        "with telephones and mailboxes of their own, shared or missing, slips of keying, initials, and buyers of many "
        "faces (`benchmarks/identity/near_names.py`). Names are of the US census of 1990 and of Faker; neither is in "
        f"the program's word lists. Precision and recall of joined pairs by seed: {', '.join(by_seed)}."
    )
    precision, recall = (_pooled(side[part] for side in finished.values()) for part in ("precision", "recall"))
    rows = [[kind, f"{n:,}", f"{n - right:,}", _share(right, n)] for kind, (n, right) in precision.items() if n]
    yield _table(["joined pairs by household", "pairs", "of two people", "precision"], rows)
    share = precision["all"][1] / max(precision["all"][0], 1)
    verdict = "met" if share >= LEAST_PRECISION else "**missed**"
    yield f"Aim: a precision of {LEAST_PRECISION} over all; {verdict}."
    rows = [[how, f"{n:,}", f"{n - right:,}", _share(right, n)] for how, (n, right) in recall.items() if n]
    yield _table(["pairs of one person, by the harder writing", "pairs", "parted", "recall"], rows)


def _pooled(counts: Iterable[dict[str, tuple[int, int]]]) -> dict[str, tuple[int, int]]:
    pooled: dict[str, tuple[int, int]] = {}
    for each in counts:
        for kind, (whole, right) in each.items():
            before = pooled.get(kind, (0, 0))
            pooled[kind] = before[0] + whole, before[1] + right
    return pooled


def _withheld(told: Told) -> Iterator[str]:
    finished = {name: ways for name, ways in told.withheld.items() if FAILED not in ways}
    if not finished:
        return
    yield "## With the training withheld"
    ways = list(next(iter(finished.values())))
    rows = [
        [name, *(f"{each[way][score]:.4f}" for score in ("b3_F1", "pair_F1") for way in ways)]
        for name, each in finished.items()
    ]
    yield _table(["set", *(f"{score}, {way}" for score in ("B³", "pairs") for way in ways)], rows)
    yield "Blocking, comparisons, caution and groups are the same throughout; only what the weights come from differs."


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "none"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rule = ["---", *["---:"] * (len(heads) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *rows))


def _peer_version() -> str:
    """The peer's version, or a word where it is not installed and the page is about us alone."""
    try:
        return version("splink")
    except PackageNotFoundError:
        return "(not installed)"
