"""What is within the error of a measure is no warning."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.measures import Measures
from formcheck.core.quantity import Quantity
from formcheck.core.reasons import Reason
from formcheck.core.rules import Level, Reading, Rule, Verdict, grade
from formcheck.core.uncertainty import Uncertainty
from formcheck.criteria.alignment import Threshold, alignment
from formcheck.criteria.bound import Bound
from formcheck.criteria.hips_over_feet import HIPS_OVER_FEET
from formcheck.stretches import all_stretches
from formcheck.stretches.beginner_supine import TRUNK_ALIGNED

POSTURE = [
    pytest.param(rule, id=f"{stretch.slug}-{rule.id}")
    for stretch in all_stretches()
    for rule in stretch.rules
    if isinstance(rule.read, Threshold) and rule.level != Level.GATE
]
YAWS_DEG = (0.0, 12.0, 25.0, 32.0, np.nan)


def seen(count: int, yaw_deg: float = 0.0, **known: np.ndarray) -> Measures:
    """So many frames of a body of which these values are known."""
    there = {
        name: np.zeros_like(getattr(Measures.nobody(count), name))
        for name in ("view_seen", "trunk_seen", "feet_seen", "head_seen", "hands_seen", "back_seen", "leg_seen")
    }
    return replace(Measures.nobody(count), yaw_deg=np.full(count, yaw_deg), **there, **known)


def swept(rule: Rule, yaw_deg: float) -> Reading:
    """What a rule says of all values around its limits, one a frame."""
    assert isinstance(rule.read, Threshold)
    numbers = list(rule.limits_by_name.values())
    values = np.linspace(min(numbers) - 0.5 * abs(min(numbers)) - 0.1, max(numbers) * 3.0 + 0.1, 4001)
    of = Quantity(name="made up", unit=rule.unit, read=lambda _measures, _leg: values)
    return replace(rule, read=replace(rule.read, of=of)).reading(seen(len(values), yaw_deg), np.zeros(len(values), int))


def beyond_fine(rule: Rule, reading: Reading) -> np.ndarray:
    """How far each value is beyond the nearest limit within which all is well."""
    assert isinstance(rule.read, Threshold)
    limits = rule.limits_by_name
    sides = [(1.0 if one.bad_when == "above" else -1.0, limits[one.ok]) for one in rule.read.gradings]
    return np.max([sign * (reading.value - ok) for sign, ok in sides], axis=0)


@pytest.mark.parametrize("rule", POSTURE)
def test_the_error_of_every_posture_rule_is_known(rule: Rule) -> None:
    assert isinstance(rule.read, Threshold) and rule.read.error is not None
    assert "Known to" in rule.limits


@pytest.mark.parametrize("rule", POSTURE)
@pytest.mark.parametrize("yaw_deg", YAWS_DEG)
def test_no_rule_warns_within_its_error_and_each_says_at_least_a_hint_there(rule: Rule, yaw_deg: float) -> None:
    for one in (rule, *tightened(rule)):
        reading = swept(one, yaw_deg)
        within = beyond_fine(one, reading) <= reading.error
        assert within.any() and (~within).any()
        assert not (within & (reading.verdict >= Verdict.WARN)).any()
        assert not (within & (reading.sure >= Verdict.WARN)).any()
        # What is past a limit is still said.
        assert ((reading.badness > 1e-9) <= (reading.verdict >= Verdict.HINT)).all()


def tightened(rule: Rule) -> list[Rule]:
    """The rule with the limits of its warnings put right at what is fine, where it has such."""
    names = set(rule.limits_by_name)
    if {"ok", "warn"} <= names:
        values = dict.fromkeys(names & {"hint", "warn", "unsafe"}, rule.limits_by_name["ok"])
        return [rule.with_limits(values)]
    return [rule.with_limits({name: rule.limits_by_name[f"{name}-ok"]}) for name in names if f"{name}-ok" in names]


@pytest.mark.parametrize("rule", [*POSTURE, TRUNK_ALIGNED, HIPS_OVER_FEET])
def test_limits_as_shipped_are_what_holds_from_the_side(rule: Rule) -> None:
    limits = rule.limits_by_name
    if isinstance(rule.read, Threshold):
        assert rule.read.error is not None
        steps = [
            (limits[one.ok], limits[name]) for one in rule.read.gradings for name, level in one.steps if level != "hint"
        ]
        held = rule.read.error.held
    else:
        steps, held = [(limits["ok"], limits["warn"])], {"trunk-aligned": 8.0, "hips-over-feet": 0.04}[rule.id]
    assert all(abs(warn - ok) >= held - 1e-9 for ok, warn in steps)


@pytest.mark.parametrize(
    ("yaw_deg", "tilt_deg", "said"), [(0.0, 21.0, Verdict.WARN), (25.0, 21.0, Verdict.HINT), (25.0, 25.0, Verdict.WARN)]
)
def test_a_trunk_off_the_floor_is_warned_about_later_by_who_is_turned_away(yaw_deg, tilt_deg, said) -> None:
    reading = TRUNK_ALIGNED.reading(seen(1, yaw_deg, trunk_deg=np.array([90.0 - tilt_deg])), np.zeros(1, int))
    assert reading.verdict.tolist() == [said]
    assert reading.error.tolist() == [12.0 if yaw_deg else 8.0]


def test_a_value_whose_error_is_not_known_is_held_against_the_limits_alone() -> None:
    reading = grade(
        np.array([9.0, 10.5, 20.5]), ok=10.0, steps=((10.0, Level.HINT), (20.0, Level.WARN)), bad_when="above",
        reason=np.zeros(3, dtype=np.int64),
    )  # fmt: skip
    assert reading.verdict.tolist() == [Verdict.OK, Verdict.HINT, Verdict.WARN]
    assert np.isnan(reading.error).all()


def test_what_is_not_seen_is_not_judged_however_far_off() -> None:
    bound = Bound(ok=10.0, warn=20.0, settable=(0.0, 90.0), cue="Lower")
    of = Quantity(name="x", unit="deg", read=lambda _measures, _leg: np.array([np.nan]))
    rule = alignment(id="x", title="X", of=of, too_high=bound, error=Uncertainty(held=3.0), source="x")
    reading = rule.reading(seen(1), np.zeros(1, int))
    assert reading.verdict.tolist() == [Verdict.UNSEEN] and reading.reason.tolist() != [Reason.SEEN]
