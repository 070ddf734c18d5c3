"""Tables `errors` and `error of rules`: how far off each measure is over a hold, by stretch, view and distance.

A value that is told was kept up, so what counts is the middle of the differences over a hold, not of single frames.
Truths, as the table says of each measure:

    joints   the rendered body's own joint angles, from space;
    points   the formula of the measure on the true image points, without the corrections of the model's errors;
    surface  the clothed back.

Intervals are 95 % of 2000 draws of bodies, not of holds: the holds of one body have its errors in common. There are
seven bodies.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from by_view import frames_of
from markdown_tables import table
from media import SIDES, Clip, Window
from ranges import plain_hips, plain_reach, true_points

from formcheck.analysis import Options, judge
from formcheck.core.measures import Measures
from formcheck.core.poses import Floats, Ints
from formcheck.core.quantity import pick
from formcheck.core.rules import Target

_VISIBLE = 0.99
_DRAWS = 2000
_FEWEST_BODIES = 3
_VIEWS: Final = (("below 10°", 0.0, 10.0), ("10 to 20°", 10.0, 20.5), ("above 20°", 20.5, 90.0))
_FAR_PX = 450.0
_LYING: Final = ("supine", "beginner-supine", "partner")
_BACK: Final = ("standing", "bench", "bench-squat")

Values = Callable[[Measures, Ints], Floats]
Truth = Callable[[Clip, int], Floats]


@dataclass(frozen=True)
class Row:
    """One measure over one hold: median difference from the truth, as told less true."""

    clip: str
    body: str
    slug: str
    measure: str
    unit: str
    yaw_deg: float
    height_px: float
    error: float


@dataclass(frozen=True)
class _Measure:
    """What is compared: the told values, the truth in the clip's arrays (None: the same of the true points)."""

    name: str
    unit: str
    told: Values
    truth: Truth | None = None
    only: tuple[str, ...] = ()


def _of_leg(name: str) -> Values:
    return lambda measures, leg: pick(getattr(measures, name), leg)


def _of_other(name: str) -> Values:
    return lambda measures, leg: pick(getattr(measures, name), 1 - leg)


def _of_body(name: str) -> Values:
    return lambda measures, _leg: np.asarray(getattr(measures, name))


def _array(name: str, sign: float = 1.0, start: float = 0.0) -> Truth:
    """A truth of the clip's arrays; `{0}` stands for the stretched leg, `{1}` for the other one."""
    return lambda clip, leg: np.asarray(start + sign * clip.arrays[name.format("LR"[leg], "RL"[leg])])


def _curve(clip: Clip, _leg: int) -> Floats:
    return np.asarray(clip.arrays["back_sagitta"] - clip.truth["neutral_median"]["back_sagitta"])


def _lift(clip: Clip, leg: int) -> Floats:
    """The other leg above where it rests before the way in."""
    line = clip.arrays[f"leg_from_floor_{'RL'[leg]}"]
    return np.asarray(line - np.median(line[clip.arrays["time"] < clip.truth["phases_s"]["enter"]]))


MEASURES: Final = (
    _Measure("stretched knee", "deg", _of_leg("knee_deg"), _array("knee_flex_{0}", -1.0, 180.0)),
    _Measure("other knee", "deg", _of_other("knee_deg"), _array("knee_flex_{1}", -1.0, 180.0)),
    _Measure("trunk", "deg", _of_body("trunk_deg"), _array("trunk_incl")),
    _Measure("leg line", "deg", _of_leg("leg_deg"), _array("leg_from_floor_{0}")),
    _Measure("other leg off its rest", "deg", _of_other("leg_lift_deg"), _lift, _LYING),
    _Measure("trunk to thigh", "deg", _of_leg("hip_deg"), None, _BACK),
    _Measure("head", "deg", _of_body("head_deg"), None, _LYING),
    _Measure("hip setback", "leg length", _of_body("hip_setback"), _array("hips_over_ankles", -1.0), ("toe-touch",)),
    _Measure("centre of mass", "foot length", _of_body("com_on_foot"), _array("com_on_foot"), ("toe-touch",)),
    _Measure("reach", "leg length", _of_body("reach"), None, ("toe-touch",)),
    _Measure("back curve", "sagitta/chord", _of_body("back_curve"), _curve, _BACK),
    _Measure("heel height", "ratio", _of_body("heel_height"), None, ("bench", "bench-squat")),
    _Measure("hand to knee", "leg length", _of_body("hands_to_knee"), None, ("beginner-supine",)),
)


def rows(clip: Clip) -> list[Row]:
    """Every measure over every true hold of a clip."""
    return [] if clip.slug is None else rows_of(clip, clip.told.measures, plain_measures(clip))


def rows_of(clip: Clip, told: Measures, plain: Measures) -> list[Row]:
    """The same of other measures of the clip's frames; `plain` are those of the true points."""
    lines = []
    camera = clip.truth["camera"]
    away = float(np.linalg.norm(np.subtract(camera["position"], camera["look"])))
    for window in clip.windows:
        side = SIDES.index(window.side)
        for one in MEASURES:
            if one.only and clip.slug not in one.only:
                continue
            true = one.truth(clip, side) if one.truth else one.told(plain, np.full(len(plain), side))
            differences = one.told(told, _leg(clip, side)) - np.interp(told.t_s, clip.arrays["time"], true)
            lines.append(
                Row(
                    clip=clip.name, body=clip.truth["body"], slug=clip.slug, measure=one.name, unit=one.unit,
                    yaw_deg=abs(clip.truth["yaw"]), error=_middle(differences, window, told.t_s),
                    height_px=clip.truth["body_height_m"] * camera["focal_px"] / away,
                )
            )  # fmt: skip
    return lines


def _leg(clip: Clip, side: int) -> Ints:
    """(T,) the leg that is judged as the stretched one: a leg by another name is no error of its angles."""
    measures = clip.told.measures
    return clip.stretch.stretched(measures, Target()) if clip.stretch.one_sided else np.full(len(measures), side)


def plain_measures(clip: Clip) -> Measures:
    """What the true points measure, without the corrections of the model's errors."""
    true = judge(frames_of(clip, true_points(clip), visibility=_VISIBLE), clip.info, Options(stretch=clip.stretch))
    measures = true.measures
    return replace(
        measures, trunk_deg=measures.raw_trunk_deg, hip_deg=plain_hips(true.body), reach=plain_reach(true.body)
    )


def _middle(differences: Floats, window: Window, t_s: Floats) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a measure that is never seen in a hold
        return float(np.nanmedian(differences[window.within(t_s)]))


def text(rows: Sequence[Row]) -> str:
    """By stretch; then all stretches together by view and by the person's height in the picture."""
    by_stretch: dict[tuple[str, str], list[Row]] = defaultdict(list)
    by_measure: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_stretch[row.measure, row.slug].append(row)
        by_measure[row.measure].append(row)
    order = [one.name for one in MEASURES]
    keys = sorted(by_stretch, key=lambda key: order.index(key[0]))
    first = [[measure, f"`{slug}`", *_cells(by_stretch[measure, slug])] for measure, slug in keys]
    second = [
        [measure, name, *_cells([row for row in by_measure[measure] if low <= row.yaw_deg < high])]
        for measure in sorted(by_measure, key=order.index)
        for name, low, high in _VIEWS
    ]
    distances = (("below 450 px", 0.0, _FAR_PX), ("450 px and more", _FAR_PX, np.inf))
    third = [
        [measure, name, *_cells([row for row in by_measure[measure] if low <= row.height_px < high])]
        for measure in sorted(by_measure, key=order.index)
        for name, low, high in distances
    ]
    tables = [
        table(["measure", "stretch", *_HEAD], first),
        table(["measure", "yaw", *_HEAD], [line for line in second if line[2]]),
        table(["measure", "height of the person", *_HEAD], [line for line in third if line[2]]),
    ]
    heights = [row.height_px for row in rows]
    return (
        "\n".join(tables)
        + f"\nPeople were {min(heights):.0f} to {max(heights):.0f} px tall; others were not measured.\n"
    )


_HEAD: Final = ("n", "bodies", "not seen", "error: median", "90 %", "lean")


def _cells(group: Sequence[Row]) -> list[object]:
    """Number of holds and bodies, holds without a value, and the errors with their intervals."""
    seen = [row for row in group if not np.isnan(row.error)]
    start: list[object] = [len(group), len({row.body for row in group}), len(group) - len(seen)]
    if not seen:
        return start
    unit = seen[0].unit
    sizes, bodies = np.array([abs(row.error) for row in seen]), np.array([row.body for row in seen])
    told = [
        f"{_number(np.percentile(sizes, share), unit)}{_interval(sizes, bodies, share, unit)}" for share in (50, 90)
    ]
    return [*start, *told, _number(float(np.median([row.error for row in seen])), unit, "+")]


def _interval(sizes: Floats, bodies: np.ndarray, share: float, unit: str) -> str:
    """95 % of draws of bodies with replacement; nothing of too few bodies."""
    groups = [sizes[bodies == name] for name in np.unique(bodies)]
    if len(groups) < _FEWEST_BODIES:
        return ""
    draw = np.random.default_rng(0)
    drawn = [
        np.percentile(np.concatenate([groups[i] for i in draw.integers(len(groups), size=len(groups))]), share)
        for _ in range(_DRAWS)
    ]
    low, high = np.percentile(drawn, (2.5, 97.5))
    return f" ({_number(low, unit)} to {_number(high, unit)})"


def _number(value: float, unit: str, sign: str = "") -> str:
    return f"{value:{sign}.1f}" if unit == "deg" else f"{value:{sign}.3f}"
