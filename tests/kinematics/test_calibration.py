"""The corrections of what the model misreads, at the ends of where each applies."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.kinematics import calibration


@pytest.mark.parametrize(
    ("lean", "bend", "curve", "lying", "true"),
    [
        (0.0, 5.0, math.nan, False, 3.0),  # the trunk line's share of the person's own bend while upright, ...
        (30.0, 5.0, math.nan, False, 36.0),  # ... twice as much in a hinge, ...
        (70.0, 5.0, math.nan, False, 73.0),  # ... half of that further down, ...
        (30.0, 0.0, 0.02, False, 30.0),  # a back that is rounded within the error of the curve does nothing, ...
        (30.0, 0.0, 0.115, False, 22.5),  # ... a round one carries the shoulders forward, ...
        (30.0, 0.0, 0.5, False, 15.0),  # ... a garment no further than a back can be round
        (70.0, 0.0, 0.2, False, 62.5),
        (95.0, 5.0, 0.2, False, 91.8),  # beyond the level only what the model reads too low
        (125.0, 5.0, math.nan, False, 117.5),
        (90.0, 5.0, 0.2, True, 90.0),  # of a body that lies, nothing
    ],
)
def test_the_trunk_line(lean: float, bend: float, curve: float, *, lying: bool, true: float) -> None:
    got = calibration.lean(np.array([lean]), np.array([bend]), np.array([curve]), np.array([lying]))
    assert got[0] == pytest.approx(true, abs=0.01)


@pytest.mark.parametrize(
    ("read", "trunk", "on_foot", "true"),
    [
        (140.0, 60.0, True, 133.6),  # a bend is read too small, ...
        (172.0, 60.0, True, 172.0),  # ... a straight knee is not, ...
        (175.0, 60.0, True, 175.0),
        (170.0, 110.0, True, 171.6),  # ... but below a deep fold it is read a little bent
        (162.0, 110.0, True, 161.0),
        (150.0, 110.0, True, 145.6),
        (179.5, 110.0, True, 180.0),
        (140.0, 110.0, False, 140.0),
    ],
)
def test_a_knee_that_is_stood_on(read: float, trunk: float, *, on_foot: bool, true: float) -> None:
    got = calibration.standing_knee(np.array([[read, 90.0]]), np.array([[on_foot, False]]), np.array([trunk]))
    assert got[0].tolist() == pytest.approx([true, 90.0], abs=0.01)


@pytest.mark.parametrize(
    ("read", "standing", "on_bench", "true"),
    [
        (170.0, 170.0, True, 174.0),
        (154.0, 170.0, True, 156.0),
        (140.0, 170.0, True, 140.0),
        (178.0, 170.0, True, 180.0),
        (170.0, 120.0, True, 178.0),  # the hips sink behind the leg
        (170.0, 140.0, True, 176.0),
        (140.0, 120.0, True, 140.0),
        (170.0, 120.0, False, 170.0),
    ],
)
def test_a_knee_on_a_bench(read: float, standing: float, *, on_bench: bool, true: float) -> None:
    got = calibration.bench_knee(np.array([[read, standing]]), np.array([[on_bench, False]]))
    assert got[0].tolist() == pytest.approx([true, standing], abs=0.01)


@pytest.mark.parametrize(
    ("read", "held", "true"),
    [(165.0, True, 173.0), (154.0, True, 158.0), (140.0, True, 140.0), (178.0, True, 180.0), (165.0, False, 165.0)],
)
def test_a_knee_that_a_helper_holds(read: float, *, held: bool, true: float) -> None:
    assert calibration.held_knee(np.array([read]), np.array([held]))[0] == pytest.approx(true, abs=0.01)
