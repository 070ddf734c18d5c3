"""Legs under their true names, where it is known that the model exchanged them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.core.landmarks import EXCHANGED_LEGS
from formcheck.core.poses import Body, Bools

SURELY_EXCHANGED: Final = 3.0
"""Log odds, nineteen to one, from which on legs are given each other's names."""


def renamed(body: Body, exchanged: Bools) -> Body:
    """The body with the legs of the frames in which they are `exchanged` (T,) under each other's names."""
    if not exchanged.any():
        return body

    def of(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        where = exchanged.reshape(-1, *(1,) * (values.ndim - 1))
        return np.where(where, values[:, EXCHANGED_LEGS], values)

    return replace(
        body,
        points_px=of(body.points_px),
        raw_px=of(body.raw_px),
        depth_px=of(body.depth_px),
        visibility=of(body.visibility),
        trust=of(body.trust),
    )
