"""How much a reading jumps about from one to the next, whatever slower movement it follows."""

from __future__ import annotations

import math

_OVER_S = 1.0
# Of normal noise: the mean of what lies off the middle of both neighbours is so many standard deviations.
_MEAN_OFF = math.sqrt(1.5) * math.sqrt(2.0 / math.pi)


class Jitter:
    """Standard deviation of the noise of a reading, averaged over about a second.

    A reading is held against the straight line between those before and after it. A swing back and forth bends away
    from that line too: one of amplitude A reads as a noise of 0.12 A at 3 Hz and 30 readings a second, and of 0.4 A at
    15 a second, far below the swing itself.
    """

    def __init__(self) -> None:
        self.spread = 0.0
        self._sum = self._weight = 0.0
        self._past: list[tuple[float, float]] = []

    def update(self, t_s: float, value: float) -> float:
        """Take in a reading; gives the spread, 0 before three of them."""
        self._past = [*self._past[-2:], (t_s, value)]
        if len(self._past) == 3:
            (first_s, first), (then_s, middle), (_, last) = self._past
            share = (then_s - first_s) / max(t_s - first_s, 1e-9)
            off = abs(middle - first - share * (last - first)) / _MEAN_OFF
            new = -math.expm1((then_s - t_s) / _OVER_S)
            self._sum, self._weight = self._sum + new * (off - self._sum), self._weight + new * (1.0 - self._weight)
            self.spread = self._sum / self._weight  # from the first one on a mean, of whatever there is
        return self.spread

    def reset(self) -> None:
        """Begin anew."""
        self.spread = self._sum = self._weight = 0.0
        self._past = []
