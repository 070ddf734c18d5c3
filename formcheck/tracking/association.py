"""Which of the people in the picture is the one who stretches, from frame to frame."""

from __future__ import annotations

import math

import numpy as np

from formcheck.core.landmarks import ANKLES, HIPS, KNEES, SHOULDERS
from formcheck.core.poses import Bools, Floats, Ints, PoseBlock
from formcheck.geometry.posture import is_lying
from formcheck.tracking.poster import Middles, Rival, Sized

_FRAME_OF_BODY = np.concatenate([SHOULDERS, HIPS, KNEES, ANKLES])

# How far trunk and legs may have moved, in sizes of the body: at once, and more for every second unseen.
_JUMP, _SPEED = 0.15, 0.5
_LYING_S = 0.4
_NOBODY = -1


class PersonFollower:
    """Follows one person and ignores the others.

    The first choice is the largest person, or with `lying` the one who lies: a helper and a passer-by are on
    their feet. When the followed one is not lying and somebody else keeps lying there, the choice changes; and when
    the followed one never moved, as on a poster, and somebody else gets into another posture.
    From then on only somebody in about the same place can be that
    person; after `lost_s` seconds without them the choice is open again, so a passer-by neither steals the
    skeleton nor ends the session.
    """

    def __init__(self, *, prefer_lying: bool = True, lost_s: float = 2.0) -> None:
        self._prefer_lying = prefer_lying
        self._lost_s = lost_s
        self._lying_since_s = math.inf
        # The last choice: middles of trunk and legs, size, whether lying.
        self._last: tuple[list[list[float]], float, bool] | None = None
        self._last_s = 0.0
        self._rival = Rival()

    def choose(self, block: PoseBlock, anew: Bools) -> tuple[Ints, Bools]:
        """Row of the followed person in each frame (T,), -1 where they are not there.

        From a frame that is `anew` (T,) on nobody lies where they were before: the choice is open at once. The second
        array tells in which frames the choice may be somebody else than before.
        """
        framed = block.points_px[:, _FRAME_OF_BODY]
        # Left and right may have been exchanged, so middles are compared.
        middles = framed.reshape(-1, 4, 2, 2).mean(axis=2)
        sizes = np.hypot(*(framed.max(axis=1) - framed.min(axis=1)).T).tolist() if len(framed) else []
        lying = is_lying(block.points_px).tolist()
        # From each pose to the one in the row before: all that is needed while one person is alone.
        steps = [math.nan, *_distances(middles[1:], middles[:-1]).tolist()]
        places: list[list[list[float]]] = middles.tolist()
        chosen = np.full(len(block), _NOBODY, dtype=np.int64)
        changed = np.zeros(len(block), dtype=bool)
        first = block.first.tolist()
        last_row = -2
        for i, (t_s, elsewhere) in enumerate(zip(block.t_s.tolist(), anew.tolist(), strict=True)):
            start, end = first[i], first[i + 1]
            if elsewhere:
                self._last_s = -math.inf
            if start == end:
                continue
            gap_s = t_s - self._last_s
            if self._last is None or gap_s > self._lost_s or self._lying_instead(t_s, lying[start:end]):
                row = max(range(start, end), key=lambda k: self._worth(sizes[k], lying=lying[k]))
                changed[i] = self._last is not None
                self._rival.forget()
            else:
                middle, size, _ = self._last
                if end - start == 1 and last_row == start - 1:
                    row, moved = start, steps[start]
                else:
                    ways = [_distance(place, middle) for place in places[start:end]]
                    moved = min(ways)
                    row = start + ways.index(moved)
                if moved > (_JUMP + _SPEED * gap_s) * size:
                    continue
                row, changed[i] = self._unless_a_poster(t_s, row, range(start, end), places, sizes, lying)
            self._last, self._last_s, last_row = (places[row], sizes[row], lying[row]), t_s, row
            chosen[i] = row
        return chosen, changed

    def _unless_a_poster(
        self, t_s: float, row: int, rows: range, places: list[Middles], sizes: list[float], lying: list[bool]
    ) -> tuple[int, bool]:
        """The row to follow, and whether that is somebody else than the one in `row`."""
        if lying[row]:
            return row, False
        other = next((k for k in rows if k != row), None)
        rival = None if other is None else Sized(places[other], sizes[other])
        if not self._rival.takes_over(t_s, Sized(places[row], sizes[row]), rival) or other is None:
            return row, False
        self._rival.forget()
        return other, True

    def _worth(self, size_px: float, *, lying: bool) -> float:
        return size_px + (1e6 if self._prefer_lying and lying else 0.0)

    def _lying_instead(self, t_s: float, lying: list[bool]) -> bool:
        """Whether somebody has been lying here for a while, while the followed person is on their feet."""
        followed_lies = self._last is not None and self._last[2]
        if not self._prefer_lying or len(lying) < 2 or followed_lies or not any(lying):
            self._lying_since_s = math.inf
            return False
        self._lying_since_s = min(self._lying_since_s, t_s)
        return t_s - self._lying_since_s > _LYING_S


def _distances(one: Floats, other: Floats) -> Floats:
    """(K,) how far trunk and legs moved, px, between middles (K, 4, 2)."""
    way = one - other
    return np.asarray(np.hypot(way[..., 0], way[..., 1]).mean(axis=-1))


def _distance(one: list[list[float]], other: list[list[float]]) -> float:
    """The same for a single pair of poses, where arrays would be slower."""
    return sum(math.dist(a, b) for a, b in zip(one, other, strict=True)) / len(one)
