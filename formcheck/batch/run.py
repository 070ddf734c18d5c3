"""A batch from its inputs to its results: what is done already, what is to do, and what became of it."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

from filelock import FileLock, Timeout

from formcheck import files
from formcheck.analysis.folder import ResultFolder
from formcheck.analysis.judging import RecordingJudge, judge_photo
from formcheck.analysis.provenance import provenance_of
from formcheck.batch import ledger
from formcheck.batch.inputs import BatchInput, result_folders
from formcheck.batch.ledger import Fingerprint, LedgerRecord
from formcheck.batch.orders import BatchOptions, Task, TaskResult
from formcheck.core.errors import OutputError
from formcheck.core.feedback import Report
from formcheck.core.poses import PoseBlock
from formcheck.media.inputs import is_poses
from formcheck.pose.pose_file import PoseFile

_LOCK: Final = ".formcheck-batch.lock"
_LEASE: Final = ".formcheck-batch-"


class TaskRunner(Protocol):
    """What runs tasks."""

    def run(self, tasks: Sequence[Task]) -> Iterator[TaskResult]:
        """The results as they come, in any order."""
        ...


@dataclass(slots=True, kw_only=True)
class BatchEntry:
    """An input of the batch and what is known of it; `record` is None until there are results or a failure."""

    input: BatchInput
    folder: Path
    record: LedgerRecord | None = None
    before: bool = False
    """Whether it was known before this run."""

    @property
    def finished(self) -> bool:
        """Whether its results are there."""
        return self.record is not None and self.record.finished


class BatchFolder:
    """The folder of all results, for one batch at a time; a context manager. Raises OutputError."""

    def __init__(self, out: Path) -> None:
        self.out = out.absolute()
        self.lease = self.out / f"{_LEASE}{uuid.uuid4().hex[:12]}"
        self._lock = FileLock(self.out / _LOCK)
        self._new = False

    def __enter__(self) -> Self:
        try:
            self._new = not self.out.exists()
            self.out.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
            for left in self.out.glob(f"{_LEASE}*"):  # of a batch that was killed: what still works for it may stop
                left.unlink(missing_ok=True)
            self.lease.touch()
        except Timeout:
            raise OutputError(
                f"another batch is writing to {self.out}; wait for its end, or choose another folder with --out"
            ) from None
        except OSError as error:
            raise ResultFolder(self.out).error(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self.lease.unlink(missing_ok=True)
        self._lock.release()
        if self._new and {one.name for one in self.out.iterdir()} <= {_LOCK}:
            with contextlib.suppress(OSError):
                (self.out / _LOCK).unlink(missing_ok=True)
                self.out.rmdir()


class Batch:
    """The inputs of a batch in their order, with what is known of each."""

    def __init__(
        self, inputs: Sequence[BatchInput], place: BatchFolder, order: BatchOptions, *, retry_failed: bool = False
    ) -> None:
        self._order = order
        self._place = place
        self.entries: list[BatchEntry] = []
        for one, folder in zip(inputs, result_folders(inputs, place.out), strict=True):
            known = ledger.read(folder)
            judged_by = order.judged_by(one.path)
            if known is not None:
                failed = not retry_failed and known.forbids(one.path, judged_by)
                if not failed and not known.holds(folder, one.path, judged_by):
                    known = None
            self.entries.append(BatchEntry(input=one, folder=folder, record=known, before=known is not None))

    def tasks(self) -> list[Task]:
        """What is to do."""
        return [
            Task(
                number=number,
                path=str(entry.input.path),
                folder=str(entry.folder),
                lease=str(self._place.lease),
                order=self._order,
            )
            for number, entry in enumerate(self.entries)
            if entry.record is None
        ]

    def count_finished(self) -> int:
        """How many inputs have their results, also where nobody was there any more to be told."""
        for entry in self.entries:
            if entry.record is None:
                known = ledger.read(entry.folder)
                if known is not None and known.holds(
                    entry.folder, entry.input.path, self._order.judged_by(entry.input.path)
                ):
                    entry.record = known
        return sum(entry.finished for entry in self.entries)

    def run(self, engine: TaskRunner, tasks: Sequence[Task]) -> Iterator[tuple[BatchEntry, Report | None]]:
        """Do it; gives each input when its results are there or it has failed, in any order.

        The report is None where it failed. Raises FormcheckError when no input could fare better.
        """
        for result in engine.run(tasks):
            entry = self.entries[result.number]
            if result.failure is not None:
                if result.failure.stops:
                    raise OutputError(result.failure.message)
                entry.record = self._failure(entry, result.failure.message, lasting=result.failure.lasting)
                ledger.remember_failure(entry.folder, entry.record)
            else:
                entry.record = result.record
            # Nobody works on it any more: what lies there is of processes that were killed.
            files.sweep(entry.folder, older_than_s=0.0)
            yield entry, result.report

    def _failure(self, entry: BatchEntry, message: str, *, lasting: bool) -> LedgerRecord:
        path = entry.input.path
        try:
            known = Fingerprint.of(path)
        except OSError:
            known, lasting = Fingerprint(size_bytes=-1, mtime_ns=-1, sha256=""), False
        return LedgerRecord(
            status="failed", path=str(path), input=known, order=self._order.judged_by(path), message=message,
            lasting=lasting,
        )  # fmt: skip

    def report_again(self, entry: BatchEntry) -> Report:
        """The report of results that are there, judged again from their poses. Raises FormcheckError."""
        recording = PoseFile(self.recording(entry))
        path = entry.input.path
        info = replace(recording.info, name=path.name) if is_poses(path) else recording.original
        options = self._order.options().for_model(recording.model_id)
        if info.still:
            return judge_photo(next(recording.blocks(), PoseBlock.of([])), info, options)[0]
        judging = RecordingJudge(options)
        for block in recording.blocks():
            judging.extend(block)
        judging.end()
        return replace(judging.report(info), provenance=provenance_of(recording.model_id, info, path))

    @staticmethod
    def recording(entry: BatchEntry) -> Path:
        """The poses in a folder of results."""
        packed = entry.folder / "poses.jsonl.gz"
        return packed if packed.exists() else entry.folder / "poses.jsonl"

    @staticmethod
    def told(entry: BatchEntry) -> None:
        """Note that the history was told of an input."""
        if entry.record is not None and not entry.record.told:
            entry.record = replace(entry.record, told=True)
            with contextlib.suppress(OSError):
                entry.record.write(entry.folder)
