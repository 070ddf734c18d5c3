"""The samples as bad cameras and rooms would have filmed them: what is told is right, and what is wrong is said."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import pytest

from formcheck.analysis import Options, judge
from formcheck.analysis.estimating import record_poses
from formcheck.core.feedback import Report
from formcheck.core.poses import Picture, SourceInfo
from formcheck.core.reasons import REASON_TEXT, Reason
from formcheck.media.video import VideoFile
from formcheck.pose.engines import ModelChoice
from formcheck.pose.pool import EstimatorPool
from formcheck.pose.pose_file import PoseFile
from formcheck.stretches import by_slug
from tests.judged import result
from tests.spoilt import WAYS, Spoilt

SAMPLE = Path(__file__).parents[1] / "samples" / "toe_touch_hips_back.mp4"
UNTIL_S = 7.0  # some seconds of the hold


@dataclass(frozen=True)
class Beginning:
    """The first seconds of a film."""

    film: VideoFile

    @property
    def info(self) -> SourceInfo:
        """As of all of it."""
        return self.film.info

    def pictures(self, longest_px: int | None = None, *, from_s: float = 0.0) -> Iterator[Picture]:
        """Its pictures."""
        return takewhile(lambda one: one.t_s < UNTIL_S, self.film.pictures(longest_px, from_s=from_s))


def reports(way: str, folder: Path) -> tuple[Report, Report]:
    """The sample spoilt in a way, judged when the stretch is named and when it is not."""
    kept = folder / "poses.jsonl.gz"
    with EstimatorPool(ModelChoice().estimator, 2) as pool, ThreadPoolExecutor(2) as executor:
        record_poses(Spoilt(Beginning(VideoFile(SAMPLE)), WAYS[way]), pool, executor, kept, lambda *_: None)
    recording = PoseFile(kept)
    frames = list(recording.frames())
    told, asked = (
        judge(frames, recording.original, Options(stretch=stretch)).report for stretch in (by_slug("toe-touch"), None)
    )
    return told, asked


@pytest.mark.parametrize("way", ["dark, 30% of the light", "blurred, 2 px", "person of 60 px"])
def test_poor_pictures_are_still_told_rightly(way: str, tmp_path: Path) -> None:
    told, asked = reports(way, tmp_path)
    assert [alert.rule for alert in told.alerts] == ["hips-over-feet"]
    assert asked.stretch == "toe-touch"


@pytest.mark.parametrize(
    ("way", "reason"), [("dark, 6% of the light", Reason.TOO_DARK), ("blurred, 10 px", Reason.BLURRED)]
)
def test_of_pictures_that_show_nothing_the_reason_is_told_and_nothing_else(
    way: str, reason: Reason, tmp_path: Path
) -> None:
    told, asked = reports(way, tmp_path)
    assert not told.alerts
    assert not any(rule.outcome == "ok" for rule in told.rules)
    assert asked.stretch is None
    assert REASON_TEXT[reason] in asked.notes[-1]


def test_a_camera_in_a_shaking_hand_is_told_from_a_body_that_bounces(tmp_path: Path) -> None:
    told, _ = reports("shaken, 15 px", tmp_path)
    assert [alert.rule for alert in told.alerts] == ["hips-over-feet"]
    bounce = result(told, "no-bounce")
    assert (bounce.outcome, bounce.why_unseen) == ("unseen", REASON_TEXT[Reason.CAMERA_MOVES])
