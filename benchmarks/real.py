"""Table `real`: recordings of real people, kept as poses and labelled by eye.

`other` is another exercise, `none` none; of `either X`, an exercise that poses do not tell from X, both X and none are
right. A photo claims something where a stretch is named, a film also with a hold or an alert. Serious are warnings and
what is unsafe.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from markdown_tables import table

from formcheck.analysis import Options, judge
from formcheck.core.feedback import Report
from formcheck.pose.pose_file import PoseFile
from formcheck.reports.report_json import as_dict

_NO_STRETCH: Final = ("none", "other")


@dataclass(frozen=True)
class Row:
    """One recording: what it shows by eye, and what was said of it.

    nearest   the stretch that it was said to look most like, and what was missing; empty where nothing was said.
    why       why nothing was recognised.
    """

    name: str
    photo: bool
    label: str
    view: str
    seen: str
    said: str | None
    claimed: bool
    confidence: float | None
    alerts: tuple[str, ...]
    serious: tuple[str, ...]
    nearest: tuple[str, str]
    why: str

    @property
    def wanted(self) -> str | None:
        """The stretch that it shows, None for none and for what may be one."""
        return None if self.label in _NO_STRETCH or self.either else self.label

    @property
    def either(self) -> str | None:
        """The stretch that it cannot be told from."""
        return self.label.removeprefix("either ") if self.label.startswith("either ") else None

    @property
    def named_right(self) -> bool:
        """Whether the name is right, whatever else was said."""
        return self.said in (None, self.either) if self.either else self.said == self.wanted

    @property
    def right(self) -> bool:
        """Whether what was said is right."""
        if self.wanted:
            return self.named_right
        return self.named_right and not (self.serious if self.either else self.claimed)


def rows(folder: Path) -> list[Row]:
    """One row a recording that labels.csv tells of."""
    with (folder / "labels.csv").open() as file:
        return [row(folder / label["file"], label, photo=label["kind"] == "photo") for label in csv.DictReader(file)]


def row(poses: Path, label: dict[str, str], *, photo: bool) -> Row:
    """The row of one recording of poses and its label."""
    recording = PoseFile(poses)
    report = judge(list(recording.frames()), recording.original, Options()).report
    return Row(
        name=label["file"].split(".")[0],
        photo=photo,
        label=label["stretch"],
        view=label["view"],
        seen=label["seen"],
        said=report.stretch,
        claimed=report.stretch is not None or (not photo and bool(report.holds or report.alerts)),
        confidence=report.confidence,
        alerts=tuple(f"{alert.rule} ({alert.level})" for alert in report.alerts),
        serious=tuple(sorted({alert.rule for alert in report.alerts if alert.level != "hint"})),
        nearest=_nearest(report),
        why="; ".join(report.notes),
    )


def _nearest(report: Report) -> tuple[str, str]:
    told: dict[str, Any] | None = as_dict(report)["nearest"]
    if not told:
        return "", ""
    return told["stretch"], ", ".join(str(one["condition"]) for one in told["missing"])


def text(rows: Sequence[Row]) -> str:
    """How many of each class, then a line for each that is still wrong."""
    lines = []
    for name, photo in (("photos", True), ("films", False)):
        part = [row for row in rows if row.photo == photo]
        lines += [
            [name, f"`{label}`", *_stretch_cells([row for row in part if row.label == label])]
            for label in sorted({row.label for row in part if row.wanted})
        ]
        lines.append([name, "all stretches", *_stretch_cells([row for row in part if row.wanted])])
        lines.append([name, "may be one (`either`)", *_other_cells([row for row in part if row.either])])
        lines.append([name, "none and other", *_other_cells([row for row in part if row.label in _NO_STRETCH])])
    head = [
        "",
        "shows",
        "n",
        "recognised",
        "said as the nearest instead",
        "falsely claimed",
        "serious alerts on no stretch",
    ]
    wrong = [
        [row.name, row.label, row.view, row.said or "none", row.nearest[0], _why(row), row.seen]
        for row in rows
        if not row.right
    ]
    return (
        table(head, [line for line in lines if line[2]])
        + "\nStill wrong:\n\n"
        + table(["recording", "labelled", "view", "said", "nearest", "why", "seen by eye"], wrong)
    )


def _stretch_cells(group: Sequence[Row]) -> list[object]:
    others = sum(row.said not in (None, row.wanted) for row in group)
    nearest = sum(row.said is None and row.nearest[0] == row.wanted for row in group)
    return [len(group), f"{sum(row.said == row.wanted for row in group)}/{len(group)}", nearest, others]


def _other_cells(group: Sequence[Row]) -> list[object]:
    claimed = sum(not row.right if row.either else row.claimed for row in group)
    return [len(group), "", "", f"{claimed}/{len(group)}", sum(bool(row.serious) for row in group)]


def _why(row: Row) -> str:
    """What was missing, or what was said of a body that does something else."""
    if row.said is None:
        return row.nearest[1] or row.why
    return f"fits it; {', '.join(row.serious)} (warn)" if row.serious else "fits it"
