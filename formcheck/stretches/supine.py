"""Supine: on the back, one straight leg raised, the other one long on the floor."""

from __future__ import annotations

from typing import Final

from formcheck.core.posture import Posture
from formcheck.core.shape import Within
from formcheck.core.stretch import Difficulty, Prompt, Stretch, WayOn
from formcheck.core.uncertainty import Uncertainty
from formcheck.criteria.alignment import alignment, gate
from formcheck.criteria.bound import Bound
from formcheck.criteria.lying import (
    HAND_PROGRESS,
    HEAD_DOWN,
    LOWER_THE_LEG,
    ONE_LEG_HIGHER,
    OTHER_KNEE_LONG_DEG,
    OTHER_LEG_LOW,
    RAISE_PROGRESS,
    RAISED_BY_ITSELF,
    RAISED_METER_DEG,
    clearly_lying,
    lying_with_a_leg_up,
)
from formcheck.criteria.quantities import KNEE, LEG_RAISE, OTHER_LEG_OFF_FLOOR, RAW_LEG_RAISE, TRUNK_OFF_FLOOR
from formcheck.criteria.shared import (
    COMFORT,
    EVERY_STRETCH,
    NO_HELPER,
    ON_CLIPS,
    OWN,
    TRIED,
    how_to_hold,
    raised,
    stretched_knee_straight,
)

FLAT_DEG: Final = 25.0
POSITION = lying_with_a_leg_up(ONE_LEG_HIGHER, OTHER_LEG_LOW, flat_deg=FLAT_DEG)

STRETCH = Stretch(
    slug="supine",
    title="Supine leg raise",
    summary="Lie on your back and raise one straight leg; the other one stays long on the floor.",
    how_to=(
        "Lie on your back, legs long, arms by your sides or both hands behind the raised thigh.",
        "Raise one leg with the knee straight.",
        "Keep the other leg long and down, and rest your head on the floor.",
        "If the knee bends, lower the leg until it is straight again: any height is a good stretch.",
        *how_to_hold(),
        "Then change legs.",
    ),
    camera="At knee height, two to three metres to your side, so that head, feet and the raised foot fit in.",
    one_sided=True,
    difficulty=Difficulty.USUAL,
    needs=("the floor, a mat if you like",),
    choose_when="You get down to the floor and up again without trouble and want your back supported.",
    leads_to=("partner", "toe-touch"),
    ways_on=(
        WayOn(
            words="Bend the other leg for stability and use a strap",
            after_fault="stretched-knee-straight",
            stretch="beginner-supine",
        ),
    ),
    posture=Posture.LYING,
    rules=(
        gate(id="lying-flat", title="Lying flat", of=TRUNK_OFF_FLOOR, at_most=FLAT_DEG, source=OWN),
        stretched_knee_straight(
            title="Raised knee straight",
            cue=LOWER_THE_LEG,
            ok=160.0,
            hint=158.0,
            warn=145.0,
            error_deg=6.0,
            lying=True,
        ),
        alignment(
            id="other-leg-down",
            title="Other leg down",
            of=OTHER_LEG_OFF_FLOOR,
            too_high=Bound(ok=7.0, hint=10.0, settable=(2.0, 45.0), cue="Let the other leg sink to the floor"),
            error=Uncertainty(held=3.0, turned=15.0),
            note="Measured from your own leg at rest on the floor.",
            source=ON_CLIPS,
        ),
        HEAD_DOWN,
        *EVERY_STRETCH,
    ),
    progress=(RAISE_PROGRESS, HAND_PROGRESS),
    asked=(COMFORT, Prompt(words="A straight knee comes first: toes or head are far goals.", after_s=5.0)),
    position=POSITION,
    recognised=(
        POSITION.also(
            Within(words="the other leg long", of=KNEE.on("other"), low=OTHER_KNEE_LONG_DEG, source=TRIED),
            Within(words="the raised knee not folded", of=KNEE, low=115.0, source=TRIED),
            RAISED_BY_ITSELF,
            NO_HELPER,
            *clearly_lying(other_long=True),
        ),
    ),
    leg=raised,
    key=LEG_RAISE,
    meter_deg=RAISED_METER_DEG,
    swings=RAW_LEG_RAISE,
)
