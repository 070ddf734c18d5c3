from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from formcheck.core.measures import Reason
from formcheck.core.rules import Level, Reading, Rule, Verdict, grade
from formcheck.rules.faults import FaultClock

RULE = Rule(
    id="knee", level=Level.WARN, title="Knee", measure="knee angle", unit="deg", source="", cue="Straighten",
    worst_is="lowest", timed="bounce",
)  # fmt: skip
FPS = 30


def graded(values: Sequence[float]) -> Reading:
    array = np.array(values, dtype=float)
    return grade(
        array,
        ok=160.0,
        steps=((155.0, Level.HINT), (145.0, Level.WARN)),
        bad_when="below",
        reason=np.zeros(len(array), dtype=np.int64),
    )


def clock_of(*spells: tuple[float, float]) -> FaultClock:
    """A clock that was fed spells of (value, seconds)."""
    values = [value for value, seconds in spells for _ in range(round(seconds * FPS))]
    reading, clock = graded(values), FaultClock(RULE)
    for i, value in enumerate(values):
        verdict = Verdict(int(reading.verdict[i]))
        reason = Reason.LEG_HIDDEN if math.isnan(value) else Reason.SEEN
        clock.update(i / FPS, 1 / FPS, verdict, value, float(reading.limit[i]), reason)
    return clock


def test_grades() -> None:
    verdicts = [Verdict(v) for v in graded([170, 160, 157, 154, 146, 144, math.nan]).verdict]
    assert verdicts == [
        Verdict.OK, Verdict.OK, Verdict.BETWEEN, Verdict.HINT, Verdict.HINT, Verdict.WARN, Verdict.UNSEEN,
    ]  # fmt: skip


def test_a_fault_is_named_only_when_it_lasts_a_second() -> None:
    assert clock_of((170, 2), (140, 0.9), (170, 2)).alerts() == []
    (alert,) = clock_of((170, 2), (140, 3), (170, 2)).alerts()
    assert alert.level == Level.WARN
    assert alert.start_s == pytest.approx(2.0, abs=0.05)
    assert alert.end_s == pytest.approx(5.0, abs=0.1)
    assert (alert.value, alert.limit) == (140, 155.0)


def test_the_level_rises_with_what_lasts() -> None:
    assert clock_of((150, 3)).alerts()[0].level == Level.HINT
    assert clock_of((150, 3), (140, 0.5), (150, 2)).alerts()[0].level == Level.HINT
    assert clock_of((150, 3), (140, 1.5)).alerts()[0].level == Level.WARN


def test_a_value_in_between_keeps_what_was_said() -> None:
    assert clock_of((157, 5)).alerts() == []
    clock = clock_of((150, 2), (157, 5))
    assert clock.on
    assert clock.off_s > 5.0
    assert not clock_of((150, 2), (157, 2), (165, 1)).on


def test_coming_back_soon_is_the_same_fault_and_later_a_new_one() -> None:
    assert len(clock_of((140, 2), (170, 3), (140, 2)).alerts()) == 1
    assert len(clock_of((140, 2), (170, 8), (140, 2)).alerts()) == 2


def test_what_cannot_be_seen_is_neither_ok_nor_off() -> None:
    clock = clock_of((math.nan, 10))
    result = clock.result(held=True)
    assert (result.outcome, result.why_unseen) == ("unseen", "that leg is hidden")
    assert result.unseen_s == pytest.approx(10.0)
    assert result.worst is None


def test_going_blind_ends_a_fault() -> None:
    assert not clock_of((140, 2), (math.nan, 2)).on


def test_seconds_add_up() -> None:
    clock = clock_of((170, 2), (140, 3), (math.nan, 4))
    assert clock.ok_s + clock.off_s + clock.unseen_s == pytest.approx(9.0)


def test_without_a_hold_the_outcome_is_not_reached() -> None:
    assert FaultClock(RULE).result(held=False).outcome == "not-reached"
