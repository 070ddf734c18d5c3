"""A Butterworth band pass for values at even steps: its design, and its run over values one by one."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from formcheck.core.poses import Floats

_FREQUENCIES: Final = 1024
_POLE: Final = complex(-math.sqrt(0.5), math.sqrt(0.5))  # of the low pass of order 2 whose edge is at 1


class Butterworth:
    """A band pass of order 2 between two frequencies below half the rate, by the bilinear transform.

    Two sections of order 2 stand one after the other. Their memory is a state of four numbers. Step by step, however
    many values come at once: sums over a block would be rounded otherwise than over its parts.
    """

    def __init__(self, low_hz: float, high_hz: float, rate_hz: float) -> None:
        if not 0.0 < low_hz < high_hz < rate_hz / 2:
            raise ValueError(f"a band from {low_hz} to {high_hz} Hz at {rate_hz} values a second")
        # The bilinear transform bends frequencies; bent the other way first, the edges come out where they should.
        low, high = (math.tan(math.pi * hertz / rate_hz) for hertz in (low_hz, high_hz))
        half = _POLE * (high - low) / 2
        apart = np.sqrt(half**2 - low * high)
        self._sections = tuple(_section(pole, high - low) for pole in (half + apart, half - apart))
        self._through, into, self._out_of, self._at_once = _one_after_the_other(*self._sections)
        self._into = into[:, None]
        self._state: Floats = np.zeros((len(into), 0))

    def begin(self, count: int) -> None:
        """Start anew from rest with `count` values at each step."""
        self._state = np.zeros((len(self._state), count))

    def extend(self, values: Floats) -> Floats:
        """(n, ...) what of the values (n, ...) lies within the band. They must be finite."""
        flat = values.reshape(len(values), self._state.shape[1])
        out = np.empty_like(flat)
        for now, found in zip(flat, out, strict=True):
            found[:] = self._out_of @ self._state + self._at_once * now
            self._state = self._through @ self._state + self._into * now
        return out.reshape(values.shape)

    def gains(self) -> tuple[Floats, Floats]:
        """Frequencies from 0 to below half the rate, in radians a step, and the share of each that comes through."""
        turn = np.linspace(0.0, math.pi, _FREQUENCIES, endpoint=False)
        back = np.exp(-1j * turn)
        gain = np.ones_like(back)
        for size, first, second in self._sections:
            gain *= size * (1.0 - back**2) / (1.0 + first * back + second * back**2)
        return turn, np.abs(gain)


def _section(pole: complex, width: float) -> tuple[float, float, float]:
    """g, a, b of a section: out(t) = g (in(t) - in(t-2)) - a out(t-1) - b out(t-2).

    It is width * s / (s - pole)(s - conjugate) with s = (z - 1) / (z + 1).
    """
    turned = (1.0 + pole) / (1.0 - pole)
    return width / abs(1.0 - pole) ** 2, -2.0 * turned.real, abs(turned) ** 2


def _one_after_the_other(
    first: tuple[float, float, float], second: tuple[float, float, float]
) -> tuple[Floats, Floats, Floats, float]:
    """Two sections as one step on a state (4,).

    Returns (4, 4) the state after from the state before, (4,) what a value adds to it, (4,) what comes out of the
    state before, and the share of the value that comes out at once.
    """
    (g, a, b), (h, c, d) = first, second
    # What the second section gets is g times the value and the first number of the state.
    from_first, to_second = np.array([1.0, 0.0, 0.0, 0.0]), np.array([0.0, 0.0, -c * h, -h - d * h])
    through: Floats = np.array([[-a, 1.0, 0.0, 0.0], [-b, 0.0, 0.0, 0.0], [0.0, 0.0, -c, 1.0], [0.0, 0.0, -d, 0.0]])
    through += np.outer(to_second, from_first)
    into: Floats = np.array([-a * g, -g - b * g, 0.0, 0.0]) + g * to_second
    return through, into, np.array([h, 0.0, 1.0, 0.0]), g * h
