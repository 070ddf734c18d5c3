"""Landmarks and angles for biomechanics tools: `.trc` and `.mot`, as OpenSim, Sports2D and Pose2Sim read them.

Both are written row by row while a recording is judged and need no memory for it. How many rows there are and how many
a second stands in the head of the file and is known at the end only, so room is left for it: a file that was not
closed has none of it and is refused by its readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.poses import Body, Floats, SourceInfo
from formcheck.reports.sports2d import ANGLES, MARKERS, angles_deg, marker_points
from formcheck.reports.table import seen_columns

# formcheck's own angles in `angles.mot`, as in `measures.csv`; no name of Sports2D ends like them.
OWN_ANGLES: Final = (
    "knee_left_deg", "knee_right_deg", "hip_left_deg", "hip_right_deg", "trunk_deg",
    "leg_left_deg", "leg_right_deg", "head_deg", "yaw_deg",
)  # fmt: skip

_COUNT_WIDTH = 10
_RATE_WIDTH = 12


class _RowFile:
    """A table whose head is written again when all rows are there; a context manager.

    Leaves no file behind when it is left by an error or without a row. Raises OSError when it cannot be written.
    """

    def __init__(self, path: Path, row_format: Sequence[str]) -> None:
        self._path = path
        self._row_format = "\t".join(row_format) + "\n"
        self._rows = 0
        self._first_s = self._last_s = 0.0
        self._file = path.open("w", encoding="utf-8", newline="\n")
        self._file.write(self._head("", ""))

    def _head(self, rows: str, rate: str) -> str:
        """The head of the file; as long for any `rows` and `rate` that are padded to their widths."""
        raise NotImplementedError

    def _append(self, t_s: Floats, rows: Floats) -> None:
        """Add rows (T, columns) of the times (T,)."""
        if not len(t_s):
            return
        self._file.write("".join([self._row_format % tuple(row) for row in rows.tolist()]))
        if not self._rows:
            self._first_s = float(t_s[0])
        self._rows += len(t_s)
        self._last_s = float(t_s[-1])

    def _rate_hz(self) -> float:
        """Mean rows a second; 0 of a single picture."""
        length_s = self._last_s - self._first_s
        return (self._rows - 1) / length_s if length_s > 0 else 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        whole = False
        try:
            with self._file:
                if error is None and self._rows:
                    self._file.seek(0)
                    self._file.write(self._head(str(self._rows), f"{self._rate_hz():.4f}"))
                    whole = True
        except OSError:
            whole = False  # the last rows did not fit on the disk
            raise
        finally:
            if not whole:
                self._path.unlink(missing_ok=True)


class TrcWriter(_RowFile):
    """Writes the smoothed landmarks as a TRC file; a context manager.

    Coordinates are pixels of the upright picture, as one camera knows no metres: X to the right, Y up from the lower
    edge, Z 0. With `y_down` Y runs down from the upper edge, as in the pixel files that Sports2D writes and takes in.
    Pictures of another size than the source's are brought to its height: one file has one scale.
    Points that are hidden are NaN in all three. Frames count from 0, times are the stream's own, DataRate is the mean.
    """

    def __init__(self, path: Path, source: SourceInfo, *, y_down: bool = False) -> None:
        self._height_px, self._y_down = source.height, y_down
        self._title = path.name
        super().__init__(path, ["%d", "%.6f", *["%.3f"] * 3 * len(MARKERS)])

    def write(self, body: Body) -> None:
        """Add the frames of a body, which follow those of the last call."""
        xyz = np.zeros((len(body), len(MARKERS), 3))
        xyz[..., :2] = np.stack(list(marker_points(body).values()), axis=1)
        xyz[..., :2] *= (self._height_px / body.picture_px[:, 1])[:, None, None]
        if not self._y_down:
            xyz[..., 1] = self._height_px - xyz[..., 1]
        xyz[np.isnan(xyz).any(axis=2)] = np.nan
        frame = self._rows + np.arange(len(body))
        self._append(body.t_s, np.column_stack([frame, body.t_s, xyz.reshape(len(body), 3 * len(MARKERS))]))

    def _head(self, rows: str, rate: str) -> str:
        rows, rate = rows.ljust(_COUNT_WIDTH), rate.ljust(_RATE_WIDTH)
        numbers = range(1, len(MARKERS) + 1)
        lines = (
            ("PathFileType", "4", "(X/Y/Z)", self._title),
            ("DataRate", "CameraRate", "NumFrames", "NumMarkers", "Units",
             "OrigDataRate", "OrigDataStartFrame", "OrigNumFrames"),
            (rate, rate, rows, str(len(MARKERS)), "px", rate, "0", rows),
            ("Frame#", "Time", *(cell for name in MARKERS for cell in (name, "", "")), ""),
            ("", "", *(f"{axis}{number}" for number in numbers for axis in "XYZ")),
        )  # fmt: skip
        return "".join("\t".join(line) + "\n" for line in lines)


class MotWriter(_RowFile):
    """Writes angles in degrees as a MOT file; a context manager.

    First the columns of `sports2d.ANGLES`, computed as Sports2D does from the same landmarks as `TrcWriter` writes;
    then formcheck's own measures under their names of `measures.csv`, corrected for what the model is known to read
    wrong and left out where formcheck says unseen. What is missing is NaN.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, ["%.6f", *["%.4f"] * (len(ANGLES) + len(OWN_ANGLES))])

    def write(self, body: Body, measures: Measures) -> None:
        """Add the frames of a body and its measures, which follow those of the last call."""
        own = seen_columns(measures)
        columns = [body.t_s, *angles_deg(body).values(), *(own[name] for name in OWN_ANGLES)]
        self._append(body.t_s, np.column_stack(columns))

    def _head(self, rows: str, _rate: str) -> str:
        columns = ("time", *ANGLES, *OWN_ANGLES)
        lines = (
            "Coordinates",
            "version=1",
            f"nRows={rows.ljust(_COUNT_WIDTH)}",
            f"nColumns={len(columns)}",
            "inDegrees=yes",
            "",
            "Names ending in _deg are measures of formcheck, all others follow Sports2D.",
            "",
            "endheader",
            "\t".join(columns),
        )
        return "".join(line + "\n" for line in lines)
