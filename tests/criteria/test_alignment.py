"""Rules made of data: their limits, their words, and what they say of values in both directions."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from formcheck.core.errors import SettingsError
from formcheck.core.quantity import Quantity
from formcheck.core.reasons import Reason
from formcheck.core.rules import Level, Rule, Target, Verdict
from formcheck.core.shape import Within
from formcheck.criteria.alignment import alignment, gate
from formcheck.criteria.bound import Bound
from formcheck.criteria.quantities import KNEE
from tests.figures import lying
from tests.judged import measured

HIGH = Bound(name="locked", ok=170.0, hint=173.0, settable=(90.0, 180.0), cue="Soften the knee")
LOW = Bound(name="deep", ok=115.0, warn=110.0, settable=(90.0, 180.0), cue="Straighten the knee")
PLAIN = Bound(ok=1.0, hint=2.0, settable=(0.0, 9.0), cue="Lower")
BOTH = alignment(id="both", title="Both", of=KNEE, too_high=HIGH, too_low=LOW, source="calculated")


def of_values(*values: float) -> Quantity:
    """A quantity that has these values, whatever the body does."""
    return Quantity(name="made up", unit="deg", read=lambda _measures, _leg: np.array(values))


def verdicts(rule: Rule) -> list[Verdict]:
    measures = measured(lying().pose()).part(0, 1)
    return [Verdict(one) for one in rule.reading(measures, np.zeros(1, dtype=np.int64)).verdict.tolist()]


def test_high_values_get_worse_step_by_step_with_what_was_said_lingering_between() -> None:
    bound = Bound(ok=10.0, hint=12.0, warn=20.0, unsafe=30.0, settable=(0.0, 90.0), cue="Lower, please")
    rule = alignment(
        id="one", title="One", of=of_values(10.0, 11.0, 12.5, 25.0, 31.0, np.nan), too_high=bound, source="x"
    )
    assert verdicts(rule) == [
        Verdict.OK, Verdict.BETWEEN, Verdict.HINT, Verdict.WARN, Verdict.UNSAFE, Verdict.UNSEEN,
    ]  # fmt: skip
    assert rule.level == Level.WARN
    assert [limit.name for limit in rule.limit_values] == ["ok", "hint", "warn", "unsafe"]
    assert rule.limits == "Up to 10 degrees is fine; above 12 a hint, above 20 a warning, above 30 unsafe."


def test_low_values_are_the_mirror_image() -> None:
    bound = Bound(ok=160.0, hint=158.0, warn=145.0, settable=(90.0, 178.0), cue="Straighten it")
    rule = alignment(id="one", title="One", of=of_values(160.0, 159.0, 157.0, 140.0), too_low=bound, source="x")
    assert verdicts(rule) == [Verdict.OK, Verdict.BETWEEN, Verdict.HINT, Verdict.WARN]
    assert rule.limits == "160 degrees and more is fine; below 158 a hint, below 145 a warning."


def test_each_direction_has_its_own_limits_level_and_cue() -> None:
    rule = alignment(
        id="both", title="Both", of=of_values(174.0, 172.0, 140.0, 112.0, 109.0), too_high=HIGH, too_low=LOW, source="x"
    )
    assert verdicts(rule) == [Verdict.HINT, Verdict.BETWEEN, Verdict.OK, Verdict.BETWEEN, Verdict.WARN]
    assert [limit.name for limit in rule.limit_values] == ["locked", "locked-ok", "deep-ok", "deep"]
    assert rule.cue_for(174.0, 173.0) == "Soften the knee"
    assert rule.cue_for(109.0, 110.0) == "Straighten the knee"
    assert rule.level == Level.WARN
    assert rule.limits == "115 to 170 degrees is fine; above 173 a hint; below 110 a warning."


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"locked": 165.0}, "both.locked: 165 may not be below both.locked-ok, which is 170"),
        ({"locked-ok": 112.0}, "both.locked-ok: 112 may not be below both.deep-ok, which is 115"),
        ({"deep-ok": 105.0}, "both.deep-ok: 105 may not be below both.deep, which is 110"),
        ({"deep": 80.0}, "both.deep: 80 is out of range; allowed is 90 to 180 deg"),
    ],
)
def test_limits_stay_in_their_order_and_range(values: dict[str, float], told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        BOTH.with_limits(values)
    assert str(caught.value).startswith(told)


def test_other_limits_are_judged_by_and_told() -> None:
    rule = alignment(id="both", title="Both", of=of_values(174.0), too_high=HIGH, too_low=LOW, source="x")
    softer = rule.with_limits({"locked": 175.0})
    assert verdicts(softer) == [Verdict.BETWEEN]
    assert "above 175 a hint" in softer.limits


def test_what_must_be_seen_comes_with_the_quantity() -> None:
    hidden = measured(lying().pose(hidden=(25, 27, 29, 31)))
    reading = BOTH.reading(hidden, np.zeros(len(hidden), dtype=np.int64))
    assert reading.verdict[-1] == Verdict.UNSEEN
    assert reading.reason[-1] == Reason.LEG_HIDDEN
    assert BOTH.silent == "not side-on, stretched leg hidden"
    other = alignment(id="other", title="Other", of=KNEE.on("other"), too_low=LOW, source="x")
    assert other.about == "other leg"
    measures = measured(lying(knee_deg=176.0, other_knee_deg=100.0).pose())
    leg = np.full(len(measures), Target(leg=0).leg)
    assert other.reading(measures, leg).value[-1] == pytest.approx(100.0, abs=3.0)


def test_a_gate_is_fixed_and_never_a_fault() -> None:
    rule = gate(id="apart", title="Apart", of=of_values(0.2, 0.25), at_least=0.25, source="x")
    assert rule.level == Level.GATE
    assert verdicts(rule) == [Verdict.HINT, Verdict.OK]
    assert all(limit.fixed for limit in rule.limit_values)
    with pytest.raises(ValueError, match="either at_least or at_most"):
        gate(id="apart", title="Apart", of=KNEE, source="x")
    with pytest.raises(TypeError, match="cannot judge single frames"):
        Rule(id="t", level=Level.WARN, title="T", measure="m", unit="s", source="x", timed="hold").reading(
            measured(lying().pose()), np.zeros(1, dtype=np.int64)
        )


@pytest.mark.parametrize(
    ("mistake", "told"),
    [
        (lambda: Bound(ok=1.0, settable=(0.0, 9.0), cue="Lower"), "neither hint nor warn"),
        (lambda: Bound(ok=5.0, hint=3.0, warn=4.0, settable=(0.0, 9.0), cue="Lower"), "worse in one direction"),
        (lambda: Bound(ok=1.0, hint=12.0, settable=(0.0, 9.0), cue="Lower"), "do not lie in what may be set"),
        (lambda: Bound(ok=1.0, hint=2.0, settable=(0.0, 9.0), cue="x" * 49), "at most 48 characters, got 49"),
        (lambda: Bound(name="deep", ok=1.0, hint=2.0, warn=3.0, settable=(0.0, 9.0), cue="Lower"), "has one level"),
        (lambda: alignment(id="none", title="None", of=KNEE, source="x"), "too_high, too_low or both"),
        (
            lambda: alignment(id="two", title="T", of=KNEE, too_high=PLAIN, too_low=PLAIN, source="x"),
            "names of their own",
        ),
        (lambda: KNEE.on("supporting"), "expected a leg of stretched, other, nearer, got 'supporting'"),
        (lambda: Within(words="open", of=KNEE, source="x"), "expected a range of knee angle"),
        (lambda: Within(words="open", of=KNEE, low=20.0, high=10.0, source="x"), "got 20 to 10"),
    ],
)
def test_a_mistake_in_a_stretch_is_told_where_it_is_made(mistake: Callable[[], object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        mistake()


def test_braces_in_a_note_are_only_braces() -> None:
    rule = alignment(id="one", title="One", of=KNEE, too_high=HIGH, source="x", note="Between {these}.")
    assert rule.limits.endswith("Between {these}.")
