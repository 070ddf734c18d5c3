"""The strip above a live picture that tells where a routine is: to be read from two or three metres away."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import cv2
import numpy as np

from formcheck.render import text
from formcheck.render.overlay import GOOD, INK, PANEL, QUIET
from formcheck.render.stamp import Pixels

KEYS: Final = "space pause   n skip   f full screen   q quit (you can go on later)"

Mark = Literal["done", "skipped", "now", "open"]
_MOST_PX: Final = 36.0  # about a centimetre high on a laptop, for which two lines are needed


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """What the strip says: stretch and leg, which hold of how many, what follows, and a mark for every hold.

    `state_words` replace the judge's word for the state, None leaves it.
    """

    what: str
    hold: str
    then: str
    marks: tuple[Mark, ...]
    state_words: str | None = None


@lru_cache(maxsize=4)
def strip(width: int, height: int, plan: PlanView) -> Pixels:
    """The strip for a picture of that size, as wide as it is."""
    unit = min(width, height) / 480.0
    gap, lines = round(12 * unit), ((plan.what, ""), (plan.hold, plan.then))
    room = width - 2 * gap
    most = round(_MOST_PX * unit)
    size = min(text.fitting(f"{left}   {right}".rstrip(), most, room) for left, right in lines)
    # The height does not depend on the words: the window would jump.
    bar, line = max(4, round(9 * unit)), round(most * 1.3)
    canvas = np.full((_even(len(lines) * line + bar + 3 * (gap // 2)), width, 3), PANEL, dtype=np.uint8)
    for row, (left, right) in enumerate(lines):
        top = gap // 2 + row * line + (most - size) // 2
        text.draw(canvas, left, gap, top, size, INK)
        text.draw(canvas, right, width - gap - text.width_px(right or " ", size), top, size, QUIET)
    _marks(canvas, gap, canvas.shape[0] - gap // 2 - bar, room, bar, plan.marks)
    return canvas


def _marks(canvas: Pixels, left: int, top: int, wide: int, high: int, marks: tuple[Mark, ...]) -> None:
    """One box for every hold: full when done, an outline around the one at hand."""
    space = max(2, high // 2)
    for i, mark in enumerate(marks):
        a = left + round(i * (wide + space) / len(marks))
        b = max(a + 1, left + round((i + 1) * (wide + space) / len(marks)) - space)
        colour = {"done": GOOD, "now": INK}.get(mark, (70, 80, 95))
        filled = mark in ("done", "open")
        cv2.rectangle(canvas, (a, top), (b, top + high - 1), colour, -1 if filled else max(1, high // 4))


def _even(number: int) -> int:
    return number + number % 2
