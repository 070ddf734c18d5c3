"""Which engine runs which model. Nothing heavy is loaded before it is used."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from formcheck.core.errors import ModelError
from formcheck.pose.pool import EstimatorPool
from formcheck.pose.port import PoseEstimator

LITERT: Final = "litert"
MEDIAPIPE: Final = "mediapipe"
ENGINES: Final = (LITERT, MEDIAPIPE)
# A thread that reads a picture in this time keeps up with thirty a second, the look at a whole picture now and then
# included. Two would wait for each other: a fifth more processor time, and no core left to camera and window.
_ALONE_S: Final = 0.024
_MEDIAPIPE: Final = "0.10.21"  # later ones look up a host when they start
_PACKAGES: Final = {LITERT: "ai_edge_litert", MEDIAPIPE: "mediapipe"}


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """What finds people in pictures.

    engine  one of `ENGINES`; None: LiteRT where it is installed, else MediaPipe.
    path    the user's own model, see `model_files.load`; None: the shipped one.
    """

    engine: str | None = None
    path: Path | None = None

    def estimator(self, threads: int = 1) -> PoseEstimator:
        """A new estimator that looks at one picture at a time. Raises ModelError where there can be none.

        `threads` at most work on a picture, where the engine can do that: what it finds does not depend on them.
        """
        from formcheck.pose.looking import PoseLooker

        if self.used() == MEDIAPIPE:
            from formcheck.pose.mediapipe_pose import MediaPipeEngine

            return PoseLooker(MediaPipeEngine(self.path))
        from formcheck.pose import model_files
        from formcheck.pose.litert_engine import LitertEngine

        estimator = PoseLooker(LitertEngine(model_files.load(self.path), threads))
        if self.path is not None:
            _check_finds(estimator, self.path)
        return estimator

    def live_pool(self, cores: int, clock: Callable[[], float] = time.perf_counter) -> EstimatorPool:
        """Estimators for one camera, ready to be used: where one core is too slow for it, so many share a picture.

        Of an engine that cannot share they take turns. `clock` gives seconds.
        """
        if self.used() == MEDIAPIPE:
            pool = EstimatorPool(self.estimator, cores)
        else:
            one = self._fast_enough(cores, clock)
            pool = EstimatorPool(lambda: one, 1)
        pool.prepare()
        return pool

    def _fast_enough(self, cores: int, clock: Callable[[], float]) -> PoseEstimator:
        """An estimator on one core, on all of these where that is too slow."""
        alone = self.estimator()
        if cores == 1:
            return alone
        import cv2

        from formcheck.pose.pace import read_s

        cv2.setNumThreads(1)  # its own threads wait for each other longer than they work on such small pictures
        if read_s(alone, clock) <= _ALONE_S:
            return alone
        alone.__exit__(None, None, None)
        return self.estimator(cores)

    def model_id(self) -> str:
        """Name and hash of the model, as the estimators tell it. Raises ModelError where there is none."""
        if self.used() == MEDIAPIPE:
            from formcheck.pose import bundle

            return bundle.model_id(bundle.model_bytes(self.path), self.path)
        from formcheck.pose import model_files

        return model_files.load(self.path).model_id

    def used(self) -> str:
        """The engine that will be used. Raises ModelError where none is installed."""
        there = [engine for engine in ENGINES if importlib.util.find_spec(_PACKAGES[engine]) is not None]
        engine = self.engine or next(iter(there), None)
        if engine is None:
            raise ModelError("nothing is installed that runs the pose model: install formcheck again")
        if engine == MEDIAPIPE:
            _check_mediapipe(installed=engine in there)
        return engine


def _check_mediapipe(*, installed: bool) -> None:
    """Raises ModelError unless it is the release that carries the model and asks no host for anything."""
    if not installed:
        raise ModelError(
            f"MediaPipe is not installed; leave --engine away, or pip install mediapipe=={_MEDIAPIPE} (to Python 3.12)"
        )
    try:
        version = importlib.metadata.version(_PACKAGES[MEDIAPIPE])
    except importlib.metadata.PackageNotFoundError:
        version = "of unknown version"
    if version != _MEDIAPIPE:
        raise ModelError(f"mediapipe {version} is another one than formcheck's: pip install mediapipe=={_MEDIAPIPE}")


def _check_finds(estimator: PoseEstimator, path: Path) -> None:
    """Raises ModelError where the user's own model finds nobody: no hash of it is known, and damage has no form."""
    from formcheck.pose.pace import somebody

    if not estimator.estimate(somebody()).frame.people:
        estimator.__exit__(None, None, None)
        raise ModelError(f"{path} finds nobody in a picture of somebody: it is damaged, or no pose model")
