"""Beginner's supine: on the back, the other leg bent, hands or a strap holding the raised one."""

from __future__ import annotations

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.poses import Bools
from formcheck.core.rules import Level, Reading, Rule, Target, first_reason, grade
from formcheck.core.stretch import Progress, Stretch
from formcheck.stretches._shared import (
    COMFORT,
    EVERY_STRETCH,
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

NOT_LYING_DEG = 35.0
TRUNK_OK_DEG, TRUNK_OFF_DEG = 17.0, 20.0
ROLL_OK_DEG, ROLL_OFF_DEG, ROLL_SURE_DEG = 4.5, 6.0, 12.0
HEAD_MOVED = 0.03


def other_knee_bent(measures: Measures, target: Target) -> Reading:
    """The knee of the leg that stands on the floor."""
    leg = 1 - raised_leg(measures, target)
    return grade(
        pick(measures.knee_deg, leg),
        ok=140.0,
        steps=((150.0, Level.HINT),),
        bad_when="above",
        reason=first_reason(measures.view_seen, pick(measures.leg_seen, leg), legs_apart(measures)),
    )


def trunk_aligned(measures: Measures, target: Target) -> Reading:
    """The trunk flat on the floor and not rolled; how far it bends to the side can only be seen from above.

    A small roll counts only when the head moved with the shoulders: the shoulder line alone is read too unsurely.
    """
    tilt = np.abs(measures.trunk_deg - 90.0)
    sure = (measures.head_shift > HEAD_MOVED) | (measures.roll_deg > ROLL_SURE_DEG)
    rolled = np.where(sure, measures.roll_deg, np.minimum(measures.roll_deg, ROLL_OK_DEG))
    rolls = rolled > ROLL_OFF_DEG
    value = np.where(rolls & (tilt <= TRUNK_OFF_DEG), rolled, tilt)
    limit = np.where(rolls & (tilt <= TRUNK_OFF_DEG), ROLL_OFF_DEG, TRUNK_OFF_DEG)
    ok = np.where(limit == ROLL_OFF_DEG, ROLL_OK_DEG, TRUNK_OK_DEG)
    return grade(
        value,
        ok=ok,
        steps=((limit, Level.WARN),),
        bad_when="above",
        reason=first_reason(measures.view_seen, measures.trunk_seen),
    )


def hands_off_knee(measures: Measures, target: Target) -> Reading:
    """Hands that hold the leg hold it at the thigh, the calf or by a strap."""
    return grade(
        measures.hands_to_knee,
        ok=0.10,
        steps=((0.08, Level.HINT),),
        bad_when="below",
        reason=first_reason(measures.view_seen, measures.hands_seen, legs_apart(measures)),
    )


def in_position(measures: Measures, target: Target) -> Bools:
    """On the back, one leg up."""
    return lying_shape(measures, target, not_flat_deg=NOT_LYING_DEG)


def claims(measures: Measures, target: Target) -> Bools:
    """The other leg bent, or the raised one folded with the hands on it; nobody who helps."""
    raised = raised_leg(measures, target)
    other_bent = pick(measures.knee_deg, 1 - raised) < 135.0
    folded = (pick(measures.knee_deg, raised) < 115.0) & (measures.hands_to_knee < 0.45)
    return np.asarray(in_position(measures, target) & (other_bent | folded) & (measures.helper <= 0.5))


STRETCH = Stretch(
    slug="beginner-supine",
    title="Supine, for beginners",
    summary="Lie on your back with one foot on the floor and bring the other leg up with your hands or a strap.",
    how_to=(
        "Lie on your back with both knees bent and your feet on the floor.",
        "Bring one leg up, held behind the thigh or the calf, or by a strap round the foot. Never pull at the knee.",
        "Straighten the raised knee as far as it goes without pain.",
        "Keep your trunk straight and flat and rest your head on the floor.",
        "Hold still and breathe; then change legs.",
    ),
    camera="At knee height, two to three metres to your side, so that head, feet and the raised foot fit in.",
    one_sided=True,
    lying=True,
    rules=(
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
            id="other-knee-bent",
            level=Level.HINT,
            title="Other knee bent",
            measure="knee angle",
            unit="deg",
            limits="40 to 120 degrees with the foot on the floor is fine, off above 150.",
            source="own choice",
            silent="that leg hidden, not side-on",
            cue="Bend the other knee, foot on the floor",
            read=other_knee_bent,
            about="other leg",
        ),
        Rule(
            id="trunk-aligned",
            level=Level.WARN,
            title="Trunk straight and flat",
            measure="trunk off the floor or rolled",
            unit="deg",
            limits=(
                "The trunk line up to 20 degrees from the floor; a roll of the shoulders of 6 degrees, with the head, "
                "since you lay at rest. A bend to the side can only be seen from above."
            ),
            source="own choice, calibrated on rendered clips",
            silent="hips or shoulders hidden, not side-on; the roll, if you were not seen lying at rest before",
            cue="Lie straight: shoulders and head in line",
            read=trunk_aligned,
            about="trunk",
        ),
        Rule(
            id="hands-off-knee",
            level=Level.HINT,
            title="Hands off the knee",
            measure="hand to knee",
            unit="leg length",
            limits="Off when a hand is within 0.08 leg lengths of the knee joint. A strap cannot be seen and is fine.",
            source="own choice",
            silent="hands hidden, not side-on",
            cue="Hold the thigh or calf, not the knee",
            read=hands_off_knee,
            worst_is="lowest",
            about="stretched leg",
        ),
        HEAD_DOWN,
        *EVERY_STRETCH,
    ),
    progress=(Progress(name="raise", unit="deg", best="highest", of=raise_deg, describe=describe_raise),),
    prompts=(COMFORT, "The strap should pull, not your shoulders: let them rest on the floor."),
    in_position=in_position,
    claims=claims,
    stretched=raised_leg,
    depth=raise_deg,
    depth_name="leg above the level",
    meter_deg=(0.0, 110.0),
    swing=raw_raise_deg,
)
