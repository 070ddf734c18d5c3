"""How far points are from the bones between two joints. Pixels."""

from __future__ import annotations

import numpy as np

from formcheck.core.poses import Floats
from formcheck.geometry.angles import length


def off_and_along(points: Floats, start: Floats, end: Floats) -> tuple[Floats, Floats]:
    """Distance of points from the nearest place of the lines between `start` and `end`, and where that place is.

    All (..., 2) arrays that fit together. The place is a share of the line: 0 at its start, 1 at its end.
    """
    line, way = end - start, points - start
    share = (way * line).sum(axis=-1) / np.maximum((line**2).sum(axis=-1), 1e-9)
    along = np.clip(share, 0.0, 1.0)
    return length(way, along[..., None] * line), along


def off(points: Floats, start: Floats, end: Floats) -> Floats:
    """The distance alone."""
    return off_and_along(points, start, end)[0]
