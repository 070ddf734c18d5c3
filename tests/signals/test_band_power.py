from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.signals.band_power import BandPass, MeanSquare, whole_steps


def swinging(hertz: float, fps: float, seconds: float = 6.0) -> np.ndarray:
    return np.sin(2 * math.pi * hertz * np.arange(0.0, seconds, 1.0 / fps))


def passed(hertz: float, fps: float) -> float:
    """How much of a swing comes through once the filter has settled."""
    band = BandPass(4.0, 10.0)
    band.begin(1.0 / fps, ())
    return float(np.abs(band.extend(swinging(hertz, fps))[int(3 * fps) :]).max())


@pytest.mark.parametrize("fps", [30.0, 60.0, 240.0])
def test_what_is_in_the_band_comes_through_and_nothing_else(fps: float) -> None:
    assert passed(6.5, fps) > 0.9
    assert passed(1.0, fps) < 0.1


@pytest.mark.parametrize("cut", [1, 7, 100])
def test_values_may_come_in_any_chunks(cut: int) -> None:
    values = swinging(5.0, 30.0)
    whole, pieces = BandPass(4.0, 10.0), BandPass(4.0, 10.0)
    for one in (whole, pieces):
        one.begin(1 / 30, ())
    parts = [pieces.extend(values[i : i + cut]) for i in range(0, len(values), cut)]
    np.testing.assert_allclose(np.concatenate(parts), whole.extend(values))


def test_steps_are_counted_and_what_is_neither_even_nor_known_begins_anew() -> None:
    usual = np.full(6, 1 / 30)
    steps = np.array([1 / 30, 2 / 30, 0.0335, 1.5 / 30, 0.2, 1 / 30])
    parts, anew = whole_steps(steps, usual, 1 / 30)
    assert parts.tolist() == [1, 2, 1, 1, 1, 1]
    assert anew.tolist() == [False, False, False, True, True, False]


def test_another_rate_begins_anew_once() -> None:
    usual = np.array([1 / 30, 1 / 60, 1 / 60])
    assert whole_steps(usual, usual, 1 / 30)[1].tolist() == [False, True, False]
    assert whole_steps(usual[:1], usual[:1], math.nan)[1].tolist() == [True]


def test_one_wild_power_counts_for_little_and_what_goes_on_counts_in_full() -> None:
    sure = np.zeros((30, 1), dtype=bool)
    once = np.ones((30, 1))
    once[20] = 100.0
    assert MeanSquare(1, over_s=0.25, quiet=0.05).extend(once, sure, 1 / 30).max() < 1.5
    on = MeanSquare(1, over_s=0.25, quiet=0.05).extend(np.ones((300, 1)), np.zeros((300, 1), dtype=bool), 1 / 30)
    assert on[-1, 0] == pytest.approx(1.0, abs=0.01)


def test_what_is_unsure_starts_from_rest() -> None:
    unsure = np.zeros((100, 2), dtype=bool)
    unsure[80, 0] = True
    square = MeanSquare(2, over_s=0.25, quiet=0.05).extend(np.ones((100, 2)), unsure, 1 / 30)
    assert square[81, 0] < 0.1 * square[81, 1]
    assert square[80, 0] == square[80, 1]
