"""Where the points of one person are: the landmark network of MediaPipe's pose model, as MediaPipe reads it.

The network looks at a region at 256 x 256 pixels. It gives 39 points (33 of the body, two from which the next region
follows, four that are not used), a map for each that tells how likely it lies where, and a mask of the person. A point
is put where its own map has its weight; how high that map gets tells how sure the point is. MediaPipe keeps that to
itself. Numbers without a source are those of MediaPipe 0.10.21 (`tensors_to_pose_landmarks_and_segmentation`).
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.core.landmarks import COUNT, HIPS, SHOULDERS
from formcheck.core.poses import Floats, Pose
from formcheck.geometry.silhouette import trunk_profile
from formcheck.pose.engine import Found, Place
from formcheck.pose.network import Network, sigmoid
from formcheck.pose.regions import Region

_SIDE: Final = 256
_POINTS, _VALUES = 39, 5  # x, y, depth, visibility, presence
_MAP: Final = 64  # cells in a row of a map
_AROUND: Final = np.arange(-3, 4)  # cells around a point that say where it really is
_HIGH_ENOUGH: Final = 0.5  # a map that is nowhere higher there moves nothing
_SOMEBODY: Final = 0.5  # how sure the network must be that it looks at a person
_HIPS_POINT, _END_POINT = 33, 34


class LandmarkNet:
    """Reads the points of the person in a region."""

    def __init__(self, content: bytes, what: str, threads: int) -> None:
        """Raises ModelError where `content`, of which errors speak as `what`, is not such a network."""
        shapes = ((_POINTS * _VALUES,), (1,), (_SIDE, _SIDE, 1), (_MAP, _MAP, _POINTS))
        self._network = Network(content, what, _SIDE, shapes, threads)

    def read(self, rgb: npt.NDArray[np.uint8], per_pixel: float, region: Region) -> Found | None:
        """Who is in the region, None when nobody is; `per_pixel` pixels of the picture make one of `rgb`."""
        part = region.cut(rgb, per_pixel, _SIDE, cv2.BORDER_REPLICATE)
        np.divide(part, np.float32(255.0), out=self._network.picture)
        values, somebody, mask, maps = self._network.run()
        if not somebody[0] >= _SOMEBODY:
            return None
        marks = values.reshape(_POINTS, _VALUES).astype(float)
        points_px = region.in_picture(_refined(marks[:, :2] / _SIDE, maps))
        height, width = (per_pixel * side for side in rgb.shape[:2])
        pose = Pose(
            points_px=np.round(points_px[:COUNT], 2),
            depth_px=np.round(marks[:COUNT, 2] * region.size / _SIDE, 1),
            visibility=np.round(sigmoid(marks[:COUNT, 3]), 3),
            profile_px=np.round(_profile(mask[..., 0], region, points_px, (width, height)), 2),
            confidence=np.round(sigmoid(_highest(maps)[:COUNT]), 3),
        )
        return Found(pose, Place(region, Region.around(points_px[_HIPS_POINT], points_px[_END_POINT])))

    def close(self) -> None:
        """Give its memory back."""
        self._network.close()


def _refined(points: Floats, maps: npt.NDArray[np.float32]) -> Floats:
    """Points (39, 2), as shares of the region, put where the weight of their own map around them is."""
    cells = (points * _MAP).astype(int)  # towards zero
    x, y = (cells[:, axis, None] + _AROUND for axis in (0, 1))
    inside = ((y >= 0) & (y < _MAP))[:, :, None] & ((x >= 0) & (x < _MAP))[:, None, :]
    rows, columns = (np.clip(one, 0, _MAP - 1) for one in (y, x))
    near = sigmoid(maps[rows[:, :, None], columns[:, None, :], np.arange(_POINTS)[:, None, None]].astype(float))
    near = np.where(inside, near, 0.0)
    total = near.sum(axis=(1, 2))
    # A point below the map is drawn back into it, one beside or above it is not: that is MediaPipe's way.
    there = (cells >= 0).all(axis=1) & (cells[:, 0] < _MAP) & (near.max(axis=(1, 2)) >= _HIGH_ENOUGH)
    weight = np.where(there, total, 1.0)
    moved = np.stack([(near.sum(axis=1) * x).sum(axis=1), (near.sum(axis=2) * y).sum(axis=1)], axis=1)
    return np.where(there[:, None], moved / weight[:, None] / _MAP, points)


def _highest(maps: npt.NDArray[np.float32]) -> Floats:
    """(39,) the highest value of each map."""
    return np.asarray(cv2.reduce(maps.reshape(-1, _POINTS), 0, cv2.REDUCE_MAX)[0], dtype=float)


def _profile(mask: npt.NDArray[np.float32], region: Region, points_px: Floats, size_px: tuple[float, float]) -> Floats:
    """The outline of the trunk, from the mask of the region; only the places that it asks for are looked up."""
    person = 1.0 / (1.0 + cv2.exp(-np.clip(mask, -80.0, 80.0)))
    last = np.array(size_px) - 1.0

    def sampled(at_px: Floats) -> Floats:
        where = (region.shares(at_px) * _SIDE).astype(np.float32)
        found = cv2.remap(person, where[..., 0], where[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
        return np.asarray(np.where(((at_px >= 0) & (at_px <= last)).all(axis=-1), found, np.nan))

    hip, shoulder = (points_px[pair].mean(axis=0) for pair in (HIPS, SHOULDERS))
    return trunk_profile(sampled, hip, shoulder)
