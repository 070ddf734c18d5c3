"""Which pictures are looked at as a whole: known from their times and sizes alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.poses import Picture
from formcheck.pose.key_pictures import KeyPictures, runs
from tests.pose.made_up import picture

RATES = (1.0, 2.0, 5.0, 10.0, 15.0, 24.0, 25.0, 29.97, 30.0, 50.0, 60.0, 120.0, 240.0)


def lengths(times: list[float]) -> list[int]:
    return [len(run) for run in runs(picture(i, t_s) for i, t_s in enumerate(times))]


def at(fps: float, seconds: float = 4.0) -> list[float]:
    return [i / fps for i in range(round(fps * seconds))]


@pytest.mark.parametrize(
    ("fps", "each"),
    [(1.0, {1}), (4.0, {1}), (5.0, {1, 2}), (15.0, {3, 4}), (30.0, {7, 8}), (60.0, {7, 8}), (120.0, {8, 6})],
)
def test_a_run_is_a_quarter_of_a_second_or_eight_pictures(fps: float, each: set[int]) -> None:
    assert set(lengths(at(fps))) == each


@pytest.mark.parametrize("fps", RATES)
def test_there_are_four_keys_a_second_at_least_and_no_run_is_long(fps: float) -> None:
    keys = [run[0].t_s for run in runs(picture(i, t_s) for i, t_s in enumerate(at(fps)))]
    assert np.diff(keys).max() <= max(0.25 + 1.0 / fps, 1.0 / fps)
    assert max(lengths(at(fps))) <= 8
    assert sum(lengths(at(fps))) == len(at(fps))


def test_every_quarter_begins_anew_also_where_times_are_not_exact() -> None:
    times = [round(i / 30, 6) for i in range(300)]
    keys = [run[0].index for run in runs(picture(i, t_s) for i, t_s in enumerate(times))]
    assert keys[:5] == [0, 8, 15, 23, 30]
    assert set(range(0, 300, 15)) <= set(keys)


def test_pictures_that_are_missing_or_come_unevenly_change_only_their_own_run() -> None:
    whole = at(30.0)
    keys = {run[0].t_s for run in runs(picture(i, t_s) for i, t_s in enumerate(whole))}
    lost = [t_s for i, t_s in enumerate(whole) if i not in (3, 4, 17, 31, 32, 33, 34, 35, 36, 37, 38, 39)]
    assert set(lengths(lost)) <= set(range(1, 9))
    kept = {run[0].t_s for run in runs(picture(i, t_s) for i, t_s in enumerate(lost))}
    assert kept - keys == {40 / 30}  # what comes first after a gap over the beginning of a quarter
    uneven = np.cumsum(np.random.default_rng(1).choice([0.01, 0.04, 0.4], 200)).tolist()
    for one, after in itertools.pairwise(runs(picture(i, t_s) for i, t_s in enumerate(uneven))):
        assert one[-1].t_s - one[0].t_s < 0.25
        assert after[0].t_s > one[-1].t_s


@pytest.mark.parametrize("fps", [7.0, 30.0, 120.0])
def test_they_are_the_same_one_by_one_as_in_runs(fps: float) -> None:
    """As live sessions ask, who have no runs."""
    keys, pictures = KeyPictures(), [picture(i, t_s) for i, t_s in enumerate(at(fps))]
    one_by_one = [one.index for one in pictures if keys.is_key(one)]
    assert one_by_one == [run[0].index for run in runs(pictures)]


def test_what_was_read_before_an_error_comes_first() -> None:
    def source() -> Iterator[Picture]:
        yield from (picture(i) for i in range(10))
        raise OSError("the end is missing")

    given = runs(source())
    assert [one.index for one in next(given)] == list(range(8))
    assert [one.index for one in next(given)] == [8, 9]
    with pytest.raises(OSError, match="missing"):
        next(given)


def test_a_source_that_fails_at_once_gives_nothing() -> None:
    def source() -> Iterator[Picture]:
        raise OSError("nothing there")
        yield  # pragma: no cover

    with pytest.raises(OSError, match="nothing"):
        next(runs(source()))
    assert list(runs([])) == []


def test_whoever_stops_early_reads_no_further() -> None:
    taken = 0

    def source() -> Iterator[Picture]:
        nonlocal taken
        for i in range(100):
            taken += 1
            yield picture(i)

    given = runs(source())
    next(given)
    given.close()
    assert taken == 9  # the run and the key after it


def test_a_picture_of_another_size_is_a_key() -> None:
    sizes = [(160, 120)] * 3 + [(120, 160)] * 3
    pictures = [replace(picture(i, i / 30), width=w, height=h) for i, (w, h) in enumerate(sizes)]
    assert [len(run) for run in runs(pictures)] == [3, 3]
