"""Every rule of the supine leg raise: good, off, unseen."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from formcheck.analysis import Options, judge
from formcheck.core.feedback import Report
from formcheck.core.poses import PoseFrame
from formcheck.reports.report_json import as_dict
from formcheck.reports.summary import with_error
from formcheck.stretches import by_slug
from tests.figures import LEFT, RIGHT, SOURCE, film, in_and_out, lying, towards
from tests.judged import alerted, judged, report_of, result

LEFT_LEG, RIGHT_LEG = (25, 27, 29, 31), (26, 28, 30, 32)
HEAD = (7, 8)


def leg_raise(
    *, yaw_deg: float = 0.0, hidden: tuple[int, ...] = (), stretched: int = LEFT, facing: int = 1,
    shift_px: tuple[float, float] = (0.0, 0.0), fps: float = 30.0, **deep: float,
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

    return film(scene, 17.0, fps)


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


def test_what_is_off_is_told_with_its_error_in_a_film_and_in_a_photo() -> None:
    frames = leg_raise(knee_deg=120.0)
    film_report = report_of(frames, "supine")
    still = replace(SOURCE, still=True)
    photo_report = judge([frames[len(frames) // 2]], still, Options(stretch=by_slug("supine"))).report
    for report in (film_report, photo_report):
        (alert,) = (alert for alert in report.alerts if alert.rule == "stretched-knee-straight")
        assert result(report, "stretched-knee-straight").error == alert.error == 6.0
        assert result(report, "lying-flat").error is None
    written = as_dict(film_report)
    told = {one["id"]: one["error"] for one in written["rules"]}
    assert (told["stretched-knee-straight"], told["steady"]) == (6.0, None)
    assert written["alerts"][0]["error"] == 6.0
    knee = result(film_report, "stretched-knee-straight").worst
    assert knee is not None
    assert with_error(knee, 6.0, lambda value: f"{value:.0f}\u00b0") == f"{knee:.0f}\u00b0 \u00b1 6\u00b0"


def test_raise_is_progress_with_its_band() -> None:
    report = report_of(leg_raise(raise_deg=95.0), "supine")
    assert report.progress[0].value == pytest.approx(95.0, abs=2.0)
    assert report.progress[0].text == "above 90 degrees"
    low = report_of(leg_raise(raise_deg=60.0), "supine")
    assert low.alerts == ()
    assert low.progress[0].text == "any height is a good stretch"


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("yaw_deg", [0.0, 20.0])
@pytest.mark.parametrize("raise_deg", [145.0, 160.0, 175.0])
def test_a_leg_that_goes_on_toward_the_head_is_held_and_told(raise_deg: float, yaw_deg: float, facing: int) -> None:
    report = report_of(leg_raise(raise_deg=raise_deg, yaw_deg=yaw_deg, facing=facing, fps=15.0))
    assert (report.stretch, report.alerts) == ("supine", ())
    assert report.side == "left" if yaw_deg == 0.0 else report.side in ("left", "unsure")
    assert [hold.held_s for hold in report.holds] == [pytest.approx(12.0, abs=1.0)]
    assert report.progress[0].value == pytest.approx(raise_deg, abs=4.0)
    past = "above 90 degrees, the foot past the head"
    assert report.progress[0].text == (past if raise_deg > 150.0 else "above 90 degrees")


def test_a_leg_that_seems_to_lie_under_the_trunk_is_that_of_somebody_who_folds_over_it() -> None:
    assert report_of(leg_raise(raise_deg=175.0, trunk_up_deg=17.0)).holds == ()


def test_a_leg_over_the_head_that_bends_is_still_a_warning() -> None:
    assert alerted(report_of(leg_raise(raise_deg=165.0, knee_deg=135.0), "supine")) == {"stretched-knee-straight"}


def test_how_near_the_hand_is_to_the_toes_is_progress_and_unknown_when_hidden() -> None:
    def reaching(hidden: tuple[int, ...] = ()) -> Report:
        def scene(t_s: float):
            depth = in_and_out(t_s)
            figure = lying(-6.0 + depth * 126.0)
            figure.wrist = figure.wrist + depth * (figure._foot(LEFT)[1] + towards(-60.0, 0.1) - figure.wrist)
            return figure.pose(hidden=hidden)

        return report_of(film(scene, 17.0))

    report = reaching()
    assert (report.stretch, report.alerts) == ("supine", ())
    told = report.progress[1]
    assert (told.name, told.text, told.better, told.side) == ("hand to toes", "hand at the toes", "lowest", "left")
    hidden = reaching(hidden=(15, 16)).progress[1]
    assert (hidden.value, hidden.text) == (None, "")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.05, "hand at the toes"),
        (0.2, "hand level with the ankle"),
        (0.5, "hand level with the calf"),
        (1.0, "hand level with the thigh"),
    ],
)
def test_where_the_hand_is_has_a_word(value: float, words: str) -> None:
    assert by_slug("supine").progress[1].describe(value) == words


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


@pytest.mark.parametrize(("exchanged_share", "raise_deg"), [(0.12, 80.0), (0.4, 80.0), (0.4, 165.0)])
def test_exchanged_legs_are_repaired(exchanged_share: float, raise_deg: float) -> None:
    generator = np.random.default_rng(3)
    spells = generator.random(40) < exchanged_share  # the model changes its mind for half a second at a time

    def scene(t_s: float):
        depth = in_and_out(t_s)
        figure = lying(-6.0 + depth * (raise_deg + 6.0), stretched=RIGHT)
        return figure.pose(exchanged=bool(spells[int(t_s / 0.5)]) and t_s > 2.0)

    one = judged(film(scene, 17.0), "supine")
    assert one.report.side == "right"
    assert one.report.alerts == ()
    assert [hold.held_s for hold in one.report.holds] == [pytest.approx(12.0, abs=1.0)]
    hold = (one.measures.t_s > 4.0) & (one.measures.t_s < 14.0)
    assert np.median(one.measures.leg_deg[hold, RIGHT]) == pytest.approx(raise_deg, abs=2.0)


def test_a_view_from_the_feet_judges_nothing_and_says_so() -> None:
    report = report_of(leg_raise(knee_deg=135.0, yaw_deg=50.0), "supine")
    assert not alerted(report)
    assert report.view.advice == "turn your side to the camera"


def test_a_side_that_is_told_is_kept() -> None:
    report = judged(leg_raise(stretched=LEFT), "supine", leg=RIGHT).report
    assert report.holds == ()
    assert judged(leg_raise(stretched=LEFT), "supine", leg=LEFT).report.side == "left"
