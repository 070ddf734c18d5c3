"""Several estimators of the same model, so that several threads can look at pictures at once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import LifoQueue
from types import TracebackType
from typing import Self

from formcheck.core.poses import Picture, PoseFrame
from formcheck.estimators.port import PoseEstimator


class EstimatorPool:
    """Up to `size` estimators, made when they are first needed; `estimate` may be called from any thread."""

    def __init__(self, make: Callable[[], PoseEstimator], size: int) -> None:
        self.size = size
        self._make = make
        self._lock = threading.Lock()
        self._made: list[PoseEstimator] = []
        # The one used last is taken first: its memory is still warm.
        self._free: LifoQueue[PoseEstimator] = LifoQueue()

    @property
    def model_id(self) -> str:
        """Name and hash of the model. Raises ModelError when there is none to be used."""
        with self._lock:
            if not self._made:
                self._free.put(self._another())
        return self._made[0].model_id

    def prepare(self) -> None:
        """Make all estimators now, so that none has to be waited for later. Raises ModelError."""
        with self._lock:
            while len(self._made) < self.size:
                self._free.put(self._another())

    def estimate(self, picture: Picture) -> PoseFrame:
        """The people in a picture; waits while all estimators are busy."""
        estimator = self._take()
        try:
            return estimator.estimate(picture)
        finally:
            self._free.put(estimator)

    def _take(self) -> PoseEstimator:
        if self._free.empty() and len(self._made) < self.size:
            with self._lock:
                if len(self._made) < self.size:
                    return self._another()
        return self._free.get()

    def _another(self) -> PoseEstimator:
        estimator = self._make()
        self._made.append(estimator)
        return estimator

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for estimator in self._made:
            estimator.__exit__(kind, error, trace)
