"""What runs a pose model: one look at one picture. What is looked at, and when again, is decided in `looking.py`."""

from __future__ import annotations

import math
from typing import Final, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from formcheck.core.poses import Pose
from formcheck.pose.regions import Region

# How far somebody may move, turn or grow since their place was found before it is looked for again: own choice, what
# the detector's own places differ by from one picture of a still body to the next.
_MOVED: Final = 0.1  # of the region's size
_TURNED: Final = math.radians(15.0)


class Place(NamedTuple):
    """Where to read somebody again.

    region    what the detector said.
    own       the region that follows from the points that were found in it, when it was new.
    mirrored  whether they are found in the mirror image only.
    """

    region: Region
    own: Region
    mirrored: bool = False

    def moved(self, right: float, down: float) -> Place:
        """The same place so many pixels further."""
        return self._replace(region=self.region.moved(right, down), own=self.own.moved(right, down))

    def in_mirror(self, width: float) -> Place:
        """The same place as it is in the mirror image of a picture of that width."""
        regions = (self.region.mirrored(width), self.own.mirrored(width))
        return Place(*regions, mirrored=not self.mirrored)

    def left_by(self, own: Region) -> bool:
        """Whether somebody of whom this is the region now has moved away from here."""
        away = math.hypot(own.x - self.own.x, own.y - self.own.y)
        turned = math.remainder(own.turn - self.own.turn, math.tau)
        return away > _MOVED * self.region.size or abs(turned) > _TURNED


class Found(NamedTuple):
    """One person; `place` is None where the engine finds that itself each time."""

    pose: Pose
    place: Place | None


class PoseEngine(Protocol):
    """Looks at pictures. Each look stands for itself. For one thread at a time.

    Pictures are `rgb` (h, w, 3), with square pixels, made from one that was `width` pixels wide; poses are in those.
    """

    @property
    def model_id(self) -> str:
        """Name and hash of the model, written into every recording."""
        ...

    def look(self, rgb: npt.NDArray[np.uint8], width: float) -> tuple[Found, ...]:
        """The people in a picture, at most two."""
        ...

    def read(self, rgb: npt.NDArray[np.uint8], width: float, region: Region) -> Found | None:
        """Who is in a region that a look gave; None where nobody is."""
        ...

    def close(self) -> None:
        """Give its memory back."""
        ...
