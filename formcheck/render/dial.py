"""The round clock: a disc with a ring that fills clockwise from the top."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.render.stamp import COVERED, Pixels, Rgb, Stamp, as_bytes

EMPTY: Final[Rgb] = (70, 80, 95)

Weights = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Dial:
    """The disc with the ring while it is empty, and what it takes to fill a part of the ring.

    Of each pixel: how far it lies on the ring, 0 to 1, and how many pixels along it from the top.
    """

    empty: Stamp
    on_ring: Weights
    along: Weights
    around: float

    def held(self, share: float, colour: Rgb) -> Stamp:
        """That share of the ring. Its ends are cut straight: round ones would close the gap."""
        cover = self.on_ring * np.clip(np.float32(share * self.around) - self.along, 0.0, 1.0)
        return Stamp.in_colour(as_bytes(cover), colour)


@lru_cache(maxsize=4)
def dial(radius: int, thick: int, behind: Rgb) -> Dial:
    """A dial whose ring has that radius and thickness in pixels, on a disc that lets the picture shine through."""
    reach = radius + thick
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float32)
    away = np.hypot(x, y)
    on_ring = np.clip(thick / 2 + 0.5 - np.abs(away - radius), 0.0, 1.0)
    disc = Stamp.in_colour(as_bytes(COVERED * np.clip(reach + 0.5 - away, 0.0, 1.0)), behind)
    track = Stamp.in_colour(as_bytes(on_ring), EMPTY)

    def on(part: Pixels) -> None:
        disc.lay(part, 0, 0)
        track.lay(part, 0, 0)

    return Dial(
        empty=Stamp.of(2 * reach + 1, 2 * reach + 1, on),
        on_ring=on_ring,
        along=np.arctan2(x, -y) % np.float32(2 * np.pi) * radius,
        around=2 * np.pi * radius,
    )
