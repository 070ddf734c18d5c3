"""The engine for more than one machine: the workers of a Dask scheduler that is running already."""

from __future__ import annotations

import asyncio
import importlib
import logging
import queue
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from formcheck.batch.orders import BatchOptions, Failure, Task, TaskResult
from formcheck.batch.work import run_task, stranger
from formcheck.core.errors import FormcheckError

_ANSWER_S: Final = 10.0
_QUIET_S: Final = 10.0
_RETRIES: Final = 1  # of errors of Dask itself; the tasks of a lost worker it gives to another one anyway

_Untyped = Any
"""Values of Dask, which is an extra that may not be installed, and whose client has no types."""


class DaskRunner:
    """Runs tasks on the workers of the scheduler at `address`; a context manager.

    Raises FormcheckError with one line when Dask is not installed, nobody answers, or a worker cannot do the work.
    """

    def __init__(self, address: str, order: BatchOptions, lease: Path, tell: Callable[[str], None]) -> None:
        self._address = address
        self._order = order
        self._lease = lease
        self._tell = tell
        self._futures: list[_Untyped] = []
        self._client: _Untyped = None
        self._alone = False

    def __enter__(self) -> Self:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                distributed = importlib.import_module("distributed")
        except ImportError:
            raise FormcheckError("--scheduler needs Dask; install it with: pip install 'formcheck[dask]'") from None
        # What matters comes as an exception or as the state of a task.
        logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)
        logging.getLogger("tornado").setLevel(logging.CRITICAL + 1)
        try:
            asyncio.run(asyncio.wait_for(_identity(distributed, self._address), _ANSWER_S))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of other versions of Dask's own parts
                self._client = distributed.Client(self._address, timeout=_ANSWER_S, set_as_default=False)
        except Exception as error:  # a wrong address may fail in any way
            raise FormcheckError(
                f"no Dask scheduler answers at {self._address}; start one with `dask scheduler`, and write the address "
                "that it tells, as tcp://host:8786"
            ) from error
        try:
            self._check_workers(self._client)
        except BaseException:
            self._close()
            raise
        return self

    def run(self, tasks: Sequence[Task]) -> Iterator[TaskResult]:
        """The results as they come. Raises FormcheckError when the scheduler is lost."""
        client = self._client
        assert client is not None
        names = [f"{self._lease.name}-{task.number}" for task in tasks]
        self._futures = client.map(run_task, tasks, key=names, pure=False, retries=_RETRIES)
        left = dict(zip(names, tasks, strict=True))
        ended: queue.SimpleQueue[_Untyped] = queue.SimpleQueue()
        for future in self._futures:
            future.add_done_callback(ended.put)
        quiet_s = time.monotonic()
        while left:
            try:
                future = ended.get(timeout=1.0)
            except queue.Empty:
                if client.status != "running":
                    raise self._lost() from None
                if time.monotonic() - quiet_s > _QUIET_S:
                    quiet_s = time.monotonic()
                    self._tell_when_alone(client)
                continue
            try:
                result = self._result(future, left[str(future.key)])
            except TimeoutError:  # its worker went before it handed over the result, which is made again
                future.add_done_callback(ended.put)
                continue
            del left[str(future.key)]
            future.release()
            yield result

    def _result(self, future: _Untyped, task: Task) -> TaskResult:
        if future.status in ("cancelled", "lost"):
            raise self._lost()
        if future.status != "error":
            result: TaskResult = future.result(timeout=_ANSWER_S)
            return result
        error = future.exception(timeout=_ANSWER_S)
        if type(error).__name__ == "KilledWorker":
            message = f"{task.path}: every worker that judged it died; they may need more memory"
            return TaskResult(number=task.number, failure=Failure(message=message))
        why = str(error).splitlines()[0] if str(error) else ""
        message = f"{task.path}: failed on its worker: {type(error).__name__}: {why}"
        return TaskResult(number=task.number, failure=Failure(message=message))

    def _check_workers(self, client: _Untyped) -> None:
        """Find out before the work whether every worker can do it."""
        try:
            client.wait_for_workers(1, timeout=_ANSWER_S)
        except TimeoutError:
            raise FormcheckError(
                f"the Dask scheduler at {self._address} has no workers; start some with `dask worker {self._address}`"
            ) from None
        said: dict[str, Any] = client.run(stranger, str(self._lease), self._order, on_error="return")
        for worker, wrong in said.items():
            if isinstance(wrong, BaseException):
                why = str(wrong).splitlines()[0] if str(wrong) else type(wrong).__name__
                raise FormcheckError(
                    f"the worker {worker} cannot judge: {why}; install formcheck {self._order.version} there"
                )
            if wrong:
                raise FormcheckError(f"the worker {worker} cannot judge: {wrong}")

    def _tell_when_alone(self, client: _Untyped) -> None:
        # Workers may come back: Dask keeps the work for them.
        alone = not client.nthreads()
        if alone and not self._alone:
            self._tell(f"no worker is left at {self._address}; waiting for one (Ctrl-C ends, nothing is lost)")
        self._alone = alone

    def _lost(self) -> FormcheckError:
        return FormcheckError(
            f"the Dask scheduler at {self._address} is gone; start it and run the same again to go on"
        )

    def _close(self) -> None:
        if self._client is not None:
            self._client.close(timeout=_ANSWER_S)
            self._client = None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and self._client is not None and self._client.status == "running":
            self._client.cancel(self._futures, force=True)
        self._futures = []
        self._close()


async def _identity(distributed: _Untyped, address: str) -> None:
    """Find out whether a scheduler answers; Dask's client never gives up on a program that is none."""
    comm = await distributed.core.connect(address, timeout=_ANSWER_S / 2)
    try:
        said = await distributed.core.send_recv(comm, op="identity")
    finally:
        comm.abort()
    if said["type"] != "Scheduler":
        raise FormcheckError(f"{address} is a {said['type']}")
