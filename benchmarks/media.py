"""The rendered clips with their truth, and what the pose model saw of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.analysis import JudgedInput, Options, judge
from formcheck.analysis.estimating import record_poses
from formcheck.analysis.parallel import cores
from formcheck.core.feedback import Alert, Report
from formcheck.core.poses import Bools, Floats, PoseFrame, SourceInfo
from formcheck.core.side import Side
from formcheck.core.stretch import Stretch
from formcheck.media.inputs import is_photo
from formcheck.media.photo import PhotoFile
from formcheck.media.video import VideoFile
from formcheck.pose.engines import ModelChoice
from formcheck.pose.pool import EstimatorPool
from formcheck.pose.pose_file import PoseFile
from formcheck.stretches import by_slug

CLEAR = 0.7  # magnitude from which a rendered fault must be named
SIDES: tuple[Side, Side] = ("left", "right")
# The rule that should name each rendered fault.
_RULE_OF = {
    "hips_behind_feet": "hips-over-feet", "knees_bent": "knees-straight", "bouncing": "no-bounce",
    "raised_knee_bent": "stretched-knee-straight", "front_knee_bent": "stretched-knee-straight",
    "other_leg_lifts": "other-leg-down", "head_lifted": "head-down", "trunk_misaligned": "trunk-aligned",
    "other_leg_straight": "other-knee-bent", "back_rounded": "back-straight",
    "support_knee_straight": "support-knee-bent", "squat_too_shallow": "support-knee-bent",
    "bench_too_high": "heel-height", "wobble": "balance", "shaking": "steady",
}  # fmt: skip
# What else a rendered fault brings with it, so that naming it is not wrong.
_BESIDE = {
    ("toe-touch", "knees_bent"): {"hips-over-feet"},
    ("beginner-supine", "raised_knee_bent"): {"hands-off-knee"},
    ("beginner-supine", "trunk_misaligned"): {"head-down"},
    ("bench-squat", "wobble"): {"no-bounce", "steady"},
}
# A fault that turns one stretch into another: that name is right as well.
_ALSO = {("beginner-supine", "other_leg_straight"): "supine", ("bench-squat", "squat_too_shallow"): "bench"}


@dataclass(frozen=True)
class Window:
    """A true hold: which leg is stretched, from when to when in seconds."""

    side: Side
    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        """How long it is held."""
        return self.end_s - self.start_s

    def within(self, t_s: Floats) -> Bools:
        """(T,) which of these times lie in it, half a second from both ends."""
        return (t_s >= self.start_s + 0.5) & (t_s <= self.end_s - 0.5)


@dataclass(frozen=True)
class Clip:
    """A rendered clip: its truth, and the pose frames that the model made of it.

    arrays   the truth a frame, as the media's own README tells.
    path, keep   where it lies, and where recordings are kept.
    repeat   whether it is one of the views of the same raise.
    """

    name: str
    path: Path
    keep: Path
    truth: dict[str, Any]
    arrays: dict[str, Floats]
    frames: list[PoseFrame]
    info: SourceInfo
    repeat: bool

    @property
    def slug(self) -> str | None:
        """The stretch that is done in it, None for none."""
        name: str = self.truth["stretch"]
        return None if name == "none" else name.replace("_", "-")

    @property
    def stretch(self) -> Stretch:
        """The same as a stretch; only of clips that have one."""
        return by_slug(str(self.slug))

    @property
    def good(self) -> bool:
        """Whether a stretch is done in good form."""
        return self.slug is not None and self.truth["fault"] == "good"

    @property
    def rule(self) -> str | None:
        """The rule that should name its fault; the rounded back of a toe touch is none."""
        if self.slug == "toe-touch" and self.truth["fault"] == "back_rounded":
            return None
        return _RULE_OF.get(self.truth["fault"])

    @property
    def clear_fault(self) -> str | None:
        """The rule that must name its fault, None where it has none or only a mild one."""
        return self.rule if self.truth["magnitude"] >= CLEAR else None

    @property
    def windows(self) -> list[Window]:
        """The true holds."""
        if self.slug is None:
            return []
        if self.truth.get("holds"):
            return [Window(hold["side"], *hold["seconds"]) for hold in self.truth["holds"]]
        return [Window(self.truth["side"], self.truth["phases_s"]["hold"], self.truth["phases_s"]["exit"])]

    @cached_property
    def told(self) -> JudgedInput:
        """Judged when the stretch is named."""
        return self.judged(self.frames)

    @cached_property
    def asked(self) -> JudgedInput:
        """Judged when the stretch is not named."""
        return self.judged(self.frames, named=False)

    def judged(self, frames: Sequence[PoseFrame], *, fps: float | None = None, named: bool = True) -> JudgedInput:
        """Other frames of the same scene judged, at another rate if need be."""
        info = self.info if fps is None else replace(self.info, fps=fps)
        return judge(frames, info, Options(stretch=self.stretch if named else None))

    def recognised(self, report: Report) -> bool:
        """Whether the stretch is the one that is done; without one, whether nothing was claimed."""
        if self.slug is None:
            return report.stretch is None or not (report.holds or report.alerts)
        return report.stretch in (self.slug, _ALSO.get((self.slug, self.truth["fault"]), self.slug))

    def wrong(self, report: Report) -> tuple[list[Alert], list[Alert]]:
        """Warnings and hints that name something that is not in the clip."""
        right = {self.rule} | _BESIDE.get((str(self.slug), self.truth["fault"]), set())
        others = [alert for alert in report.alerts if alert.rule not in right]
        return [one for one in others if one.level != "hint"], [one for one in others if one.level == "hint"]

    def hold_errors_s(self, report: Report) -> list[float]:
        """Held too long (too short: negative), for each true hold and each hold that is none, in seconds."""
        errors, taken = [], set()
        for window in self.windows:
            found = [hold for hold in report.holds if min(hold.end_s, window.end_s) > max(hold.start_s, window.start_s)]
            taken.update(found)
            errors.append(sum(hold.held_s for hold in found) - window.length_s)
        return errors + [hold.held_s for hold in report.holds if hold not in taken]


def poses_of(path: Path, keep: Path) -> Path:
    """Where the pose recording of a file is kept: in folders as `analyze` makes them."""
    return keep / path.parent.name / path.stem / "poses.jsonl.gz"


def estimate_missing(paths: Iterable[Path], keep: Path) -> None:
    """Run the pose model over the files whose recordings are not kept yet."""
    missing = [path for path in paths if not poses_of(path, keep).exists()]
    if not missing:
        return
    with EstimatorPool(ModelChoice().estimator, cores()) as pool, ThreadPoolExecutor(cores()) as executor:
        for path in missing:
            kept = poses_of(path, keep)
            kept.parent.mkdir(parents=True, exist_ok=True)
            source = PhotoFile(path) if is_photo(path) else VideoFile(path)
            part = kept.with_suffix(".part")
            record_poses(source, pool, executor, part, lambda *_: None)
            part.replace(kept)


def load(path: Path, keep: Path) -> Clip:
    """A clip whose poses are kept."""
    recording = PoseFile(poses_of(path, keep))
    return Clip(
        name=path.stem,
        path=path,
        keep=keep,
        truth=json.loads(path.with_suffix(".json").read_text()),
        arrays=dict(np.load(path.with_suffix(".npz"))),
        frames=list(recording.frames()),
        info=recording.original,
        repeat=path.parent.name == "repeat",
    )
