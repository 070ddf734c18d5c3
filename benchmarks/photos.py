"""Table `photos`: photographs labelled by eye."""

from __future__ import annotations

import csv
from pathlib import Path

from markdown_tables import table
from media import estimate_missing, poses_of

from formcheck.analysis import Options, judge
from formcheck.pose.pose_file import PoseFile


def text(media: Path, keep: Path) -> str:
    """One line a photo: what it is, what was said of it."""
    folder, lines = media / "photos", []
    with (folder / "labels.csv").open() as file:
        labels = list(csv.DictReader(file))
    estimate_missing([folder / label["file"] for label in labels], keep)
    for label in labels:
        recording = PoseFile(poses_of(folder / label["file"], keep))
        report = judge(list(recording.frames()), recording.original, Options()).report
        said = ", ".join(f"{alert.rule} ({alert.level})" for alert in report.alerts)
        name = label["file"].removesuffix(".jpg").removeprefix("fed_").replace("_", " ")
        lines.append([name, label["stretch"], report.stretch or "none", said, label["seen"]])
    right = sum(line[2] in _right(line[1]) for line in lines)
    head = ["photo", "labelled", "recognised", "said", "seen by eye"]
    rule = "`other` and `none` count as none; of `either`, both that stretch and none are right"
    return f"{right} of {len(lines)} as labelled ({rule}).\n\n{table(head, lines)}"


def _right(label: str) -> set[str]:
    """What may be said of a photo with this label."""
    if label.startswith("either "):
        return {"none", label.removeprefix("either ")}
    return {"none"} if label in ("none", "other") else {label}
