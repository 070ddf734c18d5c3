"""What goes into a routine and comes out of it, frame by frame."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from formcheck.core.feedback import Feedback, Hold
from formcheck.core.side import Side
from formcheck.routine.plan import PlannedHold


class Phase(StrEnum):
    """What is going on: getting in, holding, holding on beyond the target, resting, or all is over."""

    INTO = "into"
    HOLD = "hold"
    LONGER = "longer"
    REST = "rest"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldOutcome:
    """What became of one step: seconds held and seconds of each fault (by rule id), or skipped.

    `next_time` is what to mind next time, as in `Hold`.
    """

    index: int
    held_s: float
    skipped: bool = False
    faults_s: dict[str, float] = field(default_factory=dict)
    next_time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedFrame:
    """What the judge saw in a frame.

    running  side and seconds of the hold that goes on, short pauses included; None when there is none.
    ended    the hold that ended with this frame.
    instead  title of another stretch that the body is in.
    """

    feedback: Feedback
    running: tuple[Side, float] | None = None
    ended: Hold | None = None
    instead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineState:
    """What is to be done now. `step` is the hold at hand, in a rest the one after it, None at the end.

    show     one line for the picture, None to leave the room to the judge's cues.
    say      words that are due in this very frame; with `at_once` they are not worth saying any later.
    counts   whether the hold that the judge times is the wanted one.
    """

    phase: Phase
    step: PlannedHold | None
    show: str | None
    say: str | None
    rest_s: float
    counts: bool
    at_once: bool = False
