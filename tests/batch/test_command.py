"""`formcheck batch` as its user sees it."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path, PurePath

import av
import pytest

from formcheck.batch.inputs import BatchInput
from formcheck.batch.ledger import Fingerprint, LedgerRecord
from formcheck.batch.orders import BatchOptions, Task
from formcheck.batch.run import BatchEntry
from formcheck.batch.table import BatchRow
from formcheck.batch.table import rows as rows_of
from formcheck.batch.work import run_task
from formcheck.cli.batch_view import print_table
from formcheck.reports.report_json import as_text
from tests.batch.clips import finished, formcheck, make_inputs, recorded, rows, run_here
from tests.figures import folded, in_and_out
from tests.history.test_sections import film, section
from tests.test_end_to_end import but_when_made


def cut(source: Path, path: Path, frames: int) -> Path:
    """The first frames of a video."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(source)) as video, av.open(str(path), "w") as container:
        shown = video.streams.video[0]
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = shown.width, shown.height, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 30)
        for number, frame in enumerate(video.decode(shown)):
            if number == frames:
                break
            frame.pts, frame.time_base = number, Fraction(1, 30)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def test_videos_in_folders_are_judged_as_analyze_judges_them(samples: Path, tmp_path: Path) -> None:
    clips, out = tmp_path / "clips", tmp_path / "clips" / "out"
    one = cut(samples / "toe_touch_good.mp4", clips / "monday" / "clip.mp4", 12)
    cut(samples / "supine_knee_bent.mp4", clips / "tuesday" / "clip.mp4", 12)
    (clips / "notes.txt").touch()
    command = ("batch", clips, "--recursive", "--out", out, "--json", "-", "--jobs", "1")
    code, stdout, stderr = formcheck(*command)
    assert code == 0, stderr
    assert sorted(finished(out)) == ["monday/clip", "tuesday/clip"]
    assert [row["folder"] for row in rows(out)] == ["monday/clip", "tuesday/clip"]
    reports = [json.loads(line) for line in stdout.splitlines()]
    assert [report["source"]["frames"] for report in reports] == [12, 12]
    assert (out / "monday" / "clip" / "annotated.mp4").exists()

    assert formcheck("analyze", one, "--out", tmp_path / "analyzed")[0] == 0
    for name in ("report.json", "measures.csv", "poses.jsonl.gz"):
        same = but_when_made(tmp_path / "analyzed" / "clip" / name)
        assert but_when_made(out / "monday" / "clip" / name) == same, name

    # The annotated videos in the folder of results are no inputs of the next run.
    before = finished(out)
    assert formcheck(*command)[1] == stdout
    assert finished(out) == before
    assert len(rows(out)) == 2


def test_settings_and_options_reach_the_process_that_judges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    soft = lambda t: folded(1 + 119 * in_and_out(t), knee_deg=176 - 14 * in_and_out(t)).pose()  # noqa: E731
    file = recorded(tmp_path / "clip00.jsonl.gz", soft)
    assert run_here(tmp_path / "default", file)[1][0].fault is None
    settings = tmp_path / "config.toml"
    settings.write_text("exports = false\n[limits.toe-touch.knees-straight]\nhint = 170\nok = 175\n")
    monkeypatch.setenv("FORMCHECK_CONFIG", str(settings))
    out = tmp_path / "out"
    assert formcheck("batch", file, "--out", out, "--hold", "10")[0] == 0
    report = json.loads((out / "clip00" / "report.json").read_text())
    assert {(one["limit"], one["value"]) for one in report["changed_limits"]} == {("hint", 170.0), ("ok", 175.0)}
    assert [hold["reached"] for hold in report["holds"]] == [True]
    assert not (out / "clip00" / "angles.mot").exists()
    (row,) = rows(out)
    assert (row["fault"], row["reached"], row["target_s"]) == ("knees-straight", "yes", "10.0")


def test_a_list_has_one_path_a_line_and_comments(tmp_path: Path) -> None:
    files = make_inputs(tmp_path / "in", 2)
    (tmp_path / "list.txt").write_text(f"# two\n\n  {files[1]}  \n{files[0]}\n{tmp_path / 'missing.mp4'}\n{files[1]}\n")
    for file in files:
        run_here(tmp_path / "out", file)
    code, stdout, stderr = formcheck("batch", "--from", tmp_path / "list.txt", "--out", tmp_path / "out")
    assert code == 1
    assert "missing.mp4: no such file" in stderr
    assert [row["file"] for row in rows(tmp_path / "out")] == [str(files[1]), str(files[0])]
    assert "2 files: 2 done" in stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ([], 2, "name files or folders"),
        (["x.mp4", "--stretch", "splits"], 2, "no stretch"),
        (["x.mp4", "--side", "up"], 2, "neither left nor right"),
        (["x.mp4", "--scheduler", "tcp://127.0.0.1:1", "--jobs", "2"], 2, "workers of the scheduler"),
        (["--from", "no-list.txt"], 1, "the list cannot be read"),
        (["x.mp4"], 1, "no such file"),
        (["."], 1, "--recursive looks into the folders in it"),
    ],
    ids=lambda value: " ".join(value) or "nothing" if isinstance(value, list) else "",
)
def test_wrong_usage_and_missing_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    got, _, stderr = formcheck("batch", *arguments)
    assert got == code
    assert says in " ".join(stderr.replace("\u2502", " ").split())
    assert list(tmp_path.iterdir()) == []


def test_a_long_table_is_shortened_and_says_where_the_whole_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = [BatchRow(file=f"clips/{i}.mp4", folder=str(i), status="done") for i in range(5000)]
    print_table(table, tmp_path / "batch.csv", to_stderr=False)
    said = capsys.readouterr().out
    assert "... and 4950 more" in said
    assert f"5000 files: 5000 done. The whole table: {tmp_path / 'batch.csv'}" in said
    assert len(said.splitlines()) < 60


def test_the_other_stretches_of_a_recording_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = film(section("supine", 5.0), section("bench", 30.0), section("supine", 60.0))
    (tmp_path / "clip").mkdir()
    (tmp_path / "clip" / "report.json").write_text(as_text(report))
    known = Fingerprint(size_bytes=1, mtime_ns=1, sha256="")
    entry = BatchEntry(
        input=BatchInput(path=tmp_path / "clip.mp4", label="clip.mp4", name=PurePath("clip")), folder=tmp_path / "clip",
        record=LedgerRecord(status="done", path="clip.mp4", input=known, order={}),
    )  # fmt: skip
    (row,) = rows_of([entry], tmp_path)
    assert (row.stretch, row.also) == ("supine", ("bench",))
    print_table([row], tmp_path / "batch.csv", to_stderr=False)
    assert "supine (also bench)" in capsys.readouterr().out


@pytest.mark.parametrize("strange", ["version", "folder"])
def test_a_worker_that_is_not_of_this_batch_does_nothing(tmp_path: Path, strange: str) -> None:
    (file,) = make_inputs(tmp_path / "in", 1)
    lease = tmp_path / "shared" / "lease"
    if strange == "version":
        lease.parent.mkdir()
        lease.touch()
    order = BatchOptions(version="0.0.1") if strange == "version" else BatchOptions()
    folder = tmp_path / "shared" / "clip00"
    result = run_task(Task(number=0, path=str(file), folder=str(folder), lease=str(lease), order=order))
    assert result.failure is not None and result.failure.stops
    assert ("install the same" if strange == "version" else "does not see") in result.failure.message
    assert not folder.exists()
