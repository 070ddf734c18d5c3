"""The outline of the trunk, from a person mask.

A trunk line runs from the middle of the hips (0) to the middle of the shoulders (1). At stations along it, and a
little beyond both ends, the distance to the edge of the person is measured at right angles to both sides. That is all
of the mask that rules on the back need, and little enough to be kept for every frame.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.core.poses import Floats

STATIONS: Final = np.linspace(-0.1, 1.2, 27)
_REACH = 0.8  # of the trunk line: no body is thicker than this to one side
_STEPS = 64
_INSIDE = 0.5
MaskAt = Callable[[Floats], Floats]
"""How sure a person is there, 0 to 1, at points (..., 2) in pixels; NaN outside of the picture."""


def in_mask(mask: npt.NDArray[np.float32]) -> MaskAt:
    """The values of a mask of the whole picture, in its own pixels."""
    height, width = mask.shape

    def value_at(points: Floats) -> Floats:
        x, y = points[..., 0], points[..., 1]
        inside = (x >= 0) & (x <= width - 1) & (y >= 0) & (y <= height - 1)
        value = mask[np.clip(y, 0, height - 1).astype(int), np.clip(x, 0, width - 1).astype(int)]
        return np.asarray(np.where(inside, value, np.nan))

    return value_at


def trunk_profile(mask_at: MaskAt, hip: Floats, shoulder: Floats) -> Floats:
    """Distances (2, 27) in pixels from the trunk line to the edge of the person.

    Row 0 lies to the left of the line as seen going from `hip` to `shoulder` in the picture, row 1 to the right. NaN
    where a station lies outside of the person or the picture, or the edge is out of reach.
    """
    line = shoulder - hip
    length = float(np.hypot(*line))
    if not length > 4.0:
        return np.full((2, len(STATIONS)), np.nan)
    across = np.array([line[1], -line[0]]) / length
    at = hip + STATIONS[:, None] * line
    out = np.linspace(0.0, _REACH * length, _STEPS)
    profile = np.empty((2, len(STATIONS)))
    for row, side in enumerate((1.0, -1.0)):
        points = at[:, None] + side * out[None, :, None] * across
        profile[row] = _first_edge(mask_at(points), out)
    return profile


def _first_edge(values: Floats, out: Floats) -> Floats:
    """Where each row of mask values first falls below one half, between samples; NaN if it starts or stays outside."""
    below = ~(values >= _INSIDE)
    first = below.argmax(axis=1)
    rows = np.arange(len(values))
    before, after = values[rows, np.maximum(first - 1, 0)], values[rows, first]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = (before - _INSIDE) / (before - after)
    step = out[1] - out[0]
    edge = out[np.maximum(first - 1, 0)] + np.clip(share, 0.0, 1.0) * step
    # Row 0 is the line itself; an edge that is the border of the picture is none.
    return np.where((first == 0) | ~below.any(axis=1) | np.isnan(after), np.nan, edge)
