"""MediaPipe's pose model on LiteRT: the same two networks, without the graph around them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from formcheck.pose.detector import PersonDetector
from formcheck.pose.engine import PEOPLE, Found
from formcheck.pose.landmark_net import LandmarkNet
from formcheck.pose.model_files import PoseModel
from formcheck.pose.regions import Region


class LitertEngine:
    """Detector and landmark network, each on so many threads; the result does not depend on how many."""

    def __init__(self, model: PoseModel, threads: int = 1) -> None:
        """Raises ModelError where the model cannot be used."""
        self.model_id = model.model_id
        self._detector = PersonDetector(model.detector, f"the detector of the pose model {model.name}", threads)
        self._landmarks = LandmarkNet(model.landmarks, f"the pose model {model.name}", threads)

    def look(self, rgb: npt.NDArray[np.uint8], width: float) -> tuple[Found, ...]:
        """The people in a picture that was `width` pixels wide, in those pixels."""
        found = (self.read(rgb, width, one) for one in self._detector.find(rgb, width / rgb.shape[1], PEOPLE))
        return tuple(one for one in found if one is not None)

    def read(self, rgb: npt.NDArray[np.uint8], width: float, region: Region) -> Found | None:
        """Who is in a region; None where nobody is."""
        return self._landmarks.read(rgb, width / rgb.shape[1], region)

    def close(self) -> None:
        """Give the memory back."""
        self._detector.close()
        self._landmarks.close()
