"""When an input is done again, and when it is not."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.analysis.folder import RECORD, ResultFolder
from formcheck.batch.inputs import find, result_folders
from formcheck.batch.orders import BatchOptions
from formcheck.batch.run import BatchFolder
from formcheck.core.errors import OutputError
from tests.batch.clips import ORDER, finished, formcheck, make_inputs, recorded, run_here
from tests.figures import folded


@pytest.fixture
def done(tmp_path: Path) -> tuple[Path, Path]:
    """The folder of all results and an input, judged once."""
    (file,) = make_inputs(tmp_path / "in", 1)
    assert run_here(tmp_path / "out", file)[0] == ["clip00.jsonl.gz"]
    return tmp_path / "out", file


def test_it_is_not_done_again_while_nothing_has_changed(done) -> None:
    out, file = done
    before = finished(out)
    assert run_here(out, file)[0] == []
    os.utime(file, (1, 1))  # copied, or touched
    assert run_here(out, file)[0] == []
    assert finished(out) == before


@pytest.mark.parametrize(
    "order",
    [
        replace(ORDER, stretch="supine"),
        replace(ORDER, side="left"),
        replace(ORDER, hold_s=10.0),
        replace(ORDER, exports=False),
        replace(ORDER, video=False),
        replace(ORDER, limits={"toe-touch": {"hips-over-feet": {"warn": 0.2}}}),
    ],
    ids=["stretch", "side", "hold", "exports", "video", "limits"],
)
def test_another_option_is_done_again(done, order: BatchOptions) -> None:
    assert run_here(*done, order=order)[0] == ["clip00.jsonl.gz"]
    assert run_here(*done, order=order)[0] == []
    assert run_here(*done)[0] == ["clip00.jsonl.gz"]


def test_another_version_is_done_again(done) -> None:
    out, file = done
    record = json.loads((out / "clip00" / RECORD).read_text())
    record["order"]["version"] = "0.0.1"
    (out / "clip00" / RECORD).write_text(json.dumps(record))
    assert run_here(out, file)[0] == ["clip00.jsonl.gz"]


def test_a_changed_input_is_done_again(done) -> None:
    out, file = done
    recorded(file, lambda _: folded(1.0).pose(), 2.0)
    did, (row,) = run_here(out, file)
    assert did == ["clip00.jsonl.gz"]
    assert row.stretch is None


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / RECORD).unlink(),
        lambda folder: (folder / RECORD).write_text(""),
        lambda folder: (folder / RECORD).write_text("[]"),
        lambda folder: (folder / RECORD).write_text('{"schema": "formcheck.batch-record/1", "status": "done"}'),
        lambda folder: (folder / "report.json").write_text(""),
        lambda folder: (folder / "measures.csv").unlink(),
    ],
    ids=["no record", "empty", "list", "half", "report cut off", "file gone"],
)
def test_results_that_are_not_whole_are_made_again(done, harm) -> None:
    out, file = done
    table = run_here(out, file)[1]
    harm(out / "clip00")
    assert run_here(out, file) == (["clip00.jsonl.gz"], table)
    assert run_here(out, file) == ([], table)


def test_what_analyze_wrote_over_is_made_again(tmp_path: Path) -> None:
    (file,) = make_inputs(tmp_path / "in", 1)
    out = tmp_path / "out"
    assert run_here(out, file)[1][0].stretch == "toe-touch"
    assert formcheck("analyze", file, "--out", out, "--stretch", "supine")[0] == 0
    did, (row,) = run_here(out, file)
    assert (did, row.stretch) == (["clip00.jsonl.gz"], "toe-touch")


def test_results_are_never_a_mixture_of_two_runs(done) -> None:
    out, file = done
    whole = (out / "clip00" / "measures.csv").read_text()
    # Another run is stopped while it moves its files to their place, after the first of them.
    with pytest.raises(OutputError), ResultFolder(out / "clip00").closing() as work:
        _other_results(work)
    assert (out / "clip00" / "measures.csv").read_text() == "other"
    assert run_here(out, file)[0] == ["clip00.jsonl.gz"]
    assert (out / "clip00" / "measures.csv").read_text() == whole


def _other_results(work: Path) -> None:
    (work / "measures.csv").write_text("other")
    (work / "report.json").mkdir()  # which cannot be moved over a file


def test_a_bad_file_is_tried_again_only_when_it_changed_or_when_asked_for(tmp_path: Path) -> None:
    good, bad = make_inputs(tmp_path / "in", 2)
    content = bad.read_bytes()
    bad.write_text("nothing")
    out = tmp_path / "out"
    did, table = run_here(out, good, bad)
    assert len(did) == 2
    assert [row.status for row in table] == ["done", "failed"]
    assert "pose recording" in table[1].message
    assert run_here(out, good, bad) == ([], table)
    assert run_here(out, good, bad, order=replace(ORDER, hold_s=10.0))[0] == [good.name]
    assert run_here(out, bad, retry_failed=True) == ([bad.name], table[1:])
    bad.write_bytes(content)
    did, (row,) = run_here(out, bad)
    assert (did, row.status, row.fault) == ([bad.name], "done", "hips-over-feet")


def test_a_recording_that_was_cut_off_stays_so(tmp_path: Path) -> None:
    (file,) = make_inputs(tmp_path / "in", 1)
    file.write_bytes(file.read_bytes()[:-2000])
    did, (row,) = run_here(tmp_path / "out", file)
    assert (len(did), row.status, row.stretch) == (1, "partial", "toe-touch")
    assert "damaged after frame" in row.message
    assert run_here(tmp_path / "out", file) == ([], [row])


def test_a_folder_that_cannot_be_written_is_not_held_against_the_file(done) -> None:
    out, file = done
    measures = out / "clip00" / "measures.csv"
    measures.unlink()
    measures.mkdir()
    (measures / "x").touch()  # so that it cannot be written over
    did, (row,) = run_here(out, file)
    assert (len(did), row.status) == (1, "failed")
    assert "choose another folder" in row.message
    (measures / "x").unlink()
    measures.rmdir()
    did, (row,) = run_here(out, file)
    assert (len(did), row.status) == (1, "done")


def names(out: Path, *paths: Path) -> dict[Path, str]:
    found, wrong = find(paths, out, recursive=True)
    assert not wrong
    folders = result_folders(found, out)
    assert len(set(folders)) == len(folders)
    return {one.path: folder.relative_to(out).as_posix() for one, folder in zip(found, folders, strict=True)}


def test_names_of_results_stay_whatever_else_is_in_the_batch(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for place in ("a/clip.mp4", "a/x/clip.mp4", "a/x/clip.mov", "b/clip.mp4", "b/Other.mp4"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).touch()
    a, b = tmp_path / "a", tmp_path / "b"
    both = names(out, a, b)
    assert names(out, b, a) == both
    assert both[b / "Other.mp4"] == "Other"
    assert both[a / "x" / "clip.mp4"].startswith("x/clip-") and both[a / "x" / "clip.mov"].startswith("x/clip-")
    for name in both.values():
        (out / name).mkdir(parents=True)
    for one, name in both.items():
        assert names(out, one) == {one: name} or one.parent == a / "x"
    assert names(out, a) == {one: name for one, name in both.items() if a in one.parents}


def test_a_file_of_the_same_name_from_elsewhere_does_not_write_over_the_first(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (monday,) = make_inputs(tmp_path / "monday", 1)
    (tuesday, _) = make_inputs(tmp_path / "tuesday", 2)
    run_here(out, monday)
    first = finished(out)
    run_here(out, tuesday)
    second = finished(out)
    assert len(second) == 2
    assert first.items() <= second.items()
    did, table = run_here(out, tuesday, monday)
    assert did == []
    assert [row.file for row in table] == [tuesday.as_posix(), monday.as_posix()]


def test_two_batches_may_not_write_to_one_folder(tmp_path: Path) -> None:
    (file,) = make_inputs(tmp_path / "in", 1)
    out = tmp_path / "out"
    with BatchFolder(out):
        code, _, stderr = formcheck("batch", file, "--out", out)
    assert code == 1
    assert "another batch is writing" in stderr and len(stderr.splitlines()) == 1
    assert not out.exists()
    assert run_here(out, file)[0] == [file.name]
