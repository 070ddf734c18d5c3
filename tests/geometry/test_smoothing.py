from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.geometry.smoothing import OneEuro, RunningMedian


def through(times: np.ndarray, values: np.ndarray) -> np.ndarray:
    return OneEuro(min_cutoff_hz=1.2, beta=4.0).extend(times, values)


def test_numbers_and_arrays_are_filtered_alike() -> None:
    times = np.array([0.0, 0.03, 0.07, 0.1, 2.0, 2.04])
    values = np.random.default_rng(1).normal(0, 1, (6, 3))
    both = OneEuro(min_cutoff_hz=1.2, beta=4.0).extend(times, values)
    for column in range(3):
        np.testing.assert_allclose(through(times, values[:, column]), both[:, column])


def test_noise_at_rest_is_calmed() -> None:
    times = np.arange(0, 10, 1 / 30)
    noise = np.random.default_rng(0).normal(0, 0.005, len(times))
    assert through(times, noise)[30:].std() < 0.5 * noise[30:].std()


def test_a_movement_is_followed_within_a_fifth_of_a_second() -> None:
    times = np.arange(0, 4, 1 / 30)
    ramp = np.clip(times - 1.0, 0, 1)  # a leg length a second
    late = np.interp(0.5, through(times, ramp), times) - np.interp(0.5, ramp, times)
    assert 0 <= late < 0.2


def test_the_result_does_not_depend_on_the_frame_rate() -> None:
    ends = []
    for fps in (15, 30, 60, 120):
        times = np.arange(0, 2, 1 / fps)
        ends.append(through(times, np.where(times < 1, 0.0, 0.1))[times <= 1.5][-1])
    assert max(ends) - min(ends) < 0.01


def test_a_gap_starts_anew() -> None:
    assert through(np.array([0.0, 0.03, 2.1]), np.array([0.0, 0.0, 5.0]))[-1] == 5.0


def test_the_running_median_ignores_single_wrong_values() -> None:
    median = RunningMedian()
    for k in range(300):
        median.update(1000.0 if k % 10 == 9 else 100.0)
    assert median.value == pytest.approx(100.0, abs=2.0)
    assert median.update(math.nan) == median.value
