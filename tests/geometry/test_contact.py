"""Hands at a leg, and people who are none."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.geometry.angles import leg_length
from formcheck.geometry.contact import apart, hand_gap
from tests.figures import LEFT, RIGHT, kneeling, lying, upright, with_hands_at


@pytest.mark.parametrize("stretched", [LEFT, RIGHT])
@pytest.mark.parametrize("away_px", [0.0, 20.0, 60.0])
def test_hands_are_as_far_as_they_are_from_the_shin_of_the_raised_leg(stretched: int, away_px: float) -> None:
    body = lying(90.0, 180.0, stretched=stretched).pose().points_px
    shin = (body[25 + stretched] + body[27 + stretched]) / 2
    other = with_hands_at(kneeling(20.0).pose(shift_px=(170.0, 0.0), facing=-1), shin + np.array([away_px, 0.0]))
    gaps = hand_gap(np.stack([other.points_px] * 2), np.stack([body] * 2))
    assert gaps == pytest.approx([away_px] * 2, abs=1.0)


def test_hanging_arms_are_far_from_everything() -> None:
    body = lying(80.0).pose().points_px
    assert np.isinf(hand_gap(upright().pose().points_px, body))


def test_somebody_beside_the_body_is_apart_and_the_body_itself_is_not() -> None:
    body = lying(80.0).pose().points_px
    others = np.stack([kneeling(20.0).pose(shift_px=(120.0, 0.0)).points_px, body, body + 4.0])
    assert apart(others, np.stack([body] * 3)).tolist() == [True, False, False]


def test_the_longer_leg_is_the_length_of_a_leg() -> None:
    assert leg_length(lying(80.0).pose().points_px) == pytest.approx(0.82 * 170.0, rel=0.01)
