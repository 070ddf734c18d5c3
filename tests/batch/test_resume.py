"""What is finished is never done again, and a crash loses at most what was in hand."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.analysis.folder import RECORD
from tests.batch.clips import (
    finished,
    formcheck,
    gone,
    left_over,
    listed,
    make_inputs,
    recorded,
    rows,
    run_here,
    start,
    table,
    until,
)
from tests.figures import folded, in_and_out


def test_a_batch_that_was_killed_goes_on_and_ends_in_the_same_table(tmp_path: Path) -> None:
    files = make_inputs(tmp_path / "in", 9)
    inputs = ("--from", listed(tmp_path / "list.txt", files))
    run_here(tmp_path / "whole", *files)

    out = tmp_path / "out"
    process = start(*inputs, "--out", out, "--jobs", "1")
    until(lambda: len(list(out.glob(f"[!.]*/{RECORD}"))) >= 3, "three finished inputs")
    process.kill()
    process.communicate()
    until(lambda: gone(process.pid), "the end of its processes")
    before = finished(out)
    assert 3 <= len(before) < len(files)

    code, _, stderr = formcheck("batch", *inputs, "--out", out, "--jobs", "1")
    assert code == 0
    assert f"{len(before)} of 9 are known from before" in stderr
    after = finished(out)
    assert {name: after[name] for name in before} == before
    assert len(after) == 9
    assert table(out) == table(tmp_path / "whole")
    assert left_over(out) == []

    assert formcheck("batch", *inputs, "--out", out, "--jobs", "1")[0] == 0
    assert finished(out) == after
    assert table(out) == table(tmp_path / "whole")


@pytest.mark.parametrize(
    ("sent", "code", "jobs"), [(signal.SIGINT, 130, "2"), (signal.SIGTERM, 143, "1")], ids=["Ctrl-C", "SIGTERM"]
)
def test_an_interrupt_keeps_what_is_finished_and_leaves_no_process(
    tmp_path: Path, sent: signal.Signals, code: int, jobs: str
) -> None:
    files = make_inputs(tmp_path / "in", 9)
    out = tmp_path / "out"
    process = start(*files, "--out", out, "--jobs", jobs)
    until(lambda: len(list(out.glob(f"[!.]*/{RECORD}"))) >= 2, "two finished inputs")
    os.kill(process.pid, sent)
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == code
    until(lambda: gone(process.pid), "the end of its processes", 30.0)
    assert left_over(out) == []
    told = [line for line in stderr.splitlines() if line.startswith("formcheck: ")]
    assert told == [
        f"formcheck: interrupted; {len(finished(out))} of 9 finished and kept in {out}; run the same again to go on"
    ]
    assert "Traceback" not in stderr


def killing(out: Path, *names: str) -> threading.Thread:
    """Kill every process that was started here when the first of these inputs is in hand, then when the next is."""

    def kill() -> None:
        seen: set[Path] = set()
        for name in names:
            until(lambda name=name: set(out.glob(f".{name}.formcheck-*")) - seen, f"{name} in hand")
            seen.update(out.glob(f".{name}.formcheck-*"))
            for process in multiprocessing.active_children():
                process.kill()

    thread = threading.Thread(target=kill)
    thread.start()
    return thread


def test_a_process_that_dies_loses_only_what_it_had_in_hand(tmp_path: Path) -> None:
    files = make_inputs(tmp_path / "in", 4)
    for long in (files[1], files[2]):
        recorded(long, lambda t: folded(1 + 119 * in_and_out(t)).pose(), 40.0)
    out = tmp_path / "out"
    killer = killing(out, "clip01", "clip02", "clip02")
    code, _, stderr = formcheck("batch", *files, "--out", out, "--jobs", "1")
    killer.join()
    assert code == 1
    assert [row["status"] for row in rows(out)] == ["done", "done", "failed", "done"]
    assert "clip02.jsonl.gz: the process that judged it died, twice" in stderr
    before = finished(out)

    # It may have been for want of memory: the next run tries it without being asked.
    assert formcheck("batch", *files, "--out", out, "--jobs", "1")[0] == 0
    assert [row["status"] for row in rows(out)] == ["done"] * 4
    assert {name: when for name, when in finished(out).items() if name in before} == before


def test_what_was_finished_but_not_told_to_the_history_is_told_once(tmp_path: Path) -> None:
    from formcheck import history
    from formcheck.history.store import Store

    assert formcheck("history", "on")[0] == 0
    files = make_inputs(tmp_path / "in", 2)
    out = tmp_path / "out"
    assert formcheck("batch", *files, "--out", out, "--jobs", "1")[0] == 0
    store = Store(history.location())
    first = store.sessions()
    assert len(first) == 2

    # As if it had been killed after the results were written and before the history was told of them.
    store.delete_all()
    record = json.loads((out / "clip00" / RECORD).read_text())
    (out / "clip00" / RECORD).write_text(json.dumps({**record, "told": False}))
    for _ in range(2):
        assert formcheck("batch", *files, "--out", out, "--jobs", "1")[0] == 0
    (again,) = store.sessions()
    (was,) = (session for session in first if session.source_name == "clip00.jsonl.gz")
    assert replace(again, id=was.id) == was
