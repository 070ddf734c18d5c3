"""Results and progress in the terminal."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from formcheck.cli import marks
from formcheck.core.clock import clock
from formcheck.core.errors import OutputError
from formcheck.core.feedback import Report, RuleResult
from formcheck.core.names import capital
from formcheck.core.sections import parts_of
from formcheck.core.side import LEGS, NOT_KNOWN
from formcheck.core.stretch import Prompt, Stretch, of_slug
from formcheck.reports.summary import (
    changed_limits,
    headline,
    part_line,
    reached_words,
    recognised_words,
    way_words,
    with_error,
)
from formcheck.stretches import all_stretches, by_slug

if TYPE_CHECKING:
    from formcheck.analysis import Advance

_OUTCOME: Final = {
    "ok": ("\u2714", "green"),
    "unseen": ("\u25cc", "bright_black"),
    "not-reached": ("\u2013", "bright_black"),
}
_ERR: Final = Console(stderr=True, highlight=False)
_OUT: Final = Console(highlight=False)


class FileBars:
    """Bars with the time left on standard error, one for each file at work; nothing is left of them afterwards."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn(),
            console=_ERR, transient=True, disable=not _ERR.is_terminal,
        )  # fmt: skip
        self._stopped = False

    def stop(self) -> None:
        """End the work of all files: the next time one of them tells how far it is."""
        self._stopped = True

    @contextlib.contextmanager
    def of(self, name: str) -> Iterator[Advance]:
        """The bar of one file; may be used from a thread of its own."""
        task = self._progress.add_task(name, total=None)

        def advance(what: str, done: int, total: int | None) -> None:
            if self._stopped:
                raise KeyboardInterrupt
            self._progress.update(task, description=f"{what} at {name}", completed=done, total=total)

        try:
            yield advance
        finally:
            self._progress.remove_task(task)

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """Takes the bars away while something is printed."""
        self._progress.stop()
        try:
            yield
        finally:
            self._progress.start()

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


def print_report(report: Report, folder: Path | None, *, to_stderr: bool, told: set[str] | None = None) -> None:
    """The result of one input; `folder` is where its files are, None when none were kept.

    `told` are the prompts that were printed before in this run, and are not again; it takes in the new ones.
    """
    console = _ERR if to_stderr else _OUT
    said = headline(report)
    rows: list[RenderableType] = [Text(said, style="bold")]
    parts = parts_of(report)
    for number, part in enumerate(parts, 1):
        if part.stretch is not None:
            rows.extend(_part(part, by_slug(part.stretch), number, len(parts)))
    rows.extend(_prompts(report, parts, set() if told is None else told))
    if report.stretch is not None and len(parts) > 1 and report.view.advice:
        rows.append(Text(f"View: {report.view.advice}"))
    rows.extend(Text(f"Note: {note}", style="bright_black") for note in report.notes if note not in said)
    if folder is not None:
        rows.append(Text(f"Results: {folder}", style="bright_black"))
    grid = Table.grid(padding=(0, 0))
    for row in rows:
        grid.add_row(row)
        grid.add_row("")
    console.print(Panel(grid, title=f"[bold]{escape(report.source.name)}[/]", title_align="left", padding=(1, 2, 0, 2)))


def _prompts(report: Report, parts: Iterable[Report], told: set[str]) -> list[RenderableType]:
    """What the camera cannot see; of a photo without what belongs to the course of a hold."""
    stretches = [by_slug(part.stretch) for part in parts if part.stretch is not None]
    asked = [prompt for one in stretches for prompt in one.asked if not (report.source.still and _timed(prompt))]
    new = dict.fromkeys(prompt.words for prompt in asked if prompt.words not in told)
    told.update(new)
    if not new:
        return []
    lines = [Padding(Text(words, style="bright_black"), (0, 0, 0, 2)) for words in new]
    return [Group(Text("To keep in mind:", style="bright_black"), *lines)]


def _timed(prompt: Prompt) -> bool:
    """Whether it is about the course of a hold, or its end; what is recalled once in it is true of any moment."""
    return prompt.each_hold or prompt.at_done or prompt.rise_deg is not None or prompt.every_s is not None


def _part(part: Report, stretch: Stretch, number: int, count: int) -> list[RenderableType]:
    """What is said of one stretch, the only one or one of several."""
    rows: list[RenderableType] = [_facts(part, stretch, alone=count == 1), _rules(part, stretch)]
    if count > 1:
        line = part_line(part, stretch.title)
        rows[0] = Group(Text(f"Stretch {number} of {count}: {line}{_sure(part)}", style="bold"), rows[0])
    if stretch.not_judged:
        rows.append(Text(stretch.not_judged, style="bright_black"))
    rows.extend(Text(line) for line in ways_on_lines(part))
    if part.changed_limits:
        rows.append(Text(changed_limits(part), style="bright_black"))
    return rows


def ways_on_lines(part: Report) -> list[str]:
    """Other ways that fit after this part, and how to get there."""
    return [way_words(way, of_slug(way.stretch, all_stretches())) for way in part.ways_on]


def _sure(report: Report) -> str:
    return f" ({recognised_words(report.confidence)})" if report.confidence is not None else ""


def _facts(report: Report, stretch: Stretch, *, alone: bool) -> Table:
    table = Table.grid(padding=(0, 2))
    if alone:
        table.add_row("Stretch", stretch.title + _sure(report))
    if report.side in LEGS:
        table.add_row("Side", f"{report.side} leg")
    elif report.side == "unsure" or any(hold.side == "unsure" for hold in report.holds):
        table.add_row("Side", f"cannot tell left from right; {_how_to_tell(report)}")
    for hold in report.holds:
        side = "" if hold.side == "both" else f", {NOT_KNOWN if hold.side == 'unsure' else hold.side}"
        table.add_row("Hold", f"{hold.held_s:.1f} s  ({clock(hold.start_s)} to {clock(hold.end_s)}{side})")
    for one in report.progress:
        if one.value is not None:
            when = replace(one, t_s=None) if report.source.still else one
            words = reached_words(when, one.value, partial(_amount, unit=one.unit), clock)
            table.add_row(capital(one.name), words)
    if alone and report.view.advice:
        table.add_row("View", report.view.advice)
    return table


def _how_to_tell(report: Report) -> str:
    """How the user says which leg it was: in the history if it is in there, else by judging again."""
    from formcheck import history

    try:
        kept = not report.source.still and history.keeping()
    except OutputError:
        kept = False
    return "`formcheck history fix` sets it" if kept else "name it with --side"


def _amount(value: float, unit: str) -> str:
    if unit == "deg":
        return f"{value:.0f}\u00b0"
    return f"{value:.0%}" if unit == "share" else f"{value:.2f} {unit}s"


def _rules(report: Report, stretch: Stretch) -> Table:
    table = Table.grid(padding=(0, 2))
    for result in report.rules:
        if result.id == "hold-time":
            continue
        sign, colour = marks.FAULT[report.worst_level(result)] if result.outcome == "off" else _OUTCOME[result.outcome]
        table.add_row(Text(sign, style=colour), stretch.rule(result.id).title, Text(_detail(report, result), colour))
    return table


def _detail(report: Report, result: RuleResult) -> str:
    if result.outcome == "unseen":
        return f"could not be judged: {result.why_unseen}"
    if result.outcome == "not-reached":
        return "no hold to judge"
    if result.outcome == "ok":
        return "fine" if not result.unseen_s > 0.5 else f"fine, unseen for {result.unseen_s:.0f} s"
    alerts = [alert for alert in report.alerts if alert.rule == result.id]
    value = _value(result)
    if report.source.still:
        return f"{alerts[0].message}{f'  ({value})' if value else ''}"
    when = ", ".join(f"{clock(alert.start_s)}\u2013{clock(alert.end_s)}" for alert in alerts[:3])
    more = f" and {len(alerts) - 3} more" if len(alerts) > 3 else ""
    times = sum(alert.count or 0 for alert in alerts)
    when = f"{times} times, {when}" if times else when
    return f"{alerts[0].message}  ({f'{value}, ' if value else ''}{when}{more})"


def _value(result: RuleResult) -> str:
    """The value that was off, where it is known how exactly it is read; else empty."""
    if result.worst is None or result.error is None:
        return ""
    return with_error(result.worst, result.error, partial(_amount, unit=result.unit))
