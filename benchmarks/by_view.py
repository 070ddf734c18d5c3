"""Table `views`: what is said of the true points turned away from the camera."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markdown_tables import table
from media import Clip

from formcheck.core.landmarks import SHOULDERS, WRISTS
from formcheck.core.poses import Floats, Pose, PoseFrame
from formcheck.kinematics.view import LYING_SHOULDERS

_YAWS_DEG = (0, 25, -25, 45, 90)
_NOSE = 0
_INSTEAD = np.arange(33)
_INSTEAD[1:7] = _NOSE
_INSTEAD[[17, 19, 21]], _INSTEAD[[18, 20, 22]] = WRISTS


@dataclass(frozen=True)
class Row:
    """One clip at one yaw. `named` is None where there is no fault that points alone can show."""

    yaw_deg: int
    estimated_deg: float
    recognised: bool
    named: bool | None
    wrong: int
    unseen: float


def turned(clip: Clip, yaw_deg: float) -> list[PoseFrame]:
    """The true points of a clip, seen by the same camera with the person turned; no model and no outline.

    The shoulders of those who lie are as near to each other as the model reads them, which the estimate of the yaw
    takes into account.
    """
    camera = clip.truth["camera"]
    eye, look = np.array(camera["position"]), np.array(camera["look"])
    yaw = np.radians(yaw_deg)
    turn = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    ahead = (look - eye) / np.linalg.norm(look - eye)
    right = np.cross(ahead, [0.0, 1.0, 0.0])
    right /= np.linalg.norm(right)
    up = np.cross(right, ahead)
    away = (clip.arrays["lm3d"].astype(float) - look) @ turn.T + look - eye
    depth, focal = away @ ahead, camera["focal_px"]
    width, height = clip.truth["width"], clip.truth["height"]
    points = np.stack([width / 2 + focal * (away @ right) / depth, height / 2 - focal * (away @ up) / depth], axis=-1)
    points += np.random.default_rng(0).normal(0.0, 1.0, points.shape)
    return frames_of(clip, points, visibility=0.95)


def frames_of(clip: Clip, points_px: Floats, *, visibility: float) -> list[PoseFrame]:
    """Pose frames of one person whose points (T, 33, 2) are known; outline and depth are not.

    The truth has neither eyes nor fingers: unless known, they are put where the nose and the wrists are. Shoulders of
    lying bodies are put as near to each other as the model reads them, as the turn is told by them.
    """
    points_px = np.where(np.isnan(points_px), points_px[:, _INSTEAD], points_px)
    if clip.stretch.lying:
        middle = points_px[:, SHOULDERS, 0].mean(axis=1, keepdims=True)
        points_px[:, SHOULDERS, 0] = middle + LYING_SHOULDERS * (points_px[:, SHOULDERS, 0] - middle)
    return [
        PoseFrame(
            index=i,
            t_s=float(t_s),
            width=clip.truth["width"],
            height=clip.truth["height"],
            people=(Pose(points_px=points_px[i], depth_px=np.zeros(33), visibility=np.full(33, visibility)),),
        )
        for i, t_s in enumerate(clip.arrays["time"])
    ]


def rows(clip: Clip) -> list[Row]:
    """A clip that was rendered from the side, at every yaw; a partner stretch needs a helper."""
    if clip.slug in (None, "partner") or clip.truth["yaw"] != 0:
        return []
    return [_row(clip, yaw_deg) for yaw_deg in _YAWS_DEG]


def _row(clip: Clip, yaw_deg: int) -> Row:
    frames = turned(clip, yaw_deg)
    report = clip.judged(frames).report
    # The outline of the back is not part of the points.
    by_points = clip.clear_fault is not None and clip.clear_fault != "back-straight"
    rules = [rule for rule in report.rules if rule.id not in ("hold-time", "back-straight")]
    return Row(
        yaw_deg=yaw_deg,
        estimated_deg=report.view.yaw_deg if report.view.yaw_deg is not None else np.nan,
        recognised=clip.recognised(clip.judged(frames, named=False).report),
        named=any(alert.rule == clip.rule for alert in report.alerts) if by_points else None,
        wrong=len({alert.rule for alert in clip.wrong(report)[0]}),
        unseen=float(np.mean([rule.outcome == "unseen" for rule in rules])),
    )


def text(rows: Sequence[Row]) -> str:
    """One line a yaw."""
    lines = []
    for yaw_deg in _YAWS_DEG:
        group = [row for row in rows if row.yaw_deg == yaw_deg]
        named = [row.named for row in group if row.named is not None]
        lines.append(
            [
                f"{yaw_deg}\u00b0", f"{np.nanmedian([row.estimated_deg for row in group]):.0f}\u00b0",
                f"{sum(row.recognised for row in group)}/{len(group)}", f"{sum(named)}/{len(named)}",
                sum(row.wrong for row in group), f"{np.mean([row.unseen for row in group]):.0%}",
            ]
        )  # fmt: skip
    return table(["yaw", "estimated", "recognised", "faults named", "wrong warnings", "rules unseen"], lines)
