"""A batch in the terminal: its progress, and its table."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from formcheck.cli import marks
from formcheck.core.names import how_many
from formcheck.core.rules import Level
from formcheck.reports.summary import headline

if TYPE_CHECKING:
    from formcheck.batch.run import BatchEntry
    from formcheck.batch.table import BatchRow
    from formcheck.core.feedback import Report

_SHOWN: Final = 50  # more rows are no overview
_DAY_S: Final = 86_400.0
_WIDE: Final = 140


class BatchBar:
    """One bar over all files with the time left, on standard error, and a line above it for each that is finished."""

    def __init__(self, total: int) -> None:
        self._console = Console(stderr=True, highlight=False)
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            console=self._console, transient=True, disable=not self._console.is_terminal,
            speed_estimate_period=_DAY_S,  # a single file may take minutes
        )  # fmt: skip
        self._total = total
        self._done = 0
        self._task = self._progress.add_task("Judging", total=total)

    def finished(self, entry: BatchEntry, report: Report | None) -> None:
        """Tell that a file is finished, or has failed."""
        self._done += 1
        said = headline(report) if report is not None else "Finished." if entry.finished else "Failed."
        line = Text(f"[{self._done}/{self._total}] {entry.input.label}: {said}")
        self._progress.console.print(line, soft_wrap=True)
        self._progress.update(self._task, completed=self._done)

    def say(self, message: str) -> None:
        """One line on standard error, as `common.say`, above the bar."""
        self._progress.console.print(Text(f"formcheck: {message}"), soft_wrap=True)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()


def print_table(rows: Sequence[BatchRow], path: Path, *, to_stderr: bool) -> None:
    """The table, or its beginning when it is long; `path` is where the whole lies."""
    console = Console(stderr=to_stderr, highlight=False)
    if not console.is_terminal:
        console = Console(stderr=to_stderr, highlight=False, width=_WIDE)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("file", "stretch", "side"):
        table.add_column(title, overflow="fold")
    table.add_column("longest", justify="right", no_wrap=True)
    for title in ("reached", "most serious fault", "unseen", "status"):
        table.add_column(title, overflow="fold")
    common = _common_folder([row.file for row in rows])
    for row in rows[:_SHOWN]:
        table.add_row(*_cells(row, common))
    console.print(table)
    if len(rows) > _SHOWN:
        console.print(f"... and {len(rows) - _SHOWN} more")
    count = Counter[str](row.status for row in rows)
    parts = [f"{count[status]} {words}" for status, words in _STATUS.items() if count[status]]
    console.print(Text(f"{how_many(len(rows), 'file')}: {', '.join(parts)}. The whole table: {path}"), soft_wrap=True)


_STATUS: Final = {"done": "done", "partial": "in part", "failed": "failed"}


def _common_folder(files: Sequence[str]) -> str:
    """The beginning that all names share, up to a folder."""
    try:
        folder = os.path.commonpath([os.path.dirname(file) for file in files])  # noqa: PTH120 no file is looked at
    except ValueError:  # relative and absolute names
        return ""
    return f"{folder.rstrip('/')}/" if folder else ""


def _cells(row: BatchRow, common: str) -> list[Text]:
    held = "" if row.longest_hold_s is None else f"{row.longest_hold_s:.1f} of {row.target_s:g} s"
    reached = "" if row.reached is None else "yes" if row.reached else "no"
    others = f" (and {row.other_faults} more)" if row.other_faults else ""
    fault = f"{row.fault}{others}" if row.fault else ""
    status = Text(_STATUS[row.status], style="" if row.status == "done" else "red")
    colour = marks.FAULT[Level(row.fault_level)][1] if row.fault_level else ""
    more = f" (also {', '.join(row.also)})" if row.also else ""
    texts = (row.file.removeprefix(common), f"{row.stretch or ''}{more}", row.side or "", held, reached)
    return [*map(Text, texts), Text(fault, style=colour), Text(" ".join(row.unseen)), status]
