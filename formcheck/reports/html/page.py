"""What stands on the page, part by part."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from formcheck.core.clock import clock, duration, span
from formcheck.core.feedback import Report, RuleResult
from formcheck.core.names import capital
from formcheck.core.stretch import Stretch
from formcheck.core.timeline import Timeline, TimeSeries
from formcheck.reports.html.advice import SEEN_ENOUGH_S, title_of
from formcheck.reports.html.chart import SIZES, Chart, draw
from formcheck.reports.html.words import (
    LEVEL_WORDS,
    NO_VALUE,
    amount,
    known_to,
    unit_format,
    what_helps,
)

_TABLE_ROWS: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A rule with its outcome; `look` names its symbol and colour."""

    look: str
    outcome: str
    title: str
    said: str
    measured: str
    off: str
    unseen: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A track to choose, in all sizes. `off` says whether its rule raised an alert."""

    title: str
    measure: str
    off: bool
    charts: tuple[Chart, ...]


def rule_rows(report: Report, stretch: Stretch | None) -> tuple[RuleRow, ...]:
    """Every rule but the hold time, which stands at the top."""
    return tuple(_row(report, result, stretch) for result in report.rules if result.id != "hold-time")


def _row(report: Report, result: RuleResult, stretch: Stretch | None) -> RuleRow:
    level = report.worst_level(result)
    looks = {
        "ok": ("ok", "ok"),
        "off": (level.value, f"off, {LEVEL_WORDS.get(level, '')}"),
        "unseen": ("unseen", "unseen"),
        "not-reached": ("none", "not judged"),
    }
    look, outcome = looks[result.outcome]
    alerts = [alert for alert in report.alerts if alert.rule == result.id]
    said = alerts[0].message if alerts else ""
    if alerts and not report.source.still:
        when = ", ".join(span(alert.start_s, alert.end_s) for alert in alerts[:3])
        times = sum(alert.count or 0 for alert in alerts)
        more = f" and {len(alerts) - 3} times more" if len(alerts) > 3 else ""
        said += f" ({f'{times} times, ' if times else ''}{when}{more})"
    blind = result.why_unseen if result.outcome == "unseen" or result.unseen_s > SEEN_ENOUGH_S else None
    return RuleRow(
        look=look,
        outcome=outcome,
        title=title_of(result.id, stretch),
        said=said,
        measured=_measured(report, result),
        off=_seconds(report, result, result.off_s),
        unseen=_seconds(report, result, result.unseen_s),
        why=f"{capital(blind)}. {what_helps(blind)}".strip() if blind else "",
    )


def _measured(report: Report, result: RuleResult) -> str:
    """The worst value against the limit."""
    if result.worst is None or result.outcome in ("unseen", "not-reached"):
        return ""
    worst = "" if report.source.still else "worst "
    words = f"{capital(result.measure)}: {worst}{known_to(result.worst, result.error, result.unit)}"
    if result.limit is not None:
        words += f", limit {amount(result.limit, result.unit)}"
    return words


def _seconds(report: Report, result: RuleResult, value_s: float) -> str:
    return "" if report.source.still or result.outcome == "not-reached" else duration(value_s)


def panels(timeline: Timeline, report: Report, stretch: Stretch | None) -> tuple[Panel, ...]:
    """The angle of the stretch, then a track for each posture rule that was seen at all."""
    length_s = timeline_length_s(timeline, report)
    off = {alert.rule for alert in report.alerts}
    return tuple(
        Panel(
            title=title_of(track.rule_id, stretch) if track.rule_id else "The stretch",
            measure=_axis_words(track),
            off=track.rule_id in off,
            charts=tuple(draw(track, report, length_s, size) for size in SIZES),
        )
        for track in shown_tracks(timeline)
    )


def _axis_words(track: TimeSeries) -> str:
    units = {"deg": "degrees", "leg length": "leg lengths", "sagitta/chord": "height of the arc over its chord"}
    return f"{capital(track.name)} in {units[track.unit]}" if track.unit in units else capital(track.name)


def shown_tracks(timeline: Timeline) -> list[TimeSeries]:
    """The tracks that have anything to show; the angle of the stretch first."""
    rest = [track for track in timeline.tracks if not np.isnan(track.value).all()]
    return [timeline.key, *rest]


def timeline_length_s(timeline: Timeline, report: Report) -> float:
    """How long the time axis is."""
    ends = [float(track.t_s[-1]) for track in (timeline.key, *timeline.tracks) if len(track.t_s)]
    return max([report.source.duration_s or 0.0, 0.1, *ends])


def timeline_data(timeline: Timeline, report: Report) -> dict[str, Any]:
    """What the script on the page needs to read out values."""
    return {
        "length": round(timeline_length_s(timeline, report), 2),
        "tracks": [_track_data(track) for track in shown_tracks(timeline)],
        "holds": [{"from": round(one.start_s, 2), "to": round(one.end_s, 2)} for one in report.holds],
        "alerts": [
            {"from": round(one.start_s, 2), "to": round(one.end_s, 2), "level": one.level.value, "words": one.message}
            for one in report.alerts
        ],
    }


def _track_data(track: TimeSeries) -> dict[str, Any]:
    factor, places, behind = unit_format(track.unit)
    digits = max(1, places + 1) if factor == 1.0 else 3
    value = [None if math.isnan(one) else round(one, digits) for one in track.value.tolist()]
    return {
        "name": track.name, "factor": factor, "places": places, "behind": behind,
        "t": np.round(track.t_s, 2).tolist(), "v": value,
    }  # fmt: skip


def number_table(timeline: Timeline, report: Report, stretch: Stretch | None) -> tuple[list[str], list[list[str]]]:
    """Head and rows of the timeline as a table, evenly over time."""
    tracks = shown_tracks(timeline)
    times = np.linspace(0.0, timeline_length_s(timeline, report), _TABLE_ROWS + 1)
    columns = [_sampled(track, times) for track in tracks]
    names = [title_of(track.rule_id, stretch) if track.rule_id else track.name for track in tracks]
    states = [_state(report, t_s) for t_s in times.tolist()]
    head = ["Time", *(capital(name) for name in names), "What"]
    rows = [[clock(t_s), *row, what] for t_s, *row, what in zip(times.tolist(), *columns, states, strict=True)]
    return head, rows


def _sampled(track: TimeSeries, times: Iterable[float]) -> list[str]:
    if not len(track.t_s):
        return [NO_VALUE for _ in times]
    nearest = [int(np.abs(track.t_s - t_s).argmin()) for t_s in times]
    return [amount(float(track.value[i]), track.unit) for i in nearest]


def _state(report: Report, t_s: float) -> str:
    words = [alert.message for alert in report.alerts if alert.start_s <= t_s <= alert.end_s]
    held = ["hold"] if any(hold.start_s <= t_s <= hold.end_s for hold in report.holds) else []
    return ", ".join(held + words)
