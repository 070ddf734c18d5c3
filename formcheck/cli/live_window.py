"""One live session from the command line: window loop, keys, sound, events, recording, summary."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, Final

from rich.console import Console

from formcheck.analysis import Options
from formcheck.analysis.judging import chain_for, session_report
from formcheck.analysis.parallel import cores
from formcheck.chain import Chain
from formcheck.cli.common import keep_in_history, say
from formcheck.cli.ends import Shutdown, line_of
from formcheck.core.errors import InputError, in_words
from formcheck.core.feedback import Feedback, Report
from formcheck.core.names import public_name
from formcheck.core.poses import SourceInfo
from formcheck.core.stretch import Stretch
from formcheck.live.grabber import Grabber, SourceStatus
from formcheck.live.guide import Guide
from formcheck.live.leg_question import LegQuestion
from formcheck.live.recorder import LiveRecorder
from formcheck.live.session import JudgedPicture, LiveSession
from formcheck.live.voice import Sound
from formcheck.media.camera import open_source
from formcheck.pose.engines import ModelChoice
from formcheck.render import live_view as picture_of
from formcheck.render.window import DisplayWindow
from formcheck.reports.events import EventWriter
from formcheck.settings import Settings

_STALLED_S = 1.5  # without a new picture for so long, something is wrong with the camera
_START_S = 20.0  # slow cameras take long to give their first picture
_KEYS_S = 12.0  # how long the keys are shown
_MOST_CORES = 2  # enough for the rate of a camera
_TOGETHER = 4  # pictures that are judged at once where nobody looks: to a voice a tenth of a second is nothing
_SIDES: Final = (None, 0, 1)


class LiveRun:
    """Everything a session needs, from opening the camera to the summary."""

    def __init__(
        self,
        settings: Settings,
        options: Options,
        *,
        record: Path | None,
        window: bool,
        events: IO[str] | None,
        model: ModelChoice | None,
        remember: bool = True,
    ) -> None:
        self._name = public_name(settings.camera)  # which goes into results
        self._options = options
        self._leg = options.leg
        self._quiet = events is not None and events.name == "<stdout>"
        # Asked for before the camera is opened, so that what cannot work is told at once.
        self._window = DisplayWindow() if window else None
        self._source = open_source(settings.camera)
        self._model = model or ModelChoice()
        self._remember = remember
        self._record = record
        self._events = EventWriter(events, self._events_stopped) if events else None
        self._sound = Sound(voice=settings.voice) if window or settings.voice else None
        self._ends = Shutdown()
        self._shown_index = -1
        self._question = LegQuestion()

    def run(self) -> int:
        """Run until the end; returns the exit code. Raises FormcheckError when it cannot start."""
        ends = self._ends
        recorder = LiveRecorder(self._record, self._options) if self._record else None
        with ends.asked_by_signal(), contextlib.ExitStack() as last:
            for one in (self._window, self._sound):
                if one:
                    last.callback(ends.attempt, one.close)
            if recorder:
                last.callback(recorder.discard)
            pool = last.enter_context(self._model.live_pool(min(_MOST_CORES, cores())))
            self._options = self._options.for_model(pool.model_id)
            chain = self._chain()
            listeners = [self._hear, recorder.take] if recorder else [self._hear]
            guide, together = self._guide(chain), 1 if self._window else _TOGETHER
            session = LiveSession(Grabber(self._source), pool, chain, listeners, guide, together=together)
            if recorder:
                recorder.start(self._name, pool.model_id)
            session.start()
            ends.attempt(lambda: self._loop(session))
            session.stop()
            self._finish(session, recorder)
            if not pool.close():
                ends.note("the pose model did not answer any more and was left as it was")
        return ends.tell()

    def _chain(self) -> Chain:
        """What judges the session."""
        return chain_for(self._options)

    def _guide(self, _chain: Chain) -> Guide | None:
        """Who leads the session."""
        return None

    def _over(self) -> bool:
        """Whether there is nothing left to do."""
        return False

    def _events_stopped(self, error: Exception) -> None:
        """Nobody reads them any more, which is their reader's right, or they cannot be written."""
        say(f"no more events: {in_words(error)}; the session goes on")
        self._ends.failed |= not isinstance(error, BrokenPipeError)

    def _hear(self, judged: JudgedPicture) -> None:
        """What is due in the moment it is judged: sounds and events."""
        if self._events:
            self._write(self._events, judged)
        self._play(judged)

    @staticmethod
    def _write(events: EventWriter, judged: JudgedPicture, routine: Mapping[str, Any] | None = None) -> None:
        events.write(
            judged.feedback,
            stretch=judged.stretch.slug if judged.stretch else None,
            held=judged.coaching.held_s,
            instruction=judged.coaching.told,
            said=judged.coaching.say,
            routine=routine,
        )

    def _play(self, judged: JudgedPicture) -> None:
        if self._sound and judged.coaching.tone:
            self._sound.tone(judged.coaching.tone)
        if self._sound and judged.coaching.say:
            self._sound.say(judged.coaching.say)

    def _loop(self, session: LiveSession) -> None:
        start_s = last_new_s = time.monotonic()
        while session.running and self._ends.signal is None and not self._over():
            newest = session.grabber.newest(self._shown_index, 0.05)
            now_s = time.monotonic()
            if newest is not None:
                last_new_s = now_s
                self._shown_index = newest.picture.index
            elif session.grabber.count == 0 and now_s - start_s > _START_S:
                raise InputError(f"camera {self._name}: no picture came for {_START_S:.0f} s; choose another --camera")
            trouble = None
            if session.grabber.count and (session.grabber.link == SourceStatus.LOST or now_s - last_new_s > _STALLED_S):
                trouble = "Camera lost \u2013 trying again"
            if self._window is None:
                continue
            key = self._draw(self._window, session, trouble, keys=now_s - start_s < _KEYS_S)
            if newest is not None:
                session.throughput.shown_s.append(time.monotonic())
                session.throughput.delays_s.append(time.monotonic() - newest.taken_s)
            if self._pressed(session, key):
                return

    def _draw(self, window: DisplayWindow, session: LiveSession, trouble: str | None, *, keys: bool) -> str:
        newest, judged = session.grabber.newest(-1, 0.0), session.newest
        if newest is None or judged is None:
            return window.show(picture_of.waiting(854, 480, "Starting the camera \u2026"))
        coaching = judged.coaching
        view = picture_of.LiveView(
            instruction=coaching.way_out or coaching.instruction,
            countdown=coaching.countdown,
            praise=coaching.praise,
            next_time=coaching.next_time,
            prompt=coaching.prompt,
            trouble=trouble,
            paused=session.paused,
            held_s=coaching.held_s,
            best_deg=coaching.best_deg,
            keys=keys,
            ask=picture_of.WHICH_LEG if self._question.update(judged.feedback) else None,
        )
        stretch, feedback, view = self._shown(judged, view)
        shown = picture_of.compose(newest.picture.rgb, stretch, feedback, judged.points_px, judged.visibility, view)
        return window.show(shown)

    def _shown(
        self, judged: JudgedPicture, view: picture_of.LiveView
    ) -> tuple[Stretch | None, Feedback, picture_of.LiveView]:
        """What the window shows of a moment."""
        return judged.stretch, judged.feedback, view

    def _pressed(self, session: LiveSession, key: str) -> bool:
        """Act on a key; returns whether to end."""
        if key in ("q", "escape", "closed"):
            return True
        if key == " ":
            session.paused = not session.paused
        elif key == "n":
            session.skip(self._leg)
        elif key == "s":
            self._leg = _SIDES[(_SIDES.index(self._leg) + 1) % len(_SIDES)]
            session.skip(self._leg)
        elif key in picture_of.LEG_KEYS and self._question.asked:
            self._question.answer()
            session.name_leg(picture_of.LEG_KEYS.index(key))
        elif key == "f" and self._window:
            self._window.toggle_full_screen()
        return False

    def _finish(self, session: LiveSession, recorder: LiveRecorder | None) -> None:
        """What was held is told and kept first, then come the files, which need room on a disk."""
        ends = self._ends
        source = session.grabber.info(self._name)
        if source is not None and session.chain.frames:
            report = ends.attempt(lambda: self._report(session, source))
            if report is not None:
                ends.attempt(lambda: self._summary(session, report))
            recording = recorder.end() if recorder else None
            if report is not None and self._remember:
                ends.attempt(lambda: keep_in_history([report], of=None, recording=recording))
            folder = ends.attempt(recorder.finish) if recorder else None
            if folder is not None:
                ends.attempt(lambda: self._console().print(f"Results: {folder}", style="bright_black", markup=False))
        self._note_failures(session)

    def _note_failures(self, session: LiveSession) -> None:
        """What ended the session before its time."""
        grabber, kept = session.grabber, "; what was held until then is kept" if session.chain.frames else ""
        if session.failure is not None:
            self._ends.note(f"the session ended early ({line_of(session.failure)}){kept}")
        elif grabber.error is not None and grabber.link == SourceStatus.ENDED:
            self._ends.note(f"{grabber.error}{kept}")
        elif grabber.link == SourceStatus.ENDED and not self._source.ends:
            self._ends.note(f"camera {self._name} did not come back{kept}")

    def _report(self, session: LiveSession, source: SourceInfo) -> Report:
        """What was done in the session."""
        return session_report(session.chain, replace(source, frames=session.chain.frames), leg=self._leg)

    def _summary(self, session: LiveSession, report: Report) -> None:
        from formcheck.cli.summary import print_report

        if report.stretch is None:
            say("no stretch was held")
        else:
            print_report(report, None, to_stderr=self._quiet)
        say(session.throughput.told(shown=self._window is not None))

    def _console(self) -> Console:
        return Console(stderr=self._quiet, highlight=False)
