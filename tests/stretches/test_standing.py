"""Every rule of the standing stretch: good, off, unseen."""

from __future__ import annotations

import pytest

from formcheck.core.poses import PoseFrame
from tests.figures import LEFT, RIGHT, film, in_and_out, on_one_leg
from tests.judged import alerted, report_of, result

BACK_LEG = (26, 28, 30, 32)
FRONT_LEG = (25, 27, 29, 31)


def standing(
    *, yaw_deg: float = 0.0, hidden: tuple[int, ...] = (), stretched: int = LEFT, facing: int = 1, **deep: float
) -> list[PoseFrame]:
    """A standing stretch of 12 s that reaches the given values."""
    trunk, front, support = deep.get("trunk_deg", 45.0), deep.get("knee_deg", 174.0), deep.get("support_deg", 152.0)
    back = deep.get("back", -0.05)

    def scene(t_s: float):
        depth = in_and_out(t_s)
        step = min(1.0, 3 * depth)
        figure = on_one_leg(
            depth * trunk, -90.0 + step * 15.0, 178.0 + depth * (front - 178.0), -90.0 - step * 12.0,
            178.0 + depth * (support - 178.0), stretched,
        )  # fmt: skip
        curve = -0.06 + depth * (back + 0.06) if "back" not in deep or deep["back"] < 1 else None
        return figure.pose(yaw_deg=yaw_deg, hidden=hidden, facing=facing, back=curve)

    return film(scene, 17.0)


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("stretched", [LEFT, RIGHT])
def test_a_good_stretch_has_no_alert(stretched: int, facing: int) -> None:
    report = report_of(standing(stretched=stretched, facing=facing), "standing")
    assert report.alerts == ()
    assert [hold.held_s for hold in report.holds] == [pytest.approx(12.0, abs=1.0)]
    assert report.side == ("left", "right")[stretched]
    for rule in ("back-straight", "stretched-knee-straight", "support-knee-bent", "leg-forward", "steady"):
        assert result(report, rule).outcome == "ok", rule


def test_it_is_recognised() -> None:
    assert report_of(standing()).stretch == "standing"


@pytest.mark.parametrize(("back", "level"), [(0.10, "warn"), (0.04, "hint")])
def test_a_rounded_back_is_named(back: float, level: str) -> None:
    report = report_of(standing(back=back), "standing")
    assert [(alert.rule, alert.level) for alert in report.alerts] == [("back-straight", level)]
    assert report.alerts[0].value == pytest.approx(back + 0.06, abs=0.02)


def test_the_back_is_unseen_without_an_outline() -> None:
    report = report_of(standing(back=2.0), "standing")
    assert result(report, "back-straight").outcome == "unseen"
    assert "cover the back" in str(result(report, "back-straight").why_unseen)


def test_a_bent_front_knee_is_a_warning() -> None:
    report = report_of(standing(knee_deg=138.0), "standing")
    assert "stretched-knee-straight" in alerted(report)
    assert report.alerts[0].level == "warn"


def test_the_front_knee_is_unseen_when_hidden() -> None:
    report = report_of(standing(knee_deg=138.0, hidden=FRONT_LEG), "standing")
    assert result(report, "stretched-knee-straight").outcome == "unseen"


def test_a_locked_back_knee_is_a_hint() -> None:
    report = report_of(standing(support_deg=178.0), "standing")
    assert [(alert.rule, alert.level) for alert in report.alerts] == [("support-knee-bent", "hint")]


def test_the_back_knee_is_unseen_when_hidden() -> None:
    report = report_of(standing(support_deg=178.0, hidden=BACK_LEG), "standing")
    assert result(report, "support-knee-bent").outcome == "unseen"
    assert report.alerts == ()


def test_feet_side_by_side_are_not_the_position() -> None:
    def scene(t_s: float):
        return on_one_leg(in_and_out(t_s) * 45.0, -90.0, support_deg=-90.0).pose()

    report = report_of(film(scene, 17.0), "standing")
    assert report.holds == ()
    assert result(report, "leg-forward").outcome == "not-reached"


def test_an_oblique_view_is_unseen_with_advice() -> None:
    report = report_of(standing(knee_deg=138.0, back=0.12, yaw_deg=45.0), "standing")
    assert alerted(report) == set()
    assert result(report, "back-straight").outcome == "unseen"
    assert report.view.advice == "turn your side to the camera"


def test_25_degrees_of_yaw_are_judged() -> None:
    report = report_of(standing(knee_deg=135.0, yaw_deg=24.0), "standing")
    assert "stretched-knee-straight" in alerted(report)
    assert report_of(standing(yaw_deg=24.0), "standing").alerts == ()
