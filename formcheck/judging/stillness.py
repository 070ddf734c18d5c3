"""Whether a body is still, and since when: what a hold begins with."""

from __future__ import annotations

import math
from collections import deque
from typing import NamedTuple

STILL_DEG_S = 5.0  # a hold is when the trunk or leg moves slower than this ...
STILL_FOR_S = 1.0  # ... for so long
PAUSE_S = 2.0  # a body that was not seen for so long is lost
JITTER_S = 0.02  # time stamps are rounded, and clocks jitter
SLOPE_S = 0.4  # the rate is measured over so long, hence half of it late
_RARE_S = 0.3  # from one picture to the next: then that step alone tells the rate
_BLINK_S = 0.3  # what is out of place for no longer, or in a single picture, was misread
_FEWEST = 3  # pictures that must agree that the body is still
_SWING_S = 3.0  # somebody who bounces is never still: swinging round the same centre for so long is a hold too
_SWING_CENTRE_DEG = 4.0
_SWING_RANGE_DEG = 30.0


def lost(gap_s: float, step_s: float) -> bool:
    """Whether a body that was last there `gap_s` ago is lost, at a picture that comes `step_s` after the one before.

    Covered for two seconds, it is missing from one picture to another one; the next step shows it again.
    """
    return gap_s - (step_s if step_s < gap_s else 0.0) > PAUSE_S + JITTER_S


class Spell:
    """Frames in a row that say something else than the ones before: a blink, or meant."""

    __slots__ = ("_count", "_first_s", "_last_s")

    def __init__(self) -> None:
        self._count = 0
        self._first_s = self._last_s = math.nan

    def add(self, t_s: float) -> None:
        """One more frame."""
        self._first_s = self._first_s if self._count else t_s
        self._last_s = t_s
        self._count += 1

    def clear(self) -> None:
        """The frames say again what they said before."""
        self._count = 0

    @property
    def meant(self) -> bool:
        """Whether it lasted too long to have been misread."""
        return self._count > 1 and self._last_s - self._first_s > _BLINK_S


class StillPoint(NamedTuple):
    """A body that has come to rest: since when, and at which depth."""

    since_s: float
    depth_deg: float


class Stillness:
    """Follows position and depth frame by frame."""

    def __init__(self) -> None:
        self._past: deque[tuple[float, float]] = deque()  # (time, depth) in position, of the last `_SWING_S`
        self._fresh: deque[tuple[float, float]] = deque()  # the part of it that is younger than `SLOPE_S`
        self._then: tuple[float, float] | None = None  # the youngest of the others
        self._since_s = math.nan  # in position since
        self._still_s = math.nan  # still since
        self._count = 0  # pictures since then
        self._outside, self._moving = Spell(), Spell()
        self._inside_s = -math.inf
        self.late_s = 0.0
        """How far back the moment lies that the newest rate is of: the middle of the time it was measured over, 0 where
        it was still from the first picture on, or pictures are so rare that a single step tells the rate."""

    def update(self, t_s: float, depth_deg: float, step_s: float, *, in_position: bool) -> bool:
        """Take in a frame that comes `step_s` after the one before; returns whether the body is still now."""
        if lost(t_s - self._inside_s, step_s):
            self.forget()
        if math.isnan(depth_deg):
            return False
        if not in_position:
            # Left out of the past: what was misread says nothing about how fast the body moves.
            self._outside.add(t_s)
            if self._outside.meant:
                self.forget()
            return False
        self._outside.clear()
        self._inside_s = t_s
        if math.isnan(self._since_s):
            self._since_s = t_s
        past, fresh = self._past, self._fresh
        before = past[-1] if past else None
        past.append((t_s, depth_deg))
        fresh.append((t_s, depth_deg))
        while past[0][0] < t_s - _SWING_S - 0.05:
            past.popleft()
        while fresh[0][0] <= t_s - SLOPE_S:
            self._then = fresh.popleft()
        then_s, then_deg = past[0] if self._then is None else self._then
        self.late_s = 0.0 if self._then is None else (t_s - then_s) / 2
        if before is not None and t_s - before[0] > _RARE_S:
            (then_s, then_deg), self.late_s = before, 0.0
        still = t_s - then_s >= SLOPE_S / 2 and abs(depth_deg - then_deg) < STILL_DEG_S * (t_s - then_s)
        self._note(t_s, then_s, still=still)
        return still

    def rest(self, t_s: float, depth_deg: float) -> StillPoint | None:
        """The rest the body has come to, None while it has not."""
        if t_s - self._still_s >= STILL_FOR_S - JITTER_S and self._count >= _FEWEST:
            return StillPoint(self._still_s, depth_deg)
        if t_s - self._since_s >= _SWING_S - JITTER_S:  # not while it is NaN
            centre_deg = self._swing_centre(t_s)
            return None if centre_deg is None else StillPoint(self._past[0][0], centre_deg)
        return None

    def still_after(self, t_s: float) -> bool:
        """Whether the body came to rest, or began to, later than that."""
        return self._still_s > t_s

    def forget(self) -> None:
        """Begin anew."""
        self._since_s = self._still_s = math.nan
        self._past.clear()
        self._fresh.clear()
        self._moving.clear()
        self._then = None

    def _note(self, t_s: float, then_s: float, *, still: bool) -> None:
        """Keep the time from which on the body has been still."""
        if still:
            self._moving.clear()
            if math.isnan(self._still_s):
                since_s = t_s - self.late_s if self.late_s > 0 else then_s
                self._still_s, self._count = max(since_s, self._since_s), 1
        else:
            self._moving.add(t_s)
            if self._moving.meant:
                self._still_s = math.nan
        self._count += 1

    def _swing_centre(self, t_s: float) -> float | None:
        """The depth that somebody who bounces swings about, None for somebody who is on the way."""
        early = [depth for t, depth in self._past if t < t_s - _SWING_S / 2]
        late = [depth for t, depth in self._past if t >= t_s - _SWING_S / 2]
        everything = early + late
        if not early or not late or max(everything) - min(everything) > _SWING_RANGE_DEG:
            return None
        before, centre = ((max(part) + min(part)) / 2 for part in (early, late))
        return centre if abs(before - centre) < _SWING_CENTRE_DEG else None
