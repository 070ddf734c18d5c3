"""How far off a measured value may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.core.poses import Floats

_SIDE_ON_DEG: Final = 15.0  # own choice: the rendered views are 0, 12 to 20, and 25 degrees
_TURNED_DEG: Final = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """How far off a value may be, plus or minus, in its unit.

    held    of a value that was kept up: what nine in ten rendered holds of the stretch stay within (table `errors` of
            docs/accuracy.md), of fewer than ten holds the largest error, rounded up. It does not average out.
    turned  the same of somebody turned by 25 degrees, where that is more.
    single  spread (one standard deviation) that a single picture has besides.
    """

    held: float
    turned: float | None = None
    single: float = 0.0

    def at(self, yaw_deg: Floats) -> Floats:
        """(T,) of people turned by (T,) degrees from side-on, NaN where that is not known."""
        if self.turned is None:
            return np.full(len(yaw_deg), self.held)
        yaw = np.where(np.isnan(yaw_deg), 0.0, np.abs(yaw_deg))
        return np.interp(yaw, (_SIDE_ON_DEG, _TURNED_DEG), (self.held, self.turned))
