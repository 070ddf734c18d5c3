"""A recording of several stretches, from its poses to all that is told of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from formcheck.core.poses import Pose
from formcheck.history import location
from formcheck.history.store import Store
from tests.batch.clips import recorded
from tests.figures import film, folded, in_and_out, lying
from tests.live.fake_live import FPS, Film, install
from tests.test_end_to_end import formcheck

EACH_S = 17.0


def scene(t_s: float) -> Pose:
    """A toe touch, a leg raise, and the toe touch again."""
    turn, within_s = divmod(t_s, EACH_S)
    depth = in_and_out(within_s)
    return lying(-6.0 + depth * 86.0).pose() if turn == 1 else folded(1 + 119 * depth).pose()


def test_each_is_told_and_kept_and_judging_again_changes_nothing(tmp_path: Path) -> None:
    Store(location()).switch(on=True)
    poses = recorded(tmp_path / "evening.jsonl.gz", scene, seconds=3 * EACH_S)
    code, stdout, stderr = formcheck("analyze", poses, "--out", tmp_path / "out", "--json", "-")
    assert code == 0, stderr
    sections = json.loads(stdout)["sections"]
    assert [one["stretch"] for one in sections] == ["toe-touch", "supine", "toe-touch"]
    for number, one in enumerate(sections):
        assert [hold["side"] for hold in one["holds"]] == (["left"] if number == 1 else ["both"])
        assert number * EACH_S < one["start_s"] < one["end_s"] < (number + 1) * EACH_S
        for progress in one["progress"]:
            assert progress["value"] is None or one["start_s"] <= progress["t_s"] <= one["end_s"]
    assert stderr.index("Stretch 1 of 3") < stderr.index("Stretch 2 of 3") < stderr.index("Stretch 3 of 3")
    page = (tmp_path / "out" / "evening" / "report.html").read_text(encoding="utf-8")
    assert page.count('<section class="card run-card"') == 3

    kept = Store(location()).sessions()
    assert sorted((one.id, one.stretch) for one in kept) == [(1, "toe-touch"), (2, "supine"), (3, "toe-touch")]
    again = formcheck("analyze", tmp_path / "out" / "evening" / "poses.jsonl.gz", "--out", tmp_path / "again")
    assert again[0] == 0
    assert Store(location()).sessions() == kept


def test_a_live_session_and_its_recording_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCHECK_STATE_DIR", str(tmp_path / "state"))
    Store(location()).switch(on=True)
    install(monkeypatch, Film(film(scene, 2 * EACH_S, FPS)))
    rec = tmp_path / "rec"
    code, _, stderr = formcheck("live", "--camera", "film", "--no-window", "--no-voice", "--record", rec)
    assert code == 0, stderr
    live = Store(location()).sessions()
    assert [one.stretch for one in live] == ["toe-touch", "supine"]
    assert formcheck("analyze", rec / "poses.jsonl.gz", "--out", tmp_path / "again")[0] == 0
    again = Store(location()).sessions()
    assert [(one.id, one.stretch, one.source_kind, one.holds, one.best) for one in again] == [
        (one.id, one.stretch, one.source_kind, one.holds, one.best) for one in live
    ]
    reports = [json.loads((folder / "report.json").read_text()) for folder in (rec, tmp_path / "again" / "rec-again")]
    assert reports[0]["sections"] == reports[1]["sections"]
    told = [(one["provenance"]["recorded_at"], one["provenance"]["recorded_from"]) for one in reports]
    assert told[0] == told[1] and told[0][1] == "clock"
    assert abs(datetime.fromisoformat(told[0][0]) - datetime.now(UTC)) < timedelta(minutes=5)
