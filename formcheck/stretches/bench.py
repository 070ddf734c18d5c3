"""Bench: one heel on something about waist height, the trunk hinging toward the thigh."""

from __future__ import annotations

from formcheck.core.posture import Posture
from formcheck.core.shape import Within
from formcheck.core.stretch import Difficulty, Progress, Prompt, Stretch, WayOn
from formcheck.criteria.quantities import HIP, KNEE, RAW_TRUNK_LEAN, TRUNK_LEAN
from formcheck.criteria.shared import (
    BACK_STRAIGHT,
    BENCH_KNEE_ERROR_DEG,
    CLEARLY_ON_BENCH,
    COMFORT,
    EVERY_UNSTEADY_STRETCH,
    HEEL_ON_BENCH,
    ON_BENCH,
    OWN,
    STANDING_KNEE_STRAIGHT_DEG,
    how_to_hold,
    raised,
    stretched_knee_straight,
)

STRETCH = Stretch(
    slug="bench",
    title="Bench hamstring stretch",
    summary="Rest one heel or ankle on a table or bench, hip high or lower, and hinge toward it, back straight.",
    how_to=(
        "Rest one heel or ankle on a bench, table or step: hip high, or a little lower.",
        "Keep that knee straight and your hips square to it; the standing knee may be soft.",
        "Hinge forward at the hips, the front of the trunk toward the thigh; a straight back protects the spine.",
        "Hold on to a chair or a wall if you feel unsteady.",
        *how_to_hold(),
        "Then change legs.",
    ),
    camera="At hip height, three metres to your side, so that you and the bench fit in, feet included.",
    one_sided=True,
    difficulty=Difficulty.ACTIVE,
    needs=("a bench, table or step, hip high or lower",),
    choose_when="You are active and stand safely on one leg.",
    leads_to=("bench-squat",),
    ways_on=(WayOn(words="The bench squat also challenges your balance", after_clean=3, stretch="bench-squat"),),
    posture=Posture.STANDING,
    rules=(
        BACK_STRAIGHT,
        stretched_knee_straight(
            title="Raised knee straight",
            cue="Straighten the raised knee",
            ok=158.0,
            hint=153.0,
            warn=140.0,
            error_deg=BENCH_KNEE_ERROR_DEG,
        ),
        HEEL_ON_BENCH,
        *EVERY_UNSTEADY_STRETCH,
    ),
    progress=(Progress(name="fold", of=HIP, best="lowest", error=14.0),),
    asked=(COMFORT, Prompt(words="Keep both hips level: the camera cannot see that.", after_s=5.0)),
    position=ON_BENCH,
    recognised=(
        CLEARLY_ON_BENCH.also(
            Within(words="the standing knee straight", of=KNEE.on("other"), low=STANDING_KNEE_STRAIGHT_DEG, source=OWN)
        ),
    ),
    leg=raised,
    key=TRUNK_LEAN,
    meter_deg=(0.0, 90.0),
    swings=RAW_TRUNK_LEAN,
)
