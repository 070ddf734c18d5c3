"""Standing: one heel forward, that leg straight, hinging at the hips over a soft support knee."""

from __future__ import annotations

import numpy as np

from formcheck.core.limits import Limit
from formcheck.core.measures import Measures
from formcheck.core.poses import Bools, Floats, Ints
from formcheck.core.rules import Level, Limits, Reading, Rule, Target, first_reason, grade, worse
from formcheck.core.stretch import Progress, Prompt, Stretch
from formcheck.stretches._every import COMFORT, EVERY_STRETCH
from formcheck.stretches._shared import BACK_STRAIGHT, CURVE_ERROR, chosen, knee_rule, pick

APART = 0.25
_ROUND = 0.07  # where the rule on the back begins to speak


def front_leg(measures: Measures, target: Target) -> Ints:
    """(T,) index of the leg whose heel is forward."""
    return chosen(measures, target, measures.forward)


def support_knee(measures: Measures, target: Target, limits: Limits) -> Reading:
    """The knee of the leg behind: soft, neither locked nor squatting."""
    leg = 1 - front_leg(measures, target)
    knee = pick(measures.knee_deg, leg)
    reason = first_reason(measures.view_seen, pick(measures.leg_seen, leg))
    locked = grade(
        knee, ok=limits["locked-ok"], steps=((limits["locked"], Level.HINT),), bad_when="above", reason=reason
    )
    squatting = grade(
        knee, ok=limits["squat-ok"], steps=((limits["squat"], Level.HINT),), bad_when="below", reason=reason
    )
    return worse(locked, squatting)


def leg_forward(measures: Measures, target: Target, limits: Limits) -> Reading:
    """The gate: one foot far enough in front of the other."""
    return grade(
        measures.ankle_gap,
        ok=limits["gate"],
        steps=((limits["gate"], Level.HINT),),
        bad_when="below",
        reason=first_reason(measures.view_seen, measures.feet_seen),
    )


def in_position(measures: Measures, target: Target) -> Bools:
    """On both feet, one of them forward, the trunk leaning forward."""
    legs_down = np.abs(measures.leg_deg + 90.0).max(axis=1) < 45.0
    front = front_leg(measures, target)
    open_front = pick(measures.knee_deg, front) > 115.0
    no_squat = pick(measures.knee_deg, 1 - front) > 95.0
    leaning = (measures.trunk_deg > 14.0) & (measures.trunk_deg < 115.0)
    feet_low = measures.heel_height < 0.5
    apart = (measures.ankle_gap >= APART) & (measures.forward == front)
    return np.asarray(~measures.lying & legs_down & open_front & no_squat & leaning & feet_low & apart)


def claims(measures: Measures, target: Target) -> Bools:
    """A clear hinge over the front leg."""
    front = pick(measures.knee_deg, front_leg(measures, target)) > 125.0
    return np.asarray(in_position(measures, target) & front & (measures.trunk_deg > 20.0))


def hinge_deg(measures: Measures, target: Target) -> Floats:
    """(T,) how far trunk and front thigh are closed: 0 upright."""
    return np.asarray(180.0 - pick(measures.hip_deg, front_leg(measures, target)))


def hinge_share(measures: Measures, target: Target) -> Floats:
    """(T,) share of the trunk's lean that comes from the hips and not from a bent back.

    An arc with a sagitta of k chords bends by 4 atan(2 k). A curve within its own error is none, and counts in full
    from where it is called round.
    """
    curve = measures.back_curve * np.interp(measures.back_curve, (CURVE_ERROR, _ROUND), (0.0, 1.0))
    bend_deg = np.degrees(4.0 * np.arctan(2.0 * curve))
    return np.asarray(np.clip(1.0 - bend_deg / np.maximum(measures.trunk_deg, 1.0), 0.0, 1.0))


STRETCH = Stretch(
    slug="standing",
    title="Standing hamstring stretch",
    summary="Put one heel forward, keep that leg straight, and hinge at the hips over a soft back knee.",
    how_to=(
        "Stand tall and put one heel about a step forward, toes up.",
        "Keep that knee straight and soften the knee of the other leg.",
        "Push your hips back and lean forward with a straight back until you feel the stretch.",
        "Rest your hands on your thighs, or one of them on a wall or chair.",
        "Hold still and breathe; then change legs.",
    ),
    camera="At hip height, two to three metres to your side, so that all of you fits in, feet included.",
    one_sided=True,
    lying=False,
    rules=(
        BACK_STRAIGHT,
        knee_rule(
            stretched="forward",
            title="Front knee straight",
            cue="Straighten your front knee",
            ok=156.0,
            hint=153.0,
            warn=150.0,
        ),
        Rule(
            id="support-knee-bent",
            level=Level.HINT,
            title="Back knee soft",
            measure="knee angle",
            unit="deg",
            limit_values=(
                Limit(
                    name="locked",
                    default=173.0,
                    lowest=96.0,
                    highest=180.0,
                    at_least="locked-ok",
                    meaning="above, a hint: the knee is locked",
                ),
                Limit(
                    name="locked-ok",
                    default=171.0,
                    lowest=96.0,
                    highest=180.0,
                    at_least="squat-ok",
                    meaning="softer than this is fine again",
                ),
                Limit(
                    name="squat-ok",
                    default=115.0,
                    lowest=96.0,
                    highest=180.0,
                    at_least="squat",
                    meaning="less deep than this is fine again",
                ),
                Limit(name="squat", default=110.0, lowest=96.0, highest=180.0, meaning="below, a hint: it is a squat"),
            ),
            limit_words=(
                "{squat-ok:g} to {locked-ok:g} degrees is fine, off above {locked:g} (locked); "
                "below {squat:g} it is a squat."
            ),
            source="own choice, calibrated on rendered clips",
            silent="that leg hidden, not side-on",
            cue="Soften the back knee: do not lock it",
            cue_low="Not so deep: straighten the back knee a little",
            read=support_knee,
            about="other leg",
        ),
        Rule(
            id="leg-forward",
            level=Level.GATE,
            title="One heel forward",
            measure="distance of the feet",
            unit="leg length",
            limit_values=(
                Limit(name="gate", default=APART, meaning="closer is not this stretch; recognition rests on it"),
            ),
            limit_words="At least {gate:g} leg lengths, else you are not in position.",
            source="own choice",
            silent="feet out of the picture, not side-on",
            read=leg_forward,
            worst_is="lowest",
            about="hips and feet",
        ),
        *EVERY_STRETCH,
    ),
    progress=(
        Progress(name="hinge", unit="deg", best="highest", error=7.0, of=hinge_deg),
        Progress(
            name="hinge from the hips",
            unit="share",
            best="highest",
            error=0.3,  # what an error of the curve of 0.03 makes of a lean of 45 degrees
            of=hinge_share,
            describe=lambda value: (
                "from the hips" if value >= 0.7 else "much of it from the back" if value < 0.5 else ""
            ),
        ),
    ),
    asked=(COMFORT, Prompt(words="The stretch belongs in the middle of the thigh, not behind the knee.")),
    in_position=in_position,
    claims=claims,
    stretched=front_leg,
    depth=lambda measures, target: measures.trunk_deg,
    depth_name="trunk from upright",
    meter_deg=(0.0, 80.0),
    swing=lambda measures, target: measures.raw_trunk_deg,
)
