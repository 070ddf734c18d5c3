"""The engine for one machine: processes, each with a file in hand."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Final, Self

from formcheck.batch.orders import Failure, Task, TaskResult
from formcheck.batch.work import run_task
from formcheck.core.errors import FormcheckError

_TRIES: Final = 2
_DEATHS: Final = 10  # so many in a row are no fault of the files
_PATIENCE_S: Final = 10.0
_IN_HAND: Final = threading.Lock()  # held while there is work that may have to be given up
_SPAWN: Final = multiprocessing.get_context("spawn")  # a forked process would share the threads of this one


@dataclass(slots=True)
class _WorkerProcess:
    """A process of its own, so that its death tells which file was in its hands; made anew when it has died."""

    executor: ProcessPoolExecutor = field(
        default_factory=lambda: ProcessPoolExecutor(1, mp_context=_SPAWN, initializer=_begin)
    )

    def submit(self, task: Task) -> Future[TaskResult]:
        try:
            return self.executor.submit(_run, task)
        except BrokenProcessPool:  # it died while it had nothing to do
            self.renew()
            return self.executor.submit(_run, task)

    def renew(self) -> None:
        self.executor.shutdown(wait=False, cancel_futures=True)
        self.executor = _WorkerProcess().executor


class LocalRunner:
    """Runs tasks in up to `jobs` processes; a context manager, at whose end none of them is left."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._lanes: list[_WorkerProcess] = []
        self._others: set[BaseProcess] = set()

    def run(self, tasks: Sequence[Task]) -> Iterator[TaskResult]:
        """The results as they come. Raises FormcheckError when processes die whatever they do."""
        self._lanes = [_WorkerProcess() for _ in range(min(self._jobs, len(tasks)))]
        free = list(self._lanes)
        waiting = deque((task, 1) for task in tasks)
        busy: dict[Future[TaskResult], tuple[_WorkerProcess, Task, int]] = {}
        deaths = 0
        while waiting or busy:
            while free and waiting:
                lane = free.pop()
                task, attempt = waiting.popleft()
                busy[lane.submit(task)] = lane, task, attempt
            for future in wait(busy, timeout=1.0, return_when=FIRST_COMPLETED).done:
                lane, task, attempt = busy.pop(future)
                free.append(lane)
                error = future.exception()
                if error is None:
                    deaths = 0
                    yield future.result()
                    continue
                if isinstance(error, Exception) and not isinstance(error, BrokenProcessPool):
                    raise error
                lane.renew()
                deaths += 1
                if deaths >= _DEATHS:
                    raise FormcheckError(
                        "the processes that judge die one after the other; try fewer --jobs, they may need more memory"
                    )
                if attempt < _TRIES:
                    waiting.appendleft((task, attempt + 1))
                else:
                    yield _died(task)

    def __enter__(self) -> Self:
        self._others = set(multiprocessing.active_children())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        mine = [one for one in multiprocessing.active_children() if one not in self._others]
        if error is not None:
            for process in mine:
                process.terminate()
        for lane in self._lanes:
            lane.executor.shutdown(wait=False, cancel_futures=True)
        until_s = time.monotonic() + _PATIENCE_S
        for process in mine:
            process.join(max(0.0, until_s - time.monotonic()))
            if process.is_alive():
                process.kill()
        for lane in self._lanes:
            lane.executor.shutdown()


def _died(task: Task) -> TaskResult:
    message = (
        f"{task.path}: the process that judged it died, twice; it may need more memory than there is: try fewer --jobs"
    )
    return TaskResult(number=task.number, failure=Failure(message=message))


def _run(task: Task) -> TaskResult:
    with _IN_HAND:
        return run_task(task)


def _begin() -> None:
    """Make a new process end when it is told to, or when nobody is there any more to tell it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group: the parent sees to the end
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_follow, args=(multiprocessing.parent_process(),), daemon=True).start()


def _leave(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough: what is half written is being removed
    raise SystemExit(143)


def _follow(parent: BaseProcess | None) -> None:
    """Wait for the end of the parent, which may have been killed; leave nothing half written behind."""
    if parent is None:
        return
    parent.join()
    if not _IN_HAND.acquire(blocking=False):
        with contextlib.suppress(OSError):
            os.kill(os.getpid(), signal.SIGTERM)
        _IN_HAND.acquire(timeout=_PATIENCE_S)
    os._exit(1)
