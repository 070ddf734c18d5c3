from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.signals.turning_points import HalfCycle, HalfCycleFinder


def swings(values: np.ndarray, times: np.ndarray) -> list[HalfCycle]:
    finder = HalfCycleFinder(smallest=3.0)
    found = (finder.update(float(t), float(v)) for t, v in zip(times, values, strict=True))
    return [swing for swing in found if swing]


@pytest.mark.parametrize("hz", [0.5, 1.0, 3.0])
def test_a_sine_is_two_swings_a_cycle_of_its_full_size(hz: float) -> None:
    times = np.arange(0, 10, 1 / 60)
    found = swings(60 + 5 * np.sin(2 * math.pi * hz * times), times)
    assert len(found) == pytest.approx(10 * 2 * hz, abs=2)
    for swing in found[1:]:
        assert swing.size == pytest.approx(10.0, abs=0.6)
        assert swing.end_s - swing.start_s == pytest.approx(0.5 / hz, abs=0.05)


def test_drift_noise_and_a_single_wrong_frame_are_no_swings() -> None:
    times = np.arange(0, 10, 1 / 30)
    values = 60 + 2 * times + np.random.default_rng(0).normal(0, 0.4, len(times))
    values[100] += 30
    assert swings(values, times) == []


def test_uneven_time_stamps_do_not_matter() -> None:
    times = np.sort(np.random.default_rng(0).uniform(0, 10, 400))
    found = swings(60 + 5 * np.sin(2 * math.pi * times), times)
    assert len(found) == pytest.approx(20, abs=2)
