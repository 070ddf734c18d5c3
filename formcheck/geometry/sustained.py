"""What a value kept up for a while: extremes that are not those of a single moment."""

from __future__ import annotations

import math
from collections import deque
from typing import Generic, NamedTuple, TypeVar

What = TypeVar("What")

_JITTER_S = 0.02  # time stamps of pictures are rounded, and clocks jitter


class Kept(NamedTuple, Generic[What]):
    """A level that was kept up, and what was noted of the moment that was nearest to falling below it."""

    level: float
    what: What


class Sustained(Generic[What]):
    """The highest level that a value kept up for `over_s` seconds, in at least `least` values.

    Every run of values that lasts so long counts with its lowest one, and the highest of these is kept: one wild value
    never counts, and a value that is held counts as what it was all the time. Feed it in order of time; a step longer
    than the gap that is let pass begins a new run.
    """

    def __init__(self, over_s: float, *, least: int = 3) -> None:
        self._over_s = max(0.0, over_s - _JITTER_S)
        self._least = least if over_s > 0 else 1
        self._times: deque[float] = deque()
        self._lowest: deque[tuple[float, float, What]] = deque()  # rising levels: the first is the lowest of the run
        self._last_s = -math.inf
        self.best: Kept[What] | None = None

    def update(self, t_s: float, level: float, what: What, gap_s: float) -> Kept[What] | None:
        """Take in a value; returns what the run that ends here kept up, None while it is too short."""
        times, lowest = self._times, self._lowest
        if t_s - self._last_s > gap_s:
            times.clear()
            lowest.clear()
        self._last_s = t_s
        times.append(t_s)
        while lowest and lowest[-1][1] >= level:
            lowest.pop()
        lowest.append((t_s, level, what))
        # The shortest run that is long enough.
        while len(times) > self._least and t_s - times[1] >= self._over_s:
            times.popleft()
        if len(times) < self._least or t_s - times[0] < self._over_s:
            return None
        while lowest[0][0] < times[0]:
            lowest.popleft()
        now = Kept(lowest[0][1], lowest[0][2])
        if self.best is None or now.level > self.best.level:
            self.best = now
        return now
