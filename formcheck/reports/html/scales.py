"""What a chart of the report shows: its range of values, the times that are written, and its lines."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

import numpy as np

from formcheck.core.poses import Bools, Floats
from formcheck.core.timeline import TimeSeries

Spans = Iterable[tuple[float, float]]
_TIME_STEPS_S: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)


def value_range(track: TimeSeries, judged: Spans) -> tuple[float, float]:
    """The values a chart shows: what was judged and its limits, everything where nothing was; with some air."""
    known = ~np.isnan(track.value)
    inside = within(track.t_s, judged) & known if track.rule_id else known
    shown = track.value[inside if inside.any() else known]
    limits = [line.value[~np.isnan(line.value)] for line in track.limits]
    everything = np.concatenate([shown, *limits])
    if not len(everything):
        return 0.0, 1.0
    low, high = float(everything.min()), float(everything.max())
    air = max((high - low) * 0.12, 0.02 * max(abs(low), abs(high)), 1e-3)
    return low - air, high + air


def within(t_s: Floats, spans: Spans) -> Bools:
    """(N,) whether a time lies in any of the spans."""
    inside = np.zeros(len(t_s), dtype=bool)
    for start_s, end_s in spans:
        inside |= (t_s >= start_s) & (t_s <= end_s)
    return inside


def time_ticks(length_s: float, most: int) -> list[float]:
    """Round times from 0 on, at most `most` of them."""
    step = next((one for one in _TIME_STEPS_S if length_s / one < most), _TIME_STEPS_S[-1])
    while length_s / step >= most:
        step *= 2
    return [float(t) for t in range(0, math.floor(length_s) + 1, step)]


def path(x: Floats, y: Floats) -> str:
    """An SVG path through (N,) points in pixels, broken where one is NaN; no finer than the pixels are."""
    x, y = _coarser(x, y)
    parts: list[str] = []
    pen_down = False
    for at, up in zip(x.tolist(), y.tolist(), strict=True):
        if math.isnan(up):
            pen_down = False
            continue
        point = f"{_short(at)} {_short(up)}"
        # A point alone between two gaps is a dot: a line of no length with round ends.
        parts.append(point if pen_down else f"M{point} {point}")
        pen_down = True
    return " ".join(parts)


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _coarser(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """The lowest and the highest point of each column of pixels, where there are many more points than columns."""
    if len(x) < 2 or len(x) < 2.0 * float(x[-1] - x[0]):
        return x, y
    kept: list[int] = []
    columns = np.floor(x).astype(int)
    starts = np.flatnonzero(np.diff(columns, prepend=columns[0] - 1))
    for part in np.split(np.arange(len(x)), starts[1:]):
        known = part[~np.isnan(y[part])]
        kept.extend(sorted({int(known[y[known].argmin()]), int(known[y[known].argmax()])}) if len(known) else part[:1])
    return x[kept], y[kept]
