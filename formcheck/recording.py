"""Pose recordings: what the model saw, kept so that it can be judged again without the model.

Gzipped JSON lines. The first line describes the source and the model; each further line is one frame:
`t` seconds, `p` a list of people, each with `xy` (66 px values, x and y in turn), `z` (33), `v` (33)
and `b` (54 px values, null where unknown).
"""

from __future__ import annotations

import gzip
import json
import math
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np

from formcheck.core.errors import CutShortError, InputError
from formcheck.core.landmarks import COUNT
from formcheck.core.poses import PROFILE_SHAPE, Pose, PoseFrame, SourceInfo

SCHEMA: Final = "formcheck.poses/1"


class PoseWriter:
    """Writes pose frames to a file; a context manager."""

    def __init__(self, path: Path, source: SourceInfo, model_id: str) -> None:
        # The time stamp of gzip is left out, so that equal recordings are equal files.
        self._raw = path.open("wb")
        self._file = gzip.GzipFile(filename="", fileobj=self._raw, mode="wb", compresslevel=6, mtime=0)
        self._line({"schema": SCHEMA, "source": asdict(source), "model": model_id})

    def write(self, frame: PoseFrame) -> None:
        """Add a frame."""
        people = [
            {
                "xy": pose.points_px.ravel().tolist(),
                "z": pose.depth_px.tolist(),
                "v": pose.visibility.tolist(),
                "b": [None if math.isnan(value) else value for value in pose.profile_px.ravel().tolist()],
            }
            for pose in frame.people
        ]
        self._line({"t": frame.t_s, "p": people})

    def _line(self, value: Mapping[str, object]) -> None:
        self._file.write(json.dumps(value, separators=(",", ":")).encode() + b"\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._raw.close()


class PoseFile:
    """A pose recording as a source of pose frames. Raises InputError when it is none."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
                header = json.loads(file.readline())
            if header.get("schema") != SCHEMA:
                raise ValueError(header.get("schema"))
            self.model_id = str(header["model"])
            self.original = SourceInfo(**header["source"])
        except (OSError, EOFError, zlib.error) as error:
            raise InputError(f"{path}: this pose recording cannot be read; make it again with analyze") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"{path}: this is no pose recording of formcheck; hand in the poses.jsonl.gz of a result"
            ) from error
        self.info = replace(self.original, name=path.name, kind="poses")

    def frames(self) -> Iterator[PoseFrame]:
        """All frames; raises CutShortError at the end of a recording that was cut off."""
        index = 0
        try:
            with gzip.open(self.path, "rb") if self.path.suffix == ".gz" else self.path.open("rb") as file:
                file.readline()
                for line in file:
                    yield self._frame(index, json.loads(line))
                    index += 1
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
            raise CutShortError(
                f"{self.path}: the recording is damaged after frame {index}; what comes before was judged"
            ) from error

    def _frame(self, index: int, line: dict[str, Any]) -> PoseFrame:
        people = tuple(
            Pose(
                points_px=np.array(person["xy"], dtype=float).reshape(COUNT, 2),
                depth_px=np.array(person["z"], dtype=float),
                visibility=np.array(person["v"], dtype=float),
                profile_px=np.array(person["b"], dtype=float).reshape(PROFILE_SHAPE),
            )
            for person in line["p"]
        )
        size = (self.info.width, self.info.height)
        return PoseFrame(index=index, t_s=float(line["t"]), width=size[0], height=size[1], people=people)
