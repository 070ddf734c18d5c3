"""Pose recordings: what the model saw, kept so that it can be judged again without the model.

Gzipped JSON lines. The first line describes the source and the model; each further line is one frame:
`t` seconds, `p` a list of people, each with `xy` (66 px values, x and y in turn), `z` (33), `v` (33),
`b` (54 px values, null where unknown) and `c` (33 confidences, null where the engine has none; null instead of the list
where it has none at all). `size` (width, height) stands on lines whose picture is not of the source's size, and `q` on
those whose picture was rated: the five values of `core.picture_quality`, null where unknown. Recordings without `q` are
judged as if nothing were known of their pictures. Those of schema 1 have neither `c` nor `size` and are read as well.
"""

from __future__ import annotations

import gzip
import itertools
import json
import math
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np
import orjson

from formcheck.core.errors import CutShortError, InputError
from formcheck.core.landmarks import COUNT
from formcheck.core.picture_quality import UNKNOWN_QUALITY
from formcheck.core.poses import PROFILE_SHAPE, PoseBlock, PoseFrame, SourceInfo

SCHEMA: Final = "formcheck.poses/2"
_READ: Final = ("formcheck.poses/1", SCHEMA)
_DAMAGE: Final = (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError)
_LATEST_S: Final = 1e7  # months
_LARGEST_PX: Final = 100_000  # no camera makes a side longer than that
_NO_CONFIDENCE: Final = (None,) * COUNT
BLOCK: Final = 512  # frames that are read, judged and forgotten together


class PoseWriter:
    """Writes pose frames to a file; a context manager."""

    def __init__(self, path: Path, source: SourceInfo, model_id: str) -> None:
        # The time stamp of gzip is left out, so that equal recordings are equal files.
        self._raw = path.open("wb")
        self._file = gzip.GzipFile(filename="", fileobj=self._raw, mode="wb", compresslevel=6, mtime=0)
        self._size = [source.width, source.height]
        self._line({"schema": SCHEMA, "source": asdict(source), "model": model_id})

    def write(self, frame: PoseFrame) -> None:
        """Add a frame."""
        people = [
            {
                "xy": pose.points_px.ravel(),
                "z": pose.depth_px,
                "v": pose.visibility,
                "b": pose.profile_px.ravel(),
                "c": None if np.isnan(pose.confidence).all() else pose.confidence,
            }
            for pose in frame.people
        ]
        size = [frame.width, frame.height]
        line: dict[str, object] = {"t": frame.t_s, "p": people}
        if size != self._size:
            line["size"] = size
        if not all(map(math.isnan, frame.quality)):
            line["q"] = list(frame.quality)
        self._line(line)

    def _line(self, value: Mapping[str, object]) -> None:
        # NaN is written as null.
        self._file.write(orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_APPEND_NEWLINE))

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
            if header.get("schema") not in _READ:
                raise ValueError(header.get("schema"))
            self.model_id = str(header["model"])
            self.original = SourceInfo(**header["source"])
            self._size = _size([self.original.width, self.original.height])
        except (OSError, EOFError, zlib.error) as error:
            raise InputError(f"{path}: this pose recording cannot be read; make it again with analyze") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"{path}: this is no pose recording of formcheck; hand in the poses.jsonl.gz of a result"
            ) from error
        self.info = replace(self.original, name=path.name, kind="poses")

    def frames(self) -> Iterator[PoseFrame]:
        """All frames one by one; raises CutShortError at the end of a recording that was cut off."""
        for block in self.blocks():
            yield from block.frames()

    def blocks(self, frames: int = BLOCK) -> Iterator[PoseBlock]:
        """All frames, so many at a time; raises CutShortError at the end of a recording that was cut off."""
        done = 0
        try:
            with gzip.open(self.path, "rb") if self.path.suffix == ".gz" else self.path.open("rb") as file:
                file.readline()
                ended = False
                while not ended:
                    lines, error = _some_lines(file, frames)
                    block, broken = self._sound_part(done, lines)
                    done += len(block)
                    if len(block):
                        yield block
                    if broken or error:
                        raise ValueError from broken or error
                    ended = len(lines) < frames
        except _DAMAGE as error:
            raise CutShortError(
                f"{self.path}: the recording is damaged after frame {done}; what comes before was judged"
            ) from error

    def _sound_part(self, start: int, lines: list[dict[str, Any]]) -> tuple[PoseBlock, Exception | None]:
        """The frames up to the first line that is none, and what is wrong with that line."""
        try:
            return self._block(start, lines), None
        except _DAMAGE as error:
            sound = next((i for i in range(len(lines)) if not self._is_sound(lines[i])), 0)
            return self._block(start, lines[:sound]), error

    def _is_sound(self, line: dict[str, Any]) -> bool:
        try:
            self._block(0, [line])
        except _DAMAGE:
            return False
        return True

    def _block(self, start: int, lines: list[dict[str, Any]]) -> PoseBlock:
        t_s = np.array([line["t"] for line in lines], dtype=float)
        if not np.isfinite(t_s).all() or (np.abs(t_s) > _LATEST_S).any():
            raise ValueError("a time is none")
        # A person with a missing point is nobody who can be followed.
        found = [[person for person in line["p"] if None not in person["xy"]] for line in lines]
        people = [person for some in found for person in some]
        count = len(people)
        return PoseBlock(
            index=np.arange(start, start + len(lines)),
            t_s=t_s,
            first=np.cumsum([0, *(len(some) for some in found)]),
            points_px=np.array([person["xy"] for person in people], dtype=float).reshape(count, COUNT, 2),
            depth_px=np.array([person["z"] for person in people], dtype=float).reshape(count, COUNT),
            visibility=np.array([person["v"] for person in people], dtype=float).reshape(count, COUNT),
            profile_px=np.array([person["b"] for person in people], dtype=float).reshape(count, *PROFILE_SHAPE),
            confidence=np.array([_confidence(person) for person in people], dtype=float).reshape(count, COUNT),
            picture_px=np.array([_size(line.get("size", self._size)) for line in lines], dtype=int).reshape(-1, 2),
            quality=np.array([_quality(line) for line in lines], dtype=float).reshape(-1, len(UNKNOWN_QUALITY)),
        )


def _confidence(person: Mapping[str, object]) -> object:
    """What is recorded of how sure the engine was of a person's points."""
    known = person.get("c")
    return _NO_CONFIDENCE if known is None else known


def _quality(line: Mapping[str, object]) -> list[float]:
    """What is recorded of how good a picture is; ValueError where that is none."""
    told = line.get("q")
    if told is None:
        return list(UNKNOWN_QUALITY)
    values = [one for one in told if one is None or type(one) in (int, float)] if isinstance(told, list) else []
    if not isinstance(told, list) or len(values) != len(told) or len(values) != len(UNKNOWN_QUALITY):
        raise ValueError("the quality of a picture is none")
    return [math.nan if one is None else float(one) for one in values]


def _size(size: object) -> list[int]:
    """Width and height of a picture as recorded; ValueError where that is none."""
    sides = [side for side in size if type(side) is int and 0 < side <= _LARGEST_PX] if isinstance(size, list) else []
    if not isinstance(size, list) or len(size) != 2 or len(sides) != 2:
        raise ValueError("the picture has no size")
    return sides


def _some_lines(file: Iterable[bytes], most: int) -> tuple[list[dict[str, Any]], Exception | None]:
    """The next lines, and what ended them before their time."""
    lines: list[dict[str, Any]] = []
    try:
        for line in itertools.islice(file, most):
            lines.append(orjson.loads(line))  # noqa: PERF401 what comes before an error is kept
    except _DAMAGE as error:
        return lines, error
    return lines, None
