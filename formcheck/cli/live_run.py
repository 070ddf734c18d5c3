"""One live session from the command line: window loop, keys, sound, events, recording, summary."""

from __future__ import annotations

import signal
import statistics
import time
from pathlib import Path
from typing import IO, Final

import numpy as np

from formcheck.capture.live import Grabber, Link, open_source
from formcheck.cli.common import keep_in_history, say
from formcheck.core.errors import InputError
from formcheck.core.feedback import Feedback, Report
from formcheck.core.names import public_name
from formcheck.core.stretch import Stretch
from formcheck.estimators.mediapipe_pose import MediaPipePose
from formcheck.estimators.pool import EstimatorPool
from formcheck.live import Guide, LiveSession, Moment, Pace
from formcheck.live_recording import LiveRecorder
from formcheck.parallel import cores
from formcheck.pipeline import Options
from formcheck.render import live as picture_of
from formcheck.render.window import Window
from formcheck.reports.events import EventWriter
from formcheck.rules.follow import StretchFollower
from formcheck.settings import Settings
from formcheck.sound import Sound

_STALLED_S = 1.5  # without a new picture for so long, something is wrong with the camera
_START_S = 20.0  # slow cameras take long to give their first picture
_KEYS_S = 12.0  # how long the keys are shown
# Enough for the rate of a camera where one alone is too slow; what is not needed is not used.
_LOOKERS = 2
_SIDES: Final = (None, 0, 1)


class LiveRun:
    """Everything a session needs, from opening the camera to the summary."""

    def __init__(
        self,
        settings: Settings,
        stretch: Stretch | None,
        *,
        leg: int | None,
        record: Path | None,
        window: bool,
        events: IO[str] | None,
        model: Path | None,
    ) -> None:
        self._name = public_name(settings.camera)  # which goes into results
        self._stretches = settings.stretches
        self._stretch = stretch
        self._leg = leg
        self._target_s = settings.hold_s
        self._quiet = events is not None and events.name == "<stdout>"
        # Asked for before the camera is opened, so that what cannot work is told at once.
        self._window = Window() if window else None
        self._source = open_source(settings.camera)
        self._model = model
        self._record = record
        self._events = EventWriter(events) if events else None
        self._sound = Sound(voice=settings.voice) if window or settings.voice else None
        self._asked_to_stop = False
        self._shown_index = -1

    def run(self) -> bool:
        """Run until the end; returns whether it was interrupted. Raises FormcheckError when it cannot start."""
        grabber = Grabber(self._source)
        follower = StretchFollower(self._stretches, self._stretch, target_s=self._target_s, leg=self._leg)
        options = Options(stretch=self._stretch, leg=self._leg, target_s=self._target_s, stretches=self._stretches)
        recorder = LiveRecorder(self._record, options) if self._record else None
        before = signal.signal(signal.SIGINT, self._interrupt)
        try:
            with EstimatorPool(lambda: MediaPipePose(self._model), min(_LOOKERS, cores())) as estimator:
                estimator.prepare()
                listeners = [self._hear, recorder.take] if recorder else [self._hear]
                session = LiveSession(grabber, estimator, follower, listeners, self._guide(follower))
                if recorder:
                    recorder.start(self._name, estimator.model_id)
                session.start()
                try:
                    self._loop(session)
                finally:
                    session.stop()
            self._check(session)
            self._finish(session, recorder)
        finally:
            signal.signal(signal.SIGINT, before)
            if recorder:
                recorder.discard()
            if self._window:
                self._window.close()
            if self._sound:
                self._sound.close()
        return self._asked_to_stop

    def _guide(self, follower: StretchFollower) -> Guide | None:  # noqa: ARG002 a routine leads it
        """Who leads the session."""
        return None

    def _over(self) -> bool:
        """Whether there is nothing left to do."""
        return False

    def _interrupt(self, *_: object) -> None:
        self._asked_to_stop = True

    def _hear(self, moment: Moment) -> None:
        """What is due in the moment it is judged: sounds and events."""
        if self._events:
            self._events.write(moment.feedback)
        self._play(moment)

    def _play(self, moment: Moment) -> None:
        if self._sound and moment.coaching.tone:
            self._sound.tone(moment.coaching.tone)
        if self._sound and moment.coaching.say:
            self._sound.say(moment.coaching.say)

    def _loop(self, session: LiveSession) -> None:
        start_s = last_new_s = time.monotonic()
        while session.running and not self._asked_to_stop and not self._over():
            newest = session.grabber.newest(self._shown_index, 0.05)
            now_s = time.monotonic()
            if newest is not None:
                last_new_s = now_s
                self._shown_index = newest.picture.index
            elif session.grabber.count == 0 and now_s - start_s > _START_S:
                raise InputError(f"camera {self._name}: no picture came for {_START_S:.0f} s; choose another --camera")
            trouble = None
            if session.grabber.count and (session.grabber.link == Link.LOST or now_s - last_new_s > _STALLED_S):
                trouble = "Camera lost \u2013 trying again"
            if self._window is None:
                continue
            key = self._draw(session, trouble, keys=now_s - start_s < _KEYS_S)
            if newest is not None:
                session.pace.shown_s.append(time.monotonic())
                session.pace.delays_s.append(time.monotonic() - newest.taken_s)
            if self._pressed(session, key):
                return

    def _draw(self, session: LiveSession, trouble: str | None, *, keys: bool) -> str:
        assert self._window is not None
        newest, moment = session.grabber.newest(-1, 0.0), session.moment
        if newest is None or moment is None:
            return self._window.show(picture_of.waiting(854, 480, "Starting the camera \u2026"))
        coaching = moment.coaching
        view = picture_of.LiveView(
            instruction=coaching.instruction,
            countdown=coaching.countdown,
            praise=coaching.praise,
            trouble=trouble,
            paused=session.paused,
            held_s=coaching.held_s,
            best_deg=coaching.best_deg,
            keys=keys,
        )
        stretch, feedback, view = self._shown(moment, view)
        shown = picture_of.compose(newest.picture.rgb, stretch, feedback, moment.points_px, moment.visibility, view)
        return self._window.show(shown)

    def _shown(self, moment: Moment, view: picture_of.LiveView) -> tuple[Stretch | None, Feedback, picture_of.LiveView]:
        """What the window shows of a moment."""
        return moment.stretch, moment.feedback, view

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
        elif key == "f" and self._window:
            self._window.toggle_full_screen()
        return False

    def _check(self, session: LiveSession) -> None:
        """Raise what ended the session, unless something was judged that is worth keeping."""
        if session.failure is not None:
            raise session.failure
        error = session.grabber.error
        if error is not None and session.frames == 0:
            raise error
        if session.grabber.link == Link.ENDED and not self._source.ends and session.frames:
            say(f"camera {self._name} did not come back; what was held until then is kept")

    def _finish(self, session: LiveSession, recorder: LiveRecorder | None) -> None:
        source = session.grabber.info(self._name)
        if source is None:
            return
        reports = session.reports(source, chosen=self._stretch is not None)
        folder = recorder.finish() if recorder else None
        self._summary(reports, folder)
        keep_in_history(reports, of=None, recording=folder / "poses.jsonl.gz" if folder else None)
        say(_pace_line(session.pace, shown=self._window is not None))

    def _summary(self, reports: list[Report], folder: Path | None) -> None:
        from formcheck.cli.summary import print_report

        if not reports:
            say("no stretch was held")
        for report in reports:
            print_report(report, folder, to_stderr=self._quiet)


def _pace_line(pace: Pace, *, shown: bool) -> str:
    judged = f"judged {Pace.rate(pace.judged_s):.0f} pictures a second"
    if not shown or not pace.delays_s:
        return judged
    delay_ms = statistics.median(pace.delays_s) * 1000
    worst_ms = float(np.percentile(pace.delays_s, 95)) * 1000
    rate = Pace.rate(pace.shown_s)
    return f"{judged}, shown {rate:.0f}, from camera to window {delay_ms:.0f} ms (95 %: {worst_ms:.0f} ms)"
