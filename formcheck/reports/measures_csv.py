"""`measures.csv`: one row per frame, empty where a value was not seen."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np

from formcheck.core.feedback import State
from formcheck.core.measures import Measures
from formcheck.core.poses import Floats
from formcheck.reports.table import seen_columns

# The first eleven columns are fixed in this order; more may follow.
COLUMNS: Final = (
    "t_s", "state", "knee_left_deg", "knee_right_deg", "hip_left_deg", "hip_right_deg", "trunk_deg",
    "leg_left_deg", "leg_right_deg", "hip_setback", "back_curve", "com_on_foot", "head_deg", "yaw_deg",
)  # fmt: skip


class MeasuresWriter:
    """Writes the table block by block; a context manager."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", newline="", encoding="utf-8")
        self._file.write(",".join(COLUMNS) + "\r\n")

    def write(self, measures: Measures, states: Sequence[State]) -> None:
        """Add further frames; `states` has one state per frame."""
        numbers = list(seen_columns(measures).values())
        # A whole row at a time, and empty for NaN: this runs for every frame of hours of recordings.
        row = "%.4f,%s" + ",%.3f" * len(numbers) + "\r\n"
        rows = zip(measures.t_s.tolist(), states, *(column.tolist() for column in numbers), strict=True)
        self._file.write("".join([row % one for one in rows]).replace("nan", ""))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


Column = Floats | list[str]


def read_measures(path: Path) -> dict[str, Column]:
    """The columns of a table, each with one value a frame: words for `state`, numbers for the others, NaN for empty."""
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv.reader(file)
        names = next(reader)
        columns = list(zip(*reader, strict=True)) or [()] * len(names)
    return {
        name: list(values) if name == "state" else np.array([float(value or "nan") for value in values])
        for name, values in zip(names, columns, strict=True)
    }
