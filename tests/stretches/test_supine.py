"""Every rule of the supine leg raise: good, off, unseen."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.core.poses import PoseFrame
from tests.figures import LEFT, RIGHT, film, in_and_out, lying
from tests.judged import alerted, judged, report_of, result

LEFT_LEG, RIGHT_LEG = (25, 27, 29, 31), (26, 28, 30, 32)
HEAD = (7, 8)


def leg_raise(
    *, yaw_deg: float = 0.0, hidden: tuple[int, ...] = (), stretched: int = LEFT, facing: int = 1,
    shift_px: tuple[float, float] = (0.0, 0.0), **deep: float,
) -> list[PoseFrame]:  # fmt: skip
    """A leg raise of 12 s that reaches the given values."""
    up, knee = deep.get("raise_deg", 80.0), deep.get("knee_deg", 174.0)
    other, head, trunk = deep.get("other_deg", -6.0), deep.get("head_deg", 10.0), deep.get("trunk_up_deg", 0.0)

    def scene(t_s: float):
        depth = in_and_out(t_s)
        figure = lying(
            -6.0 + depth * (up + 6.0), 178.0 + depth * (knee - 178.0), -6.0 + depth * (other + 6.0),
            10.0 + depth * (head - 10.0), stretched=stretched, trunk_up_deg=trunk * depth,
        )  # fmt: skip
        return figure.pose(yaw_deg=yaw_deg, hidden=hidden, facing=facing, shift_px=shift_px)

    return film(scene, 17.0)


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("stretched", [LEFT, RIGHT])
def test_a_good_leg_raise_is_held_and_has_no_alert(stretched: int, facing: int) -> None:
    report = report_of(leg_raise(stretched=stretched, facing=facing), "supine")
    assert report.alerts == ()
    assert [hold.held_s for hold in report.holds] == [pytest.approx(12.0, abs=1.0)]
    assert report.side == ("left", "right")[stretched]
    for rule in ("lying-flat", "stretched-knee-straight", "other-leg-down", "head-down", "no-bounce", "steady"):
        assert result(report, rule).outcome == "ok", rule
    assert report.view.facing == ("left" if facing < 0 else "right")


def test_raise_is_progress_with_its_band() -> None:
    report = report_of(leg_raise(raise_deg=95.0), "supine")
    assert report.progress[0].value == pytest.approx(95.0, abs=2.0)
    assert report.progress[0].text == "above 90 degrees"
    assert report_of(leg_raise(raise_deg=60.0), "supine").alerts == ()


def test_a_bent_raised_knee_is_a_warning() -> None:
    report = report_of(leg_raise(knee_deg=135.0), "supine")
    assert alerted(report) == {"stretched-knee-straight"}
    assert report.alerts[0].level == "warn"
    assert report.alerts[0].value == pytest.approx(135.0, abs=2.0)


def test_a_slightly_bent_raised_knee_is_a_hint() -> None:
    report = report_of(leg_raise(knee_deg=152.0), "supine")
    assert [(alert.rule, alert.level) for alert in report.alerts] == [("stretched-knee-straight", "hint")]


def test_the_raised_knee_is_unseen_when_that_leg_is_hidden() -> None:
    report = report_of(leg_raise(knee_deg=135.0, hidden=LEFT_LEG), "supine")
    assert result(report, "stretched-knee-straight").outcome == "unseen"
    assert result(report, "stretched-knee-straight").why_unseen == "that leg is hidden"
    assert not report.alerts


def test_the_raised_knee_is_unseen_when_the_foot_leaves_the_picture() -> None:
    report = report_of(leg_raise(knee_deg=135.0, shift_px=(0.0, -300.0)), "supine")
    assert result(report, "stretched-knee-straight").why_unseen == "feet out of the picture: move back"
    assert "stretched-knee-straight" not in alerted(report)


def test_a_lifted_other_leg_is_a_hint() -> None:
    report = report_of(leg_raise(other_deg=14.0), "supine")
    assert [(alert.rule, alert.level) for alert in report.alerts] == [("other-leg-down", "hint")]
    # Told against the person's own leg at rest, which lay at -6 degrees.
    assert report.alerts[0].value == pytest.approx(20.0, abs=3.0)


def test_the_other_leg_is_unseen_when_hidden() -> None:
    report = report_of(leg_raise(other_deg=14.0, hidden=RIGHT_LEG), "supine")
    assert result(report, "other-leg-down").outcome == "unseen"


def test_a_lifted_head_is_a_hint() -> None:
    report = report_of(leg_raise(head_deg=45.0), "supine")
    assert [(alert.rule, alert.level) for alert in report.alerts] == [("head-down", "hint")]


def test_the_head_is_unseen_when_hidden() -> None:
    report = report_of(leg_raise(head_deg=45.0, hidden=HEAD), "supine")
    assert result(report, "head-down").outcome == "unseen"
    assert not report.alerts


def test_sitting_up_is_not_the_position() -> None:
    report = report_of(leg_raise(trunk_up_deg=45.0), "supine")
    assert report.holds == ()
    assert result(report, "lying-flat").outcome == "not-reached"


def test_lying_without_a_raised_leg_is_not_the_position() -> None:
    report = report_of(leg_raise(raise_deg=0.0), "supine")
    assert report.holds == ()
    assert report.notes == ("nobody got into this stretch",)


def test_a_swinging_leg_is_bouncing() -> None:
    def scene(t_s: float):
        depth = in_and_out(t_s)
        return lying(-6.0 + depth * (81.0 + 5.0 * math.sin(2 * math.pi * 1.2 * t_s))).pose()

    assert "no-bounce" in alerted(report_of(film(scene, 17.0), "supine"))


@pytest.mark.parametrize("exchanged_share", [0.12, 0.4])
def test_exchanged_legs_are_repaired(exchanged_share: float) -> None:
    generator = np.random.default_rng(3)
    spells = generator.random(40) < exchanged_share  # the model changes its mind for half a second at a time

    def scene(t_s: float):
        depth = in_and_out(t_s)
        figure = lying(-6.0 + depth * 86.0, stretched=RIGHT)
        return figure.pose(exchanged=bool(spells[int(t_s / 0.5)]) and t_s > 2.0)

    one = judged(film(scene, 17.0), "supine")
    assert one.report.side == "right"
    assert one.report.alerts == ()
    assert [hold.held_s for hold in one.report.holds] == [pytest.approx(12.0, abs=1.0)]
    hold = (one.measures.t_s > 4.0) & (one.measures.t_s < 14.0)
    assert np.median(one.measures.leg_deg[hold, RIGHT]) == pytest.approx(80.0, abs=2.0)


def test_a_view_from_the_feet_judges_nothing_and_says_so() -> None:
    report = report_of(leg_raise(knee_deg=135.0, yaw_deg=50.0), "supine")
    assert not alerted(report)
    assert report.view.advice == "turn your side to the camera"


def test_a_side_that_is_told_is_kept() -> None:
    report = judged(leg_raise(stretched=LEFT), "supine", leg=RIGHT).report
    assert report.holds == ()
    assert judged(leg_raise(stretched=LEFT), "supine", leg=LEFT).report.side == "left"
