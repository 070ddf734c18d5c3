"""What to say to somebody who has not begun yet, or has begun something else."""

from __future__ import annotations

import math
from typing import Final

from formcheck.core.feedback import State
from formcheck.routine import words
from formcheck.routine.plan import PlannedHold
from formcheck.routine.values import JudgedFrame

_WRONG_S: Final = 1.5  # another leg or stretch must be seen for so long before it is said
_AGAIN_S: Final = 15.0  # and is not said again sooner
_COUNTED_S: Final = (10, 3, 2, 1)  # what is spoken of a rest
_REMIND_S: Final = 30.0  # how often somebody is called who does not begin


class Caller:
    """Calls into the next hold, patiently. `say` is what to speak now; whoever speaks it takes it."""

    def __init__(self) -> None:
        self.say: str | None = None
        self._at_once = False
        self._called_s = math.nan
        self._wrong: tuple[str, float] | None = None
        self._wrong_said_s = -math.inf

    def begin(self, t_s: float, say: str | None) -> None:
        """A hold is due from now on. `t_s` may be NaN before the first frame."""
        self.say, self._called_s, self._wrong = say, t_s, None
        self._at_once = False

    def take(self) -> tuple[str | None, bool]:
        """What to speak now, and whether it is not worth saying any later."""
        said, self.say, self._at_once = (self.say, self._at_once), None, False
        return said

    def count(self, before_s: float, left_s: float) -> None:
        """The rest has come from so many seconds down to so many."""
        for number in _COUNTED_S:
            if before_s > number >= left_s:
                self.say, self._at_once = f"{number} seconds" if number == _COUNTED_S[0] else str(number), True

    def wait(self, seconds: float) -> None:
        """So many seconds were a pause."""
        self._called_s += seconds

    def line(self, step: PlannedHold, before: PlannedHold | None, seen: JudgedFrame) -> str:
        """The line to show in this frame."""
        t_s = seen.feedback.t_s
        if math.isnan(self._called_s):
            self._called_s = t_s
        wrong = self._lasting(t_s, _wrong(step, seen))
        if wrong is not None:
            if t_s - self._wrong_said_s >= _AGAIN_S:
                self._wrong_said_s = self._called_s = t_s
                self.say = wrong
            return wrong
        if t_s - self._called_s >= _REMIND_S and self.say is None:
            self._called_s = t_s
            self.say = words.what(step)
        # Which leg it is shows only in the hold, so whoever gets ready for a side is still told which one.
        if seen.feedback.state == State.READY and step.side == "both":
            return words.HOLD_STILL
        return words.get_into(step, before)

    def _lasting(self, t_s: float, wrong: str | None) -> str | None:
        if wrong is None:
            self._wrong = None
        elif self._wrong is None or self._wrong[0] != wrong:
            self._wrong = (wrong, t_s)
        return wrong if self._wrong is not None and t_s - self._wrong[1] >= _WRONG_S else None


def _wrong(step: PlannedHold, seen: JudgedFrame) -> str | None:
    """What is done instead of what is due."""
    on = seen.feedback.state.holding
    if on and seen.running is not None and seen.running[0] != step.side:
        return words.wrong_side(step, seen.running[0])
    if seen.instead is not None and seen.running is None:
        return words.wrong_stretch(step, seen.instead)
    return None
