"""Seated, one leg: the other one bent with its foot on the floor or at the thigh."""

from __future__ import annotations

from formcheck.core.posture import Posture
from formcheck.core.shape import Within
from formcheck.core.stretch import Difficulty, Stretch, WayOn
from formcheck.criteria.quantities import KNEE, RAW_TRUNK_LEAN, TRUNK_LEAN
from formcheck.criteria.shared import OWN, how_to_hold
from formcheck_seated.parts import ASKED, BENT_DEG, FOLD, LONG_SITTING, NEEDS, RULES, straighter

POSITION = LONG_SITTING.also(
    Within(words="the other knee bent", of=KNEE.on("other"), high=BENT_DEG, source=OWN),
)

STRETCH = Stretch(
    slug="seated-one-leg",
    title="Seated hamstring stretch, one leg",
    summary="Sit with one leg long and the other one bent, and fold forward over the long one.",
    how_to=(
        "Sit tall with one leg long, toes up, and bend the other one.",
        "Tip your pelvis forward and fold at the hips toward the long leg, back long.",
        "Rest your hands on that shin or the floor; how far they come does not matter.",
        *how_to_hold(),
        "Then change legs.",
    ),
    camera="At knee height, two to three metres to the side of the long leg, so that all of you fits in.",
    one_sided=True,
    difficulty=Difficulty.EASY,
    needs=NEEDS,
    choose_when="You like to sit, and one long leg at a time is enough.",
    leads_to=("seated",),
    ways_on=(WayOn(words="The seated stretch does both legs at once", after_clean=3, stretch="seated"),),
    posture=Posture.SEATED,
    rules=RULES,
    progress=(FOLD,),
    asked=ASKED,
    position=POSITION,
    recognised=(POSITION,),
    leg=straighter,
    key=TRUNK_LEAN,
    meter_deg=(0.0, 100.0),
    swings=RAW_TRUNK_LEAN,
)
