"""Judging one file in whatever process it is asked for: one started here, or a worker on another machine."""

from __future__ import annotations

import os
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Final

from formcheck import __version__
from formcheck.analysis import Advance, Workers, analyze_file
from formcheck.batch import ledger
from formcheck.batch.ledger import Fingerprint, LedgerRecord
from formcheck.batch.orders import BatchOptions, Failure, Task, TaskResult
from formcheck.core.errors import FormcheckError, InputError, ModelError, in_words
from formcheck.media.inputs import is_poses
from formcheck.pose.engines import ModelChoice
from formcheck.pose.model_files import short
from formcheck.pose.pool import EstimatorPool
from formcheck.stretches import packages

_LOOK_S: Final = 1.0  # how often to find out whether the batch is still on
_MAKING = threading.Lock()


class _WithdrawnError(Exception):
    """The batch is over or was begun anew: nobody waits for this."""


def run_task(task: Task) -> TaskResult:
    """Judge one input into its folder, with the record that says so; never raises for a bad input.

    Does nothing when that was done already, as an engine may ask twice for a task whose result it lost.
    """
    path, folder = Path(task.path), Path(task.folder)
    wrong = stranger(task.lease, task.order)
    if wrong is not None:
        return TaskResult(number=task.number, failure=Failure(message=wrong, stops=True))
    judged_by = task.order.judged_by(path)
    known = ledger.read(folder)
    if known is not None and known.holds(folder, path, judged_by):
        return TaskResult(number=task.number, record=known)
    try:
        return _analyze(task, path, folder)
    except _WithdrawnError:
        return TaskResult(number=task.number, failure=Failure(message=f"{path}: no longer wanted"))
    except ModelError as error:
        return TaskResult(number=task.number, failure=Failure(message=str(error), stops=True))
    except FormcheckError as error:
        # A full disk or a folder without rights is no fault of the file.
        failure = Failure(message=str(error), lasting=isinstance(error, InputError) and path.exists())
        return TaskResult(number=task.number, failure=failure)
    except OSError as error:
        here = f"{path}: cannot be read on {socket.gethostname()} ({in_words(error)})"
        message = f"{here}; every worker must find it under this name"
        return TaskResult(number=task.number, failure=Failure(message=message))
    except Exception as error:  # one bad file must not end a batch
        if os.environ.get("FORMCHECK_DEBUG"):
            raise
        message = f"{path}: {type(error).__name__}: {error}; this is a bug, FORMCHECK_DEBUG=1 shows where"
        return TaskResult(
            number=task.number, failure=Failure(message=message, lasting=not isinstance(error, MemoryError))
        )


def stranger(lease: str, order: BatchOptions) -> str | None:
    """Why this process cannot work for a batch, None when it can."""
    here = socket.gethostname()
    if order.version != __version__:
        return f"{here} has formcheck {__version__}, the batch is of {order.version}; install the same everywhere"
    if order.packages != packages():
        theirs, ours = order.packages or "none", packages() or "none"
        return f"{here} has these packages with stretches: {ours}; the batch has: {theirs}; install the same everywhere"
    if not Path(lease).exists():
        return f"{here} does not see {Path(lease).parent}; --out must lie where every worker finds it under this name"
    return None


def _analyze(task: Task, path: Path, folder: Path) -> TaskResult:
    known = Fingerprint.of(path)
    records: list[LedgerRecord] = []

    def seal(work: Path, problem: FormcheckError | None) -> None:
        record = LedgerRecord(
            status="done" if problem is None else "partial",
            path=task.path,
            input=known,
            order=task.order.judged_by(path),
            files=ledger.sizes(work),
            message="" if problem is None else str(problem),
        )
        record.write(work)
        records.append(record)

    workers = _workers(task.order.chosen())
    if not is_poses(path):
        with _MAKING:
            mine = workers.pool.model_id
        if mine != task.order.model_id:
            raise ModelError(
                f"{socket.gethostname()} has the pose model {short(mine)}, the batch is of "
                f"{short(task.order.model_id)}; install the same everywhere"
            )
    watch = _watch(Path(task.lease))
    report, _ = analyze_file(path, folder, task.order.options(), workers, watch, seal=seal)
    return TaskResult(number=task.number, record=records[0], report=report)


def _watch(lease: Path) -> Advance:
    """Ends the work on a file when the batch that wanted it is no more."""
    looked_s = time.monotonic()

    def advance(_what: str, _done: int, _total: int | None) -> None:
        nonlocal looked_s
        if time.monotonic() - looked_s > _LOOK_S:
            looked_s = time.monotonic()
            if not lease.exists():
                raise _WithdrawnError

    return advance


@cache
def _workers(chosen: ModelChoice) -> Workers:
    """One estimator and one thread to use it, kept from file to file for as long as the process lives."""
    pool = EstimatorPool(chosen.estimator, 1)
    return Workers(pool=pool, executor=ThreadPoolExecutor(1, "worker"))
