"""The weeks and the sessions in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from formcheck.cli import marks
from formcheck.cli.common import unwritable
from formcheck.core.clock import clock
from formcheck.core.names import how_many
from formcheck.core.side import NOT_KNOWN, Side
from formcheck.core.stretch import of_slug
from formcheck.history.session import Session
from formcheck.history.weeks import (
    ERROR_DEG,
    FaultTotal,
    SideDifference,
    StretchWeek,
    Week,
    WeeklyBest,
    monday_of,
    pointed_out,
    since,
    weeks_of,
)
from formcheck.stretches import all_stretches

_ON: Final = "`formcheck history on` keeps your sessions from then on, on this machine only; it says what and where."
_SHORT: Final = {"leg length": "leg"}
_SIDE_WORDS: Final[dict[Side, str]] = {"unsure": NOT_KNOWN}
_FAULTS: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView:
    """What to show: the weeks asked for, what was pointed out in them, and how many weeks came before."""

    weeks: tuple[Week, ...]
    faults: tuple[FaultTotal, ...]
    earlier: int
    count: int


def choose(sessions: Sequence[Session], slug: str | None, count: int) -> HistoryView:
    """The last `count` weeks of all stretches, or of one."""
    wanted = [session for session in sessions if slug in (None, session.stretch)]
    everything = weeks_of(wanted, _order())
    weeks = since(everything, date.today(), count)  # noqa: DTZ011 weeks are those of the user's own calendar
    mondays = {week.monday for week in weeks}
    faults = pointed_out(session for session in wanted if monday_of(session) in mondays)
    return HistoryView(weeks=weeks, faults=faults, earlier=len(everything) - len(weeks), count=count)


def print_json(view: HistoryView, *, keeping: bool) -> None:
    """The weeks for scripts."""
    from formcheck.history.export import weeks_json

    typer.echo(weeks_json(view.weeks, view.faults, keeping=keeping), nl=False)


def print_weeks(view: HistoryView, *, keeping: bool) -> None:
    """The weeks as a table, and what was pointed out most."""
    console = Console(highlight=False)
    if not view.weeks:
        _print_nothing(console, view, keeping=keeping)
        return
    console.print(_table(view.weeks))
    console.print(
        "In brackets: the change since your first week, + is further. Changes and differences below about "
        f"{ERROR_DEG:.0f}\u00b0 are within the error of measurement and mean nothing. formcheck is no medical device "
        "and makes no diagnosis.",
        style="bright_black",
    )
    if view.faults:
        console.print("\n[bold]Pointed out most[/]")
        console.print(_fault_table(view.faults[:_FAULTS]))
    if view.earlier:
        many = f"{view.earlier} earlier {'week is' if view.earlier == 1 else 'weeks are'} not shown"
        console.print(f"\n{many}; --weeks shows more.", style="bright_black")
    if not keeping:
        console.print("\nYour history is off: nothing is added. `formcheck history on` goes on.", style="bright_black")


def draw(view: HistoryView, file: Path) -> None:
    """Draw the weeks. Raises OutputError when the file cannot be written, or there is nothing to draw."""
    from formcheck.core.errors import OutputError
    from formcheck.history.picture import draw_weeks

    if not view.weeks:
        raise OutputError(f"{file} was not written: there is nothing to draw")
    try:
        draw_weeks(view.weeks, file, title_of=_title, order=_order())
    except OSError as error:
        raise unwritable(file, error) from error
    typer.echo(f"Picture: {file}", err=True)


def _print_nothing(console: Console, view: HistoryView, *, keeping: bool) -> None:
    if view.earlier:
        console.print(f"Nothing in the last {view.count} weeks, {view.earlier} before that; --weeks shows more.")
    else:
        console.print(empty(keeping=keeping))


def empty(*, keeping: bool) -> str:
    """What to say where nothing is kept."""
    if keeping:
        return "Your history is on, and nothing is in it yet: `formcheck analyze` and `formcheck live` add to it."
    return f"There is no history: nothing is kept unless you want it.\n{_ON}"


def _table(weeks: Sequence[Week]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Week of", no_wrap=True)
    table.add_column("Stretch")
    table.add_column("Side", no_wrap=True)
    table.add_column("Best range")
    table.add_column("Held", justify="right", no_wrap=True)
    table.add_column("Reached", no_wrap=True)
    for week in weeks:
        begun = Text(f"{week.monday.day} {week.monday:%b %Y}")
        for stretch in week.stretches:
            _add_stretch(table, begun, stretch)
            begun = Text("")
        table.add_section()
    return table


def _add_stretch(table: Table, begun: Text, week: StretchWeek) -> None:
    for i, side in enumerate(week.sides):
        ranges = (
            Text("\n").join(_range(one) for one in side.ranges) if side.ranges else Text("not seen", "bright_black")
        )
        table.add_row(
            begun if i == 0 else "",
            week.stretch if i == 0 else "",
            _SIDE_WORDS.get(side.side, side.side),
            ranges,
            clock(side.held_s, fine=False),
            reached(side.reached, side.holds),
        )
    for difference in week.differences:
        table.add_row("", "", Text("apart", "bright_black"), _difference(difference), "", "")


def _range(one: WeeklyBest) -> Text:
    text = Text(f"{one.name} {_value(one.value, one.unit)}")
    if one.further is not None:
        sign = "+" if one.further >= 0 else "\u2212"
        change = _value(abs(one.further), one.unit).removesuffix(" leg")
        text.append(f" ({sign}{change})", "bright_black")
    return text


def _difference(one: SideDifference) -> Text:
    further = "" if one.further == "both" else f", {one.further} further"
    if one.unit == "deg" and one.amount < ERROR_DEG:
        further = ", within the error"
    return Text(f"{one.name} {_value(one.amount, one.unit)}{further}", "bright_black")


def _fault_table(faults: Sequence[FaultTotal]) -> Table:
    table = Table.grid(padding=(0, 2))
    for fault in faults:
        sign, colour = marks.FAULT[fault.level]
        stretch = of_slug(fault.stretch, all_stretches())  # None: of another version
        rules = {rule.id: rule for rule in stretch.rules} if stretch else {}
        rule = rules.get(fault.rule)
        table.add_row(
            Text(sign, colour),
            f"{fault.stretch}: {rule.title if rule else fault.rule}",
            f"in {how_many(fault.sessions, 'session')}, {clock(fault.lasted_s, fine=False)}",
            rule.cue if rule else "",
        )
    return table


def _order() -> tuple[str, ...]:
    """The slugs as stretches are listed everywhere."""
    return tuple(stretch.slug for stretch in all_stretches())


def _title(slug: str) -> str:
    stretch = of_slug(slug, all_stretches())
    return stretch.title if stretch else slug


def _value(value: float, unit: str) -> str:
    if unit == "deg":
        return f"{value:.0f}\u00b0"
    return f"{value:.0%}" if unit == "share" else f"{value:.2f} {_SHORT.get(unit, unit)}"


def reached(count: int, holds: int) -> str:
    """How many holds met their target."""
    return f"{count} of {holds}"
