"""What formcheck measures of a body: angles in degrees, lengths in leg lengths, signs as in `core/measures.py`."""

from __future__ import annotations

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.poses import Floats, Ints
from formcheck.core.quantity import Quantity, pick
from formcheck.criteria.needs import BACK, FEET, HANDS, HEAD, LEG, LEGS_APART, SIDE_ON, TRUNK


def _both_legs_off_vertical(measures: Measures, _leg: Ints) -> Floats:
    return np.asarray(np.abs(measures.leg_deg + 90.0).max(axis=1))


def _above_other(measures: Measures, leg: Ints) -> Floats:
    return pick(measures.leg_deg, leg) - pick(measures.leg_deg, 1 - leg)


# Of one leg
KNEE = Quantity(
    name="knee angle",
    unit="deg",
    read=lambda measures, leg: pick(measures.knee_deg, leg),
    needs=(SIDE_ON, LEG),
    about="stretched leg",
)
HIP = Quantity(name="trunk to thigh", unit="deg", read=lambda measures, leg: pick(measures.hip_deg, leg))
HINGE = Quantity(
    name="trunk and thigh closed by", unit="deg", read=lambda measures, leg: 180.0 - pick(measures.hip_deg, leg)
)
LEG_RAISE = Quantity(
    name="leg above the level",
    unit="deg",
    read=lambda measures, leg: pick(measures.leg_deg, leg),
    about="stretched leg",
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
    name="leg from the vertical", unit="deg", read=lambda measures, leg: np.abs(pick(measures.leg_deg, leg) + 90.0)
)

# Of both legs
LEGS_OFF_LEVEL = Quantity(
    name="either leg from the level", unit="deg", read=lambda measures, _leg: np.abs(measures.leg_deg).max(axis=1)
)
LEGS_OFF_VERTICAL = Quantity(name="either leg from the vertical", unit="deg", read=_both_legs_off_vertical)
ABOVE_OTHER = Quantity(name="stretched leg above the other one", unit="deg", read=_above_other)
STRAIGHTER_KNEE = Quantity(
    name="straighter knee", unit="deg", read=lambda measures, _leg: measures.knee_deg.max(axis=1)
)
MORE_BENT_KNEE = Quantity(name="more bent knee", unit="deg", read=lambda measures, _leg: measures.knee_deg.min(axis=1))
FEET_APART = Quantity(
    name="distance of the feet",
    unit="leg length",
    read=lambda measures, _leg: measures.ankle_gap,
    needs=(SIDE_ON, FEET),
    about="hips and feet",
)
HEEL_HEIGHT = Quantity(
    name="heel height over hip height",
    unit="ratio",
    read=lambda measures, _leg: measures.heel_height,
    needs=(SIDE_ON, FEET),
    about="stretched leg",
)

LEG_OVER_TRUNK = Quantity(
    name="leg above the line of the trunk",
    unit="deg",
    read=lambda measures, leg: measures.trunk_deg + 90.0 - pick(measures.leg_deg, leg),
)

# Of the trunk and the head
TRUNK_LEAN = Quantity(name="trunk from upright", unit="deg", read=lambda measures, _leg: measures.trunk_deg)
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
    name="length of the trunk in the picture", unit="leg length", read=lambda measures, _leg: measures.trunk_share
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
YAW = Quantity(name="turned from side-on", unit="deg", read=lambda measures, _leg: measures.yaw_deg)

# Of hands and helpers
REACH = Quantity(
    name="fingertips above the floor",
    unit="leg length",
    read=lambda measures, _leg: measures.reach,
    needs=(HANDS, FEET),
)
HAND_TO_KNEE = Quantity(
    name="hand to knee",
    unit="leg length",
    read=lambda measures, _leg: measures.hands_to_knee,
    needs=(SIDE_ON, HANDS, LEGS_APART),
    about="stretched leg",
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
