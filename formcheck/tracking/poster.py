"""Somebody who never moves, such as on a poster or a still screen, beside somebody who does."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

Middles = list[list[float]]
"""Middles of shoulders, hips, knees and ankles, px."""


class Sized(NamedTuple):
    """A body in the picture and its size, px."""

    middles: Middles
    size_px: float


_HIPS: Final = 1
# In sizes of the body. People who hold still sway by about 0.01 and got there by moving; points of a still picture
# jitter by less. A hinge moves the shoulders by 0.25, seen from the hips; walking past hardly moves a middle.
_STILL: Final = 0.02
_CHANGED: Final = 0.15
_STILL_S: Final = 3.0  # own choice
_CHANGED_S: Final = 1.0


class Rival:
    """Compares the followed person with the other one in the picture, frame by frame."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Somebody is followed anew."""
        self._followed: Middles | None = None
        self._other: Middles | None = None
        self._since_s = self._changed_s = math.inf
        self._moved = False

    def takes_over(self, t_s: float, followed: Sized, other: Sized | None) -> bool:
        """Whether the other one is to be followed instead: the followed one never moved, and the other one has.

        Who moved once is never left for this.
        """
        if self._followed is None:
            self._followed, self._since_s = followed.middles, t_s
        self._moved |= _apart(followed.middles, self._followed) > _STILL * followed.size_px
        if self._moved or other is None:
            return False
        if self._other is None:
            self._other = other.middles
        if _farthest(_posture(other.middles), _posture(self._other)) <= _CHANGED * other.size_px:
            self._changed_s = math.inf
            return False
        self._changed_s = min(self._changed_s, t_s)
        return t_s - self._changed_s >= _CHANGED_S and t_s - self._since_s >= _STILL_S


def _posture(middles: Middles) -> Middles:
    """The same seen from the hips: where the body is does not matter."""
    x, y = middles[_HIPS]
    return [[a - x, b - y] for a, b in middles]


def _farthest(one: Middles, other: Middles) -> float:
    return max(math.dist(a, b) for a, b in zip(one, other, strict=True))


def _apart(one: Middles, other: Middles) -> float:
    return sum(math.dist(a, b) for a, b in zip(one, other, strict=True)) / len(one)
