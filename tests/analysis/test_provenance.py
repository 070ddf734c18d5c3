"""Where a report comes from, on recordings that need no model."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import formcheck
from formcheck.analysis.provenance import provenance_of
from formcheck.core.poses import SourceInfo
from formcheck.history import location, remember_file
from formcheck.history.store import Store
from formcheck.media.video import VideoFile
from formcheck.pose.bundle import model_id
from formcheck.pose.model_files import BUNDLE_SHA256, LANDMARKS_SHA256, short
from formcheck.pose.pose_file import PoseFile, PoseWriter
from tests.batch.clips import recorded as recording
from tests.figures import SOURCE, folded, in_and_out
from tests.media.test_video import make_video

WRITTEN = datetime(2026, 3, 4, 18, 30, tzinfo=UTC)


def poses(folder: Path) -> Path:
    path = recording(folder / "poses.jsonl.gz", lambda t: folded(1 + 119 * in_and_out(t)).pose())
    os.utime(path, (WRITTEN.timestamp(), WRITTEN.timestamp()))
    return path


def test_a_report_tells_program_model_and_file_and_the_history_the_same_time(tmp_path: Path) -> None:
    file = poses(tmp_path)
    report = formcheck.analyze(file).report
    told = report.provenance
    assert told is not None
    assert told.formcheck == formcheck.__version__
    assert told.source_sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert told.made_at is not None
    assert abs(datetime.fromisoformat(told.made_at) - datetime.now(UTC)) < timedelta(minutes=5)
    assert (datetime.fromisoformat(told.recorded_at or ""), told.recorded_from) == (WRITTEN, "file time")
    store = Store(location())
    store.switch(on=True)
    remember_file(report, file)
    assert [one.when for one in store.sessions()] == [WRITTEN]


def source(**told: Any) -> SourceInfo:
    return replace(SOURCE, **told)


@pytest.mark.parametrize("digits", [12, 64])
def test_the_model_is_told_with_its_whole_hash(digits: int) -> None:
    told = provenance_of(f"mediapipe-0.10.21-full:{BUNDLE_SHA256[:digits]}", source(), None)
    assert (told.engine, told.model, told.model_sha256) == ("mediapipe", "mediapipe-0.10.21-full", BUNDLE_SHA256)


def test_the_engine_is_told_beside_the_model() -> None:
    told = provenance_of(f"litert:pose_landmark_full:{LANDMARKS_SHA256}", source(), None)
    assert (told.engine, told.model, told.model_sha256) == ("litert", "pose_landmark_full", LANDMARKS_SHA256)


def test_a_model_of_the_user_is_told_as_its_file_is(tmp_path: Path) -> None:
    told = provenance_of(model_id(b"mine", tmp_path / "a:b.task"), source(), None)
    assert (told.model, told.model_sha256) == ("a:b.task", hashlib.sha256(b"mine").hexdigest())
    # As a recording of before told it.
    assert provenance_of("mine.task:abababababab", source(), None).model_sha256 is None
    assert short(model_id(b"mine", tmp_path / "a:b.task")) == f"a:b.task:{hashlib.sha256(b'mine').hexdigest()[:12]}"


def test_a_recording_tells_when_the_video_was_taken_not_when_it_was_written(tmp_path: Path) -> None:
    clip = make_video(tmp_path / "clip.mp4", [0, 33, 66])
    os.utime(clip, (WRITTEN.timestamp(), WRITTEN.timestamp()))
    path = tmp_path / "poses.jsonl.gz"
    with PoseWriter(path, VideoFile(clip).info, "model:1"):
        pass
    first = provenance_of("model:1", VideoFile(clip).info, clip)
    again = provenance_of("model:1", PoseFile(path).info, path)
    assert (again.recorded_at, again.recorded_from) == (first.recorded_at, first.recorded_from)
    assert datetime.fromisoformat(again.recorded_at or "") == WRITTEN
    assert again.source_sha256 != first.source_sha256


@pytest.mark.parametrize("told", [5, "yesterday", "2026-03-04T18:30:00"])
def test_a_time_that_is_none_gives_way_to_the_file(tmp_path: Path, told: object) -> None:
    found = provenance_of("", source(recorded_at=told, recorded_from="me"), poses(tmp_path))
    assert (datetime.fromisoformat(found.recorded_at or ""), found.recorded_from) == (WRITTEN, "file time")
    gone = provenance_of("", source(recorded_at=told, recorded_from="me"), tmp_path / "gone.mp4")
    assert (gone.recorded_at, gone.recorded_from, gone.source_sha256, gone.model) == (None, None, None, None)
