from __future__ import annotations

import numpy as np
import pytest

from formcheck.core.poses import Pose
from tests.figures import film, folded, in_and_out, lying, upright
from tests.judged import judged, report_of


def test_a_toe_touch_and_a_leg_raise_are_recognised() -> None:
    fold = film(lambda t: folded(1 + 119 * in_and_out(t), setback=0.14 * in_and_out(t)).pose(), 17.0)
    report = report_of(fold)
    assert (report.stretch, report.chosen_by) == ("toe-touch", "recognised")
    assert report.confidence is not None and report.confidence > 0.9
    leg = film(lambda t: lying(-6 + 86 * in_and_out(t)).pose(), 17.0)
    assert report_of(leg).stretch == "supine"


def walking(t_s: float) -> Pose:
    swing = np.sin(2 * np.pi * 0.9 * t_s)
    figure = upright()
    figure.ankle = (figure.ankle[0] + [0.3 * swing, 0.0], figure.ankle[1] - [0.3 * swing, 0.0])
    return figure.pose(shift_px=(-200 + 40 * t_s, 0.0))


@pytest.mark.parametrize(
    "scene",
    [
        lambda _t: upright().pose(),
        walking,
        lambda _t: lying(raise_deg=-6.0).pose(),
        lambda _t: folded(40.0, knee_deg=80.0, setback=0.3).pose(),
        lambda t: folded(60.0 + 50.0 * np.sin(2 * np.pi * 0.25 * t), setback=0.1).pose(),
        lambda _t: None,
    ],
    ids=["standing", "walking", "lying", "squatting", "bowing", "nobody"],
)
def test_nothing_is_claimed_of_those_who_do_not_stretch(scene) -> None:
    report = report_of(film(scene, 12.0))
    assert report.stretch is None
    assert report.holds == report.alerts == report.rules == ()
    assert report.notes


def test_judging_the_same_frames_twice_gives_the_same_report() -> None:
    frames = film(lambda t: folded(1 + 119 * in_and_out(t), setback=0.3 * in_and_out(t)).pose(), 17.0)
    assert judged(frames, None).report == judged(frames, None).report
