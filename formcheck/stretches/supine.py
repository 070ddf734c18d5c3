"""Supine: on the back, one straight leg raised, the other one long on the floor."""

from __future__ import annotations

import numpy as np

from formcheck.core.measures import Measures, Reason
from formcheck.core.poses import Bools, Floats, Ints
from formcheck.core.rules import Level, Reading, Rule, Target, first_reason, grade
from formcheck.core.stretch import Progress, Stretch
from formcheck.stretches._shared import (
    COMFORT,
    EVERY_STRETCH,
    other_leg,
    pick,
    stretched_leg,
)

LEGS_APART_DEG = 15.0
FLAT_DEG, NOT_FLAT_DEG = 20.0, 25.0


def legs_apart(measures: Measures) -> Ints:
    """`Reason` codes (T,): closer together than 15 degrees, left and right cannot be told apart."""
    apart = np.abs(measures.leg_deg[:, 0] - measures.leg_deg[:, 1])
    return np.where(apart < LEGS_APART_DEG, int(Reason.LEGS_TOGETHER), int(Reason.SEEN))


def lying_flat(measures: Measures, target: Target) -> Reading:
    """The trunk line against the floor; a gate, so never a fault."""
    return grade(
        np.abs(measures.trunk_deg - 90.0),
        ok=NOT_FLAT_DEG,
        steps=((NOT_FLAT_DEG, Level.HINT),),
        bad_when="above",
        reason=measures.trunk_seen,
    )


def stretched_knee(measures: Measures, target: Target) -> Reading:
    """The knee of the raised leg."""
    leg = stretched_leg(measures, target)
    return grade(
        pick(measures.knee_deg, leg),
        ok=160.0,
        steps=((158.0, Level.HINT), (145.0, Level.WARN)),
        bad_when="below",
        reason=first_reason(measures.view_seen, pick(measures.leg_seen, leg), legs_apart(measures)),
    )


def other_leg_down(measures: Measures, target: Target) -> Reading:
    """The leg that stays on the floor."""
    leg = other_leg(measures, target)
    return grade(
        pick(measures.leg_lift_deg, leg),
        ok=7.0,
        steps=((10.0, Level.HINT),),
        bad_when="above",
        reason=first_reason(measures.view_seen, pick(measures.leg_seen, leg), legs_apart(measures)),
    )


def head_down(measures: Measures, target: Target) -> Reading:
    """The head against the floor, from the line between shoulder and ear."""
    return grade(
        measures.head_deg,
        ok=20.0,
        steps=((25.0, Level.HINT),),
        bad_when="above",
        reason=first_reason(measures.view_seen, measures.head_seen, measures.trunk_seen),
    )


def in_position(measures: Measures, target: Target) -> Bools:
    """On the back, one leg up, the other one long and low."""
    raised, low = stretched_leg(measures, target), other_leg(measures, target)
    flat = np.abs(measures.trunk_deg - 90.0) < NOT_FLAT_DEG
    up = pick(measures.leg_deg, raised)
    apart = up - pick(measures.leg_deg, low) > LEGS_APART_DEG
    long_leg = pick(measures.knee_deg, low) > 140.0
    return np.asarray(measures.lying & flat & (up > 25.0) & (up < 140.0) & apart & long_leg)


def raise_deg(measures: Measures, target: Target) -> Floats:
    """(T,) elevation of the raised leg."""
    return pick(measures.leg_deg, stretched_leg(measures, target))


def _band(value: float) -> str:
    return "below 80 degrees" if value < 80 else "80 to 90 degrees" if value <= 90 else "above 90 degrees"


STRETCH = Stretch(
    slug="supine",
    title="Supine leg raise",
    summary="Lie on your back and raise one straight leg; the other one stays long on the floor.",
    how_to=(
        "Lie on your back, legs long, arms by your sides or both hands behind the raised thigh.",
        "Raise one leg, knee straight, until you feel a stretch at the back of the thigh.",
        "Keep the other leg long and down, and rest your head on the floor.",
        "If the knee bends, lower the leg until it is straight again.",
        "Hold still and breathe; then change legs.",
    ),
    camera="At knee height, two to three metres to your side, so that head, feet and the raised foot fit in.",
    one_sided=True,
    rules=(
        Rule(
            id="lying-flat",
            level=Level.GATE,
            title="Lying flat",
            measure="trunk against the floor",
            unit="deg",
            limits="Up to 20 degrees, with 5 more before you count as sitting up; else you are not in position.",
            source="own choice",
            silent="hips or shoulders hidden",
            read=lying_flat,
            about="trunk",
        ),
        Rule(
            id="stretched-knee-straight",
            level=Level.WARN,
            title="Raised knee straight",
            measure="knee angle",
            unit="deg",
            limits="160 degrees and more is straight, 145 to 160 a hint, below 145 a warning.",
            source="own choice, calibrated on rendered clips",
            silent="that leg hidden, legs less than 15 degrees apart, not side-on",
            cue="Lower the leg until the knee is straight",
            read=stretched_knee,
            worst_is="lowest",
            about="stretched leg",
        ),
        Rule(
            id="other-leg-down",
            level=Level.HINT,
            title="Other leg down",
            measure="other leg above the floor",
            unit="deg",
            limits="Measured from your own leg at rest on the floor: off above 10 degrees, fine again below 7.",
            source="own choice, calibrated on rendered clips",
            silent="that leg hidden, not side-on",
            cue="Let the other leg sink to the floor",
            read=other_leg_down,
            about="other leg",
        ),
        Rule(
            id="head-down",
            level=Level.HINT,
            title="Head down",
            measure="head above the floor",
            unit="deg",
            limits="Off above 25 degrees between shoulder and ear.",
            source="own choice, calibrated on rendered clips",
            silent="head hidden, not side-on",
            cue="Rest your head on the floor",
            read=head_down,
            about="head",
        ),
        *EVERY_STRETCH,
    ),
    progress=(Progress(name="raise", unit="deg", best="highest", of=raise_deg, describe=_band),),
    prompts=(COMFORT, "Toes or head are far goals: a straight knee matters more than height."),
    in_position=in_position,
    depth=raise_deg,
    swing=lambda measures, target: pick(measures.raw_leg_deg, stretched_leg(measures, target)),
    swing_name="leg",
)
