"""The timeline as a chart: where everything lies, for the template to draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.core.axis import AxisScale, value_ticks
from formcheck.core.clock import clock, duration
from formcheck.core.feedback import Alert, Report
from formcheck.core.names import capital
from formcheck.core.rules import Level, most_serious
from formcheck.core.timeline import LimitLine, TimeSeries
from formcheck.reports.html import scales
from formcheck.reports.html.words import amount, limit_words

_LEFT, _RIGHT, _TOP, _AXIS, _LANE = 48.0, 10.0, 26.0, 24.0, 36.0
_LETTER = 7.2  # about the width of a letter, to tell whether a label fits
_LABEL_GAP = 16.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSize:
    """One of the sizes a chart is drawn in; the page shows the one that fits."""

    name: str
    width: float
    plot: float
    ticks: int


SIZES: Final = (
    ChartSize(name="wide", width=860.0, plot=250.0, ticks=11),
    ChartSize(name="middle", width=600.0, plot=230.0, ticks=8),
    ChartSize(name="narrow", width=340.0, plot=200.0, ticks=5),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLabel:
    """Words at a place."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeBand:
    """A stretch of time: a hold, or a fault in its lane."""

    x: float
    width: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnLimit:
    """A dashed line with its label."""

    level: Level
    path: str
    label: TextLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultLane:
    """All the faults of one rule, below the plot."""

    y: float
    level: Level
    words: str
    bands: tuple[TimeBand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One track in one size, in pixels; the plot lies at `left`, `top` and is `wide` and `high`."""

    size: ChartSize
    height: float
    left: float
    top: float
    wide: float
    high: float
    low_value: float
    high_value: float
    across: tuple[TextLabel, ...]
    up: tuple[TextLabel, ...]
    holds: tuple[TimeBand, ...]
    limits: tuple[DrawnLimit, ...]
    all_path: str
    hold_path: str
    fault_path: str
    fault_level: Level
    lanes: tuple[FaultLane, ...]


def draw(track: TimeSeries, report: Report, length_s: float, size: ChartSize) -> Chart:
    """Lay out a chart of one track over `length_s` seconds."""
    held = [(hold.start_s, hold.end_s) for hold in report.holds]
    low, high = scales.value_range(track, held)
    wide = size.width - _LEFT - _RIGHT
    across = AxisScale(low=0.0, high=length_s, at_low=0.0, at_high=wide)
    up = AxisScale(low=low, high=high, at_low=size.plot, at_high=0.0)
    x, y = across.all_at(track.t_s), up.all_at(track.value)
    mine = [alert for alert in report.alerts if track.rule_id and alert.rule == track.rule_id]
    in_hold = np.where(scales.within(track.t_s, held), y, np.nan)
    at_fault = np.where(scales.within(track.t_s, [(one.start_s, one.end_s) for one in mine]), y, np.nan)
    lanes = _lanes(report.alerts, across, size.plot + _TOP + _AXIS)
    return Chart(
        size=size,
        height=size.plot + _TOP + _AXIS + _LANE * len(lanes) + (6.0 if lanes else 0.0),
        left=_LEFT, top=_TOP, wide=wide, high=size.plot, low_value=low, high_value=high,
        across=tuple(
            TextLabel(x=_LEFT + across.at(t), y=_TOP + size.plot + 18.0, words=clock(t, fine=False))
            for t in scales.time_ticks(length_s, size.ticks)
            if _LEFT + across.at(t) + len(clock(t, fine=False)) * _LETTER / 2 <= size.width
        ),
        up=tuple(
            TextLabel(x=_LEFT - 8.0, y=_TOP + up.at(value), words=_tick_words(value, track.unit))
            for value in value_ticks(low, high)
        ),
        holds=_holds(report, across),
        limits=_limits(track, across, up, size),
        all_path=scales.path(x, y),
        hold_path=scales.path(x, in_hold),
        fault_path=scales.path(x, at_fault) if mine else "",
        fault_level=most_serious(one.level for one in mine) or Level.HINT,
        lanes=lanes,
    )  # fmt: skip


def _tick_words(value: float, unit: str) -> str:
    """A value at the axis; a long unit stands above the chart already."""
    return amount(value, unit).removesuffix("\u00a0leg lengths")


def _holds(report: Report, across: AxisScale) -> tuple[TimeBand, ...]:
    bands = []
    for hold in report.holds:
        x, width = _LEFT + across.at(hold.start_s), max(1.0, across.at(hold.end_s) - across.at(hold.start_s))
        side = "" if hold.side in ("both", "unsure") else f"{capital(hold.side)} "
        long, short = f"{side or 'Hold '}{duration(hold.held_s)}", duration(hold.held_s)
        words = next((one for one in (long, short) if len(one) * _LETTER < width), "")
        bands.append(TimeBand(x=x, width=width, words=words))
    return tuple(bands)


def _limits(track: TimeSeries, across: AxisScale, up: AxisScale, size: ChartSize) -> tuple[DrawnLimit, ...]:
    """The limits with their labels at the right end, moved apart where they would lie on each other."""
    found: list[tuple[float, LimitLine]] = []
    for line in track.limits:
        known = up.all_at(line.value[~np.isnan(line.value)])
        if len(known):
            # The label must clear the line where it stands, in the last third.
            last_part = known[-max(1, len(known) // 3) :]
            found.append((float(last_part.min() if line.bad_when == "above" else last_part.max()), line))
    found.sort(key=lambda one: one[0])
    limits: list[DrawnLimit] = []
    last = -_LABEL_GAP
    for place, line in found:
        # Above the line where bad is above it, else below: the label stands on the bad side.
        y = place - 6.0 if line.bad_when == "above" else place + 15.0
        y = min(max(y, 13.0, last + _LABEL_GAP), size.plot - 4.0)
        last = y
        words = limit_words(line.level, line.bad_when, line.steady, track.unit)
        limits.append(
            DrawnLimit(
                level=line.level,
                path=scales.path(across.all_at(line.t_s), up.all_at(line.value)),
                label=TextLabel(x=size.width - _LEFT - _RIGHT - 4.0, y=y, words=words),
            )
        )
    return tuple(limits)


def _lanes(alerts: Sequence[Alert], across: AxisScale, top: float) -> tuple[FaultLane, ...]:
    by_rule: dict[str, list[Alert]] = {}
    for alert in alerts:
        by_rule.setdefault(alert.rule, []).append(alert)
    lanes: list[FaultLane] = []
    for group in sorted(by_rule.values(), key=lambda some: -max(one.level.severity for one in some)):
        level = max((one.level for one in group), key=lambda level: level.severity)
        bands = [
            TimeBand(
                x=_LEFT + across.at(one.start_s),
                width=max(3.0, across.at(one.end_s) - across.at(one.start_s)),
                words=one.message,
            )
            for one in group
        ]
        y = top + 8.0 + _LANE * len(lanes)
        lanes.append(FaultLane(y=y, level=level, words=group[0].message, bands=tuple(bands)))
    return tuple(lanes)
