"""What runs a pose model: one look at one picture. What is looked at, and when again, is decided in `looking.py`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from formcheck.core.poses import Pose
from formcheck.pose.regions import Region

# How far somebody may move (of the region's size) and turn since the key picture. Up to the first limit nothing follows
# them: the region of a still body trembles by that, and would pass it on to the points. Beyond it the region goes with
# them, else who comes up falls behind and jumps at the next key: read so, the trunk of rendered people who come up was
# up to 80 % too fast. Beyond the second they are looked for again; own choice.
_STILL, _STILL_TURN = 0.015, math.radians(2.0)
_LEFT, _LEFT_TURN = 0.1, math.radians(15.0)


PEOPLE: Final = 2
"""How many are looked for: who stretches and a helper."""
LEAST_SURE: Final = 0.3
"""How sure the detector must be: from there on it finds who lies half behind a helper, and what is nobody fails the
landmark network's own test."""


class Place(NamedTuple):
    """Where to read somebody again.

    region    what the detector said, in the key picture.
    own       the region that follows from the points that were found in it there.
    mirrored  whether they are found in the mirror image only.
    now       that region in the picture before; None: it was the key.
    """

    region: Region
    own: Region
    mirrored: bool = False
    now: Region | None = None

    def followed(self) -> Region:
        """Where to read them: in the same region while they are still, else moved and turned as they have."""
        now = self.now or self.own
        away, turned = self._since_key(now)
        if away <= _STILL * self.region.size and abs(turned) <= _STILL_TURN:
            return self.region
        gone = self.region.moved(now.x - self.own.x, now.y - self.own.y)
        return gone._replace(turn=gone.turn + turned)

    def moved(self, right: float, down: float) -> Place:
        """The same place so many pixels further."""
        return self._each(lambda region: region.moved(right, down))

    def in_mirror(self, width: float) -> Place:
        """The same place as it is in the mirror image of a picture of that width."""
        return self._each(lambda region: region.mirrored(width))._replace(mirrored=not self.mirrored)

    def left_by(self, now: Region) -> bool:
        """Whether somebody of whom this is the region now has moved far away from here."""
        away, turned = self._since_key(now)
        return away > _LEFT * self.region.size or abs(turned) > _LEFT_TURN

    def _since_key(self, now: Region) -> tuple[float, float]:
        """How far, in pixels, and by what angle they have moved since the key picture."""
        away = math.hypot(now.x - self.own.x, now.y - self.own.y)
        return away, math.remainder(now.turn - self.own.turn, math.tau)

    def _each(self, change: Callable[[Region], Region]) -> Place:
        now = self.now and change(self.now)
        return self._replace(region=change(self.region), own=change(self.own), now=now)


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
