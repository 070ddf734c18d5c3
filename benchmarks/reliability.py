"""Table `reliability`: how far two readings of the same stretch lie apart.

`repeat/` has one raise of each of three bodies from six places of the camera: what is told from each is a repeat.

There are no repeats of the other stretches. Theirs are made: the true points of a clip with the noise that the model
shows on `repeat/`. What it reads wrong there, in leg lengths, less what it reads wrong in all views of that body alike,
is what differs between recordings of one person. One view of one body is drawn for each repeat and turned by any angle,
all points together, as the errors of neighbours go together. That supposes that errors of lying bodies are no smaller
than those of others; a wrong reading that comes with a pose, as of a leg on a bench, is in none of the repeats.
The outline is not part of the points, so the back counts as unknown.

The standard error of measurement is the spread (one standard deviation) of the repeats of a body or clip about their
own mean, of all bodies together; the smallest detectable change is 1.96 times the square root of 2 times that. Their
intervals are 95 % by the chi-square distribution, as if repeats were independent.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from by_view import frames_of
from markdown_tables import table
from media import SIDES, Clip

from formcheck.analysis import JudgedInput, Options, judge
from formcheck.core.poses import Floats
from formcheck.core.quantity import pick
from formcheck.core.rules import Target
from formcheck.pose.pose_file import PoseFile

_REPEATS = 8
_VISIBLE = 0.99
_CHANGE: Final = 1.96 * np.sqrt(2.0)
_TOLD: Final = ("raise", "fold", "hinge")
_KNEE, _LINE = "stretched knee", "leg line"
_SIDE_ON_DEG = 15.0
_MIRROR: Final = np.array([0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(i + 1 if i % 2 else i - 1 for i in range(11, 33))])


@dataclass(frozen=True)
class Row:
    """One reading of something that was read several times.

    of      the body or the clip that the readings have in common.
    wrong   whether the other leg was named, or judged as the stretched one.
    """

    source: str
    slug: str
    name: str
    of: str
    yaw_deg: float
    value: float
    wrong: bool


def rows(clip: Clip) -> list[Row]:
    """The readings of a clip: the one from its own view, or those with noise."""
    if clip.slug is None or len(clip.windows) > 1:
        return []
    if clip.repeat:
        return list(_readings(clip, clip.told, "filmed"))
    if clip.slug == "partner":
        return []  # there is no truth of the helper
    told = []
    for points in _noisy(clip):
        found = judge(frames_of(clip, points, visibility=_VISIBLE), clip.info, Options(stretch=clip.stretch))
        told += _readings(clip, found, "made")
    return told


def _readings(clip: Clip, found: JudgedInput, source: str) -> Iterator[Row]:
    measures, window = found.measures, clip.windows[0]
    side, inside = SIDES.index(window.side), window.within(measures.t_s)
    leg = clip.stretch.stretched(measures, Target()) if clip.stretch.one_sided else np.full(len(measures), side)
    values = {one.name: one.value for one in found.report.progress if one.name in _TOLD}
    values[_KNEE] = _middle(pick(measures.knee_deg, leg)[inside])
    if "raise" in values:
        values[_LINE] = _middle(pick(measures.leg_deg, leg)[inside])
    wrong = found.report.side not in (window.side, "unsure") or float(np.mean(leg[inside] != side)) > 0.5
    of = str(clip.truth["body"]) if clip.repeat else clip.name
    for name, value in values.items():
        known = np.nan if value is None else value
        yield Row(source, str(clip.slug), name, of, abs(clip.truth["yaw"]), known, wrong)


def _middle(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else np.nan


def _noisy(clip: Clip) -> Iterator[Floats]:
    """(T, 33, 2) px: the true points with the noise of one view of one body for each repeat."""
    true, leg_px = clip.arrays["lm2d"].astype(float), _leg_px(clip.arrays)
    noises, draw = _noises(clip.path.parent.parent / "repeat", clip.keep), np.random.default_rng(0)
    for one in draw.permutation(len(noises))[:_REPEATS]:
        angle = draw.uniform(0.0, 2.0 * np.pi)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        back_and_forth = np.concatenate([noises[one], noises[one][::-1]])
        yield true + (np.resize(back_and_forth, true.shape) @ turn.T) * leg_px


@cache
def _noises(folder: Path, keep: Path) -> list[Floats]:
    """Of each view up to 15 degrees (T, 33, 2) leg lengths: what is read wrong, less what is so in all views alike."""
    bodies: dict[str, list[Floats]] = defaultdict(list)
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text())
        if truth["yaw"] <= _SIDE_ON_DEG:
            bodies[truth["body"]].append(_errors(path, truth, keep))
    found = []
    for views in bodies.values():
        alike = np.mean([np.median(view, axis=0) for view in views], axis=0)
        wider = np.sqrt(len(views) / (len(views) - 1))  # as the mean is of these few
        for view in views:
            own = np.median(view, axis=0)
            found.append((own - alike) * wider + view - own)
    return found


def _errors(path: Path, truth: dict[str, Any], keep: Path) -> Floats:
    """(T, 33, 2) leg lengths: what the model reads wrong in the hold; ahead of a person is positive."""
    arrays = dict(np.load(path.with_suffix(".npz")))
    true, phases = arrays["lm2d"].astype(float), truth["phases_s"]
    frames = PoseFile(keep / path.parent.name / path.stem / "poses.jsonl.gz").frames()
    errors = [
        _off(frame.people[0].points_px, true[int(np.argmin(np.abs(arrays["time"] - frame.t_s)))])
        for frame in frames
        if frame.people and phases["hold"] <= frame.t_s <= phases["exit"]
    ]
    # The truth has neither eyes nor fingers.
    return np.nan_to_num(np.array(errors)) * (1.0 if _ahead(arrays) else -1.0, 1.0) / _leg_px(arrays)


def _off(points: Floats, true: Floats) -> Floats:
    """The errors of one picture, the legs by the names that fit: exchanged ones are another matter than error."""
    legs = np.arange(33)
    legs[23:] = _MIRROR[23:]
    return min((points - true, points[legs] - true), key=lambda errors: float(np.nanmedian(np.abs(errors[23:]))))


def _leg_px(arrays: dict[str, Floats]) -> float:
    points = arrays["lm2d"].astype(float)
    bones = [np.linalg.norm(points[:, a] - points[:, b], axis=-1) for a, b in ((23, 25), (25, 27), (24, 26), (26, 28))]
    return float(np.percentile(sum(bones) / 2.0, 90))


def _ahead(arrays: dict[str, Floats]) -> bool:
    """Whether the feet point to the right."""
    points = arrays["lm2d"].astype(float)
    return bool(np.median(points[:, 31:, 0] - points[:, 29:31, 0]) > 0.0)


def text(rows: Sequence[Row]) -> str:
    """A line for each thing that is read."""
    lines = []
    of_views = [row for row in rows if row.source == "filmed"]
    for name in dict.fromkeys(row.name for row in of_views):
        group = [row for row in of_views if row.name == name]
        for words, most in (("up to 15° of yaw", 15.0), ("up to 25° of yaw", 25.0)):
            part = [row for row in group if row.yaw_deg <= most]
            wrong = f"{sum(row.wrong for row in part)}/{len(part)}"
            lines.append([f"`{part[0].slug}`", name, f"filmed, {words}", *_cells(part), wrong])
    made: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.source == "made":
            made[row.slug, row.name].append(row)
    lines += [[f"`{slug}`", name, "made", *_cells(part)] for (slug, name), part in sorted(made.items())]
    head = ["stretch", "value", "repeats", "of", "readings", "not told", "standard error of measurement"]
    return table([*head, "smallest detectable change", "wrong leg"], lines)


def _cells(group: Sequence[Row]) -> list[object]:
    by: dict[str, list[float]] = defaultdict(list)
    for row in group:
        if not np.isnan(row.value):
            by[row.of].append(row.value)
    squares = sum(float(np.var(one) * len(one)) for one in by.values())
    free = sum(len(one) - 1 for one in by.values())
    told = sum(map(len, by.values()))
    start: list[object] = [len(by), len(group), len(group) - told]
    if free < 1:
        return start
    error = np.sqrt(squares / free)
    low, high = (error / np.sqrt(_chi_square(share, free) / free) for share in (1.96, -1.96))
    return [*start, f"{error:.1f}° ({low:.1f} to {high:.1f})", f"{_CHANGE * error:.1f}°"]


def _chi_square(z: float, free: int) -> float:
    """Quantile at a normal deviate, by Wilson and Hilferty."""
    return float(free * (1.0 - 2.0 / (9.0 * free) + z * np.sqrt(2.0 / (9.0 * free))) ** 3)
