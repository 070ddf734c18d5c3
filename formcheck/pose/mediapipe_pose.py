"""MediaPipe's pose landmarker behind the estimator port. The only module that imports mediapipe."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from formcheck.core.errors import ModelError
from formcheck.core.landmarks import HIPS, SHOULDERS
from formcheck.core.poses import Picture, Pose, PoseFrame
from formcheck.geometry.silhouette import trunk_profile
from formcheck.pose import closer_look, mirror_pass
from formcheck.pose.bundle import model_bytes, model_id
from formcheck.pose.quiet_logging import without_native_log

_PEOPLE = 2
# A rendered body in a picture that is not square: only of such a person does MediaPipe say what it has to say.
_SOMEBODY = Path(__file__).with_name("somebody.jpg")


class MediaPipePose:
    """Finds up to two people in each picture by itself (image mode): no smoothing, no memory, no order.

    On the rendered clips this exchanges the legs far less often than tracking from frame to frame does, and two
    threads or processes that share a recording see exactly what one would.
    """

    def __init__(self, model: Path | None = None) -> None:
        content = model_bytes(model)
        self.model_id = model_id(content, model)
        # MediaPipe talks about itself while it starts, and once more about the first person that it finds; what
        # matters comes as an exception.
        with without_native_log():
            import mediapipe
            from mediapipe.tasks.python import BaseOptions, vision

            self._image = mediapipe.Image
            self._format = mediapipe.ImageFormat.SRGB
            try:
                self._landmarker = vision.PoseLandmarker.create_from_options(
                    vision.PoseLandmarkerOptions(
                        base_options=BaseOptions(model_asset_buffer=content),
                        running_mode=vision.RunningMode.IMAGE,
                        num_poses=_PEOPLE,
                        # A person who lies half behind a helper is found from 0.3 on; what is nobody fails
                        # the landmark model's own test.
                        min_pose_detection_confidence=0.3,
                        output_segmentation_masks=True,
                    )
                )
                self._landmarker.detect(self._image.create_from_file(str(_SOMEBODY)))
            except (RuntimeError, ValueError) as error:
                raise ModelError(f"the pose model cannot be used: {str(error).splitlines()[0]}") from error

    def estimate(self, picture: Picture) -> PoseFrame:
        """The people in a picture, in pixels of its full size; rounded so that a recording holds the same."""
        width, height = picture.width, picture.height
        people = self._look(picture.rgb, width, height)
        if mirror_pass.wanted(people):
            mirrored = self._look(picture.rgb[:, ::-1], width, height)
            people = mirror_pass.merged(people, [mirror_pass.unmirrored(pose, width) for pose in mirrored])
        part = closer_look.wanted(people, picture)
        if part is not None:
            people = closer_look.added(people, self._look(part.rgb, part.width, part.height), part)
        return PoseFrame(index=picture.index, t_s=picture.t_s, width=width, height=height, people=people)

    def _look(self, rgb: npt.NDArray[np.uint8], width: float, height: float) -> tuple[Pose, ...]:
        """The people in `rgb`, in pixels of what it was made from, which is so large."""
        found = self._landmarker.detect(self._image(image_format=self._format, data=np.ascontiguousarray(rgb)))
        return tuple(
            _pose(person, mask.numpy_view(), width, height)
            for person, mask in zip(found.pose_landmarks, found.segmentation_masks or (), strict=True)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._landmarker.close()


def _pose(person: Iterable[Any], mask: npt.NDArray[np.float32], width: float, height: float) -> Pose:
    values = np.array([(mark.x, mark.y, mark.z, mark.visibility) for mark in person], dtype=float)
    points_px = np.round(values[:, :2] * (width, height), 2)
    mask = mask.reshape(mask.shape[:2])
    scale = mask.shape[1] / width
    hip, shoulder = (points_px[pair].mean(axis=0) * scale for pair in (HIPS, SHOULDERS))
    return Pose(
        points_px=points_px,
        profile_px=np.round(trunk_profile(mask, hip, shoulder) / scale, 2),
        depth_px=np.round(values[:, 2] * width, 1),
        visibility=np.round(values[:, 3], 3),
    )
