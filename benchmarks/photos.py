"""Table `photos`: photographs labelled by eye."""

from __future__ import annotations

import csv
from pathlib import Path

import real
from markdown_tables import table
from media import estimate_missing, poses_of


def rows(media: Path, keep: Path) -> list[real.Row]:
    """One row a photo that labels.csv tells of."""
    folder = media / "photos"
    with (folder / "labels.csv").open() as file:
        labels = list(csv.DictReader(file))
    estimate_missing([folder / label["file"] for label in labels], keep)
    return [real.row(poses_of(folder / label["file"], keep), label, photo=True) for label in labels]


def text(rows: list[real.Row]) -> str:
    """One line a photo: what it is, what was said of it."""
    lines = [
        [
            row.name.removeprefix("fed_").replace("_", " "),
            row.label,
            row.said or "none",
            ", ".join(row.alerts),
            row.seen,
        ]
        for row in rows
    ]
    right = sum(row.named_right for row in rows)
    head = ["photo", "labelled", "recognised", "said", "seen by eye"]
    rule = "`other` and `none` count as none; of `either`, both that stretch and none are right"
    return f"{right} of {len(rows)} as labelled ({rule}).\n\n{table(head, lines)}"
