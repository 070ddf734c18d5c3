"""A long curve as few points: the lowest and the highest of each stretch of time stay."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.poses import Floats

_FINEST_S = 2.0**-10
_AT_ONCE = 4096


class Downsampler:
    """Takes in a curve of unknown length, any number of points at a time, and keeps at most `most` of them.

    Time is cut into equal buckets, and each keeps its lowest and its highest point, so that bounces and jerks stay.
    When there are too many buckets, neighbours become one. What comes out does not depend on how the curve was cut
    into chunks. A bucket without any value is a gap, NaN.
    """

    def __init__(self, most: int = 1500) -> None:
        self._most = max(1, most // 2)
        self._width_s = _FINEST_S
        # By bucket: time of the first point, then time and value of the lowest and of the highest; NaN for a gap.
        self._buckets: dict[int, tuple[float, float, float, float, float]] = {}

    def extend(self, t_s: Floats, value: Floats) -> None:
        """Take in further points (T,), times rising."""
        for start in range(0, len(t_s), _AT_ONCE):
            times = t_s[start : start + _AT_ONCE].tolist()
            for t, v in zip(times, value[start : start + _AT_ONCE].tolist(), strict=True):
                self._add(math.floor(t / self._width_s), (t, t, v, t, v))
            while len(self._buckets) > self._most:
                self._widen()

    def points(self) -> tuple[Floats, Floats]:
        """Times and values (N,) of what is left of the curve so far."""
        kept: list[tuple[float, float]] = []
        for first_s, low_s, low, high_s, high in self._buckets.values():
            if math.isnan(low):
                kept.append((first_s, math.nan))
            elif low_s == high_s:
                kept.append((low_s, low))
            else:
                kept.extend(sorted(((low_s, low), (high_s, high))))
        array = np.array(kept, dtype=float).reshape(-1, 2)
        return array[:, 0], array[:, 1]

    def _add(self, index: int, new: tuple[float, float, float, float, float]) -> None:
        old = self._buckets.get(index)
        if old is None or math.isnan(old[2]):
            self._buckets[index] = new if old is None else (old[0], *new[1:])
        elif not math.isnan(new[2]):
            low = new[1:3] if new[2] < old[2] else old[1:3]
            high = new[3:5] if new[4] > old[4] else old[3:5]
            self._buckets[index] = (old[0], *low, *high)

    def _widen(self) -> None:
        finer, self._buckets = self._buckets, {}
        self._width_s *= 2.0
        for index, bucket in finer.items():
            self._add(index // 2, bucket)
