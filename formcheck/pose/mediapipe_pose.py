"""MediaPipe's own pose landmarker as an engine: the reference. The only module that imports mediapipe to run it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from formcheck.core.errors import ModelError
from formcheck.core.landmarks import HIPS, SHOULDERS
from formcheck.core.poses import Pose
from formcheck.geometry.silhouette import in_mask, trunk_profile
from formcheck.pose.bundle import model_bytes, model_id
from formcheck.pose.engine import LEAST_SURE, PEOPLE, Found
from formcheck.pose.pace import SOMEBODY
from formcheck.pose.quiet_logging import without_native_log
from formcheck.pose.regions import Region


class MediaPipeEngine:
    """Finds up to two people in each picture by itself (image mode): no smoothing, no memory, no order."""

    def __init__(self, model: Path | None = None) -> None:
        content = model_bytes(model)
        self.model_id = model_id(content, model)
        # MediaPipe talks about itself while it starts, and once more about the first person that it finds; what
        # matters comes as an exception.
        with without_native_log():
            try:
                import mediapipe
                from mediapipe.tasks.python import BaseOptions, vision
            except ImportError as error:
                raise ModelError(
                    "mediapipe is not installed, or not for this Python; leave --engine away to do without it"
                ) from error
            self._image = mediapipe.Image
            self._format = mediapipe.ImageFormat.SRGB
            try:
                self._landmarker = vision.PoseLandmarker.create_from_options(
                    vision.PoseLandmarkerOptions(
                        base_options=BaseOptions(model_asset_buffer=content),
                        running_mode=vision.RunningMode.IMAGE,
                        num_poses=PEOPLE,
                        min_pose_detection_confidence=LEAST_SURE,
                        output_segmentation_masks=True,
                    )
                )
                # Only of such a picture does MediaPipe say what it has to say.
                self._landmarker.detect(self._image.create_from_file(str(SOMEBODY)))
            except (RuntimeError, ValueError) as error:
                raise ModelError(
                    f"MediaPipe cannot use the model {model or 'that is shipped'}: it is damaged, of another kind, or "
                    "without the metadata that MediaPipe wants; see models/README.md"
                ) from error

    def look(self, rgb: npt.NDArray[np.uint8], width: float) -> tuple[Found, ...]:
        """The people in a picture that was `width` pixels wide, in those pixels."""
        found = self._landmarker.detect(self._image(image_format=self._format, data=np.ascontiguousarray(rgb)))
        per_pixel = width / rgb.shape[1]
        return tuple(
            Found(_pose(person, mask.numpy_view(), (rgb.shape[0], rgb.shape[1]), per_pixel), None)
            for person, mask in zip(found.pose_landmarks, found.segmentation_masks or (), strict=True)
        )

    def read(self, rgb: npt.NDArray[np.uint8], width: float, region: Region) -> Found | None:
        """Never asked for: the graph gives no regions, it looks at whole pictures."""
        raise NotImplementedError

    def close(self) -> None:
        """Give the memory back."""
        self._landmarker.close()


def _pose(person: Iterable[Any], mask: npt.NDArray[np.float32], size: tuple[int, int], per_pixel: float) -> Pose:
    values = np.array([(mark.x, mark.y, mark.z, mark.visibility) for mark in person], dtype=float)
    height, width = size
    points = values[:, :2] * (width, height)
    hip, shoulder = (points[pair].mean(axis=0) for pair in (HIPS, SHOULDERS))
    profile = trunk_profile(in_mask(mask.reshape(size)), hip, shoulder)
    return Pose(
        points_px=np.round(points * per_pixel, 2),
        profile_px=np.round(profile * per_pixel, 2),
        depth_px=np.round(values[:, 2] * width * per_pixel, 1),
        visibility=np.round(values[:, 3], 3),
    )
