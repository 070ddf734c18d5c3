"""Small inputs for batches, and batches run over them."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from typer.testing import CliRunner

from formcheck.analysis.folder import RECORD
from formcheck.batch.inputs import find
from formcheck.batch.orders import BatchOptions, Task, TaskResult
from formcheck.batch.run import Batch, BatchFolder
from formcheck.batch.table import BatchRow, write
from formcheck.batch.table import rows as rows_of
from formcheck.batch.work import run_task
from formcheck.cli.app import app
from formcheck.core.poses import Pose
from formcheck.pose.pose_file import PoseWriter
from tests.conftest import ROOT
from tests.figures import SOURCE, film, folded, in_and_out, lying

RUN = CliRunner()
ORDER = BatchOptions(report=False)


def recorded(path: Path, scene: Callable[[float], Pose | None], seconds: float = 17.0) -> Path:
    with PoseWriter(path, SOURCE, "model:1") as writer:
        for one in film(scene, seconds):
            writer.write(one)
    return path


@cache
def _models() -> list[bytes]:
    """Toe touches, one with the hips too far back, and a leg raise."""
    scenes: list[Callable[[float], Pose]] = [
        lambda t: folded(1 + 119 * in_and_out(t)).pose(),
        lambda t: folded(1 + 119 * in_and_out(t), setback=0.36 * in_and_out(t)).pose(),
        lambda t: lying(raise_deg=75.0 * in_and_out(t)).pose(),
    ]
    with tempfile.TemporaryDirectory() as folder:
        return [recorded(Path(folder) / "p.jsonl.gz", scene).read_bytes() for scene in scenes]


def make_inputs(folder: Path, count: int) -> list[Path]:
    """Pose recordings `clip00.jsonl.gz` and so on."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"clip{i:02d}.jsonl.gz" for i in range(count)]
    for i, file in enumerate(files):
        file.write_bytes(_models()[i % 3])
    return files


def formcheck(*arguments: str | Path) -> tuple[int, str, str]:
    done = RUN.invoke(app, [str(argument) for argument in arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


class Here:
    """Runs tasks one by one in this process."""

    def run(self, tasks: Sequence[Task]) -> Iterator[TaskResult]:
        return map(run_task, tasks)


def run_here(
    out: Path, *files: Path, order: BatchOptions = ORDER, retry_failed: bool = False
) -> tuple[list[str], list[BatchRow]]:
    """A batch in this process: the names of what it did, and the table of all."""
    found, wrong = find(files, out, recursive=False)
    assert not wrong
    with BatchFolder(out) as place:
        batch = Batch(found, place, order, retry_failed=retry_failed)
        did = [entry.input.path.name for entry, _ in batch.run(Here(), batch.tasks())]
        found_in_all = list(rows_of(batch.entries, place.out))
        write(found_in_all, place.out)
        return did, found_in_all


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    """A batch in a process and a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "formcheck", "batch", *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, cwd=ROOT, env=environment(),
    )  # fmt: skip


def environment() -> dict[str, str]:
    """For programs that must find the formcheck that is tested."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def until(there: Callable[[], bool], what: str, most_s: float = 120.0) -> None:
    end_s = time.monotonic() + most_s
    while not there():
        assert time.monotonic() < end_s, f"waited in vain for {what}"
        time.sleep(0.01)


def gone(group: int) -> bool:
    """Whether no process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def finished(out: Path) -> dict[str, tuple[int, int]]:
    """When the results of each finished input were written, by its folder; a file that is written again is another."""
    found = {}
    for record in sorted(out.rglob(RECORD)):
        if json.loads(record.read_text())["status"] != "failed":
            known = (record.parent / "report.json").stat()
            found[record.parent.relative_to(out).as_posix()] = (known.st_ino, known.st_mtime_ns)
    return found


def table(out: Path) -> bytes:
    return (out / "batch.csv").read_bytes()


def rows(out: Path) -> list[dict[str, str]]:
    with (out / "batch.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def left_over(out: Path) -> list[str]:
    """What lies hidden in the folder of all results."""
    return sorted(one.name for one in out.rglob(".*") if one.name != ".formcheck-batch.lock")


def listed(path: Path, files: Iterable[Path]) -> Path:
    path.write_text("# to judge\n" + "".join(f"{file}\n" for file in files), encoding="utf-8")
    return path
