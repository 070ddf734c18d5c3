from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Self

import numpy as np
import pytest

from formcheck.core.errors import ModelError
from formcheck.core.poses import Picture
from formcheck.pose.engine import Place
from formcheck.pose.pool import EstimatorPool
from formcheck.pose.port import Looked
from formcheck.pose.regions import Region
from tests.figures import frame


class Gate:
    """An estimator that somebody is inside until it is opened."""

    model_id = "gate:1"

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.entered = threading.Event()
        self.closed = 0
        self.inside = 0

    def estimate(self, picture: Picture, _places: Sequence[Place] | None = None) -> Looked:
        self.inside += 1
        assert self.inside == 1, "two threads use one estimator"
        self.entered.set()
        assert self.opened.wait(20.0)
        assert not self.closed
        self.inside -= 1
        self.entered.clear()
        return Looked(frame(picture.index, picture.t_s))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self.inside == 0, "closed while somebody is inside"
        self.closed += 1


class Gates:
    """Makes gates and keeps them."""

    def __init__(self) -> None:
        self.made: list[Gate] = []

    def __call__(self) -> Gate:
        self.made.append(Gate())
        return self.made[-1]


def until(condition: Callable[[], object]) -> None:
    """Wait for it, not for ever."""
    for _ in range(10_000):
        if condition():
            return
        time.sleep(0.002)
    raise TimeoutError


def picture(index: int) -> Picture:
    return Picture(index=index, t_s=index / 30, rgb=np.zeros((8, 8, 3), dtype=np.uint8), width=8, height=8)


def test_estimators_are_made_only_when_all_others_are_in_use() -> None:
    make = Gates()
    pool = EstimatorPool(make, 2)
    assert make.made == []
    first = pool.begin(picture(0))
    until(lambda: make.made)
    make.made[0].opened.set()
    assert first.result(20.0).frame.index == 0
    assert pool.begin(picture(1)).result(20.0).frame.index == 1
    assert len(make.made) == 1
    make.made[0].opened.clear()
    second = pool.begin(picture(2))
    assert make.made[0].entered.wait(20.0)
    third, fourth = pool.begin(picture(3)), pool.begin(picture(4))
    while len(make.made) < 2:
        pass
    assert make.made[1].entered.wait(20.0)
    assert not wait([second, third, fourth], timeout=0.05).done  # all are busy: one picture waits
    for one in make.made:
        one.opened.set()
    assert [one.result(20.0).frame.index for one in (second, third, fourth)] == [2, 3, 4]
    assert len(make.made) == 2
    assert pool.close()
    assert [one.closed for one in make.made] == [1, 1]


def test_only_free_ones_are_closed_and_the_others_when_they_are_left() -> None:
    make = Gates()
    pool = EstimatorPool(make, 3)
    pool.prepare()
    assert len(make.made) == 3
    found = pool.begin(picture(0))
    until(lambda: any(one.entered.is_set() for one in make.made))
    (busy,) = [one for one in make.made if one.entered.is_set()]
    assert not pool.close(wait_s=0.05)
    assert sorted(one.closed for one in make.made) == [0, 1, 1]
    assert busy.closed == 0
    busy.opened.set()
    assert pool.close(wait_s=20.0)
    assert busy.closed == 1
    assert found.result(20.0).frame.index == 0  # what was under way is not lost


def test_whoever_waits_for_a_pool_that_closes_is_told() -> None:
    make = Gates()
    pool = EstimatorPool(make, 1)
    inside = pool.begin(picture(0))
    until(lambda: make.made)
    assert make.made[0].entered.wait(20.0)
    waiting = pool.begin(picture(1))
    pool.close(wait_s=0.05)
    with pytest.raises(ModelError, match="closed"):
        waiting.result(20.0)
    with pytest.raises(ModelError, match="closed"):
        pool.estimate(picture(2))
    make.made[0].opened.set()
    assert inside.result(20.0).frame.index == 0
    assert len(make.made) == 1


def test_an_estimator_that_cannot_be_made_leaves_its_place_free() -> None:
    make, fails = Gates(), iter([True, False])

    def sometimes() -> Gate:
        if next(fails):
            raise ModelError("no memory")
        gate = make()
        gate.opened.set()
        return gate

    with EstimatorPool(sometimes, 1) as pool:
        with pytest.raises(ModelError):
            pool.prepare()
        assert pool.estimate(picture(3)).frame.index == 3
    assert make.made[0].closed == 1


def test_an_estimator_that_failed_is_used_again() -> None:
    class Failing(Gate):
        def estimate(self, picture: Picture, _places: Sequence[Place] | None = None) -> Looked:
            if picture.index == 0:
                raise ValueError("odd picture")
            return Looked(frame(picture.index, picture.t_s))

    with EstimatorPool(Failing, 1) as pool, ThreadPoolExecutor(2) as executor:
        with pytest.raises(ValueError, match="odd picture"):
            pool.begin(picture(0)).result(20.0)
        assert [one.frame.index for one in executor.map(pool.estimate, [picture(1), picture(2)])] == [1, 2]


class Following(Gate):
    """Says where it was told to look, and what should be looked at next: as many places as pictures so far."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[int, int]] = []

    def estimate(self, picture: Picture, places: Sequence[Place] | None = None) -> Looked:
        self.told.append((picture.index, len(places or ())))
        if picture.index == 13:
            raise ValueError("odd picture")
        return Looked(frame(picture.index, picture.t_s), (*(places or ()), Place(REGION, REGION)))


REGION = Region(1.0, 2.0, 3.0, 0.0)


def test_in_a_run_each_picture_is_looked_at_where_the_one_before_it_says() -> None:
    following = Following()
    with EstimatorPool(lambda: following, 1) as pool:
        frames = pool.estimate_run([picture(i) for i in (3, 4, 5)])
        assert [one.index for one in frames] == [3, 4, 5]
        assert following.told == [(3, 0), (4, 1), (5, 2)]
        pool.estimate_run([picture(6), picture(7)])
        assert following.told[3:] == [(6, 0), (7, 1)]  # a run begins with nothing of the one before


def test_a_run_that_failed_leaves_nothing_behind() -> None:
    following = Following()
    with EstimatorPool(lambda: following, 1) as pool:
        with pytest.raises(ValueError, match="odd picture"):
            pool.estimate_run([picture(12), picture(13), picture(14)])
        assert following.told == [(12, 0), (13, 1)]
        assert [one.index for one in pool.estimate_run([picture(15)])] == [15]
        assert following.told[-1] == (15, 0)
    assert following.closed == 1


def test_places_that_are_given_are_passed_on() -> None:
    following = Following()
    with EstimatorPool(lambda: following, 1) as pool:
        looked = pool.begin(picture(0), [Place(REGION, REGION)] * 2).result(20.0)
    assert len(looked.places) == 3
    assert following.told == [(0, 2)]
