"""What stands in for the networks and the engine where a test tells them what to find."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from formcheck.core.poses import Picture, Pose
from formcheck.pose.engine import Found, Place
from formcheck.pose.regions import Region

Floats = np.ndarray
WIDTH, HEIGHT = 160, 90


class MadeUpNetwork:
    """Takes a picture and answers what it was told to."""

    def __init__(self, side: int, answers: Sequence[Floats]) -> None:
        self.picture = np.zeros((side, side, 3), dtype=np.float32)
        self.answers = [np.asarray(one, dtype=np.float32) for one in answers]
        self.closed = False

    def run(self) -> list[Floats]:
        return self.answers

    def close(self) -> None:
        self.closed = True


def instead_of(patch: pytest.MonkeyPatch, module: object, answers: Sequence[Floats]) -> list[MadeUpNetwork]:
    """Let a module have made-up networks; those it made."""
    made: list[MadeUpNetwork] = []

    def network(_content: bytes, _what: str, side: int, outputs: Sequence[tuple[int, ...]], _threads: int) -> object:
        assert [one.shape for one in answers] == list(outputs)
        made.append(MadeUpNetwork(side, answers))
        return made[-1]

    patch.setattr(module, "Network", network)
    return made


def picture(index: int = 0, t_s: float | None = None) -> Picture:
    """A picture that is black, but for a red pixel in its upper left corner that tells it from its mirror image."""
    rgb = np.zeros((HEIGHT, WIDTH, 3), dtype=np.uint8)
    rgb[0, 0, 0] = 255
    return Picture(index=index, t_s=index / 30 if t_s is None else t_s, rgb=rgb, width=WIDTH, height=HEIGHT)


def is_mirrored(rgb: np.ndarray) -> bool:
    """Whether it is the mirror image of such a picture."""
    return bool(rgb[0, -1, 0])


def is_whole(rgb: np.ndarray) -> bool:
    """Whether it is all of such a picture, not a part of it."""
    return rgb.shape[:2] == (HEIGHT, WIDTH)


class MadeUpEngine:
    """Finds what it is told to, and keeps what it was asked.

    `looks` and `reads` answer to the number of the picture and whether it is mirrored; a read also to its region.
    """

    model_id = "made up:1"

    def __init__(
        self,
        looks: Callable[[bool], Sequence[Found]],
        reads: Callable[[bool, Region], Found | None] = lambda _mirrored, _region: None,
        closer: Sequence[Found] = (),
    ) -> None:
        self._looks, self._reads, self._closer = looks, reads, closer
        self.asked: list[str] = []
        self.regions: list[Region] = []
        self.closed = False

    def look(self, rgb: np.ndarray, _width: float) -> tuple[Found, ...]:
        if not is_whole(rgb):
            self.asked.append("closer")
            return tuple(self._closer)
        self.asked.append("look mirrored" if is_mirrored(rgb) else "look")
        return tuple(self._looks(is_mirrored(rgb)))

    def read(self, rgb: np.ndarray, _width: float, region: Region) -> Found | None:
        self.asked.append("read mirrored" if is_mirrored(rgb) else "read")
        self.regions.append(region)
        return self._reads(is_mirrored(rgb), region)

    def close(self) -> None:
        self.closed = True

    def lately(self) -> list[str]:
        """What was asked since this was asked last."""
        asked, self.asked, self.regions = self.asked, [], []
        return asked


def found(pose: Pose, region: Region, own: Region | None = None) -> Found:
    """Somebody in a region, who makes that region themselves unless told otherwise."""
    return Found(pose, Place(region, own or region))
