"""Pictures that change their size midway: the same scene at another scale, or another framing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from formcheck.core.poses import Bools, Floats, PoseBlock

_SAME_SHAPE = 0.02  # sides are rounded when a stream changes its resolution; a phone that is turned is far beyond


class FrameSizeNormaliser:
    """Brings the poses of frames of any size to the size of the first frame of their shape."""

    def __init__(self) -> None:
        self._size: Floats | None = None

    def extend(self, block: PoseBlock) -> tuple[PoseBlock, Floats, Bools]:
        """The block in pixels of one size, by what its own pixels were multiplied (T,), and where the shape changed.

        From a frame with another shape on nothing lies where it was before.
        """
        scale, anew = np.ones(len(block)), np.zeros(len(block), dtype=bool)
        sizes = block.picture_px.astype(float)
        turns = np.flatnonzero((np.diff(sizes, axis=0) != 0).any(axis=1)) + 1
        for start, part in zip([0, *turns.tolist()], np.split(sizes, turns), strict=True):
            if not len(part):
                continue
            width, height = part[0]
            if self._size is None or abs(width / height / (self._size[0] / self._size[1]) - 1.0) > _SAME_SHAPE:
                anew[start] = self._size is not None
                self._size = part[0]
            scale[start : start + len(part)] = np.sqrt(np.prod(self._size / part[0]))
        if (scale != 1.0).any():
            by = np.repeat(scale, np.diff(block.first))
            block = replace(
                block,
                points_px=block.points_px * by[:, None, None],
                depth_px=block.depth_px * by[:, None],
                profile_px=block.profile_px * by[:, None, None],
            )
        return block, scale, anew
