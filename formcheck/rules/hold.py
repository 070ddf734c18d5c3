"""The hold clock: from getting into a stretch to leaving it."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import NamedTuple

from formcheck.core.feedback import State

STILL_DEG_S = 5.0  # RULES: a hold is when the trunk or leg moves slower than this ...
STILL_FOR_S = 1.0  # ... for so long
GAP_S = 0.5  # a longer step between frames is a gap in the source, not time held
PAUSE_S = 2.0  # a hold survives being lost or wobbling for so long
SHORTEST_S = 2.0  # anything shorter is a pause on the way, not a hold
_SLOPE_S = 0.4  # the rate is measured over so long, hence half of it late
_LEFT_DEG = 12.0  # further than this from the depth of the hold is no longer the hold
_SETTLE_S = 5.0  # how slowly the depth of the hold follows a stretch that deepens
_SWING_S = 3.0  # somebody who bounces is never still: swinging round the same centre for so long is a hold too
_SWING_CENTRE_DEG = 4.0
_SWING_RANGE_DEG = 30.0
_NOBODY_S = 0.5


@dataclass(slots=True)
class RunningHold:
    """A hold while it lasts."""

    start_s: float
    counted_to_s: float
    held_s: float
    depth_deg: float
    last_still_s: float


class Tick(NamedTuple):
    """What the clock says of one frame. `counting` is False in a pause; `ended` is a hold that is over now."""

    state: State
    held_s: float
    counting: bool
    ended: RunningHold | None


class HoldClock:
    """Times holds from three signals a frame: is there a body, is it in position, how deep is it.

    A hold begins, counted from the moment the body came to rest, once it was still for a second. It pauses while
    the body is lost or out of the hold, and ends when that lasts longer than `PAUSE_S`.
    """

    def __init__(self, target_s: float) -> None:
        self._target_s = target_s
        self._past: deque[tuple[float, float]] = deque()  # (time, depth) of the last `_SWING_S`
        self._fresh: deque[tuple[float, float]] = deque()  # the part of it that is younger than `_SLOPE_S`
        self._then: tuple[float, float] | None = None  # the youngest of the others
        self._since_s = math.nan  # in position since
        self._still_s = math.nan  # still since
        self._seen_s = -math.inf
        self._hold: RunningHold | None = None
        self._counting = False

    @property
    def running(self) -> RunningHold | None:
        """The hold that is going on."""
        return self._hold

    def update(self, t_s: float, in_position: bool, depth_deg: float) -> Tick:
        """Take in a frame; `depth_deg` is NaN when there is no body."""
        seen = not math.isnan(depth_deg)
        still = self._rest(t_s, in_position, depth_deg)
        if self._hold is not None:
            return self._in_hold(self._hold, t_s, in_position, depth_deg, still)
        start_s = self._start(t_s)
        if start_s is not None:
            self._hold = RunningHold(start_s, t_s, t_s - start_s, depth_deg, t_s)
            self._counting = True
            return Tick(self._state(self._hold), self._hold.held_s, True, None)
        if not seen and t_s - self._seen_s > _NOBODY_S:
            return Tick(State.NO_PERSON, 0.0, False, None)
        return Tick(State.READY if in_position else State.POSITION, 0.0, False, None)

    def finish(self) -> RunningHold | None:
        """The hold that was going on when the source ended, if any."""
        hold, self._hold = self._hold, None
        return hold

    def _rest(self, t_s: float, in_position: bool, depth_deg: float) -> bool:
        """Keep track of what `_start` needs; returns whether the body is still now."""
        if math.isnan(depth_deg):
            if t_s - self._seen_s > _NOBODY_S:
                self._forget()
            return False
        self._seen_s = t_s
        past, fresh = self._past, self._fresh
        past.append((t_s, depth_deg))
        fresh.append((t_s, depth_deg))
        while past[0][0] < t_s - _SWING_S - 0.05:
            past.popleft()
        while fresh[0][0] <= t_s - _SLOPE_S:
            self._then = fresh.popleft()
        if not in_position:
            self._since_s = self._still_s = math.nan
            return False
        if math.isnan(self._since_s):
            self._since_s = t_s
        then_s, then_deg = past[0] if self._then is None or self._then < past[0] else self._then
        still = t_s - then_s >= _SLOPE_S / 2 and abs(depth_deg - then_deg) < STILL_DEG_S * (t_s - then_s)
        if not still:
            self._still_s = math.nan
        elif math.isnan(self._still_s):
            self._still_s = max(t_s - _SLOPE_S, self._since_s)
        return still

    def _forget(self) -> None:
        self._since_s = self._still_s = math.nan
        self._past.clear()
        self._fresh.clear()
        self._then = None

    def _start(self, t_s: float) -> float | None:
        """When the hold that is on now began, None when none is on."""
        if t_s - self._still_s >= STILL_FOR_S:
            return self._still_s
        if not t_s - self._since_s >= _SWING_S:  # also while it is NaN
            return None
        early = [depth for t, depth in self._past if t < t_s - _SWING_S / 2]
        late = [depth for t, depth in self._past if t >= t_s - _SWING_S / 2]
        centres = [(max(part) + min(part)) / 2 for part in (early, late) if part]
        everything = early + late
        if len(centres) < 2 or max(everything) - min(everything) > _SWING_RANGE_DEG:
            return None
        return self._past[0][0] if abs(centres[0] - centres[1]) < _SWING_CENTRE_DEG else None

    def _in_hold(self, hold: RunningHold, t_s: float, in_position: bool, depth_deg: float, still: bool) -> Tick:
        step_s = t_s - hold.counted_to_s
        on = in_position and abs(depth_deg - hold.depth_deg) < _LEFT_DEG
        if on and step_s <= PAUSE_S:
            # Only time between two good frames counts; the first good frame after a pause starts counting again.
            if self._counting and step_s < GAP_S:
                hold.held_s += step_s
            hold.counted_to_s = t_s
            # A stretch that deepens slowly takes the depth of the hold along.
            share = 1.0 if still else min(1.0, step_s / _SETTLE_S)
            hold.depth_deg += share * (depth_deg - hold.depth_deg)
            if still:
                hold.last_still_s = t_s
            self._counting = True
            return Tick(self._state(hold), hold.held_s, True, None)
        self._counting = False
        if step_s <= PAUSE_S:
            # The hold may go on; until then the body is said to be where it is.
            blink = math.isnan(depth_deg) and t_s - self._seen_s <= _NOBODY_S
            state = self._state(hold) if blink else self._away(in_position, depth_deg)
            return Tick(state, hold.held_s, False, None)
        self._hold = None
        # Nothing of this hold may be counted towards the next one.
        self._forget()
        # The way out starts slowly: what was no longer still just before does not belong to the hold.
        moving_s = hold.counted_to_s - (hold.last_still_s - _SLOPE_S / 2)
        if 0 < moving_s < 1.0:
            hold.held_s = max(0.0, hold.held_s - moving_s)
            hold.counted_to_s -= moving_s
        return Tick(self._away(in_position, depth_deg), hold.held_s, False, hold)

    def _away(self, in_position: bool, depth_deg: float) -> State:
        if math.isnan(depth_deg):
            return State.NO_PERSON
        return State.READY if in_position else State.POSITION

    def _state(self, hold: RunningHold) -> State:
        return State.DONE if hold.held_s >= self._target_s else State.HOLD
