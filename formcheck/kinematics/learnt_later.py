"""What a single picture does not tell: filled in from the frames before."""

from __future__ import annotations

from typing import TypedDict

import numpy as np

from formcheck.core.poses import Bools, Floats, Ints


class Learnt(TypedDict):
    """What only the frames before can tell, as in `Measures`."""

    leg_travel_deg: Floats
    supported: Bools
    back_curve: Floats
    back_seen: Ints
    roll_deg: Floats
    head_shift: Floats
    labels_right: Floats
    upright_lean_deg: Floats


def learnt_later(count: int) -> Learnt:
    """Not known of so many frames by themselves."""
    unknown = np.full(count, np.nan)
    return {
        "leg_travel_deg": np.full((count, 2), np.nan),
        "supported": np.zeros(count, dtype=bool),
        "back_curve": unknown,
        "back_seen": np.zeros(count, dtype=np.int64),
        "roll_deg": unknown,
        "head_shift": unknown,
        "labels_right": unknown,
        "upright_lean_deg": unknown,
    }
