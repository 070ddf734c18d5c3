"""What both seated stretches share."""

from __future__ import annotations

from typing import Final

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.poses import Ints
from formcheck.core.quantity import Quantity
from formcheck.core.shape import Shape, Within
from formcheck.core.stretch import Progress, Prompt
from formcheck.core.uncertainty import Uncertainty
from formcheck.criteria.alignment import alignment
from formcheck.criteria.bound import Bound
from formcheck.criteria.needs import FEET, HANDS, SIDE_ON
from formcheck.criteria.quantities import HIP, KNEE, LEGS_OFF_LEVEL, TRUNK_LEAN
from formcheck.criteria.shared import BACK_STRAIGHT, COMFORT, EVERY_STRETCH, KNEE_ERROR_DEG, OWN, SITTING

HANDS_PAST_TOES: Final = Quantity(
    name="hands past the toes",
    unit="leg length",
    read=lambda measures, _leg: measures.hands_ahead,
    needs=(SIDE_ON, FEET, HANDS),
)
BENT_DEG: Final = 125.0  # of the knee: halfway from a foot beside the other knee, about 90, to a nearly straight leg

KNEE_STRAIGHT = alignment(
    id="seated-knee-straight",
    title="Stretched knee straight",
    of=KNEE,
    too_low=Bound(ok=158.0, hint=153.0, warn=140.0, settable=(90.0, 178.0), cue="Straighten the knee, toes up"),
    error=Uncertainty(held=10.0, single=KNEE_ERROR_DEG),
    source=OWN,
)
RULES: Final = (BACK_STRAIGHT, KNEE_STRAIGHT, *EVERY_STRETCH)
FOLD: Final = Progress(name="fold", of=HIP, best="lowest", error=8.0)
PAST_THE_TOES: Final = Progress(name="past the toes", of=HANDS_PAST_TOES, best="highest", error=0.11)
NEEDS: Final = ("the floor, a folded blanket if you like",)
ASKED: Final = (COMFORT, Prompt(words="Tip your pelvis forward before you fold: the camera cannot see it."))

LONG_SITTING = Shape.of(
    SITTING,
    Within(words="legs along the floor", of=LEGS_OFF_LEVEL, high=30.0, source=OWN),
    Within(words="folded forward", of=TRUNK_LEAN, low=12.0, source=OWN),
    Within(words="the stretched knee open", of=KNEE, low=BENT_DEG, source=OWN),
)


def straighter(measures: Measures) -> Ints:
    """(T,) index of the leg whose knee is straighter; where neither is seen, the left one."""
    return np.nanargmax(np.nan_to_num(measures.knee_deg, nan=-1.0), axis=1).astype(np.int64)
