"""Rules and shapes that several stretches have in common."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from formcheck.core.limits import Limit
from formcheck.core.measures import Measures, Reason
from formcheck.core.poses import Bools, Floats, Ints
from formcheck.core.rules import Level, Limits, Reading, Rule, Target, first_reason, grade

Value = TypeVar("Value", bound=np.generic)

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

    def read(measures: Measures, target: Target, limits: Limits) -> Reading:
        which = chosen(measures, target, getattr(measures, stretched))
        reasons = [measures.view_seen, pick(measures.leg_seen, which)]
        if apart:
            reasons.append(legs_apart(measures))
        return grade(
            pick(measures.knee_deg, which),
            ok=limits["ok"],
            steps=((limits["hint"], Level.HINT), (limits["warn"], Level.WARN)),
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
        limit_values=(
            Limit(name="ok", default=ok, lowest=90.0, highest=178.0, at_least="hint", meaning="straight from here on"),
            Limit(name="hint", default=hint, lowest=90.0, highest=178.0, at_least="warn", meaning="below, a hint"),
            Limit(name="warn", default=warn, lowest=90.0, highest=178.0, meaning="below, a warning"),
        ),
        limit_words="{ok:g} degrees and more is straight, below {hint:g} a hint, below {warn:g} a warning.",
        source="own choice, calibrated on rendered clips",
        silent="that leg hidden, not side-on",
        cue=cue,
        read=read,
        worst_is="lowest",
        about="stretched leg",
    )


def read_back(measures: Measures, target: Target, limits: Limits) -> Reading:
    """Curvature of the back from the outline of the person."""
    return grade(
        measures.back_curve,
        ok=limits["ok"],
        steps=((limits["hint"], Level.HINT), (limits["warn"], Level.WARN)),
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
    limit_values=(
        Limit(name="ok", default=0.06, lowest=0.0, highest=0.4, meaning="flatter than this is straight again"),
        Limit(name="hint", default=0.07, lowest=0.02, highest=0.4, at_least="ok", meaning="rounder, a hint"),
        Limit(name="warn", default=0.13, lowest=0.02, highest=0.4, at_least="hint", meaning="rounder, a warning"),
    ),
    limit_words=(
        "Height of the arc of the back over its chord, beyond your own upright back: fine below {hint:g}, "
        "a hint up to {warn:g}, a warning above."
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


def read_head(measures: Measures, target: Target, limits: Limits) -> Reading:
    """The head against the floor, from the line between shoulder and ear."""
    return grade(
        measures.head_deg,
        ok=limits["ok"],
        steps=((limits["hint"], Level.HINT),),
        bad_when="above",
        reason=first_reason(measures.view_seen, measures.head_seen, measures.trunk_seen),
    )


HEAD_DOWN = Rule(
    id="head-down",
    level=Level.HINT,
    title="Head down",
    measure="head above the floor",
    unit="deg",
    limit_values=(
        Limit(name="ok", default=25.0, lowest=5.0, highest=80.0, meaning="lower than this is down again"),
        Limit(name="hint", default=28.0, lowest=5.0, highest=80.0, at_least="ok", meaning="higher, a hint"),
    ),
    limit_words="Up to {ok:g} degrees between shoulder and ear is fine, off above {hint:g}.",
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
