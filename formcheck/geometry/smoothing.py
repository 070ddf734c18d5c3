"""Filters keyed on time stamps, so that variable frame rates do not change what they pass."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.poses import Floats


class OneEuro:
    """The One-Euro filter (Casiez, Roussel and Vogel 2012): calm at rest, quick when the body moves.

    Values may have any shape. Both cut-offs rest on the speed of each value in units a second.
    A gap longer than `forget_s` or a NaN starts the filter anew.
    """

    def __init__(
        self, *, min_cutoff_hz: float, beta: float, speed_cutoff_hz: float = 1.0, forget_s: float = 0.5
    ) -> None:
        self._min_cutoff_hz = min_cutoff_hz
        self._beta = beta
        self._speed_cutoff_hz = speed_cutoff_hz
        self._forget_s = forget_s
        self._t_s = -math.inf
        self._value: Floats | None = None
        self._speed: Floats | None = None

    def update(self, t_s: float, value: Floats) -> Floats:
        """The filtered value at `t_s`, an array of the shape of `value`."""
        step_s = t_s - self._t_s
        self._t_s = t_s
        if self._value is None or self._speed is None or not 0 < step_s <= self._forget_s:
            self._value, self._speed = value.copy(), np.zeros_like(value)
            return self._value
        rate = 2 * math.pi * step_s
        blend = self._speed_cutoff_hz * rate / (self._speed_cutoff_hz * rate + 1)
        self._speed = self._speed + blend * ((value - self._value) / step_s - self._speed)
        cutoff = (self._min_cutoff_hz + self._beta * np.abs(self._speed)) * rate
        self._value = self._value + cutoff / (cutoff + 1) * (value - self._value)
        return self._value


class RunningMedian:
    """A median that follows a slow value in constant memory, by steps of one per cent towards each new value."""

    def __init__(self, step: float = 0.01) -> None:
        self._step = step
        self.value = math.nan

    def update(self, value: float) -> float:
        """Take in a value (NaN is skipped) and return the median so far."""
        if math.isnan(value):
            return self.value
        if math.isnan(self.value):
            self.value = value
        else:
            reach = self._step * abs(self.value)
            self.value += max(-reach, min(reach, value - self.value))
        return self.value
