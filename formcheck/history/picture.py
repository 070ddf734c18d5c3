"""The weeks as a picture: how far each side went, and how long it was held."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

from PIL import Image

from formcheck import files
from formcheck.core.axis import AxisScale, value_ticks
from formcheck.core.side import NOT_KNOWN, SIDES, Side
from formcheck.history.canvas import Canvas, Marker, Point, fitting, width_px
from formcheck.history.weeks import ERROR_DEG, SideWeek, Week, WeeklyBest, in_order

SidesByWeek = Mapping[date, Mapping[Side, SideWeek]]

# Okabe and Ito's colours, and a shape and a line of its own for who cannot tell them apart.
_COLOURS: Final[dict[Side, str]] = {"left": "#0072B2", "right": "#D55E00", "both": "#009E73", "unsure": "#666666"}
_MARKERS: Final[dict[Side, Marker]] = {"left": "circle", "right": "square", "both": "triangle", "unsure": "cross"}
_DASHES: Final[dict[Side, tuple[float, ...]]] = {"right": (20.0, 9.0), "both": (34.0, 9.0, 6.0, 9.0)}
# How wide they are beside their names: so that the sign has the same on both sides.
_KEY_WIDE: Final[dict[Side, float]] = {"left": 78.0, "right": 78.0, "both": 92.0, "unsure": 34.0}
_NAMES: Final[dict[Side, str]] = {"unsure": NOT_KNOWN}
_INK, _GRID = "#333333", "#dddddd"
_LEAST: Final = {"deg": 4 * ERROR_DEG}

# In pixels: as wide as phones show it, a panel for each stretch. Below are places in a panel, from its top.
_WIDTH, _PANEL, _YEARS, _FOOT = 1080, 840, 32, 56
_LEFT, _RIGHT = 132.0, 1050.0
_TITLE, _KEY = 56.0, 108.0
_RANGES, _HOLDS, _DAYS = (146.0, 550.0), (584.0, 768.0), 806.0
_LARGE, _MIDDLE, _SMALL = 36.0, 28.0, 25.0
# Days: free at both ends, the least of an axis, and what the bars of a week take together and one of them alone.
_ENDS, _SHORTEST, _BARS, _BAR = 5.0, 35.0, 5.0, 2.2
_MANY: Final = 26  # weeks that stand so close that finer strokes are called for


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksPanel:
    """What is drawn of one stretch: its sides by week, and where weeks lie across."""

    sides: SidesByWeek
    across: AxisScale
    canvas: Canvas

    @property
    def shown_sides(self) -> list[Side]:
        """Those that were held at all."""
        return [side for side in SIDES if any(side in week for week in self.sides.values())]

    @property
    def best(self) -> WeeklyBest | None:
        """The measure to draw: an angle if there is one."""
        ranges = [one for week in self.sides.values() for side in week.values() for one in side.ranges]
        return min(ranges, key=lambda one: one.unit != "deg", default=None)

    @property
    def many(self) -> bool:
        """Whether there are many weeks."""
        return (max(self.sides) - min(self.sides)).days > 7 * _MANY

    def x(self, monday: date) -> float:
        """Where a week lies."""
        return self.across.at(float(monday.toordinal()))


def draw_weeks(weeks: Sequence[Week], path: Path, *, title_of: Callable[[str], str], order: Sequence[str] = ()) -> None:
    """Write a PNG with a panel for each stretch; `weeks` must not be empty. Raises OSError.

    title_of  gives the title of a stretch from its slug.
    order     slugs, as the panels come one after the other.
    """
    slugs = in_order({one.stretch for week in weeks for one in week.stretches}, order)
    mondays = [week.monday for week in weeks]
    high = _PANEL + (_YEARS if _several_years(mondays) else 0)
    picture = Image.new("RGB", (_WIDTH, high * len(slugs) + _FOOT), "white")
    for i, slug in enumerate(slugs):
        sides = {week.monday: _sides_of(week, slug) for week in weeks}
        panel = WeeksPanel(sides=sides, across=_across(mondays), canvas=Canvas(_WIDTH, high))
        _draw_head(panel, title_of(slug))
        _draw_ranges(panel)
        _draw_holds(panel)
        _draw_days(panel, mondays)
        picture.paste(panel.canvas.finished(), (0, high * i))
    foot = Canvas(_WIDTH, _FOOT)
    words = f"Weeks by their Monday. Less than about {ERROR_DEG:.0f}\u00b0 up or down means nothing."
    foot.text(_WIDTH / 2, 28.0, words, _SMALL, _INK, anchor="ms")
    picture.paste(foot.finished(), (0, high * len(slugs)))
    with files.replacing(path) as part:
        picture.save(part, format="png", optimize=True)


def _sides_of(week: Week, slug: str) -> dict[Side, SideWeek]:
    return {side.side: side for one in week.stretches if one.stretch == slug for side in one.sides}


def _across(mondays: Sequence[date]) -> AxisScale:
    first, last = float(mondays[0].toordinal()), float(mondays[-1].toordinal())
    room = max(_ENDS, (_SHORTEST - (last - first)) / 2)
    return AxisScale(low=first - room, high=last + room, at_low=_LEFT, at_high=_RIGHT)


def _draw_head(panel: WeeksPanel, title: str) -> None:
    """The title, and below it which sign is which side."""
    size = fitting(title, _LARGE, _RIGHT - _LEFT, bold=True)
    panel.canvas.text(_LEFT, _TITLE, title, size, _INK, bold=True)
    x = _LEFT
    for side in panel.shown_sides:
        wide = _KEY_WIDE[side]
        _draw_line(panel, side, [(x, _KEY - 9.0), (x + wide, _KEY - 9.0)])
        panel.canvas.marker(_MARKERS[side], x + wide / 2, _KEY - 9.0, 19.0, _COLOURS[side])
        name = _NAMES.get(side, side)
        panel.canvas.text(x + wide + 12.0, _KEY, name, _MIDDLE, _INK)
        x += wide + 12.0 + width_px(name, _MIDDLE) + 30.0
    if panel.best:
        panel.canvas.text(_RIGHT, _KEY, "further \u2191", _SMALL, _INK, anchor="rs")


def _draw_ranges(panel: WeeksPanel) -> None:
    best, (top, bottom) = panel.best, _RANGES
    if best is None:
        panel.canvas.text((_LEFT + _RIGHT) / 2, (top + bottom) / 2, "not seen how far", _MIDDLE, _INK, anchor="mm")
        _draw_axes(panel, _RANGES)
        return
    found = {side: _values_of(panel, side, best.name) for side in panel.shown_sides}
    values = [value for some in found.values() for value in some.values()]
    spread = max(values) - min(values)
    # A range wide enough that what means nothing does not look like much.
    air = max(0.12 * spread, (_LEAST.get(best.unit, 0.2) - spread) / 2)
    ends = (bottom, top) if best.better == "highest" else (top, bottom)
    up = AxisScale(low=min(values) - air, high=max(values) + air, at_low=ends[0], at_high=ends[1])
    _draw_scale(panel, up, 6, f"{best.name}, {best.unit if best.unit != 'deg' else 'degrees'}")
    _draw_axes(panel, _RANGES)
    for side, weeks in found.items():
        for part in _unbroken(weeks):
            points = [(panel.x(monday), up.at(weeks[monday])) for monday in part]
            _draw_line(panel, side, points)
            for point in points:
                panel.canvas.marker(_MARKERS[side], *point, 11.0 if panel.many else 19.0, _COLOURS[side])


def _values_of(panel: WeeksPanel, side: Side, name: str) -> dict[date, float]:
    return {
        monday: one.value
        for monday, week in panel.sides.items()
        if side in week
        for one in week[side].ranges
        if one.name == name
    }


def _unbroken(weeks: Mapping[date, float]) -> Iterator[list[date]]:
    """The weeks without a gap between them."""
    part: list[date] = []
    for monday in weeks:
        if part and monday - part[-1] > timedelta(weeks=1):
            yield part
            part = []
        part.append(monday)
    if part:
        yield part


def _draw_line(panel: WeeksPanel, side: Side, points: Sequence[Point]) -> None:
    # None for whom the side is not known of: it may be one leg in one week and the other in the next.
    if side != "unsure" and len(points) > 1:
        panel.canvas.line(points, _COLOURS[side], 5.0, _DASHES.get(side, ()))


def _draw_holds(panel: WeeksPanel) -> None:
    longest_s = max((one.held_s for week in panel.sides.values() for one in week.values()), default=0.0)
    unit, divisor = ("min", 60) if longest_s > 120 else ("s", 1)
    top, bottom = _HOLDS
    up = AxisScale(low=0.0, high=max(1.05 * longest_s / divisor, 1.0), at_low=bottom, at_high=top)
    _draw_scale(panel, up, 5, f"held, {unit}")
    sides = panel.shown_sides
    step = min(_BAR, _BARS / max(1, len(sides))) * (panel.across.at_high - panel.across.at_low)
    step /= panel.across.high - panel.across.low
    gap = min(2.0, step / 8)
    for monday, week in panel.sides.items():
        left = panel.x(monday) - step * len(sides) / 2
        for i, side in enumerate(sides):
            if side in week:
                x, y = left + step * i, up.at(week[side].held_s / divisor)
                hatched = side == "right" and not panel.many
                panel.canvas.bar(x + gap, y, x + step - gap, bottom, _COLOURS[side], hatched=hatched)
    _draw_axes(panel, _HOLDS)


def _draw_scale(panel: WeeksPanel, up: AxisScale, most: int, words: str) -> None:
    """The values at the left with their lines across, and what they are."""
    ticks = value_ticks(up.low, up.high, most)
    step = min((after - before for before, after in pairwise(ticks)), default=1.0)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    for value in ticks:
        panel.canvas.line([(_LEFT, up.at(value)), (_RIGHT, up.at(value))], _GRID, 2.0)
        panel.canvas.text(_LEFT - 14.0, up.at(value), f"{value:.{digits}f}", _MIDDLE, _INK, anchor="rm")
    size = fitting(words, _MIDDLE, abs(up.at_high - up.at_low))
    panel.canvas.text_upwards(22.0, (up.at_low + up.at_high) / 2, words, size, _INK)


def _draw_axes(panel: WeeksPanel, ends: tuple[float, float]) -> None:
    top, bottom = ends
    panel.canvas.line([(_LEFT, top), (_LEFT, bottom), (_RIGHT, bottom)], _INK, 2.0)


def _draw_days(panel: WeeksPanel, mondays: Sequence[date]) -> None:
    """Which weeks they are, of many some."""
    first, last = mondays[0], mondays[-1]
    count = (last - first).days // 7 + 1
    for monday in (first + timedelta(weeks=i) for i in range(0, count, math.ceil(count / 6))):
        x = panel.x(monday)
        for _, bottom in (_RANGES, _HOLDS):
            panel.canvas.line([(x, bottom), (x, bottom + 9.0)], _INK, 2.0)
        lines = [f"{monday.day} {monday:%b}", *([str(monday.year)] if _several_years(mondays) else [])]
        for i, words in enumerate(lines):
            middle = min(x, _WIDTH - 6.0 - width_px(words, _MIDDLE) / 2)
            panel.canvas.text(middle, _DAYS + _YEARS * i, words, _MIDDLE, _INK, anchor="ms")


def _several_years(mondays: Sequence[date]) -> bool:
    return mondays[0].year != mondays[-1].year
