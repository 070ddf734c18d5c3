from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.signals.running_median import SlowMedian


@pytest.mark.parametrize("fps", [10, 30, 120, 240])
def test_the_slow_median_learns_the_same_in_the_same_seconds(fps: float) -> None:
    median = SlowMedian(0.3)
    times = np.arange(0, 3, 1 / fps)
    values = np.where(times < 1.0, 100.0, 200.0)
    got = median.extend(np.diff(times, prepend=0.0), values, np.ones(len(times), dtype=bool))
    assert got[0] == 100.0
    assert got[np.searchsorted(times, 2.0)] == pytest.approx(100.0 * math.exp(0.3), rel=0.03)
    one_by_one = SlowMedian(0.3)
    for value in values.tolist():
        last = one_by_one.update(1 / fps, value)
    assert last == pytest.approx(got[-1])
    assert one_by_one.update(1 / fps, math.nan) == last


def test_the_slow_median_ignores_single_wrong_values_and_leaps_at_no_rate() -> None:
    median = SlowMedian(0.3)
    for k in range(300):
        median.update(1 / 30, 1000.0 if k % 10 == 9 else 100.0)
    assert median.value == pytest.approx(100.0, abs=2.0)
    for step_s in (1.0, 10.0, 1000.0):
        rare = SlowMedian(0.3)
        rare.update(0.0, 100.0)
        assert rare.update(step_s, 1000.0) < 107.0


def test_what_is_not_taken_or_not_known_is_not_learnt() -> None:
    values, taken = np.array([5.0, 100.0, np.nan, 5.0]), np.array([False, True, True, False])
    got = SlowMedian(0.3).extend(np.full(4, 0.1), values, taken)
    np.testing.assert_array_equal(got, [np.nan, 100.0, 100.0, 100.0])
