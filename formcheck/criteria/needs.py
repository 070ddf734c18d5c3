"""What must be seen before something can be judged."""

from __future__ import annotations

from typing import Final

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.poses import Ints
from formcheck.core.quantity import Need, pick
from formcheck.core.reasons import Reason

FEET_APART: Final = 0.3  # leg lengths, own choice: one foot on a wall below the other one, six times the spread
LEGS_APART_DEG: Final = 15.0  # own choice: two errors of a leg line (6.7 at most between repeats), with a margin


def _apart(measures: Measures, _leg: Ints) -> Ints:
    between = np.abs(measures.leg_deg[:, 0] - measures.leg_deg[:, 1])
    together = (between < LEGS_APART_DEG) & ~(measures.foot_above > FEET_APART)
    return np.where(together, int(Reason.LEGS_TOGETHER), int(Reason.SEEN))


SIDE_ON = Need(words="not side-on", reason=lambda measures, _leg: measures.view_seen)
LEG = Need(words="{leg} hidden", reason=lambda measures, leg: pick(measures.leg_seen, leg))
LEGS_APART = Need(words="legs too close together to tell apart", reason=_apart)
FEET = Need(words="feet out of the picture", reason=lambda measures, _leg: measures.feet_seen)
TRUNK = Need(words="hips or shoulders hidden", reason=lambda measures, _leg: measures.trunk_seen)
HEAD = Need(words="head hidden", reason=lambda measures, _leg: measures.head_seen)
HANDS = Need(words="hands hidden", reason=lambda measures, _leg: measures.hands_seen)
BACK = Need(
    words="an arm, hair, clothes or furniture on the outline of the back, trunk below 15 or above 110 degrees",
    reason=lambda measures, _leg: measures.back_seen,
)
