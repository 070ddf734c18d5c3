"""The newest picture of a camera, read in a thread of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from formcheck.core.errors import InputError
from formcheck.core.poses import Picture, SourceInfo
from formcheck.media.camera import LiveSource

_RETRY_S = 1.0
_GIVE_UP_S = 60.0


class SourceStatus(StrEnum):
    """How the source is doing."""

    STARTING = "starting"
    ON = "on"
    LOST = "lost"
    ENDED = "ended"


@dataclass(slots=True)
class NewestPicture:
    """The newest picture and when it was taken by the clock of this machine."""

    picture: Picture
    taken_s: float


class Grabber:
    """Reads a source in a thread of its own and keeps only the newest picture, so that nothing is ever late.

    A source that is lost, for whatever reason, is opened again every second. `error` says why there is no picture.
    """

    def __init__(self, source: LiveSource, clock: Callable[[], float] = time.monotonic) -> None:
        self._source = source
        self._clock = clock
        self._new = threading.Condition()
        self._newest: NewestPicture | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="camera", daemon=True)
        self.link = SourceStatus.STARTING
        self.error: InputError | None = None
        self.count = 0
        self._start_s = clock()

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """Stop reading; waits a moment for the source to be released."""
        self._stop.set()
        self._thread.join(timeout=2.0)

    def newest(self, after: int, timeout_s: float) -> NewestPicture | None:
        """The newest picture with an index above `after`; None when none came in time."""
        with self._new:
            self._new.wait_for(lambda: self._index() > after or self.link == SourceStatus.ENDED, timeout_s)
            return self._newest if self._index() > after else None

    def info(self, name: str) -> SourceInfo | None:
        """What the pictures look like; None before the first one."""
        newest = self._newest
        if newest is None:
            return None
        return SourceInfo(name=name, kind="camera", width=newest.picture.width, height=newest.picture.height, fps=None)

    def _index(self) -> int:
        return -1 if self._newest is None else self._newest.picture.index

    def _run(self) -> None:
        lost_s = self._clock()
        while not self._stop.is_set():
            try:
                for t_s, rgb in self._source.pictures():
                    lost_s = self._clock()
                    self._keep(t_s, rgb)
                    if self._stop.is_set():
                        return
                self.error = None
            except InputError as error:
                self.error = error
            except BaseException as error:  # noqa: BLE001 nobody may wait for a camera whose thread has ended
                what = " ".join([f"{type(error).__name__}:", *str(error).splitlines()[:1]])
                self.error = InputError(f"the camera cannot be read ({what}); choose another one with --camera")
            with self._new:
                gone = self._source.ends or self._clock() - lost_s > _GIVE_UP_S or self._newest is None
                self.link = SourceStatus.ENDED if gone else SourceStatus.LOST
                self._new.notify_all()
            if gone:
                return
            self._stop.wait(_RETRY_S)

    def _keep(self, t_s: float | None, rgb: Any) -> None:  # noqa: ANN401 an array of any picture
        now_s = self._clock()
        if self._newest is None:
            self._start_s = now_s
        height, width = rgb.shape[:2]
        stamp_s = t_s if t_s is not None else now_s - self._start_s
        with self._new:
            picture = Picture(index=self.count, t_s=stamp_s, rgb=rgb, width=width, height=height)
            self._newest = NewestPicture(picture, now_s)
            self.count += 1
            self.link = SourceStatus.ON
            self._new.notify_all()
