"""What formcheck measures of a body: angles in degrees, lengths in leg lengths, signs as in `core/measures.py`."""

from __future__ import annotations

from typing import Final

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.poses import Floats, Ints
from formcheck.core.quantity import Quantity, pick
from formcheck.core.reasons import Reason
from formcheck.criteria.needs import BACK, FEET, HANDS, HEAD, LEG, LEGS_APART, SIDE_ON, TRUNK

# What a spread of 2 cm of every landmark does to a reading, calculated on a body with legs of 0.87 m: a knee with bones
# of 0.4 m, a trunk line of 0.5 m, a thigh of 0.4 m; distances of two points, or of two pairs of them.
_KNEE_DEG: Final = 6.5
_TRUNK_DEG: Final = 3.2
_LEG_DEG: Final = 1.9
_HIP_DEG: Final = 5.5
_LENGTH: Final = 0.033
_PAIRS: Final = 0.046
_TURN_DEG: Final = 8.0  # so is the yaw spread on rendered bodies


def _both_legs_off_vertical(measures: Measures, _leg: Ints) -> Floats:
    return np.asarray(np.abs(measures.leg_deg + 90.0).max(axis=1))


def _above_other(measures: Measures, leg: Ints) -> Floats:
    return pick(measures.leg_deg, leg) - pick(measures.leg_deg, 1 - leg)


def _seen_travel(measures: Measures, leg: Ints) -> Floats:
    """Where that leg is hidden it is guessed, and says nothing."""
    return np.where(pick(measures.leg_seen, leg) == Reason.SEEN, pick(measures.leg_travel_deg, leg), np.nan)


# Of one leg
KNEE = Quantity(
    name="knee angle",
    unit="deg",
    read=lambda measures, leg: pick(measures.knee_deg, leg),
    needs=(SIDE_ON, LEG),
    about="stretched leg",
    spread=_KNEE_DEG,
)
HIP = Quantity(
    name="trunk to thigh", unit="deg", read=lambda measures, leg: pick(measures.hip_deg, leg), spread=_HIP_DEG
)
HINGE = Quantity(
    name="trunk and thigh closed by",
    unit="deg",
    read=lambda measures, leg: 180.0 - pick(measures.hip_deg, leg),
    spread=_HIP_DEG,
)
LEG_RAISE = Quantity(
    name="leg above the level",
    unit="deg",
    read=lambda measures, leg: pick(measures.leg_deg, leg),
    about="stretched leg",
    spread=_LEG_DEG,
)
RAW_LEG_RAISE = Quantity(
    name="leg above the level, unsmoothed", unit="deg", read=lambda measures, leg: pick(measures.raw_leg_deg, leg)
)
OTHER_LEG_OFF_FLOOR = Quantity(
    name="other leg above the floor",
    unit="deg",
    read=lambda measures, leg: pick(measures.leg_lift_deg, leg),
    role="other",
    needs=(SIDE_ON, LEG, LEGS_APART),
    about="other leg",
)
LEG_OFF_VERTICAL = Quantity(
    name="leg from the vertical",
    unit="deg",
    read=lambda measures, leg: np.abs(pick(measures.leg_deg, leg) + 90.0),
    spread=_LEG_DEG,
)

# Of both legs
LEGS_OFF_LEVEL = Quantity(
    name="either leg from the level",
    unit="deg",
    read=lambda measures, _leg: np.abs(measures.leg_deg).max(axis=1),
    spread=_LEG_DEG,
)
LEGS_OFF_VERTICAL = Quantity(
    name="either leg from the vertical", unit="deg", read=_both_legs_off_vertical, spread=_LEG_DEG
)
ABOVE_OTHER = Quantity(
    name="stretched leg above the other one", unit="deg", read=_above_other, spread=_LEG_DEG * 2**0.5
)
STRAIGHTER_KNEE = Quantity(
    name="straighter knee",
    unit="deg",
    read=lambda measures, _leg: measures.knee_deg.max(axis=1),
    spread=_KNEE_DEG,
)
MORE_BENT_KNEE = Quantity(
    name="more bent knee", unit="deg", read=lambda measures, _leg: measures.knee_deg.min(axis=1), spread=_KNEE_DEG
)
FEET_APART = Quantity(
    name="distance of the feet",
    unit="leg length",
    read=lambda measures, _leg: measures.ankle_gap,
    needs=(SIDE_ON, FEET),
    about="hips and feet",
    spread=_PAIRS,
)
HEEL_HEIGHT = Quantity(
    name="heel height over hip height",
    unit="ratio",
    read=lambda measures, _leg: measures.heel_height,
    needs=(SIDE_ON, FEET),
    about="stretched leg",
    spread=_LENGTH,
)

LEG_OVER_TRUNK = Quantity(
    name="leg above the line of the trunk",
    unit="deg",
    read=lambda measures, leg: measures.trunk_deg + 90.0 - pick(measures.leg_deg, leg),
    spread=_TRUNK_DEG,
)

FOOT_ABOVE = Quantity(
    name="ankle of the raised leg above the other one",
    unit="leg length",
    read=lambda measures, _leg: measures.foot_above,
    spread=_LENGTH,
)
OTHER_LEG_TRAVEL = Quantity(
    name="how far the other leg moved in a second",
    unit="deg",
    read=_seen_travel,
    role="other",
    about="other leg",
    spread=_LEG_DEG * 2**0.5,
)
HIP_SETBACK = Quantity(
    name="hips behind the ankles",
    unit="leg length",
    read=lambda measures, _leg: measures.hip_setback,
    spread=_LENGTH,
)

# Of the trunk and the head
TRUNK_LEAN = Quantity(
    name="trunk from upright", unit="deg", read=lambda measures, _leg: measures.trunk_deg, spread=_TRUNK_DEG
)
RAW_TRUNK_LEAN = Quantity(
    name="trunk from upright, unsmoothed", unit="deg", read=lambda measures, _leg: measures.raw_trunk_deg
)
TRUNK_OFF_FLOOR = Quantity(
    name="trunk against the floor",
    unit="deg",
    read=lambda measures, _leg: np.abs(measures.trunk_deg - 90.0),
    needs=(TRUNK,),
    about="trunk",
)
TRUNK_SHARE = Quantity(
    name="length of the trunk in the picture",
    unit="leg length",
    read=lambda measures, _leg: measures.trunk_share,
    spread=_LENGTH,
)
BACK_CURVE = Quantity(
    name="back curve",
    unit="sagitta/chord",
    read=lambda measures, _leg: measures.back_curve,
    needs=(SIDE_ON, TRUNK, BACK),
    about="trunk",
)
HEAD_OFF_FLOOR = Quantity(
    name="head above the floor",
    unit="deg",
    read=lambda measures, _leg: measures.head_deg,
    needs=(SIDE_ON, HEAD, TRUNK),
    about="head",
)
TRUNK_TURN = Quantity(
    name="trunk turned to the camera",
    unit="deg",
    read=lambda measures, _leg: measures.trunk_turn_deg,
    about="trunk",
    spread=_TURN_DEG,
)
YAW = Quantity(name="turned from side-on", unit="deg", read=lambda measures, _leg: measures.yaw_deg, spread=_TURN_DEG)

# Of hands and helpers
REACH = Quantity(
    name="fingertips above the floor",
    unit="leg length",
    read=lambda measures, _leg: measures.reach,
    needs=(HANDS, FEET),
)
FACE_UP = Quantity(
    name="nose above the ears",
    unit="leg length",
    read=lambda measures, _leg: measures.face_up,
    spread=_LENGTH,
)
HANDS_AHEAD = Quantity(
    name="hands in front of the toes",
    unit="leg length",
    read=lambda measures, _leg: measures.hands_ahead,
    spread=_LENGTH,
)
HAND_TO_KNEE = Quantity(
    name="hand to knee",
    unit="leg length",
    read=lambda measures, _leg: measures.hands_to_knee,
    needs=(SIDE_ON, HANDS, LEGS_APART),
    about="stretched leg",
    spread=_LENGTH,
)
HAND_TO_TOES = Quantity(
    name="hand below the toes, along the leg",
    unit="leg length",
    read=lambda measures, _leg: measures.hand_to_toes,
    needs=(SIDE_ON, HANDS, LEG, LEGS_APART),
    about="stretched leg",
)
HELPED = Quantity(
    name="how sure it is that somebody holds the raised leg",
    unit="of 1",
    read=lambda measures, _leg: measures.helper,
)
