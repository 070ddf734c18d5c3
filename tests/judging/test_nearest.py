"""What is said where no stretch was recognised: what it looked most like, and what was missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.analysis import Options, judge
from formcheck.core.feedback import Report
from formcheck.core.poses import Pose
from formcheck.core.reached import Missing, Nearest
from formcheck.judging.nearest import nearest_words
from formcheck.reports.report_json import as_dict
from tests.figures import (
    SOURCE,
    film,
    folded,
    frame,
    kneeling,
    lying,
    on_chair,
    on_one_leg,
    seated_forward_fold,
    upright,
)
from tests.judged import report_of

STILL = replace(SOURCE, kind="photo", still=True, duration_s=None, frames=1)


def photo(pose: Pose) -> Report:
    return judge([frame(0, 0.0, pose)], STILL, Options()).report


def missing(report: Report) -> tuple[str, list[str]]:
    assert report.nearest is not None
    return report.nearest.stretch, [one.condition for one in report.nearest.missing]


def test_it_names_the_stretch_and_the_number_that_was_missing() -> None:
    report = photo(folded(44.0, setback=0.1).pose())
    assert (report.stretch, report.confidence) == (None, None)
    assert missing(report) == ("toe-touch", ["folded forward"])
    (one,) = report.nearest.missing if report.nearest else ()
    assert one.value == pytest.approx(44.0, abs=5.0)
    assert (one.limit, one.unit, one.most) == (50.0, "deg", False)
    assert "looks most like the toe touch" in report.notes[-1]


def test_a_stretch_that_only_just_fits_is_not_said_to_be_done() -> None:
    assert photo(folded(46.6, setback=0.1).pose()).stretch is None
    assert photo(folded(60.0, setback=0.1).pose()).stretch == "toe-touch"


def test_a_long_step_is_told_from_the_standing_stretch_by_its_number() -> None:
    long_step = on_one_leg(raised_deg=-72.0, support_deg=-119.0, support_knee_deg=174.0, trunk_deg=60.0)
    assert missing(photo(long_step.pose())) == ("standing", ["a short step, the hind leg below you"])


def test_from_the_front_it_says_to_turn() -> None:
    report = photo(folded(168.0, setback=0.0).pose(yaw_deg=88.0, hidden=(25, 26, 27, 28)))
    assert report.stretch is None
    assert missing(report) == ("toe-touch", ["turn your side to the camera"])
    (one,) = report.nearest.missing if report.nearest else ()
    assert (one.limit, one.most) == (32.0, True)


@pytest.mark.parametrize(
    "pose",
    [upright(), lying(-6.0), on_chair(), kneeling(), seated_forward_fold(10.0)],
    ids=["stands", "lies", "sits", "kneels", "sits-long"],
)
def test_who_only_stands_or_sits_about_came_near_to_nothing(pose: object) -> None:
    assert photo(pose.pose()).nearest is None  # type: ignore[attr-defined]


def slow_fold(t_s: float) -> Pose:
    """Down for 5 s and up again, never at rest."""
    lean_deg = 5.0 + 130.0 * max(0.0, 1.0 - abs(t_s - 6.0) / 5.0)
    return folded(lean_deg, setback=0.0012 * lean_deg).pose()


def test_a_slow_fold_that_never_rests_is_recognised_without_a_hold() -> None:
    report = report_of(film(slow_fold, 12.0))
    assert (report.stretch, report.holds, report.alerts) == ("toe-touch", (), ())
    assert {rule.outcome for rule in report.rules} <= {"not-reached", "unseen"}
    fold = next(one for one in report.reached if one.name == "fold")
    assert fold.value is not None
    assert 110.0 < fold.value < 130.0  # kept up for a second around the deepest moment
    assert as_dict(report)["reached"][-1]["name"] == "fold"
    assert any(note.startswith("reached meanwhile: ") and "fold" in note for note in report.notes)


def test_a_bow_is_no_stretch_but_near_to_one() -> None:
    def bow(t_s: float) -> Pose:
        depth = max(0.0, 1.0 - abs(t_s - 3.0) / 1.2)
        return folded(5.0 + 85.0 * depth, setback=0.1 * depth).pose()

    report = report_of(film(bow, 6.0))
    assert report.stretch is None
    assert report.reached == ()


def test_scripts_get_it_under_its_fixed_names() -> None:
    told = as_dict(photo(folded(44.0, setback=0.1).pose()))
    assert (told["stretch"], told["stretch_confidence"]) == (None, None)
    assert set(told["nearest"]) == {"stretch", "missing", "reached"}
    assert set(told["nearest"]["missing"][0]) == {"condition", "value", "limit", "unit"}
    assert set(told["nearest"]["reached"][0]) == {"name", "value", "unit", "t_s"}
    recognised = as_dict(photo(folded().pose()))
    assert (recognised["nearest"], recognised["reached"]) == (None, None)


@pytest.mark.parametrize(
    ("value", "told"),
    [(32.36, "turn (only just: below 32 degrees)"), (47.0, "turn (47, below 32 degrees)")],
)
def test_what_was_missed_by_a_hair_is_not_told_as_two_equal_numbers(value: float, told: str) -> None:
    lacked = Missing(condition="turn", value=value, limit=32.0, unit="deg", most=True)
    near = Nearest(stretch="toe-touch", title="Toe touch", missing=(lacked,), reached=())
    assert nearest_words(near).endswith(f"missing: {told}")
