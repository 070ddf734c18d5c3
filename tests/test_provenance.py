"""Where a report comes from, on recordings that need no model."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import formcheck
from formcheck.capture.recorded import Recorded
from formcheck.estimators.bundle import BUNDLE_SHA256, model_id
from formcheck.history import location, remember_file
from formcheck.history.store import Store
from formcheck.provenance import header_fields, provenance_of
from tests.batch.clips import recorded as recording
from tests.figures import folded, in_and_out

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


def test_the_model_of_mediapipe_is_known_by_the_beginning_of_its_hash(tmp_path: Path) -> None:
    told = provenance_of({"model": f"mediapipe-0.10.21-full:{BUNDLE_SHA256[:12]}"}, None)
    assert (told.engine, told.model, told.model_sha256) == ("mediapipe", "mediapipe-0.10.21-full", BUNDLE_SHA256)
    other = provenance_of({"model": model_id(b"mine", tmp_path / "mine.task")}, None)
    assert (other.model, other.model_sha256) == ("mine.task", None)


def test_what_a_recording_tells_of_itself_goes_before_its_file(tmp_path: Path) -> None:
    taken = datetime(2025, 7, 1, 9, 5, 7, tzinfo=UTC)
    fields = header_fields(engine="litert", model_sha256="ab" * 32, at=Recorded(at=taken, told_by="container"))
    told = provenance_of({"model": "mine.task:abababababab", **fields}, poses(tmp_path))
    assert (told.engine, told.model_sha256) == ("litert", "ab" * 32)
    assert (told.recorded_at, told.recorded_from) == ("2025-07-01T09:05:07+00:00", "container")


def test_a_header_of_a_stranger_is_no_reason_to_fail(tmp_path: Path) -> None:
    odd = {"model": 7, "engine": ["x"], "model_sha256": {}, "recorded_at": 5, "recorded_from": None}
    told = provenance_of(odd, tmp_path / "gone.jsonl.gz")
    assert (told.engine, told.model_sha256, told.source_sha256, told.recorded_at) == ("mediapipe", None, None, None)
