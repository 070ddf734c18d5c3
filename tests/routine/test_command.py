"""`formcheck routine` as its user runs it, with a film made of a sample as camera."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
from fractions import Fraction
from pathlib import Path

import av
import pytest

from formcheck.routine.plan import default_plan
from formcheck.routine.progress import ProgressFile
from formcheck.routine.values import HoldOutcome
from tests.test_end_to_end import formcheck, told_once

QUICK = ("--hold", "3", "--rest", "1", "--no-window", "--no-voice")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FORMCHECK_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture(scope="module")
def film(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two short toe touches: what lies between the fourth second of a hold and its end is cut out."""
    path = tmp_path_factory.mktemp("film") / "twice.mp4"
    with av.open(samples / "toe_touch_good.mp4") as source, av.open(path, "w") as to:
        stream = to.add_stream("libx264", rate=30, options={"preset": "ultrafast", "crf": "20"})
        stream.width, stream.height = source.streams.video[0].width, source.streams.video[0].height
        kept = [
            frame.to_ndarray(format="rgb24")
            for frame in itertools.takewhile(lambda frame: frame.time < 17.0, source.decode(video=0))
            if 0.8 < frame.time < 6.6 or frame.time > 15.0
        ]
        for number, rgb in enumerate(kept * 2):
            copy = av.VideoFrame.from_ndarray(rgb, format="rgb24")
            copy.pts, copy.time_base = number, Fraction(1, 30)
            to.mux(stream.encode(copy))
        to.mux(stream.encode(None))
    return path


def test_a_routine_is_led_to_its_end(film: Path, tmp_path: Path, state: Path) -> None:
    events = tmp_path / "events.jsonl"
    code, stdout, stderr = formcheck(
        "routine", "--stretch", "toe-touch", *QUICK, "--camera", film, "--events", events
    )  # fmt: skip
    assert code == 0, stderr
    assert "2 of 2" in stdout
    lines = [json.loads(line) for line in events.read_text().splitlines()]
    live = {
        "t_s", "state", "stretch", "side", "hold_s", "target_s", "held", "depth_deg", "alerts", "unseen", "instruction",
        "said",
    }  # fmt: skip
    assert set(lines[0]) == live | {"routine"}
    phases = [key for key, _ in itertools.groupby((one["routine"]["phase"], one["routine"]["step"]) for one in lines)]
    assert phases[:5] == [("into", 1), ("hold", 1), ("longer", 1), ("rest", 2), ("into", 2)]
    assert phases[-1] == ("done", None)
    assert (
        max(later["t_s"] - sooner["t_s"] for sooner, later in itertools.pairwise(lines)) < 5.0
    )  # never silent for long
    assert list(state.iterdir()) == []  # nothing is left to go on with


def test_a_killed_routine_goes_on_where_it_was(film: Path, state: Path) -> None:
    command = [
        sys.executable, "-m", "formcheck", "routine", "--stretch", "toe-touch", *QUICK, "--camera", str(film),
        "--events", "-",
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    rescue = threading.Timer(60.0, process.kill)
    rescue.daemon = True
    rescue.start()
    for line in process.stdout:
        if json.loads(line)["routine"]["phase"] == "longer":
            break
    process.kill()
    process.communicate(timeout=30)
    rescue.cancel()
    assert len(list(state.iterdir())) == 1

    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    first = json.loads(process.stdout.readline())["routine"]
    assert (first["step"], first["hold"], first["holds_done"]) == (2, 2, 1)
    os.kill(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "formcheck: going on after 1 hold" in stderr
    assert "1 hold left" in stderr
    assert "Traceback" not in stderr


def keep(slug: str, now_s: float) -> ProgressFile:
    file = ProgressFile(default_plan((slug,)))
    file.write([HoldOutcome(index=0, held_s=30.0)], now_s)
    return file


@pytest.mark.parametrize(
    ("now_s", "option", "says", "kept"),
    [
        (0.0, [], "starting anew (--resume goes on with it)", True),
        (0.0, ["--resume"], "going on after 1 hold", True),
        (1e12, ["--restart"], None, False),
    ],
)
def test_old_sessions_are_over_unless_asked_for(now_s: float, option, says: str | None, *, kept: bool, samples) -> None:
    file = keep("toe-touch", now_s)
    still = samples / "supine_knee_bent.mp4"
    code, _, stderr = formcheck(
        "routine", "--stretch", "toe-touch", "--no-window", "--no-voice", *option, "--camera", still.with_name("no.mp4")
    )  # fmt: skip
    assert code == 1
    assert (says or "no camera number") in stderr
    assert "going on" not in stderr or option == ["--resume"]
    assert file.path.exists() == kept


def test_a_damaged_progress_file_is_told_and_left_behind() -> None:
    file = keep("toe-touch", 0.0)
    file.path.write_text("{")
    code, _, stderr = formcheck("routine", "--stretch", "toe-touch", "--no-window", "--no-voice", "--camera", "no.mp4")
    assert code == 1
    assert "damaged; starting anew" in stderr


def test_the_schedule_needs_no_camera(samples: Path) -> None:
    code, stdout, _ = formcheck("routine", samples / "routine.toml", "--dry-run", "--hold", "10", "--rest", "5")
    assert code == 0
    assert "lie down" in stdout
    assert "12 holds, 2\u00a0min\u00a055\u00a0s of holding and resting" in stdout


def test_the_example_is_written_once(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    assert formcheck("routine", path, "--example")[0] == 0
    assert formcheck("routine", path, "--dry-run")[0] == 0
    code, _, stderr = formcheck("routine", path, "--example")
    assert code == 1
    assert "there already" in told_once(stderr)
    assert formcheck("routine", "--example")[1] == path.read_text()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--stretch", "splits"], 2, "'splits' is no stretch"),
        (["--holds", "5"], 2, "--holds"),
        (["--hold", "0"], 2, "--hold"),
        (["--rest", "nan"], 2, "--rest"),
        (["plan.toml", "--stretch", "supine"], 2, "--stretch"),
        (["no-such-plan.toml"], 1, "no-such-plan.toml: no such file"),
    ],
)
def test_wrong_usage_is_told(arguments: list[str], code: int, says: str) -> None:
    done, _, stderr = formcheck("routine", *arguments, "--dry-run")
    assert done == code
    assert says in stderr
