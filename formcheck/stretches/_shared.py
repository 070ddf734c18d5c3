"""Rules and shapes that several stretches have in common."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from formcheck.core.measures import Measures, Reason
from formcheck.core.poses import Bools, Floats, Ints
from formcheck.core.rules import Level, Reading, Rule, Target, first_reason, grade

Value = TypeVar("Value", bound=np.generic)

COMFORT = "Only go as far as feels comfortable, and stay free of pain."

HOLD_TIME = Rule(
    id="hold-time",
    level=Level.PROGRESS,
    title="Hold for half a minute",
    measure="hold time",
    unit="s",
    limits="30 s is the target, 10 to 29 s counts in part; 2 to 4 repeats a side. Longer is never wrong.",
    source="Bandy and Irion 1994; ACSM",
    silent="Pauses while you cannot be seen or wobble for up to 2 s.",
    timed="hold",
)

NO_BOUNCE = Rule(
    id="no-bounce",
    level=Level.WARN,
    title="No bouncing",
    measure="swing",
    unit="deg",
    limits="Two swings there and back within 3 s (0.5 to 3 Hz): fine below 3 degrees, warned about above 4.",
    source="own choice, calibrated on rendered clips",
    silent="fewer than 15 pictures a second",
    cue="Stop bouncing: hold still",
    timed="bounce",
)

STEADY = Rule(
    id="steady",
    level=Level.WARN,
    title="No shaking",
    measure="shaking against your own quiet",
    unit="times",
    limits="Joint speed between 4 and 10 Hz: fine below 2 times your own quiet, warned about from 3, unsafe from 5.",
    source="own choice, calibrated on rendered clips",
    silent="fewer than 25 pictures a second, or too little of you seen at rest",
    cue="You are shaking: ease off a little",
    timed="shaking",
)

EVERY_STRETCH = (HOLD_TIME, NO_BOUNCE, STEADY)

BACK_OK, BACK_HINT, BACK_WARN = 0.06, 0.07, 0.13
LEGS_APART_DEG = 15.0
# Spread of a single measurement: of the knee with 2 cm of landmark error (calculated), of the curve on rendered backs.
KNEE_ERROR_DEG, CURVE_ERROR = 6.5, 0.03


def pick(values: npt.NDArray[Value], leg: Ints) -> npt.NDArray[Value]:
    """(T,) values of one leg a frame, from (T, 2)."""
    return np.take_along_axis(values, leg[:, None], axis=1)[:, 0]


def chosen(measures: Measures, target: Target, found: Ints) -> Ints:
    """(T,) index of the stretched leg: what the user said, else the one found in the picture."""
    return found if target.leg is None else np.full(len(measures), target.leg)


def raised_leg(measures: Measures, target: Target) -> Ints:
    """(T,) index of the stretched leg where it is the higher one."""
    return chosen(measures, target, measures.raised)


def knee_rule(
    *,
    stretched: str,
    title: str,
    cue: str,
    ok: float,
    hint: float,
    warn: float,
    apart: bool = False,
) -> Rule:
    """The rule on the knee of the stretched leg, with the limits of one stretch.

    `stretched` names the field of `Measures` that tells which leg it is; `apart` asks for legs far enough apart that
    left and right cannot be mistaken.
    """

    def read(measures: Measures, target: Target) -> Reading:
        which = chosen(measures, target, getattr(measures, stretched))
        reasons = [measures.view_seen, pick(measures.leg_seen, which)]
        if apart:
            reasons.append(legs_apart(measures))
        return grade(
            pick(measures.knee_deg, which),
            ok=ok,
            steps=((hint, Level.HINT), (warn, Level.WARN)),
            bad_when="below",
            error=KNEE_ERROR_DEG,
            reason=first_reason(*reasons),
        )

    return Rule(
        id="stretched-knee-straight",
        level=Level.WARN,
        title=title,
        measure="knee angle",
        unit="deg",
        limits=f"{ok:.0f} degrees and more is straight, below {hint:.0f} a hint, below {warn:.0f} a warning.",
        source="own choice, calibrated on rendered clips",
        silent="that leg hidden, not side-on",
        cue=cue,
        read=read,
        worst_is="lowest",
        about="stretched leg",
    )


def read_back(measures: Measures, target: Target) -> Reading:
    """Curvature of the back from the outline of the person."""
    return grade(
        measures.back_curve,
        ok=BACK_OK,
        steps=((BACK_HINT, Level.HINT), (BACK_WARN, Level.WARN)),
        bad_when="above",
        error=CURVE_ERROR,
        reason=first_reason(measures.view_seen, measures.trunk_seen, measures.back_seen),
    )


BACK_STRAIGHT = Rule(
    id="back-straight",
    level=Level.WARN,
    title="Back straight",
    measure="back curve",
    unit="sagitta/chord",
    limits=(
        "Height of the arc of the back over its chord, beyond your own upright back: fine below 0.07, "
        "a hint up to 0.13, a warning above."
    ),
    source="calculated, calibrated on rendered clips",
    silent="an arm, hair, clothes or furniture on the outline of the back; trunk below 15 or above 110 degrees",
    cue="Straighten your back, hinge at the hips",
    read=read_back,
    about="trunk",
)


def lying_shape(measures: Measures, target: Target, *, not_flat_deg: float) -> Bools:
    """On the back with one leg up and the other one low."""
    raised = raised_leg(measures, target)
    up, low = pick(measures.leg_deg, raised), pick(measures.leg_deg, 1 - raised)
    flat = np.abs(measures.trunk_deg - 90.0) < not_flat_deg
    return np.asarray(measures.lying & flat & (up > 25.0) & (up < 140.0) & (up - low > LEGS_APART_DEG) & (low < 50.0))


def legs_apart(measures: Measures) -> Ints:
    """`Reason` codes (T,): closer together than 15 degrees, left and right cannot be told apart."""
    apart = np.abs(measures.leg_deg[:, 0] - measures.leg_deg[:, 1])
    return np.where(apart < LEGS_APART_DEG, int(Reason.LEGS_TOGETHER), int(Reason.SEEN))


def raise_deg(measures: Measures, target: Target) -> Floats:
    """(T,) elevation of the raised leg."""
    return pick(measures.leg_deg, raised_leg(measures, target))


def raw_raise_deg(measures: Measures, target: Target) -> Floats:
    """(T,) the same from unsmoothed points."""
    return pick(measures.raw_leg_deg, raised_leg(measures, target))


def describe_raise(value: float) -> str:
    """The published bands of the straight leg raise."""
    return "below 80 degrees" if value < 80 else "80 to 90 degrees" if value <= 90 else "above 90 degrees"


def read_head(measures: Measures, target: Target) -> Reading:
    """The head against the floor, from the line between shoulder and ear."""
    return grade(
        measures.head_deg,
        ok=25.0,
        steps=((28.0, Level.HINT),),
        bad_when="above",
        reason=first_reason(measures.view_seen, measures.head_seen, measures.trunk_seen),
    )


HEAD_DOWN = Rule(
    id="head-down",
    level=Level.HINT,
    title="Head down",
    measure="head above the floor",
    unit="deg",
    limits="Up to 25 degrees between shoulder and ear is fine, off above 28.",
    source="own choice, calibrated on rendered clips",
    silent="head hidden, not side-on",
    cue="Rest your head on the floor",
    read=read_head,
    about="head",
)


def on_bench(measures: Measures, target: Target) -> Bools:
    """On one foot, the other heel up on something, the trunk leaning toward it."""
    raised = raised_leg(measures, target)
    up, low = pick(measures.leg_deg, raised), pick(measures.leg_deg, 1 - raised)
    heel_up = (measures.heel_height > 0.3) & (up > -60.0) & (up < 60.0)
    on_foot = np.abs(low + 90.0) < 35.0
    leaning = (measures.trunk_deg > 12.0) & (measures.trunk_deg < 115.0)
    return np.asarray(~measures.lying & heel_up & on_foot & leaning)


def clearly_on_bench(measures: Measures, target: Target) -> Bools:
    """For recognition: leaning, the raised leg not folded as on a chair, and not seen from the front."""
    opened = pick(measures.knee_deg, raised_leg(measures, target)) > 118.0
    high = measures.heel_height > 0.45
    return np.asarray(opened & high & (measures.trunk_deg > 16.0) & (measures.yaw_deg < 65.0))


def fold_deg(measures: Measures, target: Target) -> Floats:
    """(T,) angle between the trunk and the thigh of the raised leg; smaller is deeper."""
    return pick(measures.hip_deg, raised_leg(measures, target))


def support_knee_deg(measures: Measures, target: Target) -> Floats:
    """(T,) knee of the leg that is stood on, where the other one is raised."""
    return pick(measures.knee_deg, 1 - raised_leg(measures, target))
