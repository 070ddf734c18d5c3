"""Drawing with smooth edges, in pixels of the finished picture."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, Literal

from PIL import Image, ImageDraw

from formcheck.typeface import font

Marker = Literal["circle", "square", "triangle", "cross"]
Point = tuple[float, float]

_FINER: Final = 3  # drawn so many times as large, then made smaller
_HATCH_PX: Final = 20.0  # from one stroke to the next
_BACK: Final = "white"


class Canvas:
    """A white picture to draw on; x runs to the right, y down."""

    def __init__(self, width: int, height: int) -> None:
        self._image = Image.new("RGB", (width * _FINER, height * _FINER), _BACK)
        self._draw = ImageDraw.Draw(self._image)

    def finished(self) -> Image.Image:
        """The picture in its own size."""
        return self._image.reduce(_FINER)

    def line(self, points: Sequence[Point], colour: str, width: float, dashes: Sequence[float] = ()) -> None:
        """A line through all points; `dashes` are the lengths of stroke, gap, stroke and so on, none for one stroke."""
        for part in _dashed(points, dashes) if dashes else (points,):
            self._draw.line([_fine(*one) for one in part], fill=colour, width=round(width * _FINER), joint="curve")

    def bar(self, left: float, top: float, right: float, bottom: float, colour: str, *, hatched: bool = False) -> None:
        """A filled bar; hatched ones have white strokes across."""
        (x0, y0), (x1, y1) = _fine(left, top), _fine(right, bottom)
        width, height = round(x1) - round(x0), round(y1) - round(y0)
        if width < 1 or height < 1:
            return
        bar = Image.new("RGB", (width, height), colour)
        if hatched:
            draw = ImageDraw.Draw(bar)
            for end in range(0, width + height, round(_HATCH_PX * _FINER)):
                draw.line([(end - height, height), (end, 0)], fill=_BACK, width=2 * _FINER)
        self._image.paste(bar, (round(x0), round(y0)))

    def marker(self, kind: Marker, x: float, y: float, size: float, colour: str) -> None:
        """A sign, `size` wide, with its middle at (x, y)."""
        half = size / 2
        box = [_fine(x - half, y - half), _fine(x + half, y + half)]
        if kind == "circle":
            self._draw.ellipse(box, fill=colour)
        elif kind == "square":
            self._draw.rectangle(box, fill=colour)
        elif kind == "triangle":
            corners = [_fine(x, y - half), _fine(x + half, y + half), _fine(x - half, y + half)]
            self._draw.polygon(corners, fill=colour)
        else:
            for up in (half, -half):
                self.line([(x - half, y - up), (x + half, y + up)], colour, max(2.0, size / 7))

    def text(
        self, x: float, y: float, words: str, size: float, colour: str, *, anchor: str = "ls", bold: bool = False
    ) -> None:
        """A line of text; `anchor` as Pillow has it: l, m or r across, and s for the baseline or m for the middle."""
        typeface = font(round(size * _FINER), bold=bold)
        self._draw.text(_fine(x, y), words, font=typeface, fill=colour, anchor=anchor)

    def text_upwards(self, x: float, y: float, words: str, size: float, colour: str) -> None:
        """A line of text that is read from below, with its middle at (x, y)."""
        typeface = font(round(size * _FINER))
        left, top, right, bottom = typeface.getbbox(words, anchor="ls")
        cover = Image.new("L", (math.ceil(right - left), math.ceil(bottom - top)))
        ImageDraw.Draw(cover).text((-left, -top), words, font=typeface, fill=255, anchor="ls")
        cover = cover.transpose(Image.Transpose.ROTATE_90)
        x, y = _fine(x, y)
        self._image.paste(colour, (round(x - cover.width / 2), round(y - cover.height / 2)), cover)


def width_px(words: str, size: float, *, bold: bool = False) -> float:
    """Width of a line of text."""
    return font(round(size * _FINER), bold=bold).getlength(words) / _FINER


def fitting(words: str, size: float, room: float, *, bold: bool = False) -> float:
    """The size, at most `size`, at which a line of text fits into the room."""
    return min(size, size * room / max(width_px(words, size, bold=bold), 1.0))


def _fine(x: float, y: float) -> Point:
    return x * _FINER, y * _FINER


def _dashed(points: Sequence[Point], dashes: Sequence[float]) -> Iterator[list[Point]]:
    """The strokes of a line through points; they go on around its corners."""
    number, left, stroke = 0, dashes[0], [points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        length, done = math.hypot(x1 - x0, y1 - y0), 0.0
        while length - done > left:
            done += left
            corner = (x0 + (x1 - x0) * done / length, y0 + (y1 - y0) * done / length)
            if number % 2 == 0:
                yield [*stroke, corner]
            number += 1
            left, stroke = dashes[number % len(dashes)], [corner]
        left -= length - done
        stroke.append((x1, y1))
    if number % 2 == 0:
        yield stroke
