"""Limits of rules: other values give other verdicts, and nonsense is refused."""

from __future__ import annotations

import math
import pickle

import pytest

from formcheck.analysis import Options, judge
from formcheck.core.errors import SettingsError
from formcheck.core.rules import Level
from formcheck.stretches import all_stretches, by_slug
from tests.figures import SOURCE, film, folded, in_and_out, lying
from tests.judged import alerted, result

SUPINE = by_slug("supine")
KNEE = "stretched-knee-straight"
KNEE_AT_150 = film(lambda t: lying(-6 + 86 * in_and_out(t), 178 - 28 * in_and_out(t)).pose(), 17.0)


def test_another_limit_is_another_verdict() -> None:
    report = judge(KNEE_AT_150, SOURCE, Options(stretch=SUPINE)).report
    (alert,) = report.alerts
    assert (alert.rule, alert.level, alert.limit) == (KNEE, Level.HINT, 158.0)
    softer = SUPINE.with_limits({KNEE: {"ok": 142.0, "hint": 140.0, "warn": 135.0}})
    report = judge(KNEE_AT_150, SOURCE, Options(stretch=softer)).report
    assert report.alerts == ()
    assert result(report, KNEE).limit == 140.0
    stricter = SUPINE.with_limits({KNEE: {"warn": 155.0}})
    report = judge(KNEE_AT_150, SOURCE, Options(stretch=stricter)).report
    assert [alert.level for alert in report.alerts] == [Level.WARN]


def test_rules_on_movement_have_their_limits_too() -> None:
    def bouncing(t_s: float):
        return folded(1 + 119 * in_and_out(t_s) + (3.0 * math.sin(9.0 * t_s) if 4 < t_s < 14 else 0.0)).pose()

    frames, fold = film(bouncing, 17.0), by_slug("toe-touch")
    assert "no-bounce" in alerted(judge(frames, SOURCE, Options(stretch=fold)).report)
    calmer = fold.with_limits({"no-bounce": {"warn": 12.0}})
    assert "no-bounce" not in alerted(judge(frames, SOURCE, Options(stretch=calmer)).report)


def test_a_stretch_with_other_limits_tells_them_and_the_first_one_stays_as_it_was() -> None:
    other = SUPINE.with_limits({KNEE: {"warn": 140.0}})
    assert "below 140 a warning" in other.rule(KNEE).limits
    assert "below 145 a warning" in SUPINE.rule(KNEE).limits
    (change,) = other.limit_changes()
    assert (change.rule, change.limit, change.value, change.default, change.unit) == (KNEE, "warn", 140.0, 145.0, "deg")
    assert SUPINE.limit_changes() == other.with_limits({KNEE: {"warn": 145.0}}).limit_changes() == ()


def test_other_processes_get_the_limits_too() -> None:
    other = SUPINE.with_limits({KNEE: {"warn": 140.0}, "head-down": {"hint": 28.0}})
    sent = pickle.loads(pickle.dumps(Options(stretch=other, stretches=(other,))))  # noqa: S301 our own bytes
    assert sent.stretch == sent.stretches[0] == other


@pytest.mark.parametrize("stretch", all_stretches(), ids=lambda stretch: stretch.slug)
def test_all_limits_of_a_stretch_can_be_set_at_once(stretch) -> None:
    free = {rule.id: {one.name: one.default for one in rule.limit_values if not one.fixed} for rule in stretch.rules}
    assert stretch.with_limits(free).limit_changes() == ()


@pytest.mark.parametrize(
    ("rule", "limit", "value", "told"),
    [
        ("stretched-knee", "warn", 140.0, "supine has no such rule; did you mean stretched-knee-straight?"),
        (KNEE, "wrn", 140.0, "has no such limit; did you mean warn?"),
        (KNEE, "xyz", 140.0, "choose one of: ok, hint, warn"),
        (KNEE, "warn", 20.0, "20 is out of range; allowed is 90 to 178 deg"),
        (KNEE, "warn", math.nan, "nan is out of range"),
        (KNEE, "warn", 159.0, "stretched-knee-straight.hint: 158 may not be below stretched-knee-straight.warn"),
        ("lying-flat", "gate", 30.0, "this number is fixed at 25"),
        ("hold-time", "target", 20.0, "set with hold_s"),
    ],
)
def test_nonsense_is_refused_with_what_to_do(rule: str, limit: str, value: float, told: str) -> None:
    with pytest.raises(SettingsError) as error:
        SUPINE.with_limits({rule: {limit: value}})
    assert told in str(error.value)
    assert "\n" not in str(error.value)
