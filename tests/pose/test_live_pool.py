from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import pytest

from formcheck.core.poses import Picture
from formcheck.pose import engines
from formcheck.pose.engine import Place
from formcheck.pose.engines import LITERT, MEDIAPIPE, ModelChoice
from formcheck.pose.port import Looked
from tests.figures import frame


class Reader:
    """An estimator that takes its time by a clock of its own: less with more threads."""

    model_id = "reader:1"

    def __init__(self, threads: int, alone_s: float) -> None:
        self.threads, self.closed, self.now_s = threads, False, 0.0
        self._took_s = alone_s / threads

    def estimate(self, picture: Picture, _places: Sequence[Place] | None = None) -> Looked:
        self.now_s += self._took_s
        return Looked(frame(picture.index, picture.t_s))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True


def made_for(patch: pytest.MonkeyPatch, alone_s: float, cores: int, engine: str = LITERT) -> tuple[list[Reader], int]:
    """The readers made for a live session where one takes so long alone, and the size of their pool."""
    made: list[Reader] = []

    def make(_choice: ModelChoice, threads: int = 1) -> Reader:
        made.append(Reader(threads, alone_s))
        return made[-1]

    patch.setattr(engines.ModelChoice, "estimator", make)
    pool = ModelChoice(engine).live_pool(cores, clock=lambda: made[-1].now_s)
    return made, pool.size


def test_one_thread_reads_alone_where_it_is_fast_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    made, size = made_for(monkeypatch, 0.02, 2)
    assert [(one.threads, one.closed) for one in made] == [(1, False)]
    assert size == 1


def test_all_cores_read_together_where_one_is_too_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    made, size = made_for(monkeypatch, 0.03, 2)
    assert [(one.threads, one.closed) for one in made] == [(1, True), (2, False)]
    assert size == 1


def test_where_there_is_one_core_nothing_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = made_for(monkeypatch, 0.2, 1)
    assert [(one.threads, one.now_s) for one in made] == [(1, 0.0)]


def test_estimators_of_mediapipe_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("mediapipe")
    made, size = made_for(monkeypatch, 0.02, 2, MEDIAPIPE)
    assert [(one.threads, one.now_s) for one in made] == [(1, 0.0), (1, 0.0)]
    assert size == 2
