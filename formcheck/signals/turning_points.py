"""Swings of an angle, found from its turning points: works at any frame rate, one value at a time."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HalfCycle:
    """From one turning point to the next."""

    start_s: float
    end_s: float
    size: float


class HalfCycleFinder:
    """Finds swings of at least `smallest` between turning points, as a zigzag does in a price chart.

    Noise smaller than that and steady drifts make no turning point. The median of three values goes in, so
    that a single wrong frame is no swing.
    """

    def __init__(self, smallest: float, forget_s: float = 0.5) -> None:
        self._smallest = smallest
        self._forget_s = forget_s
        self._recent: deque[tuple[float, float]] = deque(maxlen=3)
        self._turn: tuple[float, float] | None = None
        self._peak: tuple[float, float] | None = None

    def reset(self) -> None:
        """Forget everything seen."""
        self._recent.clear()
        self._turn = self._peak = None

    def update(self, t_s: float, value: float, *, robust: bool = True) -> HalfCycle | None:
        """Take in a value; returns the swing that this value shows to be finished, if any.

        Without `robust` each value counts by itself instead of the median of three.
        """
        if math.isnan(value):
            return None
        if self._recent and t_s - self._recent[-1][0] > self._forget_s:
            self.reset()
        self._recent.append((t_s, value))
        if len(self._recent) < 3:
            return None
        t_s, value = self._recent[1]
        if robust:
            before, after = self._recent[0][1], self._recent[2][1]
            low, high = (before, after) if before < after else (after, before)
            value = min(max(value, low), high)  # the median of three
        if self._turn is None or self._peak is None:
            self._turn = self._peak = (t_s, value)
            return None
        direction = self._peak[1] - self._turn[1]
        if direction == 0 or (value - self._peak[1]) * direction >= 0:
            # Going on the same way; before the first real swing both ends are still open.
            self._peak = (t_s, value)
            return None
        if abs(direction) < self._smallest:
            # Not a swing yet: start from whichever end is now further away.
            if abs(value - self._peak[1]) > abs(direction):
                self._turn, self._peak = self._peak, (t_s, value)
            return None
        if abs(value - self._peak[1]) < self._smallest:
            return None
        swing = HalfCycle(self._turn[0], self._peak[0], abs(direction))
        self._turn, self._peak = self._peak, (t_s, value)
        return swing
