"""When a file was recorded, and who says so."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from formcheck.media.recorded import recorded

WRITTEN = datetime(2026, 3, 4, 18, 30, tzinfo=UTC)
TAKEN = datetime(2025, 7, 1, 9, 5, 7, tzinfo=UTC)


def written(file: Path, when: datetime = WRITTEN) -> Path:
    os.utime(file, (when.timestamp(), when.timestamp()))
    return file


def clip(folder: Path, name: str = "clip.mp4", **tags: str) -> Path:
    path = folder / name
    # Tags that the format does not know are only written when it is told to.
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as container:
        container.metadata.update(tags)
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.time_base = 64, 48, Fraction(1, 10)
        for frame in [av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8))] * 2:
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return written(path)


def photo(folder: Path, taken: str | bytes | None = None, offset: str | None = None) -> Path:
    path = folder / "photo.jpg"
    exif = Image.Exif()
    if taken is not None:
        exif.get_ifd(0x8769)[0x9003] = taken
    if offset is not None:
        exif.get_ifd(0x8769)[0x9011] = offset
    Image.new("RGB", (8, 8)).save(path, exif=exif)
    return written(path)


@pytest.fixture
def _berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_berlin")
@pytest.mark.parametrize("name", ["clip.mp4", "clip.mkv"])
def test_the_container_tells_it_by_the_clock_of_the_place(tmp_path: Path, name: str) -> None:
    found = recorded(clip(tmp_path, name, creation_time=TAKEN.isoformat()))
    assert found is not None
    assert (found.at, found.told_by) == (TAKEN, "container")
    assert found.at.isoformat() == "2025-07-01T11:05:07+02:00"


def test_a_phone_that_tells_its_offset_is_believed(tmp_path: Path) -> None:
    tags = {"creation_time": TAKEN.isoformat(), "com.apple.quicktime.creationdate": "2025-07-01T02:05:09-0700"}
    found = recorded(clip(tmp_path, "clip.mp4", **tags))
    assert found is not None
    assert found.at.isoformat() == "2025-07-01T02:05:09-07:00"


@pytest.mark.parametrize("wrong", [None, "1904-01-01T00:00:00Z", "2100-01-01T00:00:00Z"])
def test_a_container_whose_clock_was_never_set_gives_way_to_the_file(tmp_path: Path, wrong: str | None) -> None:
    found = recorded(clip(tmp_path, **({"creation_time": wrong} if wrong else {})))
    assert found is not None
    assert (found.at, found.told_by) == (WRITTEN, "file time")


@pytest.mark.usefixtures("_berlin")
@pytest.mark.parametrize(
    ("taken", "offset", "told"),
    [
        ("2025:07:01 09:05:07", "-03:30", "2025-07-01T09:05:07-03:30"),
        ("2025:07:01 09:05:07", None, "2025-07-01T09:05:07+02:00"),
    ],
)
def test_a_photo_tells_it_itself(tmp_path: Path, taken: str, offset: str | None, told: str) -> None:
    found = recorded(photo(tmp_path, taken, offset))
    assert found is not None
    assert (found.at.isoformat(), found.told_by) == (told, "exif")


@pytest.mark.parametrize("taken", [None, "0000:00:00 00:00:00", "yesterday"])
def test_a_photo_that_does_not_tell_is_as_old_as_its_file(tmp_path: Path, taken: str | None) -> None:
    found = recorded(photo(tmp_path, taken))
    assert found is not None
    assert (found.at, found.told_by) == (WRITTEN, "file time")


@pytest.mark.usefixtures("_berlin")
@pytest.mark.parametrize(("when", "hours"), [("2025-10-26T00:59:00", 2), ("2025-10-26T01:01:00", 1)])
def test_a_recording_has_the_offset_of_its_own_day(tmp_path: Path, when: str, hours: int) -> None:
    file = tmp_path / "poses.jsonl.gz"
    file.touch()
    utc = datetime.fromisoformat(when).replace(tzinfo=UTC)
    found = recorded(written(file, utc))
    assert found is not None
    assert (found.at, found.at.utcoffset()) == (utc, timedelta(hours=hours))


def test_a_time_that_cannot_be_right_is_not_told(tmp_path: Path) -> None:
    file = tmp_path / "poses.jsonl.gz"
    file.touch()
    for wrong in (datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)):
        assert recorded(written(file, wrong)) is None
    assert recorded(tmp_path / "gone.mp4") is None
