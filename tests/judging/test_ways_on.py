"""Another way is told where one rule was off for most of the time, or where holds had nothing to correct."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest

from formcheck.core.feedback import FittingWay, Hold, Report
from formcheck.core.reasons import Reason
from formcheck.core.rules import Rule, Verdict
from formcheck.core.side import Side
from formcheck.core.stretch import Stretch, WayOn
from formcheck.judging.faults import FaultClock, Observation, unseen
from formcheck.judging.findings import BestValue, JudgedHold
from formcheck.judging.ways_on import ways_on
from formcheck.stretches import by_slug
from tests.figures import RIGHT, film, in_and_out, lying
from tests.judged import judged

SUPINE, STANDING = by_slug("supine"), by_slug("standing")
KNEE = "stretched-knee-straight"
BEGINNER = FittingWay(words=SUPINE.ways_on[0].words, stretch="beginner-supine", rule=KNEE)
Seen = Mapping[str, tuple[float, Verdict]]
"""By rule: until which second of the hold it was seen so; afterwards, and of the other rules, ok."""


def held(stretch: Stretch, held_s: float = 30.0, seen: Seen | None = None, *, side: Side = "left", target_s=30.0):
    clocks = {
        rule.id: fed(rule, held_s, *(seen or {}).get(rule.id, (0.0, Verdict.OK)))
        for rule in stretch.rules
        if rule.timed != "hold"
    }
    hold = Hold(start_s=0.0, end_s=held_s, held_s=held_s, target_s=target_s, side=side)
    return JudgedHold(
        stretch=stretch, hold=hold, claimed_s=held_s, confidence=0.95, clocks=clocks,
        best=tuple(BestValue(math.nan, math.nan) for _ in stretch.progress),
    )  # fmt: skip


def fed(rule: Rule, held_s: float, until_s: float, verdict: Verdict) -> FaultClock:
    clock = FaultClock(rule)
    for i in range(round(held_s * 10)):
        now = verdict if i / 10 < until_s else Verdict.OK
        bad = 5.0 if now >= Verdict.HINT else -5.0
        said = unseen(0.0, Reason.LEG_HIDDEN) if now == Verdict.UNSEEN else Observation(now, bad, 0.0, bad)
        clock.update(i / 10, 0.1, 0.25, said)
    clock.finish()
    return clock


def slugs(stretch: Stretch, *holds: JudgedHold) -> list[str | None]:
    return [way.stretch for way in ways_on(stretch, holds)]


def test_a_fault_for_most_of_the_time_held_leads_to_the_easier_way() -> None:
    assert ways_on(SUPINE, [held(SUPINE, seen={KNEE: (20.0, Verdict.WARN)})]) == (BEGINNER,)
    assert slugs(SUPINE, held(SUPINE, seen={KNEE: (20.0, Verdict.HINT)})) == ["beginner-supine"]


def test_half_of_the_time_is_counted_over_all_holds() -> None:
    off = held(SUPINE, seen={KNEE: (20.0, Verdict.WARN)})
    assert slugs(SUPINE, off, held(SUPINE, 15.0)) == []
    assert slugs(SUPINE, off, held(SUPINE, 5.0)) == ["beginner-supine"]


def test_other_faults_and_no_holds_lead_nowhere() -> None:
    assert slugs(SUPINE, held(SUPINE, seen={"head-down": (30.0, Verdict.HINT)})) == []
    assert slugs(SUPINE) == []


@pytest.mark.parametrize(("held_s", "target_s", "told"), [(9.0, 30.0, False), (11.0, 30.0, True), (6.0, 6.0, True)])
def test_a_short_try_tells_nothing_unless_no_more_was_asked_for(held_s: float, target_s: float, *, told: bool) -> None:
    tries = [held(SUPINE, held_s, {KNEE: (99.0, Verdict.WARN)}, target_s=target_s) for _ in range(3)]
    assert bool(ways_on(SUPINE, tries)) == told


def clean(side: Side = "left", **more: Seen) -> JudgedHold:
    return held(STANDING, side=side, **more)


def test_clean_holds_lead_to_the_next_stretch() -> None:
    holds = [clean(), clean(), clean("right")]
    assert ways_on(STANDING, holds) == (FittingWay(words=STANDING.ways_on[0].words, stretch="bench"),)
    assert slugs(STANDING, *holds[1:]) == []


def test_it_is_not_earned_on_one_leg_alone() -> None:
    assert slugs(STANDING, *(clean() for _ in range(4))) == []
    assert slugs(STANDING, *(clean("unsure") for _ in range(3))) == ["bench"]


@pytest.mark.parametrize(
    ("rule", "until_s", "verdict"),
    [
        ("support-knee-bent", 3.0, Verdict.HINT),
        ("no-bounce", 3.0, Verdict.WARN),
        ("back-straight", 29.0, Verdict.UNSEEN),
        (KNEE, 29.0, Verdict.UNSEEN),
    ],
)
def test_a_hold_with_a_hint_or_with_a_warning_rule_unseen_is_not_clean(
    rule: str, until_s: float, verdict: Verdict
) -> None:
    spoilt = clean("right", seen={rule: (until_s, verdict)})
    assert slugs(STANDING, clean(), clean(), spoilt) == []
    assert slugs(STANDING, clean(), clean(), clean("right"), spoilt) == ["bench"]


def test_a_hint_that_could_not_be_seen_spoils_nothing() -> None:
    blind = clean("right", seen={"support-knee-bent": (30.0, Verdict.UNSEEN)})
    assert slugs(STANDING, clean(), clean(), blind) == ["bench"]


def test_holds_that_did_not_reach_their_target_do_not_count() -> None:
    assert slugs(STANDING, clean(), clean(), held(STANDING, 25.0, side="right")) == []


def test_most_holds_must_be_clean_and_none_unsafe() -> None:
    good = [clean(), clean(), clean("right")]
    spoilt = [clean(seen={KNEE: (3.0, Verdict.WARN)}) for _ in range(3)]
    assert slugs(STANDING, *good, *spoilt[:2]) == ["bench"]
    assert slugs(STANDING, *good, *spoilt) == []
    assert slugs(STANDING, *good, clean(seen={"steady": (3.0, Verdict.UNSAFE)})) == []


def test_a_way_on_says_when_it_fits() -> None:
    with pytest.raises(ValueError, match="either"):
        WayOn(words="Try this")


def bent_legs(*, then_straight: bool) -> Report:
    """A bent knee held on the left; then a straight one for longer, or a bent one, on the right."""

    def scene(t_s: float):
        later = t_s > 17.0
        up = in_and_out(t_s - 17.0 if later else t_s, 20.0 if later else 12.0)
        knee_deg = 176.0 if later and then_straight else 130.0
        return lying(raise_deg=-6.0 + 80.0 * up, knee_deg=knee_deg, stretched=RIGHT if later else 0).pose()

    return judged(film(scene, 42.0), "supine").report


def test_the_report_and_its_last_section_tell_it() -> None:
    report = bent_legs(then_straight=False)
    assert len(report.holds) == 2
    assert report.ways_on == (BEGINNER,)
    assert report.sections[-1].ways_on == (BEGINNER,)
    assert bent_legs(then_straight=True).ways_on == ()
