"""Which pictures are looked at as a whole.

To find people costs half as much as to read their points, and between two pictures of a film they hardly move. So a
**key picture** is looked at as a whole, and those after it only where the people were in the picture before. Which
pictures are keys follows from their times alone: a recording comes out the same however its runs are shared out among
threads, and what a run got wrong is forgotten with the next key.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Final

from formcheck.core.poses import Picture

# Seven or eight pictures of thirty a second. Longer runs save little more; who comes in is seen that much later. On
# rendered people joints are as near to the truth as where every picture is a key, also with runs of 0.4 s.
_RUN_S: Final = 0.25
_MOST: Final = 8  # pictures in a run, so that those of fast cameras need no more memory


def slot(t_s: float) -> int:
    """Which of the stretches of time that begin with a key, counted from 0, a time lies in."""
    return math.floor(round(t_s / _RUN_S, 6))


class KeyPictures:
    """Tells of pictures, in their order, which are keys."""

    def __init__(self) -> None:
        self._last: tuple[int, int, int] | None = None  # slot and size in pixels
        self._run = 0

    def is_key(self, picture: Picture) -> bool:
        """Whether the next picture is one."""
        now = (slot(picture.t_s), picture.width, picture.height)  # places are in pixels of one size
        key = now != self._last or self._run >= _MOST
        self._last, self._run = now, 1 if key else self._run + 1
        return key


def runs(pictures: Iterable[Picture]) -> Iterator[list[Picture]]:
    """The pictures in runs that begin with a key; an error comes after what was read before it."""
    keys = KeyPictures()
    run: list[Picture] = []
    try:
        for picture in pictures:
            if keys.is_key(picture) and run:
                yield run
                run = []
            run.append(picture)
    except Exception:
        if run:
            yield run
        raise
    if run:
        yield run
