"""A running median, keyed on time stamps, so that variable frame rates do not change what it learns."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.poses import Bools, Floats


def towards(median: float, new: float, step: float) -> float:
    """A running median after a new value: moved towards it by at most that share of itself, NaN being none yet."""
    change = new - median
    reach = step * abs(median)
    if change > reach:
        return median + reach
    if change < -reach:
        return median - reach
    return new  # close enough, or the first value


_LONGEST_STEP_S = 0.2  # a picture stands for no more: at one a second a single reading must not be a leap


class SlowMedian:
    """A median that follows a slow value in constant memory, by a share of itself a second towards each new value.

    The first value is taken as it is.
    """

    def __init__(self, per_s: float) -> None:
        self._per_s = per_s
        self.value = math.nan

    def extend(self, step_s: Floats, values: Floats, taken: Bools) -> Floats:
        """(T,) the median after each of the values (T,), of which only those that are `taken` (T,) count.

        `step_s` (T,) is the time each stands for: since the frame before, counted or not.
        """
        known = taken & ~np.isnan(values)
        reach = self._per_s * np.minimum(step_s, _LONGEST_STEP_S)
        out = []
        value = self.value
        for new, share, counts in zip(values.tolist(), reach.tolist(), known.tolist(), strict=True):
            if counts:
                value = towards(value, new, share)
            out.append(value)
        self.value = value
        return np.array(out)

    def update(self, step_s: float, value: float) -> float:
        """Take in a value (NaN is skipped) and return the median so far."""
        if not math.isnan(value):
            self.value = towards(self.value, value, self._per_s * min(step_s, _LONGEST_STEP_S))
        return self.value
