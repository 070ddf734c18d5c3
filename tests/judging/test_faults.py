from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.feedback import Alert, Hold, RuleResult
from formcheck.core.reasons import Reason
from formcheck.core.rules import Level, Reading, Rule, Verdict, grade
from formcheck.judging.faults import FaultClock, Observation
from formcheck.judging.findings import JudgedHold, rule_result
from formcheck.judging.hold import lasting_gap_s
from formcheck.stretches import by_slug

RULE = Rule(
    id="knee", level=Level.WARN, title="Knee", measure="knee angle", unit="deg", source="", cue="Straighten",
)  # fmt: skip
FPS = 30
HELD = Hold(start_s=0.0, end_s=10.0, held_s=10.0, target_s=30.0, side="left")


def graded(values: Sequence[float]) -> Reading:
    array = np.array(values, dtype=float)
    return grade(
        array,
        ok=160.0,
        steps=((155.0, Level.HINT), (145.0, Level.WARN)),
        bad_when="below",
        reason=np.zeros(len(array), dtype=np.int64),
    )


def clock_of(*spells: tuple[float, float], fps: float = FPS, rule: Rule = RULE) -> FaultClock:
    """A clock that was fed spells of (value, seconds), NaN for what was not seen."""
    values = [value for value, seconds in spells for _ in range(round(seconds * fps))]
    reading, clock = graded(values), FaultClock(rule)
    gap_s = float(lasting_gap_s(np.array([fps]))[0])
    for i, value in enumerate(values):
        reason = Reason.LEG_HIDDEN if math.isnan(value) else Reason.SEEN
        seen = Observation(
            int(reading.verdict[i]), value, float(reading.limit[i]), float(reading.badness[i]), int(reason)
        )
        clock.update(i / fps, 1 / fps, gap_s, seen)
    return clock


def result_of(*spells: tuple[float, float], fps: float = FPS) -> RuleResult:
    clock = clock_of(*spells, fps=fps)
    clock.finish()
    hold = JudgedHold(
        stretch=by_slug("supine"), hold=HELD, claimed_s=10.0, confidence=0.95, clocks={RULE.id: clock}, best=()
    )
    return rule_result(RULE, [hold], 30.0)


def alerts(clock: FaultClock) -> list[Alert]:
    return [fault.alert() for fault in clock.faults]


def test_grades() -> None:
    verdicts = [Verdict(v) for v in graded([170, 160, 157, 154, 146, 144, math.nan]).verdict]
    assert verdicts == [
        Verdict.OK, Verdict.OK, Verdict.BETWEEN, Verdict.HINT, Verdict.HINT, Verdict.WARN, Verdict.UNSEEN,
    ]  # fmt: skip


def test_a_fault_is_named_only_when_it_lasts_a_second() -> None:
    assert alerts(clock_of((170, 2), (140, 0.9), (170, 2))) == []
    (alert,) = alerts(clock_of((170, 2), (140, 3), (170, 2)))
    assert alert.level == Level.WARN
    assert alert.start_s == pytest.approx(2.0, abs=0.05)
    assert alert.end_s == pytest.approx(5.0, abs=0.1)
    assert (alert.value, alert.limit) == (140, 155.0)


def test_the_level_rises_with_what_lasts() -> None:
    assert alerts(clock_of((150, 3)))[0].level == Level.HINT
    assert alerts(clock_of((150, 3), (140, 0.5), (150, 2)))[0].level == Level.HINT
    assert alerts(clock_of((150, 3), (140, 1.5)))[0].level == Level.WARN


def test_a_value_in_between_keeps_what_was_said() -> None:
    assert alerts(clock_of((157, 5))) == []
    clock = clock_of((150, 2), (157, 5))
    assert clock.on
    assert clock.off_s > 5.0
    assert not clock_of((150, 2), (157, 2), (165, 1)).on


def test_coming_back_soon_is_the_same_fault_and_later_a_new_one() -> None:
    assert len(alerts(clock_of((140, 2), (170, 3), (140, 2)))) == 1
    assert len(alerts(clock_of((140, 2), (170, 8), (140, 2)))) == 2


def test_what_cannot_be_seen_is_neither_ok_nor_off() -> None:
    result = result_of((math.nan, 10))
    assert (result.outcome, result.why_unseen) == ("unseen", "that leg is hidden")
    assert result.unseen_s == pytest.approx(10.0)
    assert result.worst is None


def test_ok_is_earned_by_most_of_the_hold() -> None:
    assert result_of((170, 6), (math.nan, 4)).outcome == "ok"
    assert result_of((170, 4), (math.nan, 6)).outcome == "unseen"


def test_bad_but_not_for_long_enough_is_not_ok() -> None:
    result = result_of((140, 0.9))
    assert (result.outcome, result.ok_s, result.why_unseen) == ("unseen", 0.0, "too short to tell")
    mixed = result_of((170, 3), (140, 0.6), (170, 3))
    assert mixed.outcome == "ok"
    assert (mixed.ok_s, mixed.unseen_s) == (pytest.approx(6.0), pytest.approx(0.6))


def test_an_ok_that_was_seen_too_shortly_is_too_short_to_tell() -> None:
    result = result_of((170, 0.7))
    assert (result.outcome, result.why_unseen) == ("unseen", "too short to tell")


def test_the_worst_value_of_a_rule_was_kept_up() -> None:
    assert result_of((170, 3), (120, 0.4), (165, 3)).worst == 165
    assert result_of((170, 3), (140, 1.5), (130, 0.5), (170, 3)).worst == 140


def test_the_value_of_an_alert_was_kept_up() -> None:
    (alert,) = alerts(clock_of((170, 2), (150, 2), (120, 0.5), (140, 2), (170, 2)))
    assert (alert.value, alert.level) == (140, Level.WARN)


def test_a_value_that_lingers_goes_on_and_lifts_no_level() -> None:
    (alert,) = alerts(clock_of((150, 2), (140, 0.5), (157, 2), (140, 0.5), (170, 2)))
    assert alert.level == Level.HINT
    assert alert.end_s == pytest.approx(5.0, abs=0.1)


@pytest.mark.parametrize("fps", [1.0, 2.0, 3.0, 5.0, 10.0, 120.0, 240.0])
def test_faults_last_in_seconds_at_every_rate(fps: float) -> None:
    (alert,) = alerts(clock_of((170, 4), (140, 5), (170, 4), fps=fps))
    assert alert.start_s == pytest.approx(4.0, abs=1.01 / fps)
    assert alert.end_s == pytest.approx(9.0, abs=1.01 / fps)
    assert alerts(clock_of((170, 4), (140, max(0.9, 1 / fps)), (170, 4), fps=fps)) == []


def test_what_too_few_pictures_say_is_not_ok() -> None:
    result = result_of((170, 6), (140, 2), (170, 6), fps=1.0)
    assert (result.outcome, result.why_unseen) == ("unseen", "too few pictures a second for this")
    assert result_of((170, 6), (140, 1), (170, 6), fps=1.0).outcome == "ok"


def test_three_pictures_must_agree() -> None:
    assert alerts(clock_of((170, 4), (140, 2), (170, 4), fps=1.0)) == []
    assert alerts(clock_of((170, 4), (140, 1), (170, 4), fps=2.0)) == []


def test_lost_pictures_break_no_fault() -> None:
    rng = np.random.default_rng(1)
    spells = [(float("nan") if rng.random() < 0.3 else 140.0, 1 / FPS) for _ in range(150)]
    assert len(alerts(clock_of(*spells))) == 1


def test_going_blind_ends_a_fault() -> None:
    assert not clock_of((140, 2), (math.nan, 2)).on


def test_what_lies_between_two_bad_moments_was_not_seen_to_be_bad() -> None:
    assert alerts(clock_of((140, 0.6), (math.nan, 0.6), (140, 0.6))) == []


def test_seconds_add_up() -> None:
    result = result_of((170, 2), (140, 3), (math.nan, 4), (140, 0.5))
    assert result.ok_s + result.off_s + result.unseen_s == pytest.approx(9.5)


def test_without_a_hold_the_outcome_is_not_reached() -> None:
    assert rule_result(RULE, [], 30.0).outcome == "not-reached"


def test_each_direction_has_its_cue() -> None:
    rule = replace(RULE, cue="Bend", cue_low="Straighten")
    assert alerts(clock_of((140, 3), rule=rule))[0].message == "Straighten"
    high = FaultClock(rule)
    for i in range(60):
        high.update(i / 30, 1 / 30, 0.3, Observation(Verdict.WARN, 170.0, 150.0, 20.0))
    assert alerts(high)[0].message == "Bend"
