"""The same batch on a Dask scheduler with workers in processes of their own."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from formcheck.analysis.folder import RECORD
from tests.batch.clips import (
    environment,
    finished,
    formcheck,
    left_over,
    make_inputs,
    recorded,
    run_here,
    start,
    table,
    until,
)
from tests.conftest import ROOT
from tests.figures import folded, in_and_out

with_dask = pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="Dask is not installed")


@dataclass
class Cluster:
    """A scheduler and its workers."""

    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{program}", *arguments, "--no-dashboard"]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT,
            env={**environment(), "DASK_TEMPORARY_DIRECTORY": str(self.folder)},
        )  # fmt: skip
        self.processes.append(process)
        return process

    def scheduler(self) -> str:
        """Start it; returns its address."""
        said = self.folder / "scheduler.json"
        self.add("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(said))
        until(lambda: said.exists() and said.stat().st_size > 0, "the scheduler")
        return str(json.loads(said.read_text())["address"])

    def worker(self, address: str) -> subprocess.Popen[bytes]:
        return self.add("dask_worker", address, "--nthreads", "1", "--no-nanny")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "dask").mkdir()
    one = Cluster(tmp_path / "dask")
    yield one
    for process in one.processes:
        process.kill()
        process.wait()


@with_dask
def test_a_killed_worker_loses_nothing_and_the_table_is_the_same(cluster: Cluster, tmp_path: Path) -> None:
    address = cluster.scheduler()
    workers = [cluster.worker(address) for _ in range(2)]
    files = make_inputs(tmp_path / "in", 8)
    for long in files[4:6]:
        recorded(long, lambda t: folded(1 + 119 * in_and_out(t)).pose(), 40.0)
    bad = tmp_path / "in" / "bad.jsonl"
    bad.write_text("nothing")
    out = tmp_path / "out"
    process = start(*files, bad, "--out", out, "--scheduler", address)
    until(lambda: len(list(out.glob(f"[!.]*/{RECORD}"))) >= 2 and any(out.glob(".clip0[45].*")), "work in hand")
    workers[0].kill()
    before = finished(out)
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == 1
    (told,) = [line for line in stderr.splitlines() if line.startswith("formcheck: ")]
    assert f"{bad}: this is no pose recording" in told
    assert "Traceback" not in stderr
    after = finished(out)
    assert len(after) == 8
    assert {name: after[name] for name in before} == before
    assert left_over(out) == []

    run_here(tmp_path / "here", *files, bad)
    assert table(out) == table(tmp_path / "here")


@with_dask
def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path) -> None:
    (file,) = make_inputs(tmp_path / "in", 1)
    process = start(file, "--out", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:1")
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == 1
    assert len(stderr.splitlines()) == 1
    assert "no Dask scheduler answers" in stderr
    assert not (tmp_path / "out").exists()


def test_without_dask_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (file,) = make_inputs(tmp_path / "in", 1)
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, _, stderr = formcheck("batch", file, "--out", tmp_path / "out", "--scheduler", "tcp://127.0.0.1:8786")
    assert code == 1
    assert stderr == "formcheck: --scheduler needs Dask; install it with: pip install 'formcheck[dask]'\n"
    assert not (tmp_path / "out").exists()
