"""How fast an estimator is on this machine, and the picture that estimators are tried with."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from formcheck.core.poses import Picture
from formcheck.pose.port import PoseEstimator

SOMEBODY: Final = Path(__file__).with_name("somebody.jpg")
"""A rendered body in a picture that is not square."""
_TRIES: Final = 5  # others may be at work as well: the shortest counts


def somebody() -> Picture:
    """A picture in which every pose model finds one person."""
    bgr = cv2.imdecode(np.frombuffer(SOMEBODY.read_bytes(), dtype=np.uint8), cv2.IMREAD_COLOR)
    rgb = np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), dtype=np.uint8)
    return Picture(index=0, t_s=0.0, rgb=rgb, width=rgb.shape[1], height=rgb.shape[0])


def read_s(estimator: PoseEstimator, clock: Callable[[], float] = time.perf_counter) -> float:
    """Seconds for a picture between two keys (`key_pictures.py`): to read somebody whose place is known."""
    picture = somebody()
    places = estimator.estimate(picture).places
    took = []
    for _ in range(_TRIES):
        start_s = clock()
        estimator.estimate(picture, places)
        took.append(clock() - start_s)
    return min(took)
