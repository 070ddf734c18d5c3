"""What a value kept up for a while: extremes that are not those of a single moment."""

from __future__ import annotations

import math
from collections import deque
from typing import Generic, NamedTuple, TypeVar

What = TypeVar("What")

_JITTER_S = 0.02  # time stamps of pictures are rounded, and clocks jitter


class SustainedLevel(NamedTuple, Generic[What]):
    """A level that was kept up; when, and what was noted of the moment that was nearest to falling below it."""

    t_s: float
    level: float
    what: What


class Sustained(Generic[What]):
    """The highest level that a value kept up for `over_s` seconds, in at least `least` values.

    Every run of values that lasts so long counts with its lowest one, and the highest of these is kept: one wild value
    never counts, and a value that is held counts as what it was all the time. Feed it in order of time; a step longer
    than the gap that is let pass begins a new run.

    Runs that cannot beat the best are asked for only where they stay above `asked_above`: with a value below both, none
    needs to be followed.
    """

    def __init__(self, over_s: float, *, least: int = 3, asked_above: float = -math.inf) -> None:
        self._asked_above = asked_above
        self._over_s = max(0.0, over_s - _JITTER_S)
        self._least = least if over_s > 0 else 1
        self._times: deque[float] = deque()
        self._lowest: deque[SustainedLevel[What]] = deque()  # rising levels: the first is the lowest of the run
        self._last_s = -math.inf
        self.best: SustainedLevel[What] | None = None

    def update(self, t_s: float, level: float, what: What, gap_s: float) -> SustainedLevel[What] | None:
        """Take in a value; returns what the run that ends here kept up, None while it is too short."""
        times, lowest = self._times, self._lowest
        if self.best is not None and level <= self.best[1] and level <= self._asked_above:
            times.clear()
            lowest.clear()
            return None
        if t_s - self._last_s > gap_s:
            times.clear()
            lowest.clear()
        self._last_s = t_s
        times.append(t_s)
        while lowest and lowest[-1][1] >= level:
            lowest.pop()
        lowest.append(SustainedLevel(t_s, level, what))
        # The shortest run that is long enough.
        while len(times) > self._least and t_s - times[1] >= self._over_s:
            times.popleft()
        if len(times) < self._least or t_s - times[0] < self._over_s:
            return None
        while lowest[0][0] < times[0]:
            lowest.popleft()
        now = lowest[0]
        if self.best is None or now[1] > self.best[1]:
            self.best = now
        return now
