"""One table of all that a batch found, made from the folders of results and from nothing else."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Final, Literal

from formcheck import files
from formcheck.analysis.folder import ResultFolder
from formcheck.batch.run import BatchEntry
from formcheck.core.errors import OutputError, in_words
from formcheck.core.names import table_text
from formcheck.core.rules import Level

NAME: Final = "batch.csv"
# A folder shared among machines may show what another one wrote only after a while.
_PATIENCE_S: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """What was found in one input; None is not known, or does not apply.

    file            as the user named it.
    folder          of its results, below that of all results.
    stretch, side   slug of the stretch that was held longest, and `left`, `right`, `both` or `unsure`.
    longest_hold_s  seconds, beside the seconds that were to be held; `reached` whether any hold did.
    fault           id of the rule of the most serious fault, and its level; `other_faults` are further rules.
    unseen          ids of the rules that could not be judged.
    status          done; partial: only a part of the file could be read; failed. `message` says what was wrong.
    also            slugs of the other stretches in it; what was found in them stands in the results.
    """

    file: str
    folder: str
    stretch: str | None = None
    side: str | None = None
    longest_hold_s: float | None = None
    target_s: float | None = None
    reached: bool | None = None
    fault: str | None = None
    fault_level: str | None = None
    other_faults: int | None = None
    unseen: tuple[str, ...] = ()
    status: Literal["done", "partial", "failed"]
    message: str = ""
    also: tuple[str, ...] = ()


def rows(entries: Sequence[BatchEntry], out: Path) -> Iterator[BatchRow]:
    """The table of all that is known, in the order of the inputs. Raises OutputError when results are gone."""
    for entry in entries:
        if entry.record is None:
            continue
        row = BatchRow(
            file=entry.input.label,
            folder=entry.folder.relative_to(out).as_posix(),
            status=entry.record.status,
            message=entry.record.message,
        )
        yield _found(row, json.loads(report_text(entry))) if entry.finished else row


def report_text(entry: BatchEntry) -> str:
    """What the `report.json` of an input says. Raises OutputError when it is gone."""
    path = entry.folder / "report.json"
    until_s = time.monotonic() + (0.0 if entry.before else _PATIENCE_S)
    while True:
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError as error:
            if time.monotonic() > until_s:
                raise OutputError(f"{path} is gone; run the same again to make it") from error
            time.sleep(0.5)
        except OSError as error:
            raise OutputError(f"{path} cannot be read: {in_words(error)}") from error


def _found(row: BatchRow, report: Mapping[str, Any]) -> BatchRow:
    holds, alerts = report["holds"], report["alerts"]
    sections = report.get("sections", ())  # results of before may have none
    best = max(holds, key=lambda hold: float(hold["held_s"]), default=None)
    worst = max(alerts, key=lambda alert: Level(alert["level"]).severity, default=None)
    judged = report["stretch"] is not None
    return replace(
        row,
        stretch=report["stretch"],
        side=report["side"],
        longest_hold_s=best["held_s"] if best else None,
        target_s=best["target_s"] if best else None,
        reached=any(hold["reached"] for hold in holds) if holds else None,
        fault=worst["rule"] if worst else None,
        fault_level=worst["level"] if worst else None,
        other_faults=max(0, len({alert["rule"] for alert in alerts}) - 1) if judged else None,
        unseen=tuple(rule["id"] for rule in report["rules"] if rule["outcome"] == "unseen"),
        also=tuple(dict.fromkeys(one["stretch"] for one in sections if one["stretch"] != report["stretch"])),
    )


def write(table: Sequence[BatchRow], out: Path) -> Path:
    """Write `batch.csv`, whole or not at all. Raises OutputError."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    names = [one.name for one in fields(BatchRow)]
    writer.writerow(names)
    for row in table:
        writer.writerow([_cell(getattr(row, name)) for name in names])
    path = out / NAME
    try:
        files.write_text(path, text.getvalue())
    except OSError as error:
        raise ResultFolder(out).error(error) from error
    return path


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(value)
    return table_text(str(value))
