"""Where hands are said to hold the raised leg, on figures whose hands are put there."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.figures import LEFT, LEG, RIGHT, Figure, lying, towards
from tests.judged import last, measured

FOOT = 0.184 / LEG  # from the ankle to the toes of the figures


def holding(where: float, raise_deg: float = 75.0, stretched: int = LEFT) -> Figure:
    """Fingertips on the raised leg, that share of the way from the hip to the ankle."""
    figure = lying(raise_deg, 180.0, stretched=stretched)
    tip = figure.hip + where * (figure.ankle[stretched] - figure.hip)
    figure.wrist = figure.shoulder + (tip - figure.shoulder) * (1.0 - 0.1 / float(np.hypot(*(tip - figure.shoulder))))
    return figure


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("stretched", [LEFT, RIGHT])
@pytest.mark.parametrize("where", [0.25, 0.45, 0.7, 0.95])
def test_the_way_from_the_toes_down_to_the_hand_is_measured_along_the_leg(
    where: float, stretched: int, facing: int
) -> None:
    measures = measured(holding(where, stretched=stretched).pose(facing=facing))
    assert last(measures.hand_to_toes) == pytest.approx(1.0 - where + FOOT, abs=0.02)
    assert math.isnan(last(measures.strap_deg))


@pytest.mark.parametrize("raise_deg", [75.0, 120.0, 170.0])
def test_hands_at_the_toes_are_at_the_toes_however_far_the_leg_is_raised(raise_deg: float) -> None:
    figure = lying(raise_deg)
    toes = figure._foot(LEFT)[1]
    figure.wrist = toes + towards(raise_deg - 180.0, 0.1)
    assert last(measured(figure.pose()).hand_to_toes) == pytest.approx(0.0, abs=0.06)


@pytest.mark.parametrize("raise_deg", [30.0, 45.0, 80.0])
def test_hands_on_the_floor_are_not_on_the_leg(raise_deg: float) -> None:
    measures = measured(lying(raise_deg).pose())
    assert math.isnan(last(measures.hand_to_toes))
    assert math.isnan(last(measures.strap_deg))


def test_a_hidden_hand_and_toes_out_of_the_picture_say_nothing() -> None:
    assert math.isnan(last(measured(holding(0.7).pose(hidden=(15, 16))).hand_to_toes))
    assert math.isnan(last(measured(holding(0.7).pose(shift_px=(0.0, -270.0))).hand_to_toes))


def pulling(off_deg: float = 0.0, out: float = 0.5) -> Figure:
    """A hand in the air, so far off the line from the shoulder to the foot, so many metres from the shoulder."""
    figure = lying(75.0)
    x, up = figure.ankle[LEFT] - figure.shoulder
    figure.wrist = figure.shoulder + towards(math.degrees(math.atan2(up, x)) + off_deg, out)
    return figure


@pytest.mark.parametrize("off_deg", [0.0, 8.0, 20.0])
def test_a_hand_in_the_air_is_told_by_how_far_it_is_off_the_line_to_the_foot(off_deg: float) -> None:
    measures = measured(pulling(off_deg).pose())
    assert last(measures.strap_deg) == pytest.approx(off_deg, abs=0.5)
    assert math.isnan(last(measures.hand_to_toes))


def test_hands_on_the_chest_pull_at_nothing() -> None:
    assert math.isnan(last(measured(pulling(0.0, 0.2).pose()).strap_deg))
