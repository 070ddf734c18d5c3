"""How far each leg has moved of late: a leg that rests, or one that takes turns with the other."""

from __future__ import annotations

import numpy as np

from formcheck.core.poses import Floats

_OVER_S = 1.0
_JITTER_S = 0.02  # time stamps are rounded


class LegTravel:
    """The range that the line of each leg went through in the last second."""

    def __init__(self) -> None:
        self._t_s = np.empty(0)
        self._leg_deg = np.empty((0, 2))

    def extend(self, t_s: Floats, leg_deg: Floats) -> Floats:
        """(T, 2) degrees, from the lines (T, 2) of further frames; NaN where only one picture of it is known."""
        before = len(self._t_s)
        times, lines = np.concatenate([self._t_s, t_s]), np.concatenate([self._leg_deg, leg_deg])
        first = np.searchsorted(times, times - _OVER_S - _JITTER_S)
        travel = np.full((len(times), 2), np.nan)
        for i in range(before, len(times)):
            travel[i] = _range(lines[first[i] : i + 1])
        kept = first[-1] if len(first) else 0
        self._t_s, self._leg_deg = times[kept:], lines[kept:]
        return travel[before:]


def _range(lines: Floats) -> Floats:
    """(2,) of the lines (n, 2) of one second."""
    known = ~np.isnan(lines)
    spread = np.where(known, lines, -np.inf).max(axis=0) - np.where(known, lines, np.inf).min(axis=0)
    return np.where(known.sum(axis=0) > 1, spread, np.nan)
