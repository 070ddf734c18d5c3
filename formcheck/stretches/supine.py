"""Supine: on the back, one straight leg raised, the other one long on the floor."""

from __future__ import annotations

import numpy as np

from formcheck.core.limits import Limit
from formcheck.core.measures import Measures
from formcheck.core.poses import Bools
from formcheck.core.rules import Level, Limits, Reading, Rule, Target, first_reason, grade
from formcheck.core.stretch import Progress, Prompt, Stretch
from formcheck.stretches._every import COMFORT, EVERY_STRETCH
from formcheck.stretches._shared import (
    HEAD_DOWN,
    describe_raise,
    knee_rule,
    legs_apart,
    lying_shape,
    pick,
    raise_deg,
    raised_leg,
    raw_raise_deg,
)

NOT_FLAT_DEG = 25.0


def lying_flat(measures: Measures, target: Target, limits: Limits) -> Reading:
    """The trunk line against the floor; a gate, so never a fault."""
    return grade(
        np.abs(measures.trunk_deg - 90.0),
        ok=limits["gate"],
        steps=((limits["gate"], Level.HINT),),
        bad_when="above",
        reason=measures.trunk_seen,
    )


def other_leg_down(measures: Measures, target: Target, limits: Limits) -> Reading:
    """The leg that stays on the floor."""
    leg = 1 - raised_leg(measures, target)
    return grade(
        pick(measures.leg_lift_deg, leg),
        ok=limits["ok"],
        steps=((limits["hint"], Level.HINT),),
        bad_when="above",
        reason=first_reason(measures.view_seen, pick(measures.leg_seen, leg), legs_apart(measures)),
    )


def in_position(measures: Measures, target: Target) -> Bools:
    """On the back, one leg up, the other one low."""
    return lying_shape(measures, target, not_flat_deg=NOT_FLAT_DEG)


def claims(measures: Measures, target: Target) -> Bools:
    """The other leg long, the raised one not folded, and nobody who helps."""
    raised = raised_leg(measures, target)
    long_leg = pick(measures.knee_deg, 1 - raised) >= 135.0
    opened = pick(measures.knee_deg, raised) >= 115.0
    return np.asarray(in_position(measures, target) & long_leg & opened & (measures.helper <= 0.5))


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
    lying=True,
    rules=(
        Rule(
            id="lying-flat",
            level=Level.GATE,
            title="Lying flat",
            measure="trunk against the floor",
            unit="deg",
            limit_values=(
                Limit(
                    name="gate", default=NOT_FLAT_DEG, meaning="further up is not this stretch; recognition rests on it"
                ),
            ),
            limit_words="Up to {gate:g} degrees off the floor, else you count as sitting up and are not in position.",
            source="own choice",
            silent="hips or shoulders hidden",
            read=lying_flat,
            about="trunk",
        ),
        knee_rule(
            stretched="raised",
            title="Raised knee straight",
            cue="Lower the leg until the knee is straight",
            ok=160.0,
            hint=158.0,
            warn=145.0,
            apart=True,
        ),
        Rule(
            id="other-leg-down",
            level=Level.HINT,
            title="Other leg down",
            measure="other leg above the floor",
            unit="deg",
            limit_values=(
                Limit(name="ok", default=7.0, lowest=2.0, highest=45.0, meaning="lower than this is down again"),
                Limit(name="hint", default=10.0, lowest=2.0, highest=45.0, at_least="ok", meaning="higher, a hint"),
            ),
            limit_words=(
                "Measured from your own leg at rest on the floor: off above {hint:g} degrees, fine again below {ok:g}."
            ),
            source="own choice, calibrated on rendered clips",
            silent="that leg hidden, not side-on",
            cue="Let the other leg sink to the floor",
            read=other_leg_down,
            about="other leg",
        ),
        HEAD_DOWN,
        *EVERY_STRETCH,
    ),
    progress=(Progress(name="raise", unit="deg", best="highest", error=3.0, of=raise_deg, describe=describe_raise),),
    asked=(COMFORT, Prompt(words="Toes or head are far goals: a straight knee matters more than height.")),
    in_position=in_position,
    claims=claims,
    stretched=raised_leg,
    depth=raise_deg,
    depth_name="leg above the level",
    meter_deg=(0.0, 110.0),
    swing=raw_raise_deg,
)
