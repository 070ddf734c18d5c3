"""However a live session ends, what was held is told and kept, and what went wrong is told in one line."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import av
import pytest

from formcheck.chain import Chain
from formcheck.core.poses import Picture, PoseFrame
from formcheck.history import location
from formcheck.history.store import Store
from formcheck.live import recorder
from formcheck.live.coach import Coach
from formcheck.live.grabber import Grabber
from formcheck.live.session import JudgedPicture, LiveSession
from formcheck.media.writer import VideoWriter
from formcheck.pose.engine import Place
from formcheck.pose.pool import EstimatorPool
from formcheck.pose.port import Looked
from formcheck.stretches import all_stretches, by_slug
from tests.conftest import ROOT
from tests.live.fake_live import Film, install, toe_touch
from tests.live.test_session import FakeModel, FakeSource
from tests.test_end_to_end import formcheck

QUIET = ("--camera", "film", "--no-window", "--no-voice")
FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def raising(error: BaseException, after: int = 0) -> Callable[..., None]:
    """A method that fails after so many calls."""
    calls = iter(range(after))

    def method(*_: object) -> None:
        if next(calls, None) is None:
            raise error

    return method


@pytest.fixture
def rec(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The film as camera, the history on; where a recording goes."""
    monkeypatch.setenv("FORMCHECK_STATE_DIR", str(tmp_path / "state"))
    Store(location()).switch(on=True)
    install(monkeypatch, Film(toe_touch()))
    return tmp_path / "out" / "rec"


def live(*arguments: str | Path) -> tuple[int, str, str]:
    return formcheck("live", "toe-touch", "--hold", "3", *QUIET, *arguments)


def told(stderr: str) -> list[str]:
    """What the user is told beside the pace and the history."""
    assert "Traceback" not in stderr
    usual = ("formcheck: judged", "formcheck: added to your history")
    return [line for line in stderr.splitlines() if line.startswith("formcheck: ") and not line.startswith(usual)]


def is_kept(stdout: str) -> bool:
    """Whether what was held is in the summary and in the history."""
    (kept,) = Store(location()).sessions()
    (hold,) = kept.holds
    return "target reached" in stdout and 3.0 < hold.held_s < 5.0


@pytest.mark.parametrize(
    "error",
    [FULL, ValueError("odd size"), MemoryError(), av.error.FFmpegError(1, "encoder"), SystemExit(3)],
    ids=lambda error: type(error).__name__,
)
@pytest.mark.parametrize("method", ["write", "__exit__"])
def test_a_recorder_that_fails_takes_nothing_with_it(
    rec: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, method: str
) -> None:
    # More pictures follow than may wait to be written.
    monkeypatch.setattr(VideoWriter, method, raising(error, after=5 if method == "write" else 0))
    code, stdout, stderr = live("--record", rec)
    assert code == 1
    assert is_kept(stdout)
    (line,) = told(stderr)
    assert "disk is full" in line if error is FULL else "rec could not be written" in line
    assert list(rec.parent.iterdir()) == []


@pytest.mark.parametrize("error", [FULL, ValueError("no such page")], ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("command", ["live", "routine"])
def test_files_that_cannot_be_written_come_after_what_was_held(
    rec: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, command: str
) -> None:
    kept_by_then: list[int] = []

    def judge(*_: object, **_more: object) -> None:
        kept_by_then.append(len(Store(location()).sessions()))
        raise error

    monkeypatch.setattr(recorder, "judge_recording", judge)
    if command == "live":
        code, stdout, stderr = live("--record", rec)
    else:
        plan = ("--stretch", "toe-touch", "--holds", "2", "--hold", "3", "--rest", "1")
        code, stdout, stderr = formcheck("routine", *plan, *QUIET, "--record", rec)
        assert "1 of 2" in stdout
        assert "1 hold left" in told(stderr).pop(0)
        stdout += "target reached"
    assert code == 1
    assert is_kept(stdout)
    assert kept_by_then == [1]
    assert ("disk is full" if error is FULL else "unexpected ValueError: no such page") in told(stderr)[-1]
    assert list(rec.parent.iterdir()) == []


def test_an_events_file_that_is_full_ends_no_session(rec: Path) -> None:
    code, stdout, stderr = live("--record", rec, "--events", "/dev/full")
    assert code == 1  # the events are not what was asked for
    assert is_kept(stdout)
    assert (rec / "report.json").exists()
    (line,) = told(stderr)
    assert "no more events: the disk is full" in line


@pytest.mark.parametrize("closed", [{"stdout"}, {"stdout", "stderr"}])
def test_a_pipe_that_nobody_reads_any_more_ends_no_session(rec: Path, closed: set[str]) -> None:
    read, write = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.live.fake_live", "live", "toe-touch", "--hold", "3", *QUIET, "--record", str(rec),
         "--events", "-"],
        cwd=ROOT, stdout=write, stderr=write if "stderr" in closed else subprocess.PIPE, text=True,
    )  # fmt: skip
    os.close(write)
    assert os.read(read, 10) == b'{"t_s": 0.'
    os.close(read)
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == ("stderr" in closed)  # then the summary could not be told either
    assert (rec / "report.json").exists()
    assert is_kept(stderr or "target reached")
    if "stderr" not in closed:
        assert told(stderr) == ["formcheck: no more events: broken pipe; the session goes on"]
        assert "Exception ignored" not in stderr


def test_an_error_while_judging_ends_the_session_and_keeps_what_was_held(
    rec: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge, at_the_end = Coach.update, raising(KeyError("out of\nrange"), after=130)

    def update(self: Coach, *what: object) -> object:
        at_the_end()
        return judge(self, *what)  # type: ignore[arg-type]

    monkeypatch.setattr(Coach, "update", update)
    code, stdout, stderr = live("--record", rec)
    assert code == 1
    assert is_kept(stdout)
    assert (rec / "report.json").exists()
    (line,) = told(stderr)
    assert "the session ended early (unexpected KeyError" in line
    assert line.endswith("what was held until then is kept")


@pytest.mark.parametrize("error", [RuntimeError("driver\ngone"), MemoryError()], ids=lambda error: type(error).__name__)
def test_a_camera_that_fails_in_any_way_ends_as_one_that_is_gone(
    rec: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    install(monkeypatch, Film(toe_touch(), at={130: raising(error)}))
    code, stdout, stderr = live("--record", rec)
    assert code == 1
    assert is_kept(stdout)
    assert (rec / "report.json").exists()
    (line,) = told(stderr)
    assert type(error).__name__ in line
    assert "what was held until then is kept" in line


def test_a_camera_that_failed_is_tried_again() -> None:
    class Failing(FakeSource):
        def pictures(self):
            yield from super().pictures()
            raise RuntimeError("driver gone")

    grabber = Grabber(Failing(5, 5, pause_s=0.01))
    grabber.start()
    deadline = time.monotonic() + 20.0
    while grabber.count < 10 and time.monotonic() < deadline:
        time.sleep(0.01)
    grabber.stop()
    assert grabber.count == 10
    assert "RuntimeError: driver gone" in str(grabber.error)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("when", ["running", "finishing"])
def test_to_be_asked_once_to_end_is_enough(
    rec: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, code: int, when: str
) -> None:
    def ask() -> None:
        for _ in range(2):
            os.kill(os.getpid(), number)

    if when == "running":
        install(monkeypatch, Film(toe_touch(), at={130: ask}))
    else:
        judge = recorder.judge_recording
        monkeypatch.setattr(recorder, "judge_recording", lambda *given, **more: (ask(), judge(*given, **more)))
    done, stdout, stderr = live("--record", rec)
    assert done == code
    assert is_kept(stdout)
    assert (rec / "report.json").exists()
    assert told(stderr) == []


def session_of(model: FakeModel, listeners: list[Callable[[JudgedPicture], None]]) -> tuple[LiveSession, EstimatorPool]:
    pool = EstimatorPool(lambda: model, 1)
    chain = Chain(all_stretches(), by_slug("toe-touch"), target_s=3.0)
    return LiveSession(Grabber(FakeSource(10, pause_s=0.01, ends=True)), pool, chain, listeners), pool


class Stuck(FakeModel):
    """Does not come back from a picture until it may."""

    def __init__(self, frames: list[PoseFrame]) -> None:
        super().__init__(frames)
        self.inside, self.may_leave, self.closed = threading.Event(), threading.Event(), threading.Event()

    def estimate(self, picture: Picture, _places: Sequence[Place] | None = None) -> Looked:
        self.inside.set()
        self.may_leave.wait(60.0)
        assert not self.closed.is_set(), "closed while a thread was inside"
        return super().estimate(picture)

    def __exit__(self, *_: object) -> None:
        self.closed.set()


def test_a_model_is_closed_when_nobody_is_inside_it_any_more() -> None:
    model = Stuck(toe_touch())
    session, pool = session_of(model, [])
    session.start()
    assert model.inside.wait(10.0)
    session.stop(wait_s=5.0)
    assert session.failure is None  # the judge need not wait for the model
    assert not pool.close(wait_s=0.1)
    assert not model.closed.is_set()
    model.may_leave.set()
    assert model.closed.wait(10.0)
    assert pool.close()


def test_a_listener_that_hangs_does_not_keep_a_session_from_ending() -> None:
    may_leave = threading.Event()
    session, pool = session_of(FakeModel(toe_touch()), [lambda _: bool(may_leave.wait(60.0))])
    session.start()
    while session.newest is None:
        time.sleep(0.01)
    session.stop(wait_s=0.2)
    assert "could not be stopped within 0.2 s" in str(session.failure)
    assert pool.close()
    may_leave.set()


@pytest.mark.usefixtures("rec")
def test_a_guide_that_fails_at_the_end_does_not_keep_the_hold_from_being_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("formcheck.live.routine_guide.RoutineGuide.finish", raising(ValueError("plan")))
    install(monkeypatch, Film(toe_touch()[:85]))  # it ends in the hold
    plan = ("--stretch", "toe-touch", "--holds", "2", "--hold", "20", "--rest", "1")
    code, _, stderr = formcheck("routine", *plan, *QUIET)
    assert code == 1
    assert "unexpected ValueError: plan" in told(stderr)[-1]
    (kept,) = Store(location()).sessions()
    assert kept.holds[0].held_s > 1.0
