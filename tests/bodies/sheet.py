"""A sheet of stick figures of all bodies, to look at: `python -m tests.bodies.sheet OUT.png [YAW ...]`."""

from __future__ import annotations

import sys

from PIL import Image, ImageDraw

from formcheck.core.landmarks import SKELETON
from tests.bodies.every import EVERY
from tests.bodies.exercise import Exercise

_CELL, _COLUMNS = (290, 190), 8
_COLOURS = ((200, 60, 40), (40, 80, 200))


def _draw(sheet: ImageDraw.ImageDraw, exercise: Exercise, left: int, top: int, yaw_deg: float, facing: int) -> None:
    taken = exercise.photographed(exercise.view(yaw_deg, facing))[0]
    scale = _CELL[0] / taken.width
    for pose in taken.people:
        points = pose.points_px * scale + (left, top)
        lines = [*SKELETON, (7, 0), (8, 0), (29, 31), (30, 32), (15, 21), (16, 22)]
        for first, second in sorted(lines, key=lambda line: -pose.depth_px[list(line)].mean()):
            colour = _COLOURS[first % 2 == 0] if first % 2 == second % 2 or second == 0 else (90, 90, 90)
            sheet.line([tuple(points[first]), tuple(points[second])], fill=colour, width=2)
    sheet.text((left + 4, top + _CELL[1] - 13), f"{exercise.name} [{exercise.label}]", fill=(0, 0, 0))


def main() -> None:
    yaws = [float(word) for word in sys.argv[2:]] or [0.0, 70.0]
    cells = [(one, yaw, 1 if yaw >= 0 else -1) for one in EVERY for yaw in yaws]
    rows = -(-len(cells) // _COLUMNS)
    image = Image.new("RGB", (_CELL[0] * _COLUMNS, _CELL[1] * rows), "white")
    draw = ImageDraw.Draw(image)
    for i, (one, yaw_deg, facing) in enumerate(cells):
        _draw(draw, one, i % _COLUMNS * _CELL[0], i // _COLUMNS * _CELL[1], abs(yaw_deg), facing)
    image.save(sys.argv[1])


if __name__ == "__main__":
    main()
