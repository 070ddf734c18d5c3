"""Toe touch: standing, folding forward at the hips toward the toes."""

from __future__ import annotations

import numpy as np

from formcheck.core.limits import Limit
from formcheck.core.measures import Measures, Reason
from formcheck.core.poses import Bools, Floats
from formcheck.core.rules import Level, Limits, Reading, Rule, Target, first_reason, grade
from formcheck.core.stretch import Progress, Prompt, Stretch
from formcheck.stretches._every import COMFORT, EVERY_STRETCH
from formcheck.stretches._shared import pick, raised_leg

# How far behind the feet balance needs the hips, by depth of the fold.
FOLD_DEG = np.array([90.0, 120.0, 135.0, 150.0, 165.0])
BALANCED_SETBACK = np.array([0.24, 0.20, 0.14, 0.08, 0.00])
DEEP_DEG = 100.0
# Moving the hips moves everything above the ankles with them, the legs by half.
_MASS_WITH_HIPS = 0.82
_PROP_AHEAD = 0.45


def setback_limit(measures: Measures, *, margin: float, heels: float) -> Floats:
    """(T,) hip setback that is too much: beyond what balance needs, or with the weight over the heels.

    `margin` is what is let pass beyond balance; `heels` the centre of mass on the foot that is too far back.
    """
    by_depth = np.interp(measures.trunk_deg, FOLD_DEG, BALANCED_SETBACK) + margin
    spare = (measures.com_on_foot - heels) * measures.foot_length / _MASS_WITH_HIPS
    return np.minimum(by_depth, np.maximum(measures.hip_setback + spare, BALANCED_SETBACK[-1] + margin))


def hips_over_feet(measures: Measures, target: Target, limits: Limits) -> Reading:
    """Hips no further behind the feet than balance asks for."""
    limit = setback_limit(measures, margin=limits["warn"], heels=limits["heels"])
    shallow = np.where(measures.trunk_deg < DEEP_DEG, int(Reason.TOO_SHALLOW), int(Reason.SEEN))
    on_prop = np.where(measures.hands_ahead > _PROP_AHEAD, int(Reason.SUPPORTED), int(Reason.SEEN))
    return grade(
        measures.hip_setback,
        ok=limit - (limits["warn"] - limits["ok"]),
        steps=((limit, Level.WARN),),
        bad_when="above",
        reason=first_reason(measures.view_seen, measures.feet_seen, measures.trunk_seen, shallow, on_prop),
    )


def knees_straight(measures: Measures, target: Target, limits: Limits) -> Reading:
    """The knee of the leg nearer to the camera; soft knees are fine."""
    return grade(
        pick(measures.knee_deg, measures.near),
        ok=limits["ok"],
        steps=((limits["hint"], Level.HINT),),
        bad_when="below",
        reason=first_reason(measures.view_seen, pick(measures.leg_seen, measures.near)),
    )


def in_position(measures: Measures, target: Target) -> Bools:
    """Folded forward over two legs that stand side by side."""
    legs_down = np.abs(measures.leg_deg + 90.0).max(axis=1) < 35.0
    folded = measures.trunk_deg > 50.0
    together = measures.ankle_gap < 0.25
    not_a_squat = measures.knee_deg.max(axis=1) > 110.0
    return np.asarray(~measures.lying & legs_down & folded & together & not_a_squat)


def claims(measures: Measures, target: Target) -> Bools:
    """The shape, or seen from the front: straight legs below a trunk that points to the camera."""
    upright_legs = np.abs(measures.leg_deg + 90.0).max(axis=1) < 35.0
    straight = measures.knee_deg.min(axis=1) > 140.0
    towards_camera = (measures.yaw_deg > 50.0) & (measures.trunk_share < 0.40)
    side_by_side = (measures.ankle_gap < 0.25) & (measures.heel_height < 0.3)
    from_front = (
        side_by_side & ~measures.lying & upright_legs & straight & towards_camera & (measures.feet_seen == Reason.SEEN)
    )
    return np.asarray(in_position(measures, target) | from_front)


def _hands_seen(measures: Measures, values: Floats) -> Floats:
    return np.where((measures.hands_seen == Reason.SEEN) & (measures.feet_seen == Reason.SEEN), values, np.nan)


STRETCH = Stretch(
    slug="toe-touch",
    title="Toe touch",
    summary="Stand, fold forward at the hips and let the hands sink toward the toes.",
    how_to=(
        "Stand with your feet side by side, about as wide as your hips.",
        "Fold forward at the hips; let your head and arms hang.",
        "Keep your hips above your feet instead of pushing them back. Soft knees are fine.",
        "Hold still, breathe, and let gravity do the work. Reaching the floor does not matter.",
        "Come up slowly, with your hands on your thighs or on a table if you like.",
    ),
    camera="At hip height, two to three metres to your side, so that all of you fits in, feet included.",
    one_sided=False,
    lying=False,
    rules=(
        Rule(
            id="hips-over-feet",
            level=Level.WARN,
            title="Hips over the feet",
            measure="hip setback",
            unit="leg length",
            limit_values=(
                Limit(name="ok", default=0.02, lowest=0.0, highest=0.3, meaning="fine again this far beyond balance"),
                Limit(
                    name="warn",
                    default=0.05,
                    lowest=0.01,
                    highest=0.3,
                    at_least="ok",
                    meaning="further than this beyond balance, a warning",
                ),
                # The same said as balance: a centre of mass this close to the heels needs the hands, or falls. The
                # measured centre spreads by about 0.1 of the foot, so this lies below the 0.35 that is comfortable.
                Limit(
                    name="heels",
                    default=0.20,
                    lowest=0.0,
                    highest=0.5,
                    unit="foot length",
                    meaning="centre of mass closer to the heel, a warning",
                ),
            ),
            limit_words=(
                "Balance needs the hips 0.24/0.20/0.14/0.08/0 leg lengths behind the feet at a trunk of "
                "90/120/135/150/165 degrees. Off when more than {warn:g} beyond that, or with the weight over the "
                "heels (within {heels:g} of the foot), for 2 s; fine again from {ok:g} beyond."
            ),
            source="calculated for this project",
            silent="trunk above 100 degrees not reached, feet unseen, hands on a prop, not side-on",
            cue="Bring your hips forward, over your feet",
            read=hips_over_feet,
            after_s=2.0,
            about="hips and feet",
        ),
        Rule(
            id="knees-straight",
            level=Level.HINT,
            title="Knees nearly straight",
            measure="knee angle",
            unit="deg",
            limit_values=(
                Limit(
                    name="ok", default=155.0, lowest=110.0, highest=178.0, at_least="hint", meaning="fine from here on"
                ),
                Limit(name="hint", default=150.0, lowest=110.0, highest=178.0, meaning="below, a hint"),
            ),
            limit_words="Soft knees down to {ok:g} degrees are fine, off below {hint:g}.",
            source="own choice, calibrated on rendered clips",
            silent="the nearer leg is hidden, not side-on",
            cue="Straighten your knees a little",
            read=knees_straight,
            worst_is="lowest",
            about="nearer leg",
        ),
        Rule(
            id="come-up-safely",
            level=Level.HINT,
            title="Come up slowly",
            measure="speed of coming up",
            unit="deg/s",
            limit_values=(
                # Rendered bodies that come up in a calm two seconds reach up to 120 degrees a second, as read.
                Limit(name="hint", default=140.0, lowest=40.0, highest=600.0, meaning="faster, a hint"),
            ),
            limit_words="Off above {hint:g} degrees a second, or in stops and starts.",
            source="own choice, calibrated on rendered clips",
            cue="Come up slowly, hands on your thighs or a table",
            after_s=0.0,
            timed="leaving",
        ),
        *EVERY_STRETCH,
    ),
    progress=(
        Progress(
            name="reach",
            unit="leg length",
            best="lowest",
            error=0.11,
            of=lambda measures, target: _hands_seen(measures, measures.reach),
            describe=lambda value: "fingertips at the floor" if value < 0.06 else "above the floor",
        ),
        Progress(
            name="fold",
            unit="deg",
            best="highest",
            error=4.0,
            of=lambda measures, target: measures.trunk_deg,
        ),
    ),
    asked=(
        COMFORT,
        Prompt(
            words="Let your sitting bones rise toward the ceiling: the camera cannot see your pelvis, you can feel it."
        ),
    ),
    in_position=in_position,
    claims=claims,
    stretched=raised_leg,
    depth=lambda measures, target: measures.trunk_deg,
    depth_name="trunk from upright",
    meter_deg=(0.0, 140.0),
    swing=lambda measures, target: measures.raw_trunk_deg,
)
