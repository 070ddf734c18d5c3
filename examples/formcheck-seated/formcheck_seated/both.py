"""Seated: both legs long on the floor, folding forward."""

from __future__ import annotations

from formcheck.core.shape import Within
from formcheck.core.stretch import Stretch
from formcheck.criteria.quantities import MORE_BENT_KNEE, RAW_TRUNK_LEAN, TRUNK_LEAN
from formcheck.criteria.shared import OWN
from formcheck_seated.parts import ASKED, BENT_DEG, FOLD, LONG_SITTING, PAST_THE_TOES, RULES

POSITION = LONG_SITTING.also(Within(words="both legs long", of=MORE_BENT_KNEE, low=BENT_DEG, source=OWN))

STRETCH = Stretch(
    slug="seated",
    title="Seated hamstring stretch",
    summary="Sit with both legs long on the floor and fold forward at the hips.",
    how_to=(
        "Sit tall with both legs long, toes up. A folded blanket under your seat makes it easier.",
        "Tip your pelvis forward and fold at the hips, back long.",
        "Rest your hands on your shins or the floor; how far they come does not matter.",
        "Hold still and breathe; then come up slowly.",
    ),
    camera="At knee height, two to three metres to your side, so that all of you fits in, feet included.",
    one_sided=False,
    lying=False,
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
