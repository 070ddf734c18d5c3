"""Power of values within a band of frequencies, at even steps: how much something shakes."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.poses import Bools, Floats, Ints
from formcheck.signals.butterworth import Butterworth

_OTHER_RATE = 0.1  # the filter is designed anew when the frame rate is off by more than this share
# A step may be off by this share of the usual one and by the rounding of the stamps: the camera is steady then.
_UNEVEN, _ROUNDED_S = 0.3, 0.001
_BRIDGED_S = 0.075  # lost pictures are bridged by straight lines up to here: two steps of 30 pictures a second
_JUMP = 2.5  # at most so many times the mean square counts as one sample of it


def whole_steps(steps: Floats, usual_s: Floats, designed_s: float) -> tuple[Ints, Bools]:
    """(n,) how many of the usual steps each of the `steps` (n,) is, and where a filter of even steps begins anew.

    It does where a step is neither the usual one nor a few of them, and where the usual step is another one than that
    which the filter was designed for: `designed_s` before the first of these, NaN for none.
    """
    parts = np.maximum(1.0, np.round(np.minimum(steps, _BRIDGED_S) / usual_s))
    anew = (np.abs(steps - parts * usual_s) > _UNEVEN * usual_s + _ROUNDED_S) | (steps > _BRIDGED_S)
    for i, usual in enumerate(usual_s.tolist()):
        if not _same_rate(usual, designed_s):
            anew[i], designed_s = True, usual
    parts[anew] = 1.0
    return parts.astype(int), anew


class BandPass:
    """A Butterworth band pass of order 2 between two frequencies, for values at even steps.

    It ends at `most` times the rate at the latest.
    """

    def __init__(self, low_hz: float, high_hz: float, *, most: float = 0.45) -> None:
        self._band_hz = (low_hz, high_hz)
        self._most = most
        self._filter = Butterworth(low_hz, high_hz, high_hz / most)  # of no values; `begin` designs that for the rate
        self.step_s = math.nan
        """The step it was designed for, NaN before the first `begin`."""

    def begin(self, step_s: float, shape: tuple[int, ...]) -> None:
        """Start anew from rest with values of that shape, `step_s` apart."""
        if not _same_rate(step_s, self.step_s):
            self.step_s = step_s
            fps = 1.0 / step_s
            self._filter = Butterworth(self._band_hz[0], min(self._band_hz[1], self._most * fps), fps)
        self._filter.begin(math.prod(shape))

    def extend(self, values: Floats) -> Floats:
        """What of the values (n, ...) lies within the band."""
        return self._filter.extend(values)

    def noise_power(self) -> float:
        """What it lets through of the steps between places that are nothing but noise, in any unit."""
        turn, gain = self._filter.gains()
        return float(np.sum((gain * np.sin(turn / 2)) ** 2))


class MeanSquare:
    """The running mean of powers at even steps, with a time constant of `over_s` seconds.

    A value that jumps once and back rings in a filter, and what counts is motion that goes on: a power counts as two
    and a half times the mean and a little at most, the little being `quiet` squared.
    """

    def __init__(self, count: int, *, over_s: float, quiet: float) -> None:
        self._over_s = over_s
        self._quiet = quiet
        self._square = [0.0] * count

    def begin(self) -> None:
        """Start anew from rest."""
        self._square = [0.0] * len(self._square)

    def extend(self, power: Floats, unsure: Bools, step_s: float) -> Floats:
        """(n, count) the mean of powers (n, count), `step_s` apart; it starts from rest after what is `unsure`."""
        share = step_s / (step_s + self._over_s)
        kept, most, little = 1.0 - share, 1.0 + (_JUMP - 1.0) * share, share * self._quiet**2
        squares, square = [], self._square
        for i, (new, doubt) in enumerate(zip((share * power).tolist(), unsure.any(axis=1).tolist(), strict=True)):
            square = [
                there if (there := old * kept + now) < (cap := old * most + little) else cap
                for old, now in zip(square, new, strict=True)
            ]
            squares.append(square)
            if doubt:
                square = [0.0 if hidden else old for old, hidden in zip(square, unsure[i].tolist(), strict=True)]
        self._square = square
        return np.array(squares)


def _same_rate(step_s: float, designed_s: float) -> bool:
    return abs(step_s / designed_s - 1.0) <= _OTHER_RATE
