"""The belief in a side over one hold."""

from __future__ import annotations

import math

import pytest

from formcheck.judging.side import SideBelief


def test_nothing_seen_is_unsure() -> None:
    belief = SideBelief()
    belief.update(0, math.nan, 0.1)
    assert belief.probability == 0.5
    assert belief.side() == "unsure"


@pytest.mark.parametrize(
    ("leg", "odds", "side"), [(0, 3.0, "left"), (1, 3.0, "right"), (0, -3.0, "right"), (0, 2.0, "unsure")]
)
def test_a_side_is_as_probable_as_its_label(leg: int, odds: float, side: str) -> None:
    belief = SideBelief()
    for _ in range(30):
        belief.update(leg, odds, 0.1)
    assert belief.side() == side
    left = odds if leg == 0 else -odds
    assert belief.probability == pytest.approx(1 / (1 + math.exp(-left)))


def test_a_mirrored_film_shows_the_other_side() -> None:
    plain, mirrored = SideBelief(), SideBelief(mirrored=True)
    for belief in (plain, mirrored):
        belief.update(0, 3.0, 0.0)
    assert (plain.side(), mirrored.side()) == ("left", "right")
    assert plain.probability == pytest.approx(1 - mirrored.probability)


@pytest.mark.parametrize("rate", [3.0, 30.0, 240.0])
def test_it_does_not_depend_on_the_frame_rate(rate: float) -> None:
    """Labels that turn out wrong after a second: the belief follows in seconds, not in frames."""
    belief = SideBelief()
    for i in range(int(2 * rate) + 1):
        belief.update(0, 3.0 if i <= rate else -3.0, 1 / rate)
    assert belief.probability == pytest.approx(1 / (1 + math.exp(-(6.0 * math.exp(-1) - 3.0))), abs=1e-3)


def test_labels_that_are_exchanged_midway_change_nothing() -> None:
    belief = SideBelief()
    for i in range(60):
        belief.update(*((0, 3.0) if i < 30 else (1, -3.0)), 1 / 30)
    assert belief.probability == pytest.approx(1 / (1 + math.exp(-3.0)))


def test_one_wrong_frame_does_not_turn_it() -> None:
    belief = SideBelief()
    for i in range(60):
        belief.update(0, -3.5 if i == 59 else 3.5, 1 / 30)
    assert belief.side() == "left"


def test_a_frame_that_tells_nothing_changes_nothing() -> None:
    belief = SideBelief()
    belief.update(0, 3.0, 0.0)
    belief.update(1, math.nan, 0.1)
    assert belief.side() == "left"


def test_a_frame_after_a_gap_counts_for_a_second() -> None:
    belief = SideBelief()
    belief.update(0, 3.0, 0.0)
    belief.update(0, -3.0, 0.0)
    assert belief.probability == pytest.approx(1 / (1 + math.exp(-(6.0 * math.exp(-1) - 3.0))))
