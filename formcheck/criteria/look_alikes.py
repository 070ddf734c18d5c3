"""What tells other exercises from the stretches they look like: conditions that rule a shape out where they are seen.

Each is a reason that a physiotherapist would give. The numbers lie between the poses of people who stretch (rendered
ones, photographs and films) and those of people who do something else, well away from the former.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.poses import Bools, Ints
from formcheck.core.quantity import pick
from formcheck.core.shape import Being, Within
from formcheck.criteria.quantities import (
    FACE_UP,
    HANDS_AHEAD,
    HIP,
    HIP_SETBACK,
    LEG_OFF_VERTICAL,
    OTHER_LEG_TRAVEL,
    TRUNK_TURN,
    YAW,
)

_TRIED: Final = "own choice, tried on people who stretch and on other exercises"
_ARM_UP, _HANDS_APART = 0.3, 0.6
# Leg lengths below the shoulders: hands that sink read 0.36 or more, those at the chest of a hinge 0.1.
_SUNK = 0.25
_REACHED, _SOFT_DEG = 0.2, 150.0  # leg lengths ahead of the toes: people who fold -0.3 to 0.1
_ASIDE_DEG, _HANGS_DEG = 60.0, 150.0
_FOLDED_DEG, _AT_CHEST_DEG = 115.0, 66.0


def _no_arm_up(measures: Measures, _leg: Ints) -> Bools:
    """Both hands up together are clasped behind the back, and a hand on a wall is no higher than the shoulders."""
    return np.asarray(~((measures.hand_up > _ARM_UP) & (measures.hands_apart > _HANDS_APART)))


def _hands_sink(measures: Measures, _leg: Ints) -> Bools:
    """Hands at chest or neck, or held out, are those of a lift or a squat; clasped behind the back they are not."""
    behind = (measures.hand_up > _ARM_UP) & ~(measures.hands_apart > _HANDS_APART)
    return np.asarray(~(measures.hand_up > -_SUNK) | behind)


def _not_reaching(measures: Measures, _leg: Ints) -> Bools:
    """Who reaches for something in front bends the knees; in a fold the hands go to the feet."""
    return np.asarray(~((measures.hands_ahead > _REACHED) & (measures.knee_deg.max(axis=1) < _SOFT_DEG)))


def _not_aside(measures: Measures, _leg: Ints) -> Bools:
    """In front of the camera a fold hangs or comes nearer; a trunk that leans in the picture leans to the side."""
    return np.asarray(~((measures.trunk_turn_deg > _ASIDE_DEG) & (measures.trunk_deg < _HANGS_DEG)))


def _not_at_the_chest(measures: Measures, leg: Ints) -> Bools:
    """A straight leg may come as near as it likes; a folded one is another stretch."""
    return np.asarray(~((pick(measures.knee_deg, leg) < _FOLDED_DEG) & (pick(measures.hip_deg, leg) < _AT_CHEST_DEG)))


HANDS_SINK: Final = Being(words="the hands sinking toward the feet", of=_hands_sink, essential=False)
NO_ARM_UP: Final = Being(words="no arm up in the air", of=_no_arm_up, essential=False)
NOT_REACHING: Final = Being(words="the hands at the feet, not reaching ahead", of=_not_reaching, essential=False)
FOLDS_FORWARD: Final = Being(words="folding forward, not to the side", of=_not_aside, essential=False)
NOT_AT_THE_CHEST: Final = Being(
    words="the thigh upright, not pulled to the chest", of=_not_at_the_chest, essential=False
)
# The triangle and the windmill turn the chest to the camera, at 59 to 68 degrees; people who stretch read up to 50.
CHEST_FORWARD: Final = Within(
    words="the chest over the leg, not turned aside", of=TRUNK_TURN, high=55.0, unknown=True, source=_TRIED
)
# Who lies on a side shows the chest: 62 degrees; who lies on the back, seen from above the floor, up to 37.
NOT_ON_THE_SIDE: Final = Within(
    words="lying on the back, not on a side", of=TRUNK_TURN, high=48.0, unknown=True, source=_TRIED
)
# Who lies on the front looks down, -0.11 leg lengths and less; on the back people read 0.02 to 0.11.
FACE_UP_NOT_DOWN: Final = Within(
    words="on the back, not on the front", of=FACE_UP, low=-0.05, unknown=True, source=_TRIED
)
# Turned further nothing of a lying leg can be told, and a knee at the chest looks like a raise.
SEEN_FROM_THE_SIDE: Final = Within(words="lying with a side to the camera", of=YAW, high=50.0, source=_TRIED)
NOT_FROM_THE_FRONT: Final = Within(words="not seen from the front", of=YAW, high=68.0, source=_TRIED)
# Without hands on the floor nobody stands with the hips so far ahead of the feet; folds read -0.06 or more.
OVER_THE_FEET: Final = Within(words="your weight over the feet", of=HIP_SETBACK, low=-0.17, unknown=True, source=_TRIED)
HANDS_NEAR: Final = Within(
    words="the hands near the feet, not far ahead", of=HANDS_AHEAD, high=0.6, unknown=True, source=_TRIED
)
# In a lunge and in the long step of the pyramid the hind leg slants back by 30 degrees and the front one carries; in
# this stretch the hind leg does, by at most 19 from the vertical.
HIND_LEG_BELOW: Final = Within(
    words="a short step, the hind leg below you", of=LEG_OFF_VERTICAL.on("other"), high=26.0, source=_TRIED
)
# Legs lowered in turns move through 50 degrees and more in a second, other legs at rest through less than 15.
OTHER_LEG_RESTS: Final = Within(
    words="the other leg at rest", of=OTHER_LEG_TRAVEL, high=20.0, unknown=True, source=_TRIED
)
# Who leans against a wall to stretch a calf keeps the hip of the hind leg open, at 167 degrees; a hinge closes both.
BOTH_HIPS_BENT: Final = Within(
    words="bent at both hips, the weight back", of=HIP.on("other"), high=158.0, source=_TRIED
)
