from __future__ import annotations

import numpy as np
import pytest

from formcheck.signals.one_euro import OneEuro


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


@pytest.mark.parametrize("step_s", [0.3, 0.5, 1.0])
def test_rare_pictures_are_smoothed_a_little_and_never_held_back(step_s: float) -> None:
    times = np.arange(0, 60, step_s)
    noise = np.random.default_rng(1).normal(0, 0.005, len(times))
    assert 0.6 * noise[3:].std() < through(times, noise)[3:].std() < 0.95 * noise[3:].std()
    moved = np.where(times < 30.0, 0.0, 0.3)
    got = through(times, moved)
    first = int(np.argmax(moved > 0))
    assert got[first] > 0.85 * 0.3
    assert got[first + 1] > 0.97 * 0.3


def test_a_gap_of_a_second_keeps_next_to_nothing_of_the_time_before() -> None:
    times = np.concatenate([np.arange(0, 2, 1 / 30), 3.0 + np.arange(0, 1, 1 / 30)])
    got = through(times, np.where(times < 2.5, 0.0, 0.3))[60:]
    assert got[0] > 0.9 * 0.3
    assert got[3] > 0.95 * 0.3


def test_a_unit_that_wavers_moves_nothing() -> None:
    times = np.arange(0, 3, 1 / 30)
    unit = 150.0 * (1.0 + 0.01 * np.random.default_rng(2).normal(0, 1, len(times)))
    still = np.full((len(times), 1, 2), 600.0)
    smooth = OneEuro(min_cutoff_hz=1.2, beta=4.0)
    np.testing.assert_array_equal(smooth.extend(times, still, unit), still)


def test_speeds_count_in_the_unit() -> None:
    times = np.arange(0, 3, 1 / 30)
    values = np.cumsum(np.random.default_rng(3).normal(0, 0.02, (len(times), 2, 2)), axis=0)
    plain = OneEuro(min_cutoff_hz=1.2, beta=4.0).extend(times, values)
    in_px = OneEuro(min_cutoff_hz=1.2, beta=4.0).extend(times, 150.0 * values, np.full(len(times), 150.0))
    np.testing.assert_allclose(in_px, 150.0 * plain)
