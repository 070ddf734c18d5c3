"""Pictures on their way through the pose model, as many at once as there are estimators."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, wait

from formcheck.core.poses import PoseFrame
from formcheck.live.grabber import Grabber, NewestPicture
from formcheck.pose.engine import Place
from formcheck.pose.key_pictures import KeyPictures
from formcheck.pose.pool import EstimatorPool
from formcheck.pose.port import Looked
from formcheck.quality.meter import QualityMeter

_LOOKING_S = 0.003  # while a picture is being looked at and another estimator is free


class Lookers:
    """Has the newest pictures of a grabber looked at by other threads, and gives them back in order."""

    def __init__(self, grabber: Grabber, estimators: EstimatorPool) -> None:
        self.paused = False
        self._grabber = grabber
        self._estimators = estimators
        self._looking: deque[tuple[NewestPicture, bool, Future[Looked]]] = deque()
        self._keys, self._meter = KeyPictures(), QualityMeter()
        self._places: tuple[Place, ...] | None = None
        self._last = -1

    @property
    def idle(self) -> bool:
        """Whether no picture is being looked at."""
        return not self._looking

    def begin(self, wait_s: float) -> bool:
        """Begin with the newest picture, if an estimator is free for it; waits so long for one where all are idle.

        Returns whether there was one. While `paused` it is passed over.
        """
        if len(self._looking) >= self._estimators.size:
            return False
        newest = self._grabber.newest(self._last, wait_s if self.idle else 0.0)
        if newest is None:
            return False
        self._last = newest.picture.index
        if not self.paused:
            key = self._keys.is_key(newest.picture)
            self._places = None if key else self._places
            self._looking.append((newest, key, self._estimators.begin(newest.picture, self._places)))
        return True

    def next(self, wait_s: float) -> tuple[NewestPicture, PoseFrame] | None:
        """The next picture in which people were found; None where that takes longer, or another one may begin."""
        if not self._looking:
            return None
        newest, key, found = self._looking[0]
        wait([found], timeout=wait_s if len(self._looking) >= self._estimators.size else _LOOKING_S)
        if not found.done():
            return None
        self._looking.popleft()
        frame, self._places = found.result()
        self.begin(0.0)  # so that the model does not wait for what comes next
        return newest, self._meter.rated(newest.picture, frame, key=key)
