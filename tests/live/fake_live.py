"""Live sessions with a film of built figures as camera and model, every picture of it judged."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Self

import numpy as np
import pytest

from formcheck.cli import app, live_window
from formcheck.core.poses import Picture, PoseFrame
from formcheck.pose import engines
from formcheck.pose.engine import Place
from formcheck.pose.port import Looked
from tests.figures import HEIGHT, WIDTH, film, folded, in_and_out

FPS = 15.0
PICTURE = np.full((HEIGHT, WIDTH, 3), 120, dtype=np.uint8)


def toe_touch() -> list[PoseFrame]:
    """Ten seconds, with a hold of about four."""
    return film(lambda t: folded(1 + 119 * in_and_out(t, 4.0), setback=0.14 * in_and_out(t, 4.0)).pose(), 10.0, FPS)


class Film:
    """Camera and model at once: the next picture comes when the one before was looked at."""

    model_id = "film:0"
    ends = True

    def __init__(self, frames: list[PoseFrame], at: dict[int, Callable[[], None]] | None = None) -> None:
        """`at`: what happens when the picture of that number is taken."""
        self._frames = frames
        self._at = at or {}
        self._seen = threading.Semaphore(0)

    def pictures(self) -> Iterator[tuple[float | None, np.ndarray]]:
        for frame in self._frames:
            self._at.get(frame.index, lambda: None)()
            yield frame.t_s, PICTURE
            self._seen.acquire(timeout=2.0)

    def estimate(self, picture: Picture, _places: Sequence[Place] | None = None) -> Looked:
        self._seen.release()
        return Looked(self._frames[picture.index])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def install(patch: pytest.MonkeyPatch, film: Film) -> None:
    """Have the command line use the film, whatever camera is asked for."""
    patch.setattr(live_window, "open_source", lambda _name: film)
    patch.setattr(engines.ModelChoice, "estimator", lambda _choice, _threads=1: film)
    patch.setattr(live_window, "cores", lambda: 1)


if __name__ == "__main__":
    install(pytest.MonkeyPatch(), Film(toe_touch()))
    sys.argv[0] = "formcheck"
    app.main()
