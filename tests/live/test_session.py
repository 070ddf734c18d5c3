"""Live sessions: with a source made here, and with a sample as camera and the real model."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Self

import numpy as np
import pytest

from formcheck.analysis.judging import session_report
from formcheck.chain import Chain
from formcheck.core.errors import InputError
from formcheck.core.feedback import Feedback
from formcheck.core.measures import Measures
from formcheck.core.poses import Picture, PoseFrame
from formcheck.live.coach import Coaching
from formcheck.live.grabber import Grabber, SourceStatus
from formcheck.live.session import JudgedPicture, LiveSession
from formcheck.media.camera import FileAsCamera, open_source
from formcheck.pose.engine import Place
from formcheck.pose.pool import EstimatorPool
from formcheck.pose.port import Looked
from formcheck.stretches import all_stretches, by_slug
from tests.figures import film, folded, in_and_out, lying
from tests.judged import alerted, report_of
from tests.media.test_video import make_cut_short
from tests.test_end_to_end import formcheck

PICTURE = np.full((480, 854, 3), 120, dtype=np.uint8)


class FakeSource:
    """Gives out pictures in spells, each followed by an error or the end."""

    def __init__(self, *spells: int, pause_s: float = 0.0, ends: bool = False) -> None:
        self.ends = ends
        self._spells = list(spells)
        self._pause_s = pause_s
        self._given = 0

    def pictures(self) -> Iterator[tuple[float | None, np.ndarray]]:
        if not self._spells:
            raise InputError("fake: no picture comes from there")
        for _ in range(self._spells.pop(0)):
            time.sleep(self._pause_s)
            yield self._given / 30, PICTURE
            self._given += 1


class FakeModel:
    """Hands out prepared pose frames, by the number of the picture."""

    model_id = "fake:0"

    def __init__(self, frames: list[PoseFrame]) -> None:
        self._frames = frames

    def estimate(self, picture: Picture, _places: Sequence[Place] | None = None) -> Looked:
        return Looked(self._frames[picture.index])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def session_of(frames: list[PoseFrame], slug: str | None) -> tuple[Chain, list[JudgedPicture]]:
    """A session over prepared frames, one after the other without dropping any."""
    moments: list[JudgedPicture] = []
    chain = Chain(all_stretches(), by_slug(slug) if slug else None)
    grabber = Grabber(FakeSource(0, ends=True))
    session = LiveSession(grabber, EstimatorPool(lambda: FakeModel(frames), 1), chain, [moments.append])
    for frame in frames:
        grabber._keep(frame.t_s, PICTURE)
        newest = grabber.newest(-1, 0.0)
        assert newest is not None
        session.judge([(newest, frame)])
    chain.finish()
    return chain, moments


def test_live_and_recorded_reach_the_same_verdict() -> None:
    frames = film(lambda t: folded(1 + 119 * in_and_out(t), setback=0.34 * in_and_out(t)).pose(), 17.0)
    chain, moments = session_of(frames, "toe-touch")
    report = report_of(frames, "toe-touch")
    assert session_report(chain, report.source, leg=None) == report
    assert alerted(report) == {"hips-over-feet"}
    assert moments[300].feedback.alerts[0].rule == "hips-over-feet"


def test_without_a_name_it_follows_from_one_stretch_to_the_next() -> None:
    fold = film(lambda t: folded(1 + 119 * in_and_out(t), setback=0.14 * in_and_out(t)).pose(), 18.0)
    legs = film(lambda t: lying(-6 + 86 * in_and_out(t)).pose(), 18.0)
    both = fold + [
        PoseFrame(index=one.index + 540, t_s=one.t_s + 20.0, width=one.width, height=one.height, people=one.people)
        for one in legs
    ]
    chain, moments = session_of(both, None)
    report = report_of(both)
    assert session_report(chain, report.source, leg=None) == report
    assert [section.stretch for section in report.sections] == ["toe-touch", "supine"]
    for section in report.sections:
        assert [hold.held_s for hold in section.holds] == [pytest.approx(12.0, abs=0.5)]
    assert moments[10].stretch is None


def test_seconds_are_kept_for_each_side() -> None:
    one = film(lambda t: lying(-6 + 86 * in_and_out(t), stretched=0).pose(), 17.0)
    two = film(lambda t: lying(-6 + 86 * in_and_out(t), stretched=1).pose(), 10.0)
    frames = one + [
        PoseFrame(index=f.index + 510, t_s=f.t_s + 17.0, width=f.width, height=f.height, people=f.people) for f in two
    ]
    chain = Chain(all_stretches(), by_slug("supine"))
    grabber = Grabber(FakeSource(0, ends=True))
    session = LiveSession(grabber, EstimatorPool(lambda: FakeModel(frames), 1), chain, [])
    for frame in frames:
        grabber._keep(frame.t_s, PICTURE)
        session.judge([(grabber.newest(-1, 0.0), frame)])  # type: ignore[list-item]
    held = chain.held_by_side()
    assert held["left"] == pytest.approx(12.0, abs=1.0)
    assert held["right"] == pytest.approx(7.0, abs=1.0)


class SlowModel(FakeModel):
    """Needs more than the time between two pictures for each of them, and for the first of each pair even longer."""

    def estimate(self, picture: Picture, _places: Sequence[Place] | None = None) -> Looked:
        time.sleep(0.06 if picture.index % 2 == 0 else 0.045)
        return super().estimate(picture)


def test_two_lookers_keep_up_where_one_is_too_slow_and_nothing_is_judged_out_of_order() -> None:
    frames = film(lambda t: folded(1 + 119 * in_and_out(t)).pose(), 3.0)
    judged: dict[int, list[int]] = {}
    for lookers in (1, 2):
        chain = Chain(all_stretches(), by_slug("toe-touch"))
        seen = judged.setdefault(lookers, [])
        grabber = Grabber(FakeSource(60, pause_s=0.034, ends=True))
        pool = EstimatorPool(lambda: SlowModel(frames), lookers)
        session = LiveSession(grabber, pool, chain, [lambda moment, seen=seen: seen.append(moment.picture.index)])
        session.start()
        while session.running:
            time.sleep(0.01)
        session.stop()
        assert session.failure is None
        assert seen == sorted(seen)
    assert len(judged[2]) > 1.4 * len(judged[1])


def test_only_the_newest_picture_is_kept() -> None:
    grabber = Grabber(FakeSource(50, ends=True))
    grabber.start()
    deadline = time.monotonic() + 5.0
    while grabber.link != SourceStatus.ENDED and time.monotonic() < deadline:
        time.sleep(0.01)
    newest = grabber.newest(-1, 1.0)
    assert newest is not None
    assert newest.picture.index == 49
    assert grabber.newest(49, 0.01) is None


def test_a_lost_camera_is_tried_again() -> None:
    grabber = Grabber(FakeSource(5, 5, pause_s=0.01))
    grabber.start()
    seen = set()
    deadline = time.monotonic() + 10.0
    while grabber.count < 10 and time.monotonic() < deadline:
        seen.add(grabber.link)
        time.sleep(0.01)
    grabber.stop()
    assert grabber.count == 10
    assert SourceStatus.LOST in seen


def test_a_source_that_never_gave_a_picture_says_why() -> None:
    grabber = Grabber(FakeSource())
    grabber.start()
    assert grabber.newest(-1, 5.0) is None
    assert grabber.link == SourceStatus.ENDED
    assert "no picture comes" in str(grabber.error)


def test_a_file_that_is_cut_short_says_so_as_a_camera(tmp_path: Path) -> None:
    grabber = Grabber(FileAsCamera(make_cut_short(tmp_path / "v.mp4")))
    grabber.start()
    deadline = time.monotonic() + 20.0
    while grabber.link != SourceStatus.ENDED and time.monotonic() < deadline:
        time.sleep(0.01)
    assert grabber.count > 0
    assert "of 5.0 s could be read" in str(grabber.error)


def test_what_is_no_source_is_told() -> None:
    with pytest.raises(InputError, match="no camera number"):
        open_source("nothing.mp4")
    code, _, stderr = formcheck("live", "supine", "--camera", "nothing.mp4", "--no-window", "--no-voice")
    assert code == 1
    assert "no camera number" in stderr
    assert formcheck("live", "splits")[0] == 2


def test_without_a_display_there_is_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux runs without a display")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    code, _, stderr = formcheck("live", "supine", "--no-voice")
    assert code == 1
    assert "--no-window" in stderr


def test_a_sample_as_camera_is_judged_like_the_file(analysed, samples: Path, tmp_path: Path) -> None:
    clip = samples / "toe_touch_hips_back.mp4"
    events = tmp_path / "events.jsonl"
    code, _, stderr = formcheck(
        "live",
        "toe-touch",
        "--camera",
        clip,
        "--no-window",
        "--no-voice",
        "--events",
        events,
        "--record",
        tmp_path / "rec",
    )
    assert code == 0, stderr
    report = json.loads((tmp_path / "rec" / "report.json").read_text())
    recorded = analysed[1]["toe_touch_hips_back"]
    assert {alert["rule"] for alert in report["alerts"]} == {alert["rule"] for alert in recorded["alerts"]}
    for live, file in zip(report["rules"], recorded["rules"], strict=True):
        # Where the model is slower than the film, shaking and bouncing cannot be judged, and that is said.
        slow = live["id"] in ("steady", "no-bounce") and live["why_unseen"] == "too few pictures a second for this"
        assert live["outcome"] == ("unseen" if slow else file["outcome"])
    for live, file in zip(report["holds"], recorded["holds"], strict=True):
        assert live["held_s"] == pytest.approx(file["held_s"], abs=0.5)
    assert {path.name for path in (tmp_path / "rec").iterdir()} == {
        "report.json", "report.html", "annotated.mp4", "measures.csv", "poses.jsonl.gz",
        "landmarks.trc", "landmarks_px.trc", "angles.mot",
    }  # fmt: skip
    lines = [json.loads(line) for line in events.read_text().splitlines()]
    assert set(lines[0]) == {
        "t_s", "state", "stretch", "side", "hold_s", "target_s", "held", "depth_deg", "alerts", "unseen", "instruction",
        "said",
    }  # fmt: skip
    assert [state for state in ("position", "ready", "hold") if any(line["state"] == state for line in lines)] == [
        "position", "ready", "hold",
    ]  # fmt: skip
    assert max(b["t_s"] - a["t_s"] for a, b in itertools.pairwise(lines)) < 1.3


def test_an_interrupt_keeps_what_was_held(samples: Path, tmp_path: Path) -> None:
    command = [
        sys.executable, "-m", "formcheck", "live", "supine", "--camera", str(samples / "supine_knee_bent.mp4"),
        "--no-window", "--no-voice", "--record", str(tmp_path / "rec"), "--events", "-",
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    rescue = threading.Timer(60.0, process.kill)
    rescue.daemon = True
    rescue.start()
    for line in process.stdout:
        if json.loads(line)["hold_s"] > 3.0:
            break
    os.kill(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in stderr
    report = json.loads((tmp_path / "rec" / "report.json").read_text())
    assert report["holds"][0]["held_s"] > 2.5
    assert "Held" in stderr


class Silencing:
    """A guide that lets nothing be spoken until a time."""

    prefer_lying = False

    def __init__(self, until_s: float) -> None:
        self._until_s = until_s

    def lead(self, feedback: Feedback, _: Measures, coaching: Coaching) -> Coaching:
        return coaching if feedback.t_s >= self._until_s else replace(coaching, say=None)

    def finish(self) -> None:
        pass


def test_a_cue_that_a_guide_held_back_is_spoken_as_soon_as_it_may_be() -> None:
    frames = film(lambda t: folded(1 + 119 * in_and_out(t), setback=0.34 * in_and_out(t)).pose(), 15.0, 15.0)
    moments: list[JudgedPicture] = []
    chain = Chain(all_stretches(), by_slug("toe-touch"))
    grabber = Grabber(FakeSource(0, ends=True))
    pool = EstimatorPool(lambda: FakeModel(frames), 1)
    session = LiveSession(grabber, pool, chain, [moments.append], Silencing(12.0))
    for one in frames:
        grabber._keep(one.t_s, PICTURE)
        session.judge([(grabber.newest(-1, 0.0), one)])  # type: ignore[list-item]
    said = [(moment.feedback.t_s, moment.coaching.say) for moment in moments if moment.coaching.say]
    assert said[0] == (pytest.approx(12.0, abs=0.1), "Bring your hips forward, over your feet")


def watched(session: LiveSession) -> None:
    """Run a session to its end."""
    session.start()
    deadline = time.monotonic() + 20.0
    while session.running and time.monotonic() < deadline:
        time.sleep(0.005)
    session.stop()
    assert session.failure is None


class Stepwise:
    """A source whose next picture comes once the one before was looked at; and the model that looks at it."""

    model_id = "stepwise:0"
    ends = True

    def __init__(self, frames: list[PoseFrame]) -> None:
        self._frames = frames
        self._looked = threading.Semaphore(0)
        self.begun = -1

    def pictures(self) -> Iterator[tuple[float | None, np.ndarray]]:
        for one in self._frames:
            yield one.t_s, PICTURE
            assert self._looked.acquire(timeout=10.0)

    def estimate(self, picture: Picture, _places: Sequence[Place] | None = None) -> Looked:
        self.begun = picture.index
        self._looked.release()
        return Looked(self._frames[picture.index])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def test_the_next_picture_is_looked_at_while_one_is_judged() -> None:
    frames = film(lambda _: folded(1.0).pose(), 0.3)
    begun, kept = ([threading.Event() for _ in frames] for _ in range(2))

    class Ahead(FakeModel):
        def estimate(self, picture: Picture, places: Sequence[Place] | None = None) -> Looked:
            begun[picture.index].set()
            for after in kept[picture.index + 1 : picture.index + 2]:
                assert after.wait(10.0)
            return super().estimate(picture, places)

    class Camera(FakeSource):
        def pictures(self) -> Iterator[tuple[float | None, np.ndarray]]:
            for one in frames:
                yield one.t_s, PICTURE
                kept[one.index].set()
                assert begun[one.index].wait(10.0)

    ahead: list[bool] = []

    def judged(moment: JudgedPicture) -> None:
        ahead.extend(following.wait(5.0) for following in begun[moment.picture.index + 1 : moment.picture.index + 2])

    pool = EstimatorPool(lambda: Ahead(frames), 1)
    watched(LiveSession(Grabber(Camera(ends=True)), pool, Chain(all_stretches()), [judged]))
    assert ahead == [True] * (len(frames) - 1)


@pytest.mark.parametrize("fps", [30.0, 15.0])
def test_of_pictures_judged_two_at_a_time_the_same_is_said_in_their_order(fps: float) -> None:
    frames = film(lambda t: folded(1 + 119 * in_and_out(t), setback=0.34 * in_and_out(t)).pose(), 9.0, fps)
    alone: list[JudgedPicture] = []
    paired: list[JudgedPicture] = []
    sizes: list[int] = []
    for moments, together in ((alone, 1), (paired, 2)):
        chain, source = Chain(all_stretches(), by_slug("toe-touch")), Stepwise(frames)
        extend = chain.extend
        sizes.clear()
        chain.extend = lambda some, extend=extend: (sizes.append(len(some)), extend(some))[1]  # type: ignore[method-assign]
        pool = EstimatorPool(lambda source=source: source, 1)
        watched(LiveSession(Grabber(source), pool, chain, [moments.append], together=together))
    assert [one.picture.index for one in paired] == list(range(len(frames)))
    assert (max(sizes) == 2) == (fps == 30.0)
    said = [[one.coaching.say for one in moments if one.coaching.say] for moments in (alone, paired)]
    assert said[0] == said[1]
    assert said[0]
    for one, other in zip(alone, paired, strict=True):
        np.testing.assert_array_equal(one.points_px, other.points_px)
    # The first picture comes alone. Of each two after it the first one knows already that the second began a hold.
    for one, other in zip(alone[::2], paired[::2], strict=True):
        assert one.feedback == other.feedback


def test_a_guide_hears_of_each_picture_before_the_next_is_judged() -> None:
    frames = film(lambda _: folded(1.0).pose(), 1.0)
    source, heard = Stepwise(frames), list[int]()
    chain = Chain(all_stretches(), by_slug("toe-touch"))

    class Counting(Silencing):
        def lead(self, feedback: Feedback, measures: Measures, coaching: Coaching) -> Coaching:
            heard.append(chain.frames)
            return super().lead(feedback, measures, coaching)

    pool = EstimatorPool(lambda: source, 1)
    watched(LiveSession(Grabber(source), pool, chain, [], Counting(0.0), together=2))
    assert heard == list(range(1, len(frames) + 1))
