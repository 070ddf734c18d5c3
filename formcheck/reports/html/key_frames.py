"""Which moments of a recording are worth a picture."""

from __future__ import annotations

from typing import Final

import numpy as np

from formcheck.core.clock import clock
from formcheck.core.feedback import Alert, Hold, Report
from formcheck.core.names import capital
from formcheck.core.stretch import Stretch
from formcheck.core.timeline import KeyFrameKind, Timeline, WantedKeyFrame
from formcheck.reports.html.words import amount, known_to, progress_words

_WHEN: Final[dict[KeyFrameKind, str]] = {"best": "at your best", "furthest": "at your furthest", "hold": "in your hold"}


def wanted_key_frames(
    report: Report, stretch: Stretch | None, timeline: Timeline | None = None
) -> list[WantedKeyFrame]:
    """The best moment and the worst fault, of a photo the one picture; empty where there is neither.

    The best moment is when the first progress value was at its best, else the middle of the longest hold; where
    something was off just then it is only the furthest one, or one of the hold. The worst fault is the most serious
    alert, the longest of these; the timeline tells when it was at its worst, without one its middle is taken.
    """
    if report.source.still:
        return _photo(report, stretch)
    wanted = []
    if report.holds:
        wanted.append(_best(report, max(report.holds, key=lambda hold: hold.held_s)))
    if report.alerts:
        wanted.append(_fault(report, timeline))
    return wanted


def _best(report: Report, longest: Hold) -> WantedKeyFrame:
    t_s, words = (longest.start_s + longest.end_s) / 2, "The middle of your longest hold"
    kind: KeyFrameKind = "hold"
    for one in report.progress:
        if one.t_s is not None and any(hold.start_s <= one.t_s <= hold.end_s for hold in report.holds):
            t_s, words, kind = one.t_s, capital(progress_words(one)), "furthest"
            break
    off = [alert for alert in report.alerts if alert.start_s <= t_s <= alert.end_s]
    if off:
        words += f". Still to work on here: {min(off, key=_seriousness).message}"
    else:
        kind = "best"
    alt = _alt(f"{_WHEN[kind]}, {clock(t_s)}")
    return WantedKeyFrame(kind=kind, t_s=t_s, caption=words, alt=alt, alert=None)


def _fault(report: Report, timeline: Timeline | None) -> WantedKeyFrame:
    alert = min(report.alerts, key=_seriousness)
    t_s = _worst_s(alert, timeline)
    return WantedKeyFrame(
        kind="fault",
        t_s=t_s,
        caption=fault_words(alert),
        alt=_alt(f"at {clock(t_s)}, when {alert.measure} was off; what it is about is marked"),
        alert=alert,
    )


def _photo(report: Report, stretch: Stretch | None) -> list[WantedKeyFrame]:
    if not report.frames_with_person:
        return []
    alert = min(report.alerts, key=_seriousness, default=None)
    title = stretch.title if stretch else "Your photo"
    words = fault_words(alert) if alert else title
    return [WantedKeyFrame(kind="photo", t_s=0.0, caption=words, alt=_alt("in the photo"), alert=alert)]


def _worst_s(alert: Alert, timeline: Timeline | None) -> float:
    track = timeline.of(alert.rule) if timeline else None
    if track is not None and alert.value is not None:
        inside = (track.t_s >= alert.start_s) & (track.t_s <= alert.end_s) & ~np.isnan(track.value)
        if inside.any():
            nearest = np.abs(track.value[inside] - alert.value).argmin()
            return float(track.t_s[inside][nearest])
    return (alert.start_s + alert.end_s) / 2


def fault_words(alert: Alert) -> str:
    """What is off, in words and numbers."""
    if alert.value is None or alert.limit is None:
        return alert.message
    value, limit = known_to(alert.value, alert.error, alert.unit), amount(alert.limit, alert.unit)
    return f"{alert.message}. {capital(alert.measure)} {value}, limit {limit}"


def _seriousness(alert: Alert) -> tuple[int, float]:
    """Sorts the most serious alert first, then the longest."""
    return -alert.level.severity, alert.start_s - alert.end_s


def _alt(words: str) -> str:
    return f"You {words}, with the skeleton that was found drawn over the picture"
