"""What `doctor` says of the pose model, and that only what is needed makes it fail."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest

from formcheck.analysis import parallel
from formcheck.cli import doctor
from formcheck.core.errors import ModelError
from formcheck.pose import bundle, engines, pace
from formcheck.pose.engines import LITERT, MEDIAPIPE, ModelChoice
from tests.test_end_to_end import formcheck

LITERT_ID, MEDIAPIPE_ID = f"litert:pose_landmark_full:{'a' * 64}", f"mediapipe-0.10.21-full:{'b' * 64}"


class Timed:
    """An estimator of so many threads, which share the work."""

    def __init__(self, model_id: str, threads: int) -> None:
        self.model_id, self.threads = model_id, threads

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def use(patch: pytest.MonkeyPatch, engine: str) -> None:
    patch.setattr(engines.ModelChoice, "used", lambda _: engine)


def only(patch: pytest.MonkeyPatch, name: str, check: Callable[[], doctor.Check | None]) -> tuple[int, str]:
    """The exit code and what is said where this is all that is looked at; long lines are one line again."""
    patch.setattr(doctor, "_CHECKS", ((name, check),))
    code, said, _ = formcheck("doctor")
    return code, " ".join(said.split())


@pytest.mark.parametrize(
    ("engine", "cores", "told"),
    [
        (LITERT, 1, "litert, pose_landmark_full:aaaaaaaaaaaa: somebody is read in 30 ms on one core"),
        (LITERT, 8, "litert, pose_landmark_full:aaaaaaaaaaaa: somebody is read in 30 ms on one core, 15 ms on two"),
        (MEDIAPIPE, 8, "mediapipe, mediapipe-0.10.21-full:bbbbbbbbbbbb: somebody is read in 30 ms"),
    ],
)
def test_the_model_is_told_with_what_a_picture_of_somebody_costs(
    engine: str, cores: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, engine)
    model_id = LITERT_ID if engine == LITERT else MEDIAPIPE_ID
    monkeypatch.setattr(parallel, "cores", lambda: cores)
    monkeypatch.setattr(engines.ModelChoice, "estimator", lambda _, threads=1: Timed(model_id, threads))
    monkeypatch.setattr(pace, "read_s", lambda model: 0.03 / model.threads)
    assert doctor._model() == (True, told)


def test_the_model_is_really_run() -> None:
    works, fact = doctor._model()
    assert works
    assert fact.startswith(f"{ModelChoice().used()}, ")
    assert " 0 ms" not in fact


def test_without_a_model_it_fails_and_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> str:
        raise ModelError("nothing is installed that runs it: pip install it")

    monkeypatch.setattr(engines.ModelChoice, "used", none)
    assert only(monkeypatch, "Pose model", doctor._model) == (
        1, "\u2716 Pose model nothing is installed that runs it: pip install it",
    )  # fmt: skip


def test_an_engine_without_a_cache_is_told_nothing_of_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, LITERT)
    monkeypatch.setattr(bundle, "cache_path", lambda: tmp_path / "new" / "x.task")
    assert only(monkeypatch, "Model cache", doctor._cache) == (0, "")
    assert not (tmp_path / "new").exists()


def test_a_cache_that_is_empty_so_far_can_be_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, MEDIAPIPE)
    path = tmp_path / "new" / "x.task"
    monkeypatch.setattr(bundle, "cache_path", lambda: path)
    assert doctor._cache() == (True, f"{path.parent} can be written")
    assert list(path.parent.iterdir()) == []
    path.write_bytes(b"a bundle")
    assert doctor._cache() == (True, str(path))


def test_a_cache_that_cannot_be_written_only_costs_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, MEDIAPIPE)
    (tmp_path / "file").write_bytes(b"in its way")
    monkeypatch.setattr(bundle, "cache_path", lambda: tmp_path / "file" / "x.task")
    code, said = only(monkeypatch, "Model cache", doctor._cache)
    assert code == 0
    assert said.startswith("\u26a0 Model cache ")
    assert "cannot be written (" in said
    assert said.endswith("; the model is put together anew at every start")


def test_a_check_that_breaks_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> doctor.Check:
        raise ZeroDivisionError("by nothing")

    assert only(monkeypatch, "Voice", broken) == (0, "\u26a0 Voice ZeroDivisionError: by nothing")
    assert only(monkeypatch, "Typeface", broken)[0] == 1
