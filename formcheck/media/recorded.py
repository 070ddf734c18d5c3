"""When a video or a photo was taken, as its file tells it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal, NamedTuple

import av
from PIL import Image

from formcheck.core.poses import SourceInfo
from formcheck.media.inputs import is_photo, is_poses

RecordedFrom = Literal["container", "exif", "file time"]
_NO_OLDER: Final = datetime(2000, 1, 1, tzinfo=UTC)  # clocks that were never set begin in 1904, 1970 or 1980
_AHEAD: Final = timedelta(minutes=5)  # clocks differ by that much

# Phones of Apple write the time with its UTC offset beside the one of the format, which is in UTC.
_CONTAINER_TAGS: Final = ("com.apple.quicktime.creationdate", "creation_time")
_EXIF_IFD, _EXIF_TAKEN, _EXIF_OFFSET = 0x8769, 0x9003, 0x9011


class RecordingTime(NamedTuple):
    """When something was recorded, with the UTC offset of the place as far as it is known, and who says so.

    Where the offset is not told, it is that of this machine on that day.
    """

    at: datetime
    told_by: RecordedFrom

    @property
    def text(self) -> str:
        """The time as ISO 8601, in whole seconds."""
        return self.at.isoformat(timespec="seconds")


def dated(info: SourceInfo, path: Path) -> SourceInfo:
    """What is known of a source, with when it was recorded as its file tells it."""
    found = recorded(path)
    return replace(info, recorded_at=found.text, recorded_from=found.told_by) if found else info


def recorded(path: Path) -> RecordingTime | None:
    """When a file was recorded: by its container or its EXIF data, else by when it was last written.

    Copying may change the last of these. Times that cannot be right (before 2000, in the future) are passed over; None
    where no other is left, or the file is gone.
    """
    ways: list[tuple[RecordedFrom, Callable[[Path], datetime | None]]] = [("file time", _written)]
    if is_photo(path):
        ways.insert(0, ("exif", _exif_time))
    elif not is_poses(path):
        ways.insert(0, ("container", _container_time))
    for told_by, way in ways:
        at = way(path)
        if at is not None and _NO_OLDER < at < datetime.now(UTC) + _AHEAD:
            return RecordingTime(at=at, told_by=told_by)
    return None


def _container_time(path: Path) -> datetime | None:
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            told = [container.metadata, *(stream.metadata for stream in container.streams.video)]
    except (av.FFmpegError, OSError):
        return None
    for tag in _CONTAINER_TAGS:
        for metadata in told:
            at = _parsed(metadata.get(tag, ""))
            if at is not None:
                return at if tag != "creation_time" else _local(at)
    return None


def _parsed(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    except ValueError:
        return None


def _exif_time(path: Path) -> datetime | None:
    try:
        with Image.open(path) as image:
            exif = image.getexif().get_ifd(_EXIF_IFD)
        taken = str(exif.get(_EXIF_TAKEN, "")).strip("\0 ")
        offset = str(exif.get(_EXIF_OFFSET, "")).strip("\0 ")
        if offset:
            return datetime.strptime(f"{taken} {offset}", "%Y:%m:%d %H:%M:%S %z")
        return datetime.strptime(taken, "%Y:%m:%d %H:%M:%S").astimezone()
    except (OSError, ValueError, OverflowError, SyntaxError):  # Pillow tells broken EXIF data by a SyntaxError
        return None


def _written(path: Path) -> datetime | None:
    try:
        return _local(datetime.fromtimestamp(path.stat().st_mtime, UTC))
    except (OSError, OverflowError, ValueError):
        return None


def _local(at: datetime) -> datetime | None:
    try:
        return at.astimezone()
    except (OverflowError, ValueError, OSError):
        return None
