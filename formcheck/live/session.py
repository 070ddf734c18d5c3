"""A live session: a camera, the model and the window, none of which waits for the others."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from formcheck.chain import Chain
from formcheck.core.errors import FormcheckError
from formcheck.core.feedback import Feedback
from formcheck.core.measures import Measures
from formcheck.core.poses import Floats, Picture, PoseFrame
from formcheck.core.stretch import Stretch
from formcheck.live.coach import Coach, Coaching
from formcheck.live.grabber import Grabber, NewestPicture, SourceStatus
from formcheck.live.guide import Guide
from formcheck.live.lookers import Lookers
from formcheck.pose.pool import EstimatorPool

_WAIT_S = 0.2
_CLOSE_S = 0.05  # pictures further apart are not judged together: that would be seen
_STOP_S = 10.0  # how long stopping may take
_LOCK_S = 1.0
_RATE_OVER = 60  # frames over which rates and delays are told


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPicture:
    """The newest judged picture."""

    picture: Picture
    frame: PoseFrame
    feedback: Feedback
    coaching: Coaching
    stretch: Stretch | None
    points_px: Floats
    visibility: Floats


@dataclass(slots=True)
class Throughput:
    """Rates in frames a second and delays in seconds, over the last frames."""

    judged_s: deque[float] = field(default_factory=lambda: deque(maxlen=_RATE_OVER))
    shown_s: deque[float] = field(default_factory=lambda: deque(maxlen=_RATE_OVER))
    delays_s: deque[float] = field(default_factory=lambda: deque(maxlen=_RATE_OVER * 10))

    @staticmethod
    def rate(times: deque[float]) -> float:
        """Frames a second of those times; 0 while unknown."""
        return (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 and times[-1] > times[0] else 0.0

    def told(self, *, shown: bool) -> str:
        """The same in words; `shown` says whether there was a window."""
        judged = f"judged {self.rate(self.judged_s):.0f} pictures a second"
        if not shown or not self.delays_s:
            return judged
        middle_ms, late_ms = np.percentile(np.array(self.delays_s) * 1000, [50, 95])
        rate = self.rate(self.shown_s)
        return f"{judged}, shown {rate:.0f}, from camera to window {middle_ms:.0f} ms (95 %: {late_ms:.0f} ms)"


Listener = Callable[[JudgedPicture], None]
Estimated = tuple[NewestPicture, PoseFrame]
"""A picture and the people in it."""


class LiveSession:
    """Judges the newest picture of a grabber in a thread of its own, and in order.

    `listeners` are called in that thread with every judged picture. The latest one is at hand in `newest`. An error in
    that thread, whosever it is, ends the session; it is kept in `failure`, and so is what was held until then.
    """

    def __init__(
        self,
        grabber: Grabber,
        estimator: EstimatorPool,
        chain: Chain,
        listeners: Sequence[Listener],
        guide: Guide | None = None,
        *,
        together: int = 1,
    ) -> None:
        """So many pictures are judged `together`, which is cheaper; with a guide, who may change the judge, one."""
        self.grabber = grabber
        self.chain = chain
        self.newest: JudgedPicture | None = None
        self.paused = False
        self.throughput = Throughput()
        self.failure: BaseException | None = None
        self._estimator = estimator
        self._listeners = listeners
        self._guide = guide
        self._together = 1 if guide else together
        self._coach = Coach()
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="judge", daemon=True)

    def start(self) -> None:
        """Begin to read and judge."""
        self.grabber.start()
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether there is more to come."""
        return self._thread.is_alive()

    def stop(self, wait_s: float = _STOP_S) -> None:
        """Stop, and close the hold that is going on; never raises, see `failure`.

        Waits so long at most for the picture that is being judged.
        """
        self._stop.set()
        self._thread.join(timeout=wait_s)
        if self._thread.is_alive():
            self._fail(FormcheckError(f"the session could not be stopped within {wait_s:g} s"))
        self.grabber.stop()
        free = self._lock.acquire(timeout=_LOCK_S)
        for one in (self._guide, self.chain):
            try:
                if one is not None:
                    one.finish()
            except Exception as error:  # noqa: BLE001 what was held before is still there
                self._fail(error)
        if free:
            self._lock.release()

    def skip(self, leg: int | None) -> None:
        """End the hold at hand; look at one leg from now on, or at any."""
        with self._lock:
            self.chain.end_hold(leg=leg)

    def name_leg(self, leg: int) -> None:
        """Say which leg (0 left, 1 right) it is, or was a moment ago, where that cannot be told from the picture."""
        with self._lock:
            self.chain.name_leg(leg)

    def _fail(self, error: BaseException) -> None:
        """Keep an error; the first one is what led to the others."""
        self.failure = self.failure or error

    def _run(self) -> None:
        try:
            self._watch()
        except BaseException as error:  # noqa: BLE001 told by whoever runs the session, who must not wait for ever
            self._fail(error)

    def _watch(self) -> None:
        """Judge every newest picture that was looked at, while others are looked at."""
        seen: list[Estimated] = []
        try:
            self._gather(seen)
        finally:
            self.judge(seen)  # what was looked at is not lost, whatever ends it

    def _gather(self, seen: list[Estimated]) -> None:
        """Gather what was looked at in `seen` until as many pictures are there as are judged together."""
        lookers, last_s = Lookers(self.grabber, self._estimator), -math.inf
        while not self._stop.is_set():
            lookers.paused, ended = self.paused, self.grabber.link == SourceStatus.ENDED
            if not lookers.begin(_WAIT_S) and lookers.idle:
                self._judge_all(seen)  # the one after it does not come
                if ended:
                    return
            found = lookers.next(_WAIT_S)
            if found is None:
                continue
            seen.append(found)
            step_s, last_s = found[1].t_s - last_s, found[1].t_s
            if len(seen) >= self._together or not 0.0 < step_s <= _CLOSE_S:
                self._judge_all(seen)

    def _judge_all(self, seen: list[Estimated]) -> None:
        """Judge them, and forget them also where that fails."""
        now = seen.copy()
        seen.clear()
        self.judge(now)

    def judge(self, seen: Sequence[Estimated]) -> None:
        """Judge pictures that follow each other, and tell the listeners of each."""
        if not seen:
            return
        with self._lock:
            block = self.chain.extend([frame for _, frame in seen])
            self.chain.settled()  # nobody asks for them
            stretch, held = self.chain.stretch, self.chain.held_by_side()
            said = [block.feedback(i) for i in range(len(seen))]
        body = block.body
        for i, ((newest, frame), feedback) in enumerate(zip(seen, said, strict=True)):
            leg_share = float(body.own_leg_px[i]) / newest.picture.height
            coaching = self._coach.update(feedback, stretch, leg_share, held)
            if self._guide:
                coaching = self._led(self._guide, feedback, block.measures, coaching)
            self.newest = JudgedPicture(
                picture=newest.picture,
                frame=frame,
                feedback=feedback,
                coaching=coaching,
                stretch=stretch,
                points_px=body.points_px[i],
                visibility=body.visibility[i],
            )
            self.throughput.judged_s.append(time.monotonic())
            for listener in self._listeners:
                listener(self.newest)

    def _led(self, guide: Guide, feedback: Feedback, measures: Measures, coaching: Coaching) -> Coaching:
        """What a guide makes of it."""
        with self._lock:
            led = guide.lead(feedback, measures, coaching)
        if (led.say, led.tone) != (coaching.say, coaching.tone):
            self._coach.spoken(feedback.t_s, led.say)
        return led
