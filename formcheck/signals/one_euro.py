"""The One-Euro filter, keyed on time stamps, so that variable frame rates do not change what it passes."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.poses import Floats


class OneEuro:
    """The One-Euro filter (Casiez, Roussel and Vogel 2012): calm at rest, quick when the body moves.

    Values may have any shape. Both cut-offs rest on the speed of each value in units a second.

    The longer ago the last value was, the less of it is kept: of 1.2 Hz 21 % after half a second, 12 % after one, less
    where the value has moved. So one or two pictures a second are smoothed as little as they should be, and there is no
    step at which smoothing ends. After `forget_s` the filter starts anew: by then it may be somebody else.
    """

    def __init__(
        self, *, min_cutoff_hz: float, beta: float, speed_cutoff_hz: float = 1.0, forget_s: float = 2.0
    ) -> None:
        self._min_cutoff_hz = min_cutoff_hz
        self._beta = beta
        self._speed_cutoff_hz = speed_cutoff_hz
        self._forget_s = forget_s
        self._t_s = -math.inf
        self._value: Floats | None = None
        self._speed: Floats | None = None
        self._number = (math.nan, 0.0)

    def extend(self, t_s: Floats, values: Floats, unit: Floats | None = None) -> Floats:
        """Filtered values for those at the times `t_s` (T,), an array (T, ...) of the same shape; no NaN in it.

        Speeds are counted in the `unit` (T,), the values are not: a unit that wavers moves no value far from 0.
        """
        if values.ndim == 1 and unit is None:
            return self._extend_single(t_s, values)
        if not len(t_s):
            return values.copy()
        flat = values.reshape(len(values), -1)
        step_s = np.diff(t_s, prepend=self._t_s)
        anew = ~((step_s > 0) & (step_s <= self._forget_s))
        step_s[anew] = 1.0  # any number, it is not used
        rate = 2 * math.pi * step_s
        blend = self._speed_cutoff_hz * rate / (self._speed_cutoff_hz * rate + 1)
        # Whole rows of each factor, as arithmetic of arrays with numbers takes twice as long as of arrays alone.
        beta = self._beta * rate if unit is None else self._beta * rate / unit
        factors = np.stack([blend / step_s, 1.0 - blend, beta, self._min_cutoff_hz * rate + 1.0], axis=1)
        rows = np.repeat(factors[:, :, None], flat.shape[1], axis=2)
        out = np.empty_like(flat)
        value, speed = self._value, self._speed
        change, term = np.empty(flat.shape[1]), np.empty(flat.shape[1])
        for new, (gain, kept, beta, least), start, row in zip(flat, rows, anew.tolist(), out, strict=True):
            if value is None or speed is None or start:
                row[:] = new
                value, speed = row, np.zeros(flat.shape[1])
                continue
            # The speed moves towards that of the change, ...
            np.subtract(new, value, change)
            np.multiply(change, gain, term)
            np.multiply(speed, kept, speed)
            np.add(speed, term, speed)
            # ... and the value towards the new one by all but 1 / (c + 1), c being the cut-off times the rate.
            np.abs(speed, term)
            np.multiply(term, beta, term)
            np.add(term, least, term)
            np.divide(change, term, term)
            value = np.subtract(new, term, row)
        self._t_s, self._value, self._speed = float(t_s[-1]), out[-1].copy(), speed
        return out.reshape(values.shape)

    def _extend_single(self, t_s: Floats, values: Floats) -> Floats:
        """The same for plain numbers (T,), which are ten times faster outside of arrays."""
        out = []
        value, speed = self._number
        for now_s, new in zip(t_s.tolist(), values.tolist(), strict=True):
            step_s = now_s - self._t_s
            self._t_s = now_s
            if not 0 < step_s <= self._forget_s:
                value, speed = new, 0.0
            else:
                rate = 2 * math.pi * step_s
                blend = self._speed_cutoff_hz * rate / (self._speed_cutoff_hz * rate + 1)
                speed += blend * ((new - value) / step_s - speed)
                cutoff = (self._min_cutoff_hz + self._beta * abs(speed)) * rate
                value += cutoff / (cutoff + 1) * (new - value)
            out.append(value)
        self._number = value, speed
        return np.array(out)
