"""Pictures in which the pose model only guesses: nothing is told of the body, and what would help is."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.picture_quality import PictureQuality
from formcheck.core.poses import PoseFrame
from formcheck.core.reasons import REASON_TEXT, Reason
from tests.figures import film, folded, in_and_out
from tests.judged import judged, report_of, result

FINE = PictureQuality(light=120.0, blur_px=0.5, noise=0.003, camera_px=0.0, camera_deg=0.0)
SPOILT = {
    Reason.TOO_DARK: FINE._replace(light=12.0),
    Reason.TOO_NOISY: FINE._replace(noise=0.3),
    Reason.BLURRED: FINE._replace(blur_px=30.0),
}


def bad_fold(quality: PictureQuality, *, nobody: bool = False) -> list[PoseFrame]:
    """Twelve seconds of a toe touch with the hips clearly behind the feet, and what the pictures are like."""

    def scene(t_s: float):
        depth = in_and_out(t_s)
        return None if nobody else folded(1 + 119 * depth, setback=0.36 * depth).pose()

    return [replace(one, quality=quality) for one in film(scene, 17.0)]


def test_a_fine_picture_takes_nothing_away() -> None:
    report = report_of(bad_fold(FINE), "toe-touch")
    assert [alert.rule for alert in report.alerts] == ["hips-over-feet"]
    assert report.view.usable


@pytest.mark.parametrize("reason", SPOILT)
def test_what_spoils_the_picture_silences_every_rule_and_gives_its_advice(reason: Reason) -> None:
    report = report_of(bad_fold(SPOILT[reason]), "toe-touch")
    assert not report.alerts
    assert result(report, "hips-over-feet").outcome in ("unseen", "not-reached")
    assert not any(rule.outcome == "ok" for rule in report.rules)
    assert all(one.value is None for one in report.progress)
    assert not report.view.usable
    assert report.view.advice == REASON_TEXT[reason]


@pytest.mark.parametrize("reason", SPOILT)
def test_what_spoils_the_picture_is_why_nothing_was_recognised_in_it(reason: Reason) -> None:
    for nobody in (False, True):
        report = report_of(bad_fold(SPOILT[reason], nobody=nobody))
        assert report.stretch is None
        assert report.nearest is None
        assert REASON_TEXT[reason] in report.notes[-1]


def test_a_poor_picture_is_judged_and_the_person_is_told_what_would_help() -> None:
    found = judged(bad_fold(FINE._replace(light=35.0)), "toe-touch")
    assert [alert.rule for alert in found.report.alerts] == ["hips-over-feet"]
    assert found.report.view.usable


def test_a_light_that_goes_out_in_the_hold_keeps_what_was_told_before() -> None:
    frames = bad_fold(FINE)
    frames = [one if one.t_s < 9.0 else replace(one, quality=SPOILT[Reason.TOO_DARK]) for one in frames]
    report = report_of(frames, "toe-touch")
    assert [alert.rule for alert in report.alerts] == ["hips-over-feet"]


def bouncing(quality: PictureQuality) -> list[PoseFrame]:
    """A toe touch that bounces by eight degrees, once a second."""

    def scene(t_s: float):
        depth = in_and_out(t_s)
        swing = 4.0 * math.sin(2 * math.pi * t_s) if 3.5 < t_s < 14.5 else 0.0
        return folded(1 + 115 * depth + swing, setback=0.0).pose()

    return [replace(one, quality=quality) for one in film(scene, 17.0)]


def test_a_camera_that_moves_says_nothing_of_bouncing_but_of_the_rest() -> None:
    assert result(report_of(bouncing(FINE), "toe-touch"), "no-bounce").outcome == "off"
    moving = FINE._replace(camera_px=6.0)
    report = report_of(bouncing(moving), "toe-touch")
    bounce = result(report, "no-bounce")
    assert (bounce.outcome, bounce.why_unseen) == ("unseen", REASON_TEXT[Reason.CAMERA_MOVES])
    assert result(report, "knees-straight").outcome == "ok"
    moved = report_of([replace(one, quality=moving) for one in bad_fold(FINE)], "toe-touch")
    assert [alert.rule for alert in moved.alerts] == ["hips-over-feet"]


def test_the_camera_that_stands_again_is_told_of_only_when_two_swings_would_have_been_seen() -> None:
    still = bad_fold(FINE)
    frames = [replace(one, quality=FINE._replace(camera_px=6.0)) if 6.0 < one.t_s < 8.0 else one for one in still]
    measures = judged(frames, "toe-touch").measures
    moved_s = measures.t_s[measures.camera_moves]
    assert 6.0 < moved_s.min() < moved_s.max() < 10.0
    assert np.count_nonzero(np.diff(measures.camera_moves)) == 2
