"""The weeks as a picture: how far each side went, and how long it was held."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from formcheck import files
from formcheck.core.side import NOT_KNOWN, Side
from formcheck.history.weeks import ERROR_DEG, SideWeek, Week, WeeklyBest, in_order

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Okabe and Ito's colours, and a shape and a line of its own for who cannot tell them apart.
_STYLE: Final[dict[Side, tuple[str, str, str, str]]] = {
    "left": ("#0072B2", "o", "-", ""),
    "right": ("#D55E00", "s", "--", "///"),
    "both": ("#009E73", "^", "-.", ""),
    "unsure": ("#666666", "x", "", ""),  # no line: it may be one leg in one week and the other in the next
}
_NAMES: Final[dict[Side, str]] = {"unsure": NOT_KNOWN}
# Where a bar stands beside its week, and how wide it is; those of the next week begin 4.7 days on.
_OFFSET_DAYS: Final[dict[Side, float]] = {"left": -1.2, "right": 1.2, "both": 0.0, "unsure": 3.1}
_BAR_DAYS: Final[dict[Side, float]] = {"left": 2.2, "right": 2.2, "both": 2.2, "unsure": 1.4}
_WIDTH_IN, _HEIGHT_IN, _DPI = 5.4, 3.7, 200  # 1080 pixels wide, as phones show it, a panel for each stretch
_LEAST: Final = {"deg": 4 * ERROR_DEG}
_INK: Final = "#333333"


def draw_weeks(weeks: Sequence[Week], path: Path, *, title_of: Callable[[str], str], order: Sequence[str] = ()) -> None:
    """Write a PNG with a panel for each stretch; `weeks` must not be empty. Raises OSError.

    title_of  gives the title of a stretch from its slug.
    order     slugs, as the panels come one after the other.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    slugs = in_order({one.stretch for week in weeks for one in week.stretches}, order)
    figure = Figure(figsize=(_WIDTH_IN, _HEIGHT_IN * len(slugs) + 0.5), dpi=_DPI, layout="constrained")
    FigureCanvasAgg(figure)
    grid = figure.add_gridspec(len(slugs) * 2, 1, height_ratios=[2.2, 1.0] * len(slugs))
    for i, slug in enumerate(slugs):
        above = figure.add_subplot(grid[2 * i])
        below = figure.add_subplot(grid[2 * i + 1], sharex=above)
        above.set_title(title_of(slug), loc="left", fontsize=13, fontweight="bold", color=_INK, pad=10)
        sides = {week.monday: _sides_of(week, slug) for week in weeks}
        _draw_ranges(above, sides)
        _draw_holds(below, sides)
        _label_weeks(above, below, [week.monday for week in weeks])
    figure.supxlabel(
        f"Weeks by their Monday. Less than about {ERROR_DEG:.0f}\u00b0 up or down means nothing.",
        fontsize=9,
        color=_INK,
    )
    with files.replacing(path) as part:
        figure.savefig(part, format="png")


def _sides_of(week: Week, slug: str) -> dict[Side, SideWeek]:
    return {side.side: side for one in week.stretches if one.stretch == slug for side in one.sides}


def _draw_ranges(axes: Axes, sides: dict[date, dict[Side, SideWeek]]) -> None:
    shown = _shown(sides)
    if shown is None:
        axes.text(0.5, 0.5, "not seen how far", transform=axes.transAxes, ha="center", fontsize=10, color=_INK)
        axes.set_yticks([])
        return
    size = 4 if _many(sides) else 7
    for side, (colour, marker, line, _) in _STYLE.items():
        found = {
            monday: one.value
            for monday, week in sides.items()
            if side in week
            for one in week[side].ranges
            if one.name == shown.name
        }
        if not found:
            continue
        days = [min(found) + timedelta(weeks=i) for i in range((max(found) - min(found)).days // 7 + 1)]
        values = [found.get(day, math.nan) for day in days]
        axes.plot(
            _numbers(days), values, color=colour, marker=marker, linestyle=line, linewidth=2, markersize=size,
            label=_NAMES.get(side, side),
        )  # fmt: skip
    scale = shown.unit if shown.unit != "deg" else "degrees"
    axes.set_ylabel(f"{shown.name}, {scale}", fontsize=10, color=_INK)
    # A range wide enough that what means nothing does not look like much.
    low, high = axes.get_ylim()
    room = max(0.15 * (high - low), (_LEAST.get(shown.unit, 0.2) - (high - low)) / 2)
    axes.set_ylim(low - room, high + room)
    axes.locator_params(axis="y", nbins=6, steps=[1, 2, 5, 10])
    if shown.better == "lowest":
        axes.invert_yaxis()
    axes.annotate(
        "further \u2191", (1.0, 1.02), xycoords="axes fraction", ha="right", va="bottom", fontsize=9, color=_INK
    )
    axes.legend(fontsize=10, frameon=False, loc="best", handlelength=3.2)
    _plain(axes)


def _shown(sides: dict[date, dict[Side, SideWeek]]) -> WeeklyBest | None:
    """The measure to draw: an angle if there is one."""
    ranges = [one for week in sides.values() for side in week.values() for one in side.ranges]
    return min(ranges, key=lambda one: one.unit != "deg", default=None)


def _draw_holds(axes: Axes, sides: dict[date, dict[Side, SideWeek]]) -> None:
    longest_s = max((one.held_s for week in sides.values() for one in week.values()), default=0.0)
    many = _many(sides)
    unit, divisor = ("min", 60) if longest_s > 120 else ("s", 1)
    for side, (colour, _, _, hatch) in _STYLE.items():
        held = [(monday, week[side].held_s / divisor) for monday, week in sides.items() if side in week]
        if held:
            axes.bar(
                [number + _OFFSET_DAYS[side] for number in _numbers([monday for monday, _ in held])],
                [amount for _, amount in held],
                width=_BAR_DAYS[side],
                color=colour,
                hatch="" if many else hatch,
                edgecolor="white",
                linewidth=0,
            )
    axes.set_ylabel(f"held, {unit}", fontsize=10, color=_INK)
    axes.set_ylim(bottom=0)
    axes.locator_params(axis="y", nbins=4)
    _plain(axes)


def _many(sides: dict[date, dict[Side, SideWeek]]) -> bool:
    """Whether the weeks stand so close that finer strokes are called for."""
    return (max(sides) - min(sides)).days > 26 * 7


def _label_weeks(above: Axes, below: Axes, mondays: Sequence[date]) -> None:
    first, last = mondays[0], mondays[-1]
    count = (last - first).days // 7 + 1
    every = math.ceil(count / 6)
    shown = [first + timedelta(weeks=i) for i in range(0, count, every)]
    left, right = _numbers([first, last])
    below.set_xlim(left - 5, right + 5)
    several_years = first.year != last.year
    below.set_xticks(_numbers(shown), [_day(day, year=several_years) for day in shown], fontsize=10)
    above.tick_params(labelbottom=False)


def _numbers(days: Sequence[date]) -> list[float]:
    """Days counted, as the axis has them."""
    return [float(day.toordinal()) for day in days]


def _day(day: date, *, year: bool) -> str:
    return f"{day.day} {day:%b}" + (f"\n{day.year}" if year else "")


def _plain(axes: Axes) -> None:
    axes.grid(axis="y", color="#dddddd", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=10, colors=_INK)
    for spine in ("top", "right"):
        axes.spines[spine].set_visible(False)
