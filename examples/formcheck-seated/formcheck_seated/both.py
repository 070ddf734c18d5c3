"""Seated: both legs long on the floor, folding forward."""

from __future__ import annotations

from formcheck.core.posture import Posture
from formcheck.core.shape import Within
from formcheck.core.stretch import Difficulty, Stretch, WayOn
from formcheck.criteria.quantities import MORE_BENT_KNEE, RAW_TRUNK_LEAN, TRUNK_LEAN
from formcheck.criteria.shared import OWN, how_to_hold
from formcheck_seated.parts import ASKED, BENT_DEG, FOLD, LONG_SITTING, NEEDS, PAST_THE_TOES, RULES

POSITION = LONG_SITTING.also(Within(words="both legs long", of=MORE_BENT_KNEE, low=BENT_DEG, source=OWN))

STRETCH = Stretch(
    slug="seated",
    title="Seated hamstring stretch",
    summary="Sit with both legs long on the floor and fold forward at the hips.",
    how_to=(
        "Sit tall with both legs long, toes up. A folded blanket under your seat makes it easier.",
        "Tip your pelvis forward and fold at the hips, back long.",
        "Rest your hands on your shins or the floor; how far they come does not matter.",
        *how_to_hold(a_side=False),
        "Then come up slowly.",
    ),
    camera="At knee height, two to three metres to your side, so that all of you fits in, feet included.",
    one_sided=False,
    difficulty=Difficulty.USUAL,
    needs=NEEDS,
    choose_when="You sit on the floor with both legs long without trouble.",
    ways_on=(
        WayOn(
            words="One leg at a time is easier to keep in shape",
            after_fault="back-straight",
            stretch="seated-one-leg",
        ),
    ),
    posture=Posture.SEATED,
    rules=RULES,
    progress=(FOLD, PAST_THE_TOES),
    asked=ASKED,
    position=POSITION,
    recognised=(POSITION,),
    leg=lambda measures: measures.near,
    key=TRUNK_LEAN,
    meter_deg=(0.0, 100.0),
    swings=RAW_TRUNK_LEAN,
)
