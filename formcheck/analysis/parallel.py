"""Work shared out among threads, with the results in the order of the work.

The pose model, the drawing and the encoder all leave Python's lock while they work, so threads use every core and
nothing has to be copied between processes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, wait
from typing import Final, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_LISTEN_S: Final = 0.25


def cores() -> int:
    """How many processor cores this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    executor: Executor, function: Callable[[Item], Result], items: Iterable[Item], ahead: int
) -> Iterator[Result]:
    """The results of `function` in the order of `items`, of which at most `ahead` are under way or waiting.

    Items are taken in the caller's thread while others are worked on. An error of `items` comes after the results
    of what it gave before; what is still waiting when the caller stops early is never begun.
    """
    waiting: deque[Future[Result]] = deque()
    try:
        failure: Exception | None = None
        source = iter(items)
        while True:
            try:
                while failure is None and len(waiting) < ahead:
                    waiting.append(executor.submit(function, next(source)))
            except StopIteration:
                break
            except Exception as error:  # noqa: BLE001 raised below, in its turn
                failure = error
            if not waiting:
                break
            yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
        if failure is not None:
            raise failure
    finally:
        for future in waiting:
            future.cancel()


def _result(future: Future[Result]) -> Result:
    """What comes of it.

    Wakes up now and then: the system may give a signal to another thread than the one that waits here, which alone can
    act on it.
    """
    while not future.done():
        wait((future,), timeout=_LISTEN_S)
    return future.result()
