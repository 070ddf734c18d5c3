"""Which lines a skeleton is drawn with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from formcheck.core.landmarks import SKELETON
from formcheck.core.poses import Ints

Lines = tuple[Ints, ...]
"""For each line the numbers of the points it goes through."""


@lru_cache(maxsize=64)
def lines_between(seen: tuple[bool, ...], marked: tuple[int, ...]) -> tuple[Lines, Lines, Lines]:
    """The lines between all points that are `seen`, those of them that are not marked, and those that are.

    Bones that follow each other are one line: it gets one round end at each joint, where two lines get two.
    """
    drawn = [(a, b) for a, b in SKELETON if seen[a] and seen[b]]
    about = [(a, b) for a, b in drawn if a in marked and b in marked]
    plain = [bone for bone in drawn if bone not in about]
    return _joined(drawn), _joined(plain), _joined(about)


def _joined(bones: Iterable[tuple[int, int]]) -> Lines:
    lines: list[list[int]] = []
    for a, b in bones:
        if lines and lines[-1][-1] == a:
            lines[-1].append(b)
        else:
            lines.append([a, b])
    return tuple(np.array(line) for line in lines)
