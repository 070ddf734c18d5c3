"""Beginner's supine: on the back, the other leg bent, hands or a strap holding the raised one."""

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

NOT_LYING_DEG = 35.0
ROLL_SURE_DEG = 12.0
HEAD_MOVED = 0.03


def other_knee_bent(measures: Measures, target: Target, limits: Limits) -> Reading:
    """The knee of the leg that stands on the floor."""
    leg = 1 - raised_leg(measures, target)
    return grade(
        pick(measures.knee_deg, leg),
        ok=limits["ok"],
        steps=((limits["hint"], Level.HINT),),
        bad_when="above",
        reason=first_reason(measures.view_seen, pick(measures.leg_seen, leg), legs_apart(measures)),
    )


def trunk_aligned(measures: Measures, target: Target, limits: Limits) -> Reading:
    """The trunk flat on the floor and not rolled; how far it bends to the side can only be seen from above.

    A small roll counts only when the head moved with the shoulders: the shoulder line alone is read too unsurely.
    """
    tilt = np.abs(measures.trunk_deg - 90.0)
    sure = (measures.head_shift > HEAD_MOVED) | (measures.roll_deg > ROLL_SURE_DEG)
    rolled = np.where(sure, measures.roll_deg, np.minimum(measures.roll_deg, limits["roll-ok"]))
    rolls = (rolled > limits["roll-warn"]) & (tilt <= limits["warn"])
    return grade(
        np.where(rolls, rolled, tilt),
        ok=np.where(rolls, limits["roll-ok"], limits["ok"]),
        steps=((np.where(rolls, limits["roll-warn"], limits["warn"]), Level.WARN),),
        bad_when="above",
        reason=first_reason(measures.view_seen, measures.trunk_seen),
    )


def hands_off_knee(measures: Measures, target: Target, limits: Limits) -> Reading:
    """Hands that hold the leg hold it at the thigh, the calf or by a strap."""
    return grade(
        measures.hands_to_knee,
        ok=limits["ok"],
        steps=((limits["hint"], Level.HINT),),
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
            limit_values=(
                Limit(
                    name="ok", default=140.0, lowest=60.0, highest=178.0, meaning="more bent than this is fine again"
                ),
                Limit(name="hint", default=150.0, lowest=60.0, highest=178.0, at_least="ok", meaning="above, a hint"),
            ),
            limit_words="Bent to {ok:g} degrees or less, with the foot on the floor, is fine; off above {hint:g}.",
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
            limit_values=(
                Limit(name="ok", default=17.0, lowest=2.0, highest=34.0, meaning="flatter than this is fine again"),
                Limit(name="warn", default=20.0, lowest=2.0, highest=34.0, at_least="ok", meaning="steeper, a warning"),
                Limit(name="roll-ok", default=4.5, lowest=1.0, highest=40.0, meaning="less roll is fine again"),
                Limit(
                    name="roll-warn",
                    default=6.0,
                    lowest=1.0,
                    highest=40.0,
                    at_least="roll-ok",
                    meaning="more roll of the shoulders, a warning",
                ),
            ),
            limit_words=(
                "The trunk line up to {warn:g} degrees from the floor; a roll of the shoulders of {roll-warn:g} "
                "degrees, with the head, since you lay at rest. A bend to the side can only be seen from above."
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
            limit_values=(
                Limit(
                    name="ok", default=0.10, lowest=0.0, highest=0.4, at_least="hint", meaning="further is fine again"
                ),
                Limit(name="hint", default=0.08, lowest=0.0, highest=0.4, meaning="closer, a hint"),
            ),
            limit_words=(
                "Off when a hand is within {hint:g} leg lengths of the knee joint. A strap cannot be seen and is fine."
            ),
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
    progress=(Progress(name="raise", unit="deg", best="highest", error=3.0, of=raise_deg, describe=describe_raise),),
    asked=(COMFORT, Prompt(words="The strap should pull, not your shoulders: let them rest on the floor.")),
    in_position=in_position,
    claims=claims,
    stretched=raised_leg,
    depth=raise_deg,
    depth_name="leg above the level",
    meter_deg=(0.0, 110.0),
    swing=raw_raise_deg,
)
