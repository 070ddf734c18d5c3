"""Which engine runs which model. Nothing heavy is loaded before it is used."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from formcheck.core.errors import ModelError
from formcheck.pose.pool import EstimatorPool
from formcheck.pose.port import PoseEstimator

LITERT: Final = "litert"
MEDIAPIPE: Final = "mediapipe"
ENGINES: Final = (LITERT, MEDIAPIPE)
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

        return PoseLooker(LitertEngine(model_files.load(self.path), threads))

    def live_pool(self, cores: int) -> EstimatorPool:
        """Estimators for one camera, ready to be used: so many cores share a picture, or take turns if they cannot."""
        together = self.used() == LITERT
        pool = EstimatorPool(lambda: self.estimator(cores if together else 1), 1 if together else cores)
        pool.prepare()
        return pool

    def model_id(self) -> str:
        """Name and hash of the model, as the estimators tell it. Raises ModelError where there is none."""
        if self.used() == MEDIAPIPE:
            from formcheck.pose import bundle

            return bundle.model_id(bundle.model_bytes(self.path), self.path)
        from formcheck.pose import model_files

        return model_files.load(self.path).model_id

    def used(self) -> str:
        """The engine that will be used. Raises ModelError where none is installed."""
        if self.engine is not None:
            return self.engine
        for engine in ENGINES:
            if importlib.util.find_spec(_PACKAGES[engine]) is not None:
                return engine
        raise ModelError("nothing is installed that runs the pose model: pip install ai-edge-litert")
