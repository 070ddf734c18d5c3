from __future__ import annotations

import numpy as np

from formcheck.core import landmarks
from formcheck.core.side import LEGS, SIDES


def test_left_is_first_as_in_all_arrays_of_points() -> None:
    """In the numbering of BlazePose the left one of a pair has the odd, lower number."""
    assert LEGS.index("left") == 0 and LEGS.index("right") == 1
    for pair in (landmarks.HIPS, landmarks.KNEES, landmarks.ANKLES):
        assert np.all(pair % 2 == (1, 0)) and pair[LEGS.index("left")] < pair[LEGS.index("right")]


def test_the_legs_are_told_before_what_is_of_no_one_leg() -> None:
    assert (*LEGS, "both", "unsure") == SIDES
