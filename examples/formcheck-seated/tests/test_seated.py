"""Both seated stretches: every rule good, off and unseen, and who is not doing them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from formcheck_seated import both, one_leg
from sitting import FEET, HANDS, LEFT_LEG, SOURCE, film

from formcheck.analysis import Options, judge
from formcheck.core.feedback import Report
from formcheck.core.poses import PoseFrame
from formcheck.core.stretch import Stretch
from formcheck.stretches import all_stretches

OURS = (both.STRETCH, one_leg.STRETCH)
KNOWN = (*(one for one in all_stretches() if one.slug not in {"seated", "seated-one-leg"}), *OURS)


def report_of(frames: Sequence[PoseFrame], stretch: Stretch | None = None) -> Report:
    """What formcheck says with both of them installed; `stretch` None: recognised."""
    return judge(frames, SOURCE, Options(stretch=stretch, stretches=KNOWN)).report


def outcomes(report: Report) -> dict[str, str]:
    return {rule.id: rule.outcome for rule in report.rules}


@pytest.mark.parametrize("trunk_deg", [30.0, 60.0, 85.0])
def test_both_legs_are_recognised_and_held(trunk_deg: float) -> None:
    report = report_of(film(trunk_deg=trunk_deg))
    assert (report.stretch, report.side) == ("seated", "both")
    assert [hold.held_s for hold in report.holds] == [pytest.approx(12.0, abs=1.2)]
    assert report.alerts == ()
    assert {"seated-knee-straight": "ok", "no-bounce": "ok", "steady": "ok"}.items() <= outcomes(report).items()


def test_one_bent_leg_is_the_other_stretch() -> None:
    report = report_of(film(other_knee_deg=80.0))
    assert report.stretch == "seated-one-leg"
    assert outcomes(report)["seated-knee-straight"] == "ok"  # it is the long leg that is judged


@pytest.mark.parametrize(("knee_deg", "level"), [(150.0, "hint"), (134.0, "warn")])
def test_a_bent_knee_is_named(knee_deg: float, level: str) -> None:
    report = report_of(film(knee_deg=knee_deg, other_knee_deg=knee_deg), both.STRETCH)
    assert {(alert.rule, alert.level.value) for alert in report.alerts} == {("seated-knee-straight", level)}


def test_a_knee_is_unseen_when_its_leg_is_hidden() -> None:
    report = report_of(film(knee_deg=134.0, other_knee_deg=80.0, hidden=LEFT_LEG), one_leg.STRETCH)
    assert outcomes(report)["seated-knee-straight"] in {"unseen", "not-reached"}
    assert report.alerts == ()


@pytest.mark.parametrize(("back", "outcome"), [(0.02, "ok"), (0.22, "off"), (None, "unseen")])
def test_the_back_is_judged_from_its_outline(back: float | None, outcome: str) -> None:
    assert outcomes(report_of(film(back=back), both.STRETCH))["back-straight"] == outcome


def test_how_far_the_hands_come_is_told_and_never_scolded() -> None:
    reached = {one.name: one.value for one in report_of(film(trunk_deg=75.0)).progress}
    assert reached["past the toes"] is not None
    assert reached["fold"] == pytest.approx(90.0 - 75.0, abs=8.0)
    hidden = {one.name: one.value for one in report_of(film(hidden=(*HANDS, *FEET)), both.STRETCH).progress}
    assert hidden["past the toes"] is None


def test_sitting_upright_is_no_stretch() -> None:
    assert report_of(film(trunk_deg=4.0)).stretch is None


def test_each_says_for_whom_it_is_and_leads_to_the_other() -> None:
    assert all(one.needs and one.choose_when for one in OURS)
    assert one_leg.STRETCH.leads_to == (both.STRETCH.slug,)
    rounded = report_of(film(back=0.22), both.STRETCH)
    assert [way.stretch for way in rounded.ways_on] == [one_leg.STRETCH.slug]
    assert report_of(film(back=0.02), both.STRETCH).ways_on == ()
