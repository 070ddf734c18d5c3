"""Pictures a second, from one to 240, however the pictures come."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.tracking.body import BodyTracker
from formcheck.tracking.frame_timing import FrameTimer
from tests.figures import frame, upright
from tests.perspective import steady


def rates(times: np.ndarray) -> np.ndarray:
    return FrameTimer().extend(times).fps


@pytest.mark.parametrize("fps", [1, 2, 3, 5, 7.5, 10, 15, 25, 30, 60, 120, 240])
def test_steady_cameras(fps: float) -> None:
    got = rates(steady(8.0, fps))
    assert np.isnan(got[0])
    assert got[1 / fps + 0.3 < steady(8.0, fps)] == pytest.approx(fps, rel=1e-6)


@pytest.mark.parametrize("fps", [25, 30, 60, 120])
def test_stamps_rounded_to_milliseconds(fps: float) -> None:
    assert rates(np.round(steady(5.0, fps), 3))[-1] == pytest.approx(fps, rel=0.02)


def test_pictures_in_bursts_are_counted_over_the_time_they_took() -> None:
    # Nine pictures within 10 ms, every 0.3 s: 30 a second.
    times = (np.arange(20)[:, None] * 0.3 + np.arange(9) * 0.001).ravel()
    got = rates(times)
    assert np.isnan(got[:9]).all()  # a burst alone says nothing
    assert ((got[9:] > 20) & (got[9:] < 60)).all()
    assert ((got[times > 2.0] > 20) & (got[times > 2.0] < 33)).all()


def test_lost_pictures_are_no_pictures() -> None:
    times = steady(20.0, 30)
    kept = times[np.random.default_rng(3).random(len(times)) >= 0.2]
    got = rates(kept)[60:]
    assert got.mean() == pytest.approx(24.0, rel=0.05)
    assert ((got > 16) & (got < 30)).all()


@pytest.mark.parametrize(("before", "after"), [(30, 10), (10, 30), (30, 20), (60, 15), (5, 30), (2, 30), (1, 15)])
def test_a_change_of_rate_is_followed_within_two_seconds(before: float, after: float) -> None:
    first = steady(6.0, before)
    second = first[-1] + (1 + steady(6.0, after) * after) / after
    got = rates(np.concatenate([first, second]))[len(first) :]
    assert got[second - first[-1] >= 2.0] == pytest.approx(after, rel=0.3)
    assert got[-1] == pytest.approx(after, rel=0.03)


def test_a_change_to_one_a_second_is_followed_within_a_few_pictures() -> None:
    first = steady(4.0, 30)
    got = rates(np.concatenate([first, first[-1] + np.arange(1.0, 9.0)]))[len(first) :]
    assert got[3] < 3.0
    assert got[6] < 1.5


def test_a_single_long_gap_says_nothing_but_rare_pictures_do() -> None:
    first = steady(4.0, 30)
    after_gap = rates(np.concatenate([first, 20.0 + first]))
    assert after_gap[len(first)] == pytest.approx(30.0)
    assert after_gap[-1] == pytest.approx(30.0)
    rare = rates(np.concatenate([first, 10.0 + np.arange(0.0, 40.0, 4.0)]))
    assert rare[-1] < 1.0


def test_pictures_with_nobody_in_them_count_and_the_clock_may_stumble() -> None:
    people = [frame(i, i / 30, *([upright().pose()] if i % 3 == 0 else [])) for i in range(90)]
    assert BodyTracker().extend(people).fps[-1] == pytest.approx(30.0)
    times = steady(4.0, 30)
    times[60:] -= 0.5  # set back
    assert rates(times)[-1] == pytest.approx(30.0)


def test_a_second_without_a_picture_counts() -> None:
    first = steady(4.0, 30)
    assert rates(np.concatenate([first, first[-1] + 1.0 + first]))[len(first)] < 15.0
