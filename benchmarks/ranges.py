"""Tables `ranges` and `repeat`: the ranges that are told, against the truth.

Three truths stand side by side:

    points    the formula of the range, without the corrections of the model's errors, on the true image points, and the
              value that was held for a second within the true hold: what a perfect model would have to show;
    pipeline  what the judge tells of the true image points. It corrects errors that they do not have;
    joints    the rendered body's own joint angles in space, in the middle of the hold: another definition, not seen
              by a camera. The share of the hinge has only this one, as the outline is not part of the points.

The truth has no fingers. For the reach they are put as far from the true wrist as the model saw them from its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from by_view import frames_of
from markdown_tables import table
from media import SIDES, Clip, Window

from formcheck.analysis import Options, judge
from formcheck.core.feedback import Report
from formcheck.core.landmarks import FINGERTIPS, HEELS, HIPS, KNEES, SHOULDERS, TOES, WRISTS
from formcheck.core.poses import Body, Floats
from formcheck.core.rules import Target
from formcheck.core.stretch import Progress
from formcheck.geometry.angles import joint_angle, middle

_HELD_S = 1.0
_SIDE_ON_DEG = 12.0
_MEDIAN, _WORST, _WORST_TURNED, _LENGTHS = 3.0, 8.0, 12.0, 0.03
_VISIBLE = 0.99
_SHARE = "hinge from the hips"
_MANY = 10


@dataclass(frozen=True)
class Row:
    """One range of one hold: what was told, and the three truths; NaN where there is none."""

    clip: str
    repeat: bool
    slug: str
    name: str
    unit: str
    side: str
    said_side: str | None
    yaw_deg: float
    view: str
    told: float
    points: float
    pipeline: float
    joints: float

    @property
    def turned(self) -> bool:
        """Whether the person is turned away from the camera further than the closer limit allows."""
        return abs(self.yaw_deg) > _SIDE_ON_DEG

    @property
    def error(self) -> float:
        """What was told less the truth: the points', or the joints' where the points show nothing."""
        return self.told - (self.joints if self.name == _SHARE else self.points)


def rows(clip: Clip) -> list[Row]:
    """Every range of every hold of a clip."""
    if clip.slug is None:
        return []
    found, lines = clip.told.report, []
    frames = frames_of(clip, true_points(clip), visibility=_VISIBLE)
    for window in clip.windows:
        side = SIDES.index(window.side)
        leg = side if clip.stretch.one_sided and len(clip.windows) == 1 else None
        true = judge(frames, clip.info, Options(stretch=clip.stretch, leg=leg))
        plain = replace(
            true.measures,
            trunk_deg=true.measures.raw_trunk_deg,
            hip_deg=plain_hips(true.body),
            reach=plain_reach(true.body),
        )
        for progress in clip.stretch.progress:
            values = clip.stretch.reached(progress, plain, Target(leg=side))
            row = Row(
                clip=clip.name,
                repeat=clip.repeat,
                slug=clip.slug,
                name=progress.name,
                unit=progress.unit,
                side=window.side,
                said_side=found.side,
                yaw_deg=clip.truth["yaw"],
                view=clip.truth["view"],
                told=_told(found, progress, window, len(clip.windows)),
                points=_sustained(plain.t_s, values, window, progress),
                pipeline=_told(true.report, progress, window, len(clip.windows)),
                joints=_joints(clip, progress, window),
            )
            lines.append(row)
    return lines


def true_points(clip: Clip) -> Floats:
    """(T, 33, 2) px, with the model's hands at the true wrists."""
    points, seen = clip.arrays["lm2d"].astype(float), clip.told.body.points_px
    points[:, FINGERTIPS] = points[:, WRISTS] + seen[:, FINGERTIPS] - seen[:, WRISTS]
    return points


def plain_hips(body: Body) -> Floats:
    """(T, 2) trunk to thigh between the points themselves."""
    points = body.points_px
    shoulders = middle(points, SHOULDERS)[:, None]
    return joint_angle(shoulders, points[:, HIPS], points[:, KNEES])


def plain_reach(body: Body) -> Floats:
    """(T,) fingertips above the floor in leg lengths, of the hand on the side that is turned to the camera.

    The floor is that of the nearer foot. The other hand is farther away, so it stands higher in the picture.
    """
    points, frames = body.points_px, np.arange(len(body))
    floor = points[:, np.concatenate([HEELS, TOES]), 1].max(axis=1)
    hand = points[frames, FINGERTIPS[(body.facing > 0).astype(int)], 1]
    return np.asarray((floor - hand) / body.own_leg_px)


def _told(report: Report, progress: Progress, window: Window, windows: int) -> float:
    """The value of a report, that of the side where both were done; NaN for none."""
    one = next((one for one in report.progress if one.name == progress.name), None)
    if one is None:
        return float("nan")
    value = one.value if windows == 1 else dict(one.by_side).get(window.side)
    return float("nan") if value is None else value


def _sustained(t_s: Floats, values: Floats, window: Window, progress: Progress) -> float:
    """The best value that was held for a second within a true hold."""
    sign = 1.0 if progress.best == "highest" else -1.0
    inside = (t_s >= window.start_s) & (t_s <= window.end_s) & ~np.isnan(values)
    times, amounts = t_s[inside], sign * values[inside]
    ends = np.searchsorted(times, times + _HELD_S - 1e-6)
    held = [amounts[i : end + 1].min() for i, end in enumerate(ends) if end < len(times)]
    return float(sign * max(held)) if held else float("nan")


def _joints(clip: Clip, progress: Progress, window: Window) -> float:
    """The truth in space, middle of a hold."""
    letter = "LR"[SIDES.index(window.side)]
    inside = window.within(clip.arrays["time"])
    if progress.name == _SHARE:
        now, rest = (clip.truth[key]["back_sagitta"] for key in ("hold_median", "neutral_median"))
        bend_deg = np.degrees(4.0 * np.arctan(2.0 * max(now - rest, 0.0)))
        return float(np.clip(1.0 - bend_deg / np.median(clip.arrays["trunk_incl"][inside]), 0.0, 1.0))
    if progress.name in ("reach", "hand to toes"):
        return float("nan")
    if progress.name == "fold" and not clip.stretch.one_sided:
        return float(np.median(clip.arrays["trunk_incl"][inside]))
    name, sign, start = {
        "fold": ("hip_flex", -1.0, 180.0),
        "hinge": ("hip_flex", 1.0, 0.0),
        "raise": ("leg_from_floor", 1.0, 0.0),
    }[progress.name]
    return float(start + sign * np.median(clip.arrays[f"{name}_{letter}"][inside]))


def text(rows: Sequence[Row]) -> str:
    """What was told against the points, then the truths against each other."""
    groups: dict[tuple[str, str, bool], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.slug, row.name, row.turned].append(row)
    lines = [_line(slug, name, group, turned=turned) for (slug, name, turned), group in groups.items()]
    head = ["stretch", "range", "yaw", "n", "not told", "error: median", "worst", "worst clip", "asked", "met"]
    by_range: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_range[row.slug, row.name].append(row)
    truths = [
        [f"`{slug}`", name, _most(group), *(_spread_of(group, *pair) for pair in _PAIRS)]
        for (slug, name), group in by_range.items()
    ]
    pairs = [f"{first} less {second}" for first, second in _PAIRS]
    return f"{table(head, lines)}\n{table(['stretch', 'range', 'error: most', *pairs], truths)}"


_PAIRS = (("told", "joints"), ("told", "pipeline"), ("pipeline", "points"), ("joints", "points"))


def _line(slug: str, name: str, group: Sequence[Row], *, turned: bool) -> list[object]:
    errors = [(abs(row.error), row.error, row) for row in group if not np.isnan(row.error)]
    yaw = f"beyond {_SIDE_ON_DEG:g}\u00b0" if turned else f"up to {_SIDE_ON_DEG:g}\u00b0"
    start: list[object] = [f"`{slug}`", name, yaw, len(group), sum(np.isnan(row.told) for row in group)]
    if not errors:
        return start
    median = float(np.median([size for size, _, _ in errors]))
    size, worst, row = max(errors, key=lambda one: one[0])
    if row.unit == "deg":
        asked = f"worst {_WORST_TURNED:g}" if turned else f"median {_MEDIAN:g}, worst {_WORST:g}"
        met = size <= _WORST_TURNED if turned else median <= _MEDIAN and size <= _WORST
    else:
        asked, met = f"worst {_LENGTHS:g}", size <= _LENGTHS
    met = met and len(errors) == len(group)
    return [*start, _number(median, row), _number(worst, row, "+"), _short(row), asked, "yes" if met else "no"]


def _most(group: Sequence[Row]) -> str:
    """The error that nine in ten holds stay within; of fewer than ten the largest."""
    errors = sorted(abs(row.error) for row in group if not np.isnan(row.error))
    return _number(float(np.percentile(errors, 90) if len(errors) >= _MANY else errors[-1]), group[0]) if errors else ""


def _spread_of(group: Sequence[Row], first: str, second: str) -> str:
    """Median of the differences and the largest one."""
    known = [one for row in group if not np.isnan(one := getattr(row, first) - getattr(row, second))]
    if not known:
        return ""
    row = group[0]
    return f"{_number(float(np.median(known)), row, '+')}, worst {_number(max(known, key=abs), row, '+')}"


def _number(value: float, row: Row, sign: str = "") -> str:
    return f"{value:{sign}.1f}\u00b0" if row.unit == "deg" else f"{value:{sign}.3f}"


def _short(row: Row) -> str:
    return row.clip.removeprefix("supine_") if row.repeat else f"{row.clip[:2]} {row.side}"


def repeat_text(rows: Sequence[Row]) -> str:
    """One line a body: the raise that is told from each view, and how far apart they are."""
    bodies: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.repeat and row.name == "raise":
            bodies[row.clip.split("_")[1]].append(row)
    lines, views = [], sorted({_view(row) for group in bodies.values() for row in group})
    for body, group in bodies.items():
        told = {_view(row): row for row in group}
        cells = [f"{told[view].told:.1f} ({told[view].said_side})" if view in told else "" for view in views]
        spreads = [np.ptp([getattr(row, what) for row in group]) for what in ("told", "points")]
        lines.append([body, f"{group[0].joints:.1f}", *cells, *(f"{spread:.1f}" for spread in spreads)])
    head = ["body", "true raise", *(f"yaw {view}" for view in views), "apart", "true points apart"]
    return table(head, lines)


def _view(row: Row) -> str:
    return f"{row.yaw_deg:>2g} {row.view}"
