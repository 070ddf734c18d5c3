"""What a session consists of: stretches, holds, rests, and their order."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from formcheck.core.bounds import HOLD_S
from formcheck.core.side import LEGS, Side
from formcheck.core.stretch import Stretch
from formcheck.stretches import by_slug

HoldOrder = Literal["fewest-changes", "as-written"]

REST_S: Final = 15.0
HOLDS: Final = 2
# What needs neither furniture, nor a strap, nor somebody to help, so that it can be done wherever a camera can stand.
DEFAULT_SLUGS: Final = ("standing", "toe-touch", "supine")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStretch:
    """`holds` of `hold_s` seconds on each side; altogether, where the stretch takes both legs at once."""

    stretch: Stretch
    holds: int = HOLDS
    hold_s: float = HOLD_S
    side_first: Side = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedHold:
    """One hold of the schedule. `number` of `of` on its side; `rest_s` is the rest after it, 0 after the last."""

    index: int
    stretch: Stretch
    side: Side
    number: int
    of: int
    hold_s: float
    rest_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A session as it was planned."""

    title: str
    entries: tuple[PlannedStretch, ...]
    rest_s: float = REST_S
    order: HoldOrder = "fewest-changes"

    def steps(self) -> tuple[PlannedHold, ...]:
        """Every hold in the order in which it is to be done."""
        holds = [(one, side, number) for one in self._ordered() for side, number in _holds(one)]
        return tuple(
            PlannedHold(
                index=index,
                stretch=one.stretch,
                side=side,
                number=number,
                of=one.holds,
                hold_s=one.hold_s,
                rest_s=self.rest_s if index + 1 < len(holds) else 0.0,
            )
            for index, (one, side, number) in enumerate(holds)
        )

    def key(self) -> str:
        """Sixteen hexadecimal digits that tell plans apart by what is to be done, whatever their titles and files."""
        what = [(step.stretch.slug, step.side, step.number, step.hold_s, step.rest_s) for step in self.steps()]
        return hashlib.sha256(json.dumps(what).encode()).hexdigest()[:16]

    def _ordered(self) -> list[PlannedStretch]:
        if self.order == "as-written":
            return list(self.entries)
        # Getting down and up again is what costs effort: once is enough. Within a posture the user's order stays.
        postures = [one.stretch.posture for one in self.entries]
        return sorted(self.entries, key=lambda one: postures.index(one.stretch.posture))


def total_s(steps: Sequence[PlannedHold]) -> float:
    """Seconds of holding and resting; getting into place comes on top."""
    return sum(step.hold_s + step.rest_s for step in steps)


def default_plan(slugs: Sequence[str] = DEFAULT_SLUGS) -> Plan:
    """A plan of those stretches with everything else as usual. KeyError for an unknown slug."""
    entries = tuple(PlannedStretch(stretch=by_slug(slug)) for slug in slugs)
    return Plan(title="Hamstrings", entries=entries)


def _holds(one: PlannedStretch) -> list[tuple[Side, int]]:
    # All holds of one leg, then all of the other: one change of legs for each stretch instead of one after every
    # hold, and "left leg, hold 2 of 3" can be followed without keeping two counts in mind.
    if not one.stretch.one_sided:
        sides: tuple[Side, ...] = ("both",)
    else:
        sides = LEGS if one.side_first == "left" else LEGS[::-1]
    return [(side, number) for side in sides for number in range(1, one.holds + 1)]
