"""Single pictures: nothing averages errors out of them, so a warning must hold with one error of measurement less."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.analysis import Options, judge
from formcheck.core.feedback import Alert, Report
from formcheck.core.poses import Pose
from formcheck.criteria.shared import CURVE_ERROR, KNEE_ERROR_DEG
from formcheck.stretches import by_slug
from formcheck.stretches.toe_touch import STRETCH as TOE_TOUCH
from tests.figures import LEFT, RIGHT, SOURCE, folded, frame, lying, on_one_leg
from tests.judged import result

PHOTO = replace(SOURCE, name="photo.jpg", kind="photo", still=True, fps=None)
UPRIGHT_CURVE = -0.06  # which a photo takes for that of an upright back


def photo(pose: Pose, slug: str | None) -> Report:
    options = Options(stretch=by_slug(slug) if slug else None, leg=None, target_s=30.0)
    return judge([frame(0, 0.0, pose)], PHOTO, options).report


def limits(slug: str, rule: str) -> dict[str, float]:
    return by_slug(slug).rule(rule).limits_by_name


def alert(report: Report, rule: str) -> Alert:
    (found,) = [one for one in report.alerts if one.rule == rule]
    assert result(report, rule).outcome == "off"
    return found


def raised(knee_deg: float) -> Report:
    """A photo of a leg raise with that knee: worse is less."""
    return photo(lying(80.0, knee_deg=knee_deg).pose(), "supine")


def hinged(curve: float, facing: int = 1) -> Report:
    """A photo of a standing stretch with a back of that curve: worse is more."""
    figure = on_one_leg(45.0, -75.0, 174.0, -102.0, 152.0)
    return photo(figure.pose(back=curve + UPRIGHT_CURVE, facing=facing), "standing")


@pytest.mark.parametrize(
    ("beyond_deg", "level"),
    [(1.0, "hint"), (KNEE_ERROR_DEG - 0.5, "hint"), (KNEE_ERROR_DEG + 0.5, "warn"), (10.0, "warn")],
)
def test_a_knee_must_be_clearly_below_the_limit_for_a_warning(beyond_deg: float, level: str) -> None:
    knee_deg = limits("supine", "stretched-knee-straight")["warn"] - beyond_deg
    found = alert(raised(knee_deg), "stretched-knee-straight")
    assert found.level == level
    assert found.value == pytest.approx(knee_deg, abs=0.1)
    assert found.limit == limits("supine", "stretched-knee-straight")["hint"]


@pytest.mark.parametrize(
    ("beyond", "level"),
    [(0.01, "hint"), (CURVE_ERROR - 0.005, "hint"), (CURVE_ERROR + 0.005, "warn"), (0.06, "warn")],
)
@pytest.mark.parametrize("facing", [1, -1])
def test_a_back_must_be_clearly_above_the_limit_for_a_warning(beyond: float, level: str, facing: int) -> None:
    curve = limits("standing", "back-straight")["warn"] + beyond
    found = alert(hinged(curve, facing), "back-straight")
    assert found.level == level
    assert found.value == pytest.approx(curve, abs=0.002)


def test_just_beyond_the_mildest_limit_is_a_hint_and_just_within_is_fine() -> None:
    hint_deg = limits("supine", "stretched-knee-straight")["hint"]
    assert alert(raised(hint_deg - 1.0), "stretched-knee-straight").level == "hint"
    assert result(raised(hint_deg + 1.0), "stretched-knee-straight").outcome == "ok"
    hint = limits("standing", "back-straight")["hint"]
    assert alert(hinged(hint + 0.005), "back-straight").level == "hint"
    assert result(hinged(hint - 0.005), "back-straight").outcome == "ok"


def test_a_hint_stays_a_hint_however_far_beyond() -> None:
    report = photo(folded(120.0, knee_deg=138.0).pose(), "toe-touch")
    assert TOE_TOUCH.rule("knees-straight").level == "hint"
    assert alert(report, "knees-straight").level == "hint"


def test_a_photo_has_no_holds_and_no_timed_rules() -> None:
    report = raised(174.0)
    assert report.holds == ()
    assert {rule.id for rule in report.rules} == {
        rule.id for rule in by_slug("supine").rules if rule.read is not None and rule.timed is None
    }
    assert {rule.outcome for rule in report.rules} == {"ok"}
    assert report.side == "unsure"  # a far leg, in a single picture


@pytest.mark.parametrize("stretched", [LEFT, RIGHT])
def test_the_stretch_of_a_photo_is_recognised(stretched: int) -> None:
    report = photo(lying(80.0, stretched=stretched).pose(), None)
    assert (report.stretch, report.chosen_by) == ("supine", "recognised")
    # Facing right, the right leg is the near one, which one picture shows; that the far one is it takes the way in.
    assert report.side == ("unsure", "right")[stretched]


@pytest.mark.parametrize(
    ("pose", "slug"),
    [
        (lying(80.0, knee_deg=120.0).pose(hidden=(25, 26)), "supine"),
        (folded(120.0, setback=0.34).pose(hidden=(23, 24)), "toe-touch"),
    ],
)
def test_without_a_thigh_that_is_seen_nothing_is_judged_as_in_a_film(pose: Pose, slug: str) -> None:
    report = photo(pose, slug)
    assert report.alerts == ()
    assert {rule.outcome for rule in report.rules} == {"unseen"}
    assert report.side is None
    assert {one.value for one in report.progress} == {None}
    assert report.notes != ()


def test_who_does_something_else_is_not_judged() -> None:
    report = photo(folded(120.0, setback=0.34).pose(), "supine")
    assert report.alerts == ()
    assert {rule.outcome for rule in report.rules} == {"unseen"}
    assert report.notes == ("the body is not in this stretch",)


def test_a_photo_tells_the_direction_that_is_wrong() -> None:
    deep = on_one_leg(30.0, raised_deg=-10.0, support_knee_deg=50.0).pose(back=-0.06)
    assert alert(photo(deep, "bench-squat"), "support-knee-bent").message.startswith("Not so deep")
    high = on_one_leg(30.0, raised_deg=-10.0, support_knee_deg=170.0).pose(back=-0.06)
    assert alert(photo(high, "bench-squat"), "support-knee-bent").message.startswith("Sink a little")


@pytest.mark.parametrize(("other_knee_deg", "slug"), [(176.0, "supine"), (80.0, "beginner-supine")])
def test_a_leg_over_the_head_is_judged(other_knee_deg: float, slug: str) -> None:
    report = photo(lying(170.0, other_deg=10.0, other_knee_deg=other_knee_deg).pose(), None)
    assert report.stretch == slug
    assert result(report, "stretched-knee-straight").outcome == "ok"
    assert report.progress[0].value == pytest.approx(170.0, abs=0.5)


def test_a_photo_cannot_tell_whether_the_shoulders_are_rolled_but_whether_the_trunk_is_off_the_floor() -> None:
    flat = result(photo(lying(70.0, other_knee_deg=80.0).pose(roll_deg=14.0), "beginner-supine"), "trunk-aligned")
    assert (flat.outcome, flat.why_unseen) == ("unseen", "not enough of you seen yet to compare with")
    lifted = photo(lying(70.0, other_knee_deg=80.0, trunk_up_deg=27.0).pose(), "beginner-supine")
    assert alert(lifted, "trunk-aligned").value == pytest.approx(27.0, abs=0.5)
