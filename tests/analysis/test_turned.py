"""Recordings whose pictures are upside down or on their side without saying so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.analysis import Options
from formcheck.analysis.results import judge_recording
from formcheck.core.feedback import Report
from formcheck.core.poses import Pose, PoseFrame
from formcheck.pose.pose_file import PoseFile, PoseWriter
from tests.figures import SOURCE, film, folded, in_and_out, lying, upright


def folding(t_s: float) -> Pose:
    depth = in_and_out(t_s, 6.0)
    return folded(1 + 119 * depth, setback=0.14 * depth).pose()


def raising(t_s: float) -> Pose:
    return lying(-6 + 86 * in_and_out(t_s, 6.0)).pose()


def turned(one: PoseFrame, quarters: int) -> PoseFrame:
    """The same picture turned clockwise."""
    for _ in range(quarters):
        people = tuple(
            replace(pose, points_px=np.stack([one.height - pose.points_px[:, 1], pose.points_px[:, 0]], axis=1))
            for pose in one.people
        )
        one = replace(one, width=one.height, height=one.width, people=people)
    return one


def report_of(frames: list[PoseFrame], folder: Path) -> Report:
    with PoseWriter(folder / "poses.jsonl.gz", SOURCE, "test") as writer:
        for one in frames:
            writer.write(one)
    recording = PoseFile(folder / "poses.jsonl.gz")
    return judge_recording(recording, recording.info, folder, Options(video=False, page=False))[0]


@pytest.mark.parametrize(
    ("scene", "quarters", "looks", "way"),
    [
        (folding, 2, "upside down", "180 degrees"),
        (folding, 1, "on its side", "90 degrees counterclockwise"),
        (raising, 3, "on its side", "90 degrees clockwise"),
        (raising, 2, "upside down", "180 degrees"),
    ],
)
def test_it_asks_whether_the_picture_is_turned(scene, quarters: int, looks: str, way: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    report = report_of([turned(one, quarters) for one in film(scene, 12.0, fps=10.0)], tmp_path)
    assert report.stretch is None
    assert report.notes[0].startswith(f"is the picture {looks}? Turned by {way} it looks like the ")


def test_nothing_is_asked_of_who_stands_about_or_is_upright(tmp_path: Path) -> None:
    assert report_of(film(lambda _t: upright().pose(), 6.0, fps=10.0), tmp_path).notes[0].startswith("no stretch")
    assert report_of(film(folding, 12.0, fps=10.0), tmp_path).notes == ()


@pytest.mark.parametrize(("tilt_deg", "outcome"), [(0.0, "ok"), (3.0, "ok"), (9.0, "unseen"), (-9.0, "unseen")])
def test_a_camera_that_is_clearly_tilted_says_nothing_of_hips_over_feet(
    tilt_deg: float, outcome: str, tmp_path: Path
) -> None:
    turn = np.array([[np.cos(np.radians(tilt_deg)), np.sin(np.radians(tilt_deg))]])
    spin = np.array([turn[0], [-turn[0, 1], turn[0, 0]]])

    def tilted(t_s: float) -> Pose:
        pose = folding(t_s)
        centre = np.array([427.0, 240.0])
        return replace(pose, points_px=(pose.points_px - centre) @ spin + centre)

    report = report_of(film(tilted, 14.0), tmp_path)
    rule = next(one for one in report.rules if one.id == "hips-over-feet")
    assert rule.outcome == outcome
    if outcome == "unseen":
        assert rule.why_unseen == "the camera seems to be tilted: put it level"
