"""What was done in a recording or session: its holds, as one section for each unbroken run of a stretch."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from formcheck.core.feedback import FittingWay, Section
from formcheck.core.side import LEGS, Side
from formcheck.core.stretch import Stretch
from formcheck.judging.findings import JudgedHold, alerts_of, progress_results, rule_result


def runs(holds: Sequence[JudgedHold]) -> list[list[JudgedHold]]:
    """The holds, which are in order of time, in unbroken runs of one stretch."""
    return [list(run) for _, run in groupby(holds, key=lambda one: one.stretch.slug)]


def longest(found: Sequence[Sequence[JudgedHold]]) -> Stretch | None:
    """The stretch that was held longest over all runs, None where there are none."""
    held: dict[str, float] = {}
    stretches: dict[str, Stretch] = {}
    for one in (one for run in found for one in run):
        stretches[one.stretch.slug] = one.stretch
        held[one.stretch.slug] = held.get(one.stretch.slug, 0.0) + one.hold.held_s
    return stretches[max(held, key=lambda slug: held[slug])] if held else None


def section(run: Sequence[JudgedHold], *, named: bool, ways: tuple[FittingWay, ...]) -> Section:
    """What is said of one run; `ways` are those that fit after it."""
    stretch = run[0].stretch
    target_s = run[-1].hold.target_s
    return Section(
        stretch=stretch.slug,
        side=side_of(run),
        start_s=run[0].hold.start_s,
        end_s=run[-1].hold.end_s,
        confidence=None if named else confidence(run),
        holds=tuple(one.hold for one in run),
        rules=tuple(rule_result(rule, run, target_s) for rule in stretch.rules),
        alerts=alerts_of(run),
        progress=progress_results(stretch, run),
        changed_limits=stretch.limit_changes(),
        ways_on=ways,
    )


def side_of(holds: Sequence[JudgedHold]) -> Side | None:
    """The side of these holds: of both where both were done; None where there are none."""
    sides = {one.hold.side for one in holds}
    if not sides:
        return None
    return next(iter(sides)) if len(sides) == 1 else "both" if {*LEGS} <= sides else "unsure"


def confidence(holds: Sequence[JudgedHold]) -> float:
    """How sure it was of the stretch on average while the body was clearly in it, 0 to 1."""
    claimed_s = sum(one.claimed_s for one in holds)
    return sum(one.confidence * one.claimed_s for one in holds) / claimed_s if claimed_s > 0 else 0.0
