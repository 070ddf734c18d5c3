from __future__ import annotations

import json
from pathlib import Path

import pytest

from formcheck.core.errors import InputError, OutputError
from formcheck.routine import progress
from formcheck.routine.plan import default_plan
from formcheck.routine.progress import ProgressFile, state_folder
from formcheck.routine.summary import rows
from formcheck.routine.values import HoldOutcome
from formcheck.stretches import by_slug

PLAN = default_plan()
HELD = [
    HoldOutcome(index=0, held_s=31.2, faults_s={"back-straight": 4.5, "support-knee-bent": 9.0}),
    HoldOutcome(index=1, held_s=0.0, skipped=True),
    HoldOutcome(index=2, held_s=16.0, faults_s={"back-straight": 1.0}, next_time="back straight"),
]


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    file = ProgressFile(PLAN, tmp_path / "new" / "folder")
    assert file.read(1000.0) is None
    file.write(HELD, 1000.0)
    kept = ProgressFile(PLAN, tmp_path / "new" / "folder").read(4600.0)
    assert kept is not None
    assert list(kept.held) == HELD
    assert kept.holds_done == 2
    assert kept.age_s == 3600.0
    assert ProgressFile(default_plan(("supine",)), tmp_path / "new" / "folder").read(4600.0) is None
    file.remove()
    assert file.read(1000.0) is None
    file.remove()


def test_a_kill_while_writing_leaves_the_old_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = ProgressFile(PLAN, tmp_path)
    file.write(HELD[:1], 1000.0)

    def killed(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(progress.os, "fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        file.write(HELD, 1001.0)
    kept = file.read(1002.0)
    assert kept is not None and list(kept.held) == HELD[:1]
    assert [path.name for path in tmp_path.iterdir()] == [file.path.name]


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "other/1"},
        {"plan": "0" * 16},
        {"saved_s": "yesterday"},
        {"saved_s": None},
        {"steps": 3},
        {"steps": [{}]},
        {"steps": [{"step": 99, "held_s": 1, "skipped": False, "faults_s": {}}]},
        {"steps": [{"step": True, "held_s": 1, "skipped": False, "faults_s": {}}]},
        {"steps": [{"step": 0, "held_s": -1, "skipped": False, "faults_s": {}}]},
        {"steps": [{"step": 0, "held_s": 1, "skipped": False, "faults_s": {"no-such-rule": 1}}]},
        {"steps": [{"step": 0, "held_s": 1, "skipped": False, "faults_s": {}}] * 2},
        {"steps": [{"step": 0, "held_s": 1, "skipped": False, "faults_s": {}, "next_time": 3}]},
    ],
)
def test_a_damaged_or_foreign_file_is_told(tmp_path: Path, change: dict) -> None:
    file = ProgressFile(PLAN, tmp_path)
    file.write(HELD, 1000.0)
    file.path.write_text(json.dumps(json.loads(file.path.read_text()) | change))
    with pytest.raises(InputError, match="damaged"):
        file.read(1000.0)


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff\xfe", b"null", b"[" * 100_000])
def test_what_is_no_json_of_ours_is_told(tmp_path: Path, data: bytes) -> None:
    file = ProgressFile(PLAN, tmp_path)
    file.path.write_bytes(data)
    with pytest.raises(InputError, match="damaged"):
        file.read(1000.0)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be kept"):
        ProgressFile(PLAN, tmp_path / "file").write(HELD, 1000.0)


def test_the_place_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCHECK_STATE_DIR", str(tmp_path))
    assert state_folder() == tmp_path
    monkeypatch.delenv("FORMCHECK_STATE_DIR")
    assert "formcheck" in str(state_folder())


def test_the_summary_has_a_row_for_each_side_with_what_was_due_longest() -> None:
    first, second, *_ = rows(PLAN.steps(), {one.index: one for one in HELD})
    assert (first.side, first.done, first.planned, first.held_s) == ("left", 1, 2, 31.2)
    assert first.cue == by_slug("standing").rule("support-knee-bent").cue
    assert (second.side, second.done, second.held_s) == ("right", 1, 16.0)
    assert second.cue == by_slug("standing").rule("back-straight").cue


def test_a_file_of_an_older_version_has_nothing_to_mind_next_time(tmp_path: Path) -> None:
    file = ProgressFile(PLAN, tmp_path)
    file.write(HELD, 1000.0)
    old = json.loads(file.path.read_text())
    for step in old["steps"]:
        del step["next_time"]
    file.path.write_text(json.dumps(old))
    kept = file.read(1000.0)
    assert kept is not None
    assert [one.next_time for one in kept.held] == [None] * 3
