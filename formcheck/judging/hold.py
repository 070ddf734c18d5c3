"""The hold clock: from getting into a stretch to leaving it. Everything in seconds, whatever the rate of pictures."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from formcheck.core.feedback import State
from formcheck.core.poses import Floats
from formcheck.judging.stillness import STILL_FOR_S, Spell, Stillness, lost

SHORTEST_S = 2.0  # anything shorter is a pause on the way, not a hold
LONGEST_GAP_S = 1.25  # silent with less than one picture a second
_STEPS, _SHORTEST_GAP_S = 2.2, 0.3
REACH_BACK_S = 4.0  # a hold that is found now began at most so long ago
_LEFT_DEG = 12.0  # further than this from the depth of the hold is no longer the hold
_HOME_DEG = 2.0  # as near to the depth of the hold as a swing passes through
_SETTLE_S = 5.0  # how slowly the depth of the hold follows a stretch that deepens
_NOBODY_S = 0.5


def lasting_gap_s(fps: Floats) -> Floats:
    """(T,) seconds without a frame over which nothing lasts, at a rate of `fps` (T,) pictures a second.

    Two steps between pictures, so that one may be lost; within bounds, and the longest while the rate is unknown.
    """
    with np.errstate(divide="ignore"):
        gap_s = np.clip(_STEPS / fps, _SHORTEST_GAP_S, LONGEST_GAP_S)
    return np.where(np.isnan(gap_s), LONGEST_GAP_S, gap_s)


@dataclass(slots=True)
class RunningHold:
    """A hold while it lasts.

    held_s      seconds held up to the last picture in it, `counted_to_s`.
    settled_s   up to here it is known to be the hold: what comes after may turn out to be the way out.
    settled_held_s   seconds held up to there.
    """

    start_s: float
    counted_to_s: float
    held_s: float
    depth_deg: float
    last_still_s: float
    settled_s: float
    settled_held_s: float
    last_home_s: float

    def settle(self, to_s: float) -> None:
        """It is known to be the hold up to then."""
        if to_s > self.settled_s:
            self.settled_s = to_s
            self.settled_held_s = max(self.settled_held_s, self.held_s - (self.counted_to_s - to_s))


class Tick(NamedTuple):
    """What the clock says of one frame.

    counting    whether the frame is taken for one of the hold; False in a pause.
    step_s      seconds of the hold that it stands for.
    settled_s   up to here it is sure, see `RunningHold`.
    ended       the hold that is over now.
    """

    state: State
    held_s: float = 0.0
    counting: bool = False
    step_s: float = 0.0
    settled_s: float = -math.inf
    ended: RunningHold | None = None


class HoldClock:
    """Times holds from four signals a frame: is there a body, is it in position, with which leg, how deep is it.

    A hold begins, counted from the moment the body came to rest, once it was still for a second. Pictures in which
    nobody was found, and pictures that are missing, are bridged for up to `PAUSE_S` where the body was in the same
    position on both sides. The hold pauses while the body is out of it, and ends when that lasts longer. With the other
    leg after a break it is another hold; legs that change names in the midst of one were misread.
    """

    def __init__(self, target_s: float) -> None:
        self.target_s = target_s
        self._stillness = Stillness()
        self._seen_s = self._last_s = -math.inf
        self._step_s = math.inf
        self._hold: RunningHold | None = None
        self._away = Spell()  # out of the hold that is going on
        self._leg, self._broken = 0, False  # its leg, and whether it was left since that was seen
        self._both = Spell()  # of both legs up

    @property
    def running(self) -> RunningHold | None:
        """The hold that is going on."""
        return self._hold

    def update(self, t_s: float, depth_deg: float, *, in_position: bool, leg: int = 0) -> Tick:
        """Take in a frame; `depth_deg` is NaN when there is no body, `leg` as of `Stretch.held_leg`."""
        seen = not math.isnan(depth_deg)
        # The step before counts where pictures are missing: how long they are missing is what is beyond one step.
        before_s, self._step_s, self._last_s = self._step_s, t_s - self._last_s, t_s
        step_s = min(self._step_s, before_s)
        self._seen_s = t_s if seen else self._seen_s
        still = self._stillness.update(t_s, depth_deg, step_s, in_position=in_position)
        if self._hold is not None:
            same = self._same_leg(t_s, leg, seen=seen, in_position=in_position)
            return self._in_hold(self._hold, t_s, depth_deg, step_s, in_position=same, still=still)
        hold = self._start(t_s, depth_deg) if seen and in_position else None
        if hold is not None:
            self._hold = hold
            self._away.clear()
            self._leg, self._broken = leg, False
            self._both.clear()
            return Tick(self._state(hold), hold.held_s, counting=True, settled_s=hold.settled_s)
        if not seen and t_s - self._seen_s > _NOBODY_S:
            return Tick(State.NO_PERSON)
        return Tick(State.READY if in_position else State.POSITION)

    def finish(self) -> RunningHold | None:
        """End the hold that is going on, if any."""
        hold, self._hold = self._hold, None
        if hold is not None:
            self._end(hold)
        return hold

    def drop(self) -> None:
        """Forget everything, as if nobody had been there."""
        self._hold = None
        self._stillness.forget()

    def _same_leg(self, t_s: float, leg: int, *, seen: bool, in_position: bool) -> bool:
        """Whether the body is in position with the leg of the hold that is going on."""
        if seen and leg < 0:
            self._both.add(t_s)
        if not in_position or self._both.meant:
            self._broken |= seen
            return False
        if leg == self._leg or not self._broken:
            self._leg, self._broken = leg, False
        return not self._broken

    def _start(self, t_s: float, depth_deg: float) -> RunningHold | None:
        """The hold that is on now, None when none is."""
        rest = self._stillness.rest(t_s, depth_deg)
        if rest is None:
            return None
        start_s = rest.since_s
        return RunningHold(start_s, t_s, t_s - start_s, rest.depth_deg, t_s, start_s, 0.0, t_s)

    def _in_hold(
        self, hold: RunningHold, t_s: float, depth_deg: float, step_s: float, *, in_position: bool, still: bool
    ) -> Tick:
        gone = lost(t_s - hold.counted_to_s, step_s)
        if not gone and in_position and abs(depth_deg - hold.depth_deg) < _LEFT_DEG:
            return self._on(hold, t_s, depth_deg, still=still)
        if not math.isnan(depth_deg):
            self._away.add(t_s)
        if not gone:
            # The hold may go on; until then the body is said to be where it is.
            blink = math.isnan(depth_deg) and t_s - self._seen_s <= _NOBODY_S
            state = self._state(hold) if blink else _away_state(depth_deg, in_position=in_position)
            return Tick(state, hold.held_s, settled_s=hold.settled_s)
        self._hold = None
        self._end(hold)
        # Nothing of this hold may be counted towards the next one, which may have begun meanwhile.
        if not self._stillness.still_after(hold.counted_to_s):
            self._stillness.forget()
            self._stillness.update(t_s, depth_deg, step_s, in_position=in_position)
        state = _away_state(depth_deg, in_position=in_position)
        return Tick(state, hold.held_s, settled_s=hold.settled_s, ended=hold)

    def _on(self, hold: RunningHold, t_s: float, depth_deg: float, *, still: bool) -> Tick:
        """A frame of the hold."""
        gap_s = t_s - hold.counted_to_s
        # What lies between two good frames was held, too, unless the body was seen to be somewhere else.
        step_s = 0.0 if self._away.meant else gap_s
        self._away.clear()
        hold.held_s += step_s
        hold.counted_to_s = t_s
        # A stretch that deepens slowly takes the depth of the hold along.
        share = 1.0 if still else min(1.0, gap_s / _SETTLE_S)
        hold.depth_deg += share * (depth_deg - hold.depth_deg)
        if abs(depth_deg - hold.depth_deg) < _HOME_DEG:
            hold.last_home_s = t_s
        if still:
            hold.last_still_s = t_s
            hold.settle(t_s - self._stillness.late_s)
        elif t_s - hold.last_still_s > STILL_FOR_S:
            # Somebody who swings is never still; what came before the last way through the middle belongs to it.
            hold.settle(hold.last_home_s)
        return Tick(self._state(hold), hold.held_s, counting=True, step_s=step_s, settled_s=hold.settled_s)

    def _end(self, hold: RunningHold) -> None:
        """Take the way out off the end: it starts slowly, and is known for what it is only now."""
        if hold.last_still_s == hold.counted_to_s:
            hold.settle(hold.counted_to_s)
        hold.counted_to_s, hold.held_s = hold.settled_s, hold.settled_held_s

    def _state(self, hold: RunningHold) -> State:
        return State.DONE if hold.held_s >= self.target_s else State.HOLD


def _away_state(depth_deg: float, *, in_position: bool) -> State:
    if math.isnan(depth_deg):
        return State.NO_PERSON
    return State.READY if in_position else State.POSITION
