"""Table `confidence`: how often what was said with so much confidence is right.

Photographs, real recordings, rendered clips, and single pictures of the clips judged as photos: three from the middle
of each true hold and one from before the way in, which shows no stretch.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from markdown_tables import table
from media import Clip
from real import Row as RealRow

from formcheck.analysis import Options, judge

_FROM: Final = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_IN_HOLD: Final = (0.25, 0.5, 0.75)
_KINDS: Final = ("photos", "real photos", "real films", "clips", "pictures of clips")
_MANY = 20


@dataclass(frozen=True)
class Row:
    """One answer: of which kind of input, whether a stretch was named, how sure, and whether that is right."""

    kind: str
    named: bool
    confidence: float | None
    right: bool


def of_real(rows: Sequence[RealRow], kinds: tuple[str, str]) -> list[Row]:
    """The answers on recordings; `kinds` are what photos and films count as."""
    return [Row(kinds[0 if row.photo else 1], row.said is not None, row.confidence, row.named_right) for row in rows]


def rows(clip: Clip) -> list[Row]:
    """The answers on a clip, and on single pictures of it."""
    report = clip.asked.report
    told = [Row("clips", report.stretch is not None, report.confidence, clip.recognised(report))]
    first_s = clip.truth["phases_s"]["enter"] if clip.slug else 0.0
    times = [(window.start_s + share * window.length_s, True) for window in clip.windows for share in _IN_HOLD]
    times += [(first_s / 2.0, False)] if first_s else []
    at = np.array([frame.t_s for frame in clip.frames])
    info = replace(clip.info, still=True, frames=1)
    for t_s, held in times:
        found = judge([clip.frames[int(np.argmin(np.abs(at - t_s)))]], info, Options()).report
        right = clip.recognised(found) if held else found.stretch is None
        told.append(Row("pictures of clips", found.stretch is not None, found.confidence, right))
    return told


def text(rows: Sequence[Row]) -> str:
    """One line for each range of confidence, apart for a name and for none."""
    known = [row for row in rows if row.confidence is not None]
    lines = []
    for named in (True, False):
        for low, high in zip(_FROM, (*_FROM[1:], 1.0), strict=True):
            last = high >= 1.0
            group = [
                row for row in known if row.named == named and low <= row.confidence and (last or row.confidence < high)
            ]
            if not group:
                continue
            words = f"{low:g} to {high:g}" if last else f"{low:g} to below {high:g}"
            cells = [_share([row for row in group if row.kind == kind]) for kind in _KINDS]
            told = float(np.mean([row.confidence for row in group]))
            lines.append(["a stretch" if named else "none", words, f"{told:.2f}", *cells, _share(group)])
    gap = _gap(known)
    few = f"Mean gap between confidence and share right: {gap:.3f} (over {len(known)} answers, by these ranges).\n"
    return table(["said", "confidence", "mean", *_KINDS, "all right"], lines) + "\n" + few


def _gap(rows: Sequence[Row]) -> float:
    """The expected calibration error."""
    bins = np.digitize([row.confidence for row in rows], _FROM)
    sure, right = (np.array([getattr(row, what) for row in rows], dtype=float) for what in ("confidence", "right"))
    return float(sum(abs((sure - right)[bins == one].sum()) for one in np.unique(bins)) / len(rows))


def _share(group: Sequence[Row]) -> str:
    """Right of all, as a share with Wilson's 95 % interval where there are many."""
    n, right = len(group), sum(row.right for row in group)
    if not n:
        return ""
    if n < _MANY:
        return f"{right}/{n}"
    share, z = right / n, 1.96
    middle, half = share + z * z / (2 * n), z * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)
    return f"{right}/{n} ({low:.0%} to {high:.0%})"
