from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from formcheck.analysis.parallel import in_order
from formcheck.core.poses import Picture
from formcheck.pose.engine import Place
from formcheck.pose.key_pictures import runs
from formcheck.pose.pool import EstimatorPool
from formcheck.pose.port import Looked
from tests.figures import frame


def test_results_come_in_the_order_of_the_work() -> None:
    def slow_when_early(number: int) -> int:
        time.sleep(0.02 if number < 3 else 0.0)
        return number

    with ThreadPoolExecutor(4) as executor:
        assert list(in_order(executor, slow_when_early, range(20), ahead=4)) == list(range(20))


def test_no_more_is_taken_than_can_wait() -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for number in range(100):
            taken += 1
            yield number

    with ThreadPoolExecutor(2) as executor:
        results = in_order(executor, lambda number: number, items(), ahead=5)
        assert next(results) == 0
        assert taken == 5
        results.close()
    assert taken == 5


def test_what_breaks_the_source_comes_after_its_last_result() -> None:
    def items() -> Iterator[int]:
        yield from range(7)
        raise OSError("the end is missing")

    seen = []
    with ThreadPoolExecutor(2) as executor, pytest.raises(OSError, match="missing"):
        seen.extend(in_order(executor, lambda number: number, items(), ahead=3))
    assert seen == list(range(7))


def test_whoever_stops_early_waits_for_nothing_that_was_not_begun() -> None:
    begun: list[int] = []
    free = threading.Event()

    def work(number: int) -> int:
        begun.append(number)
        assert number == 0 or free.wait(10.0)
        return number

    with ThreadPoolExecutor(1) as executor:
        results = in_order(executor, work, range(9), ahead=6)
        assert next(results) == 0
        results.close()
        free.set()
    assert len(begun) <= 2  # the one that was under way, if any


class Alone:
    """An estimator that must not be used by two threads at once."""

    made = 0

    def __init__(self) -> None:
        Alone.made += 1
        self.busy = threading.Lock()
        self.closed = False

    model_id = "alone:1"

    def estimate(self, picture: Picture, _places: Sequence[Place] | None = None) -> Looked:
        assert self.busy.acquire(blocking=False), "two threads use one estimator"
        time.sleep(0.002)
        self.busy.release()
        return Looked(frame(picture.index, picture.t_s))

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True


def test_asked_for_at_once_no_estimator_too_many_is_made() -> None:
    Alone.made = 0

    def make() -> Alone:
        time.sleep(0.05)
        return Alone()

    with EstimatorPool(make, 2) as pool, ThreadPoolExecutor(4) as executor:
        assert set(executor.map(lambda _: pool.model_id, range(4))) == {"alone:1"}
        assert Alone.made == 1
        pool.prepare()
        assert Alone.made == 2


def test_each_thread_has_an_estimator_to_itself() -> None:
    Alone.made = 0
    estimators: list[Alone] = []

    def make() -> Alone:
        estimators.append(Alone())
        return estimators[-1]

    pictures = [
        Picture(index=i, t_s=i / 30, rgb=np.zeros((8, 8, 3), dtype=np.uint8), width=8, height=8) for i in range(60)
    ]
    with EstimatorPool(make, 3) as pool, ThreadPoolExecutor(6) as executor:
        assert pool.model_id == "alone:1"
        frames = [one for run in in_order(executor, pool.estimate_run, runs(pictures), ahead=4) for one in run]
    assert [one.index for one in frames] == list(range(60))
    assert Alone.made <= 3
    assert all(one.closed for one in estimators)
