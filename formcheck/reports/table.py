"""The measures as columns of a table: what `measures.csv`, `angles.mot` and the Python interface show."""

from __future__ import annotations

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.poses import Floats
from formcheck.core.reasons import Reason


def seen_columns(measures: Measures) -> dict[str, Floats]:
    """(T,) values by column name, units in the names; NaN where formcheck says unseen.

    In the order of `measures.csv`, after its time and state.
    """
    feet, head, trunk = (
        np.where(seen == Reason.SEEN, 1.0, np.nan)
        for seen in (measures.feet_seen, measures.head_seen, measures.trunk_seen)
    )
    leg = np.where(measures.leg_seen == Reason.SEEN, 1.0, np.nan)
    knee_deg, hip_deg, leg_deg = (
        measures.knee_deg * leg,
        measures.hip_deg * leg * trunk[:, None],
        measures.leg_deg * leg,
    )
    return {
        "knee_left_deg": knee_deg[:, 0],
        "knee_right_deg": knee_deg[:, 1],
        "hip_left_deg": hip_deg[:, 0],
        "hip_right_deg": hip_deg[:, 1],
        "trunk_deg": measures.trunk_deg * trunk,
        "leg_left_deg": leg_deg[:, 0],
        "leg_right_deg": leg_deg[:, 1],
        "hip_setback": measures.hip_setback * feet,
        "back_curve": measures.back_curve,
        "com_on_foot": measures.com_on_foot * feet,
        "head_deg": measures.head_deg * head,
        "yaw_deg": measures.yaw_deg,
    }
