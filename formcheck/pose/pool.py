"""Several estimators of the same model, so that several threads can look at pictures at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import Final, Self

from formcheck.core.errors import ModelError
from formcheck.core.poses import Picture, PoseFrame
from formcheck.pose.engine import Place
from formcheck.pose.port import Looked, PoseEstimator
from formcheck.quality.meter import QualityMeter

_CLOSE_S: Final = 10.0


class EstimatorPool:
    """Up to `size` estimators, made when they are first needed; `estimate` may be called from any thread."""

    def __init__(self, make: Callable[[], PoseEstimator], size: int) -> None:
        self.size = size
        self._make = make
        self._asking = threading.Lock()
        self._model_id: str | None = None
        self._changed = threading.Condition()  # guards what follows
        self._open = 0  # estimators there are, those being made included
        # The one used last is taken first: its memory is still warm.
        self._free: list[PoseEstimator] = []
        self._closed = False

    @property
    def model_id(self) -> str:
        """Name and hash of the model. Raises ModelError when there is none to be used."""
        with self._asking:
            if self._model_id is None:
                estimator = self._take()
                self._model_id = estimator.model_id
                self._give(estimator)
            return self._model_id

    def prepare(self) -> None:
        """Make all estimators now, so that none has to be waited for later. Raises ModelError."""
        while self._may_make():
            self._give(self._another())

    def estimate(self, picture: Picture, places: Sequence[Place] | None = None) -> Looked:
        """The people in a picture; waits while all estimators are busy. Raises ModelError once the pool is closed."""
        estimator = self._take()
        try:
            return estimator.estimate(picture, places)
        finally:
            self._give(estimator)

    def estimate_run(self, run: Sequence[Picture]) -> list[PoseFrame]:
        """The people in pictures that follow each other, of which the first is a key (`key_pictures.py`)."""
        estimator = self._take()
        try:
            frames: list[PoseFrame] = []
            places: tuple[Place, ...] | None = None
            meter = QualityMeter()
            for picture in run:
                frame, places = estimator.estimate(picture, places)
                frames.append(meter.rated(picture, frame, key=not frames))
            return frames
        finally:
            self._give(estimator)

    def begin(self, picture: Picture, places: Sequence[Place] | None = None) -> Future[Looked]:
        """Look at a picture in a thread of its own, which keeps no program from ending."""
        found: Future[Looked] = Future()

        def look() -> None:
            try:
                found.set_result(self.estimate(picture, places))
            except BaseException as error:  # noqa: BLE001 raised where the result is asked for
                found.set_exception(error)

        threading.Thread(target=look, name="model", daemon=True).start()
        return found

    def close(self, wait_s: float = _CLOSE_S) -> bool:
        """Close every estimator that nobody is inside, and wait so long for whoever is; whether all are closed.

        To close a model that a thread is inside would end the program. What comes out later is closed then.
        """
        with self._changed:
            self._closed = True
            free, self._free = self._free, []
            self._changed.notify_all()
        for estimator in free:
            self._end(estimator)
        with self._changed:
            return self._changed.wait_for(lambda: self._open == 0, wait_s)

    def _take(self) -> PoseEstimator:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._free or self._open < self.size)
            if self._closed:
                raise ModelError("the pose model was closed already")
            if self._free:
                return self._free.pop()
            self._open += 1
        return self._another()

    def _give(self, estimator: PoseEstimator) -> None:
        with self._changed:
            if not self._closed:
                self._free.append(estimator)
                self._changed.notify()
                return
        self._end(estimator)

    def _may_make(self) -> bool:
        """Whether one more may be made; counts it."""
        with self._changed:
            more = self._open < self.size and not self._closed
            self._open += more
            return more

    def _another(self) -> PoseEstimator:
        """A new one that was counted already; made outside the lock, since that takes its time."""
        try:
            return self._make()
        except BaseException:
            self._forget()
            raise

    def _end(self, estimator: PoseEstimator) -> None:
        try:
            estimator.__exit__(None, None, None)
        finally:
            self._forget()

    def _forget(self) -> None:
        with self._changed:
            self._open -= 1
            self._changed.notify_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
