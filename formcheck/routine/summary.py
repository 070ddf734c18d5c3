"""How a routine went, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from formcheck.core.side import Side
from formcheck.core.stretch import Stretch
from formcheck.routine.plan import PlannedHold
from formcheck.routine.values import HoldOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineRow:
    """One stretch on one side: holds done of planned, seconds held, and the cue that was due longest."""

    stretch: Stretch
    side: Side
    done: int
    planned: int
    held_s: float
    cue: str | None


def rows(steps: Sequence[PlannedHold], held: Mapping[int, HoldOutcome]) -> list[RoutineRow]:
    """A row for each stretch and side, in the order of the plan."""
    groups: dict[tuple[str, Side], list[PlannedHold]] = {}
    for step in steps:
        groups.setdefault((step.stretch.slug, step.side), []).append(step)
    return [_row(group, [held[step.index] for step in group if step.index in held]) for group in groups.values()]


def next_time(steps: Sequence[PlannedHold], held: Mapping[int, HoldOutcome]) -> str | None:
    """What to mind next time, in words: what most holds ask for; the stretch is named where there are several."""
    found = Counter((step.stretch.title, words) for step in steps if (words := _words(held.get(step.index))))
    if not found:
        return None
    (title, words), _ = found.most_common(1)[0]
    several = len({step.stretch.slug for step in steps}) > 1
    return f"{words} ({title})" if several else words


def _words(one: HoldOutcome | None) -> str | None:
    return one.next_time if one else None


def _row(group: Sequence[PlannedHold], held: Sequence[HoldOutcome]) -> RoutineRow:
    stretch = group[0].stretch
    return RoutineRow(
        stretch=stretch,
        side=group[0].side,
        done=sum(not one.skipped for one in held),
        planned=len(group),
        held_s=sum(one.held_s for one in held),
        cue=_cue(stretch, held),
    )


def _cue(stretch: Stretch, held: Iterable[HoldOutcome]) -> str | None:
    total_s: dict[str, float] = {}
    for one in held:
        for rule, seconds in one.faults_s.items():
            total_s[rule] = total_s.get(rule, 0.0) + seconds
    if not total_s:
        return None
    worst = stretch.rule(max(total_s, key=lambda rule: total_s[rule]))
    return worst.cue or worst.title
