"""`measures.csv`: one row per frame, empty where a value was not seen."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np

from formcheck.core.feedback import State
from formcheck.core.measures import Measures, Reason
from formcheck.core.poses import Floats

# The first eleven columns are fixed in this order; more may follow.
COLUMNS: Final = (
    "t_s", "state", "knee_left_deg", "knee_right_deg", "hip_left_deg", "hip_right_deg", "trunk_deg",
    "leg_left_deg", "leg_right_deg", "hip_setback", "back_curve", "com_on_foot", "head_deg", "yaw_deg",
)  # fmt: skip


def write_measures(path: Path, measures: Measures, states: Iterable[State]) -> None:
    """Write the table; `states` has one state per frame."""
    feet = np.where(measures.feet_seen == Reason.SEEN, 1.0, np.nan)
    head = np.where(measures.head_seen == Reason.SEEN, 1.0, np.nan)
    leg = np.where(measures.leg_seen == Reason.SEEN, 1.0, np.nan)
    trunk = np.where(measures.trunk_seen == Reason.SEEN, 1.0, np.nan)
    numbers: list[Floats] = [
        measures.knee_deg[:, 0] * leg[:, 0],
        measures.knee_deg[:, 1] * leg[:, 1],
        measures.hip_deg[:, 0] * trunk * leg[:, 0],
        measures.hip_deg[:, 1] * trunk * leg[:, 1],
        measures.trunk_deg * trunk,
        measures.leg_deg[:, 0] * leg[:, 0],
        measures.leg_deg[:, 1] * leg[:, 1],
        measures.hip_setback * feet,
        measures.back_curve,
        measures.com_on_foot * feet,
        measures.head_deg * head,
        measures.yaw_deg,
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        columns = [[_text(value) for value in column.tolist()] for column in numbers]
        times = [f"{t_s:.4f}" for t_s in measures.t_s.tolist()]
        writer.writerows(zip(times, states, *columns, strict=True))


def _text(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.3f}"
