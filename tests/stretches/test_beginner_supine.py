"""Every rule of the beginner's supine stretch: good, off, unseen."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.core.poses import PoseFrame
from tests.figures import LEFT, film, in_and_out, lying, towards
from tests.judged import alerted, report_of, result

RAISED_LEG, OTHER_LEG, HANDS = (25, 27), (26, 28), (15, 16)


def beginner(
    *,
    hidden: tuple[int, ...] = (),
    yaw_deg: float = 0.0,
    roll_deg: float = 0.0,
    hand_on_knee: bool = False,
    **deep: float,
) -> list[PoseFrame]:
    """A hold of 12 s that reaches the given values, the other leg bent from the start."""
    knee, other, trunk = deep.get("knee_deg", 174.0), deep.get("other_knee_deg", 80.0), deep.get("trunk_up_deg", 0.0)
    head = deep.get("head_deg", 10.0)

    def scene(t_s: float):
        depth = in_and_out(t_s)
        figure = lying(
            -6.0 + depth * 76.0, 178.0 + depth * (knee - 178.0), -6.0, 10.0 + depth * (head - 10.0), other,
            LEFT, trunk * depth,
        )  # fmt: skip
        thigh = figure.knee[LEFT] - figure.hip
        figure.wrist = figure.knee[LEFT] + np.array([0.0, 0.01]) if hand_on_knee else figure.hip + 0.55 * thigh
        return figure.pose(hidden=hidden, yaw_deg=yaw_deg, roll_deg=roll_deg * depth)

    return film(scene, 17.0)


def test_a_good_stretch_has_no_alert() -> None:
    report = report_of(beginner(), "beginner-supine")
    assert report.alerts == ()
    assert report.side == "left"
    assert [hold.held_s for hold in report.holds] == [pytest.approx(12.0, abs=1.0)]
    for rule in ("stretched-knee-straight", "other-knee-bent", "trunk-aligned", "hands-off-knee", "head-down"):
        assert result(report, rule).outcome == "ok", rule


def test_it_is_recognised_by_the_bent_leg() -> None:
    assert report_of(beginner()).stretch == "beginner-supine"
    assert report_of(beginner(other_knee_deg=176.0)).stretch == "supine"


@pytest.mark.parametrize(
    ("hands", "raise_deg", "knee_deg", "stretch"),
    [
        ("strap", 55.0, 174.0, "beginner-supine"),
        ("strap", 80.0, 135.0, "beginner-supine"),
        ("strap", 80.0, 174.0, "supine"),  # the same as arms that reach for the toes
        ("calf", 70.0, 135.0, "beginner-supine"),
        ("calf", 70.0, 174.0, "supine"),
        ("thigh", 70.0, 135.0, "supine"),
        ("floor", 55.0, 174.0, "supine"),
    ],
)
def test_with_the_other_leg_long_it_is_told_by_a_strap_or_by_hands_on_the_calf_of_a_bent_leg(
    hands: str, raise_deg: float, knee_deg: float, stretch: str
) -> None:
    def scene(t_s: float):
        depth = in_and_out(t_s)
        figure = lying(-6.0 + depth * (raise_deg + 6.0), 178.0 + depth * (knee_deg - 178.0))
        knee, ankle = figure.knee[LEFT], figure.ankle[LEFT]
        reached = {
            "strap": figure.shoulder + 0.38 * (ankle - figure.shoulder),
            "calf": 0.6 * knee + 0.4 * ankle,
            "thigh": 0.5 * (figure.hip + knee),
            "floor": figure.wrist,
        }
        figure.wrist = figure.wrist + depth * (reached[hands] - figure.wrist)
        return figure.pose()

    report = report_of(film(scene, 17.0))
    assert report.stretch == stretch
    assert ("other-knee-bent" in alerted(report)) == (stretch == "beginner-supine")


def test_whoever_lifts_the_head_to_reach_for_the_foot_has_no_strap() -> None:
    def scene(t_s: float):
        depth = in_and_out(t_s)
        figure = lying(-6.0 + depth * 66.0, head_deg=10.0 + 35.0 * depth)
        figure.wrist = figure.wrist + depth * (0.45 * figure.ankle[LEFT] + 0.55 * figure.shoulder - figure.wrist)
        return figure.pose()

    assert report_of(film(scene, 17.0)).stretch == "supine"


def test_whoever_reaches_for_the_toes_in_the_middle_of_a_supine_hold_is_not_told_of_the_other_knee() -> None:
    def scene(t_s: float):
        depth = in_and_out(t_s)
        figure = lying(-6.0 + depth * 86.0)
        if t_s > 6.0:
            figure.wrist = figure.shoulder + towards(50.0, 0.55)
        return figure.pose()

    report = report_of(film(scene, 17.0, 15.0))
    assert [(one.stretch, one.alerts) for one in report.sections] == [("supine", ())]


def test_a_bent_raised_knee_is_named_and_unseen_when_hidden() -> None:
    (alert,) = report_of(beginner(knee_deg=130.0), "beginner-supine").alerts
    assert (alert.rule, alert.message) == ("stretched-knee-straight", "Use a strap, or hold lower on the leg")
    hidden = report_of(beginner(knee_deg=130.0, hidden=RAISED_LEG), "beginner-supine")
    assert result(hidden, "stretched-knee-straight").outcome == "unseen"


def test_a_straight_other_leg_is_a_hint_and_unseen_when_hidden() -> None:
    report = report_of(beginner(other_knee_deg=172.0), "beginner-supine")
    assert [(alert.rule, alert.level) for alert in report.alerts] == [("other-knee-bent", "hint")]
    hidden = report_of(beginner(other_knee_deg=172.0, hidden=OTHER_LEG), "beginner-supine")
    assert result(hidden, "other-knee-bent").outcome == "unseen"


def test_a_trunk_off_the_floor_is_a_warning() -> None:
    report = report_of(beginner(trunk_up_deg=27.0), "beginner-supine")
    assert "trunk-aligned" in alerted(report)
    assert report.alerts[0].level == "warn"


def test_a_rolled_trunk_is_a_warning() -> None:
    report = report_of(beginner(roll_deg=14.0), "beginner-supine")
    assert alerted(report) == {"trunk-aligned"}


def test_the_trunk_is_unseen_from_the_feet() -> None:
    report = report_of(beginner(roll_deg=14.0, yaw_deg=45.0), "beginner-supine")
    assert result(report, "trunk-aligned").outcome == "unseen"


def test_hands_on_the_knee_are_a_hint_and_hidden_ones_unseen() -> None:
    report = report_of(beginner(hand_on_knee=True), "beginner-supine")
    assert [(alert.rule, alert.level) for alert in report.alerts] == [("hands-off-knee", "hint")]
    hidden = report_of(beginner(hand_on_knee=True, hidden=HANDS), "beginner-supine")
    assert result(hidden, "hands-off-knee").outcome == "unseen"


def test_a_lifted_head_is_a_hint() -> None:
    assert alerted(report_of(beginner(head_deg=45.0), "beginner-supine")) == {"head-down"}
