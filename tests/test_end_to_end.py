"""The whole program with the real model, on the samples."""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import av
import pytest
from typer.testing import CliRunner

from formcheck import __version__
from formcheck.cli.app import app
from formcheck.pose.model_files import LANDMARKS_SHA256
from formcheck.reports.measures_csv import COLUMNS
from tests.media.test_video import make_sound, make_video

RUN = CliRunner()


def formcheck(*arguments: str | Path) -> tuple[int, str, str]:
    done = RUN.invoke(app, [str(argument) for argument in arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


def told_once(stderr: str) -> str:
    """The one line a user is told."""
    assert "Traceback" not in stderr
    lines = [line for line in stderr.splitlines() if line.startswith("formcheck: ")]
    assert len(lines) == 1, stderr
    return lines[0]


def test_somebody_is_found_in_every_picture(analysed) -> None:
    for report in analysed[1].values():
        assert report["source"]["frames"] == report["source"]["frames_with_person"] == 555
        assert report["view"]["usable"]


def test_the_files_of_the_contract(analysed) -> None:
    folder = analysed[0] / "supine_knee_bent"
    assert {path.name for path in folder.iterdir()} == {
        "report.json",
        "report.html",
        "annotated.mp4",
        "measures.csv",
        "poses.jsonl.gz",
        "landmarks.trc",
        "landmarks_px.trc",
        "angles.mot",
    }
    assert json.loads((folder / "report.json").read_text()) == analysed[1]["supine_knee_bent"]
    with (folder / "measures.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0])[:11] == COLUMNS[:11]
    assert len(rows) == 555
    held = [row for row in rows if row["state"] == "hold"]
    knee = sorted(float(row["knee_left_deg"]) for row in held)[len(held) // 2]
    assert knee == pytest.approx(130.0, abs=5.0)
    with av.open(str(folder / "annotated.mp4")) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.pix_fmt == "yuv420p"
        assert sum(1 for _ in container.decode(stream)) == 555
    assert sorted(path.name for path in analysed[0].iterdir()) == sorted(analysed[1])


def test_a_report_tells_which_model_looked_at_which_file(analysed, samples: Path) -> None:
    told, clip = analysed[1]["supine_knee_bent"]["provenance"], samples / "supine_knee_bent.mp4"
    assert (told["engine"], told["model"], told["model_sha256"]) == (
        "litert", "pose_landmark_full", LANDMARKS_SHA256,
    )  # fmt: skip
    assert told["source_sha256"] == hashlib.sha256(clip.read_bytes()).hexdigest()
    assert datetime.fromisoformat(told["made_at"]).utcoffset() is not None
    # The samples do not tell when they were made: they are as old as their files.
    assert told["recorded_from"] == "file time"
    assert datetime.fromisoformat(told["recorded_at"]).timestamp() == int(clip.stat().st_mtime)


def test_judging_the_recording_again_gives_the_same_verdict(analysed, tmp_path: Path) -> None:
    out, reports = analysed
    for name, report in reports.items():
        code, stdout, _ = formcheck("analyze", out / name / "poses.jsonl.gz", "--out", tmp_path, "--json", "-")
        again = json.loads(stdout)
        assert code == 0
        assert again["source"]["kind"] == "poses"
        for key in ("engine", "model", "model_sha256", "recorded_at", "recorded_from"):
            assert again["provenance"][key] == report["provenance"][key], key
        for key in ("stretch", "side", "view", "holds", "rules", "alerts", "progress"):
            assert again[key] == report[key], key
    assert {path.name for path in tmp_path.iterdir()} == {f"{name}-again" for name in reports}


def test_one_core_sees_what_all_cores_see(samples: Path, tmp_path: Path) -> None:
    clip = cut(samples / "toe_touch_hips_back.mp4", tmp_path / "clip.mp4", packets=225)
    for jobs in ("1", "3"):
        assert formcheck("analyze", clip, "--out", tmp_path / jobs, "--jobs", jobs, "--no-video")[0] == 0
    for file in ("report.json", "measures.csv", "poses.jsonl.gz", "angles.mot", "report.html"):
        one, other = (but_when_made(tmp_path / jobs / "clip" / file) for jobs in ("1", "3"))
        assert one == other, file
    report = json.loads((tmp_path / "1" / "clip" / "report.json").read_text())
    assert {alert["rule"] for alert in report["alerts"]} == {"hips-over-feet"}


def but_when_made(file: Path) -> bytes:
    """What is in a file, without the moment a report was made at: two runs differ in that and in nothing else."""
    return re.sub(rb'\n.*"made_at": "[^"]+",', b"", file.read_bytes(), count=1)


def cut(video: Path, path: Path, packets: int) -> Path:
    """The beginning of a video, not encoded anew."""
    with av.open(str(video)) as source, av.open(str(path), "w") as target:
        stream = source.streams.video[0]
        out = target.add_stream_from_template(stream)
        for packet in itertools.islice(source.demux(stream), packets):
            packet.stream = out
            target.mux(packet)
    return path


def test_the_report_shows_the_best_and_the_worst_moment(analysed) -> None:
    page = (analysed[0] / "toe_touch_hips_back" / "report.html").read_text(encoding="utf-8")
    assert page.count("data:image/jpeg;base64,") == 2
    assert "Bring your hips forward, over your feet" in page


def test_photos_of_the_two_stretches(shared_media: Path, tmp_path: Path) -> None:
    folder = shared_media / "photos"
    wanted = {
        "fed_Standing_Toe_Touches_1": "toe-touch",
        "fed_Band_Good_Morning_0": "toe-touch",
        "fed_90_90_Hamstring_1": "supine",
        "fed_Superman_1": None,
        "fed_Split_Squats_1": None,
        "webos_hand_none": None,
    }
    files = [folder / f"{name}.jpg" for name in wanted]
    code, stdout, _ = formcheck("analyze", *files, "--out", tmp_path, "--json", "-")
    assert code == 0
    reports = [json.loads(line) for line in stdout.splitlines()]
    assert [report["stretch"] for report in reports] == list(wanted.values())
    for report in reports:
        assert report["holds"] == []
        assert not [alert for alert in report["alerts"] if alert["level"] != "hint"]
    assert (tmp_path / "fed_90_90_Hamstring_1" / "annotated.png").exists()


def test_nothing_is_claimed_of_people_who_walk(shared_media: Path, tmp_path: Path) -> None:
    video = shared_media / "videos" / "walking_side_sports2d.mp4"
    code, stdout, _ = formcheck("analyze", video, "--out", tmp_path, "--json", "-", "--no-video")
    report = json.loads(stdout)
    assert code == 0
    assert (report["stretch"], report["holds"], report["alerts"]) == (None, [], [])


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: folder / "missing.mp4", "no such file"),
        (lambda folder: folder, "no videos or photos in this folder"),
        (lambda folder: (folder / "t.mp4", (folder / "t.mp4").write_text("hello"))[0], "no video that can be read"),
        (lambda folder: make_sound(folder / "s.mp4"), "only sound"),
        (lambda folder: make_video(folder / "n.mp4", []), "there is no video in it"),
        (lambda folder: (folder / "poses.jsonl.gz", (folder / "poses.jsonl.gz").write_text("x"))[0], "pose recording"),
    ],
    ids=["missing", "empty folder", "text", "sound", "no frames", "no recording"],
)
def test_bad_input_is_told_in_one_line(tmp_path: Path, make, says: str) -> None:
    (tmp_path / "in").mkdir()
    code, _, stderr = formcheck("analyze", make(tmp_path / "in"), "--out", tmp_path / "out")
    assert code == 1
    assert says in told_once(stderr)
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_a_batch_carries_on_past_a_bad_file(tmp_path: Path) -> None:
    bad = tmp_path / "a.mp4"
    bad.write_text("no video")
    empty = make_video(tmp_path / "b.mp4", [i * 33 for i in range(10)])
    code, stdout, stderr = formcheck("analyze", bad, empty, "--out", tmp_path / "out", "--json", "-")
    assert code == 1
    assert "a.mp4" in told_once(stderr)
    report = json.loads(stdout)
    assert report["stretch"] is None
    assert report["source"]["frames_with_person"] == 0
    assert "nobody was found" in report["notes"][-1]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--stretch", "splits"], ["--side", "up"], ["--hold", "0"], ["--jobs", "0"], ["--nonsense"],
    ],
    ids=lambda arguments: " ".join(arguments),
)  # fmt: skip
def test_wrong_usage_is_2(samples: Path, arguments: list[str]) -> None:
    assert formcheck("analyze", samples / "toe_touch_good.mp4", *arguments)[0] == 2
    assert formcheck("analyze")[0] == 2


def test_an_unwritable_folder_is_told(tmp_path: Path, samples: Path) -> None:
    (tmp_path / "file").touch()
    code, _, stderr = formcheck("analyze", samples / "toe_touch_good.mp4", "--out", tmp_path / "file")
    assert code == 1
    assert "choose another folder" in told_once(stderr)


def test_a_model_that_is_none_is_told(tmp_path: Path, samples: Path) -> None:
    model = tmp_path / "m.task"
    model.write_text("nothing")
    code, _, stderr = formcheck("analyze", samples / "toe_touch_good.mp4", "--out", tmp_path, "--model", model)
    assert code == 1
    assert "no MediaPipe .task bundle" in told_once(stderr)


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_leaves_nothing_half_written(
    tmp_path: Path, samples: Path, sent: signal.Signals, code: int
) -> None:
    command = [
        sys.executable,
        "-m",
        "formcheck",
        "analyze",
        str(samples / "toe_touch_good.mp4"),
        "--out",
        str(tmp_path),
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    for _ in range(300):
        if list(tmp_path.rglob("poses.jsonl.gz")):
            break
        time.sleep(0.05)
    time.sleep(0.5)
    os.kill(process.pid, sent)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == code
    assert "Traceback" not in stderr
    assert list(tmp_path.iterdir()) == []


def test_stretches_tell_all() -> None:
    code, stdout, _ = formcheck("stretches")
    assert code == 0
    assert "toe-touch" in stdout and "supine" in stdout
    code, stdout, _ = formcheck("stretches", "supine")
    assert "other-leg-down" in stdout and "Camera" in stdout and "free of pain" in stdout
    assert formcheck("stretches", "splits")[0] == 2


def test_the_version_is_told() -> None:
    assert formcheck("--version")[:2] == (0, f"formcheck {__version__}\n")


def test_doctor_finds_what_it_needs() -> None:
    code, stdout, _ = formcheck("doctor")
    assert code == 0, stdout
    assert "Pose model" in stdout
