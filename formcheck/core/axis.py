"""Where values lie on the axis of a chart, and which of them are written there."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from formcheck.core.poses import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class AxisScale:
    """A straight line from values to pixels: `low` lies at `at_low`, `high` at `at_high`."""

    low: float
    high: float
    at_low: float
    at_high: float

    def at(self, value: float) -> float:
        """Where a value lies, in pixels."""
        return self.at_low + (value - self.low) / (self.high - self.low) * (self.at_high - self.at_low)

    def all_at(self, values: Floats) -> Floats:
        """Where (N,) values lie, in pixels."""
        return np.asarray(self.at_low + (values - self.low) / (self.high - self.low) * (self.at_high - self.at_low))


def value_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round values from `low` to `high`, which must be above it: at most `most` + 1, evenly apart.

    The step is 1, 2 or 5 times a power of ten.
    """
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * part for part in (1.0, 2.0, 5.0, 10.0) if power * part >= rough)
    return [round(i * step, 9) for i in range(math.ceil(low / step), math.floor(high / step) + 1)]
