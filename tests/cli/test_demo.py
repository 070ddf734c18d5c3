"""`formcheck demo`: what is played, and what is left alone."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.cli import common, demo, live_window
from formcheck.core.errors import InputError
from formcheck.history import location
from formcheck.history.store import Store
from formcheck.pose.pose_file import PoseFile
from formcheck.stretches import all_stretches
from tests.live.fake_live import Film, install
from tests.test_end_to_end import formcheck
from tests.test_samples import SAMPLES, TABLE, recording


def test_samples_are_told_apart_by_their_names() -> None:
    found = {one.path.stem: (one.slug, one.good) for one in demo.samples(all_stretches())}
    assert found == {name: (told.stretch, not told.rules) for name, told in TABLE.items()}


@pytest.mark.parametrize(
    ("arguments", "name"),
    [(["bench"], "bench_good"), (["bench", "--good"], "bench_good"), (["bench", "--fault"], "bench_back_rounded")],
)
def test_the_film_is_the_camera(monkeypatch: pytest.MonkeyPatch, arguments: list[str], name: str) -> None:
    def no_camera(camera: str) -> None:
        raise InputError(f"asked for {camera}")

    monkeypatch.setattr(live_window, "open_source", no_camera)
    code, _, stderr = formcheck("demo", *arguments, "--no-window", "--no-voice")
    assert code == 1
    assert f"asked for {SAMPLES / name}.mp4" in stderr


def test_a_demo_is_a_session_that_is_not_added_to_the_history(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen = itertools.islice(PoseFile(recording("toe_touch_hips_back")).frames(), 0, None, 3)
    install(monkeypatch, Film([replace(frame, index=index) for index, frame in enumerate(seen)]))
    Store(location()).switch(on=True)
    events = tmp_path / "events.jsonl"
    code, _, stderr = formcheck("demo", "toe-touch", "--fault", "--no-window", "--no-voice", "--events", events)
    assert code == 0
    assert "toe_touch_hips_back.mp4" in stderr
    lines = [json.loads(line) for line in events.read_text(encoding="utf-8").splitlines()]
    assert {line["target_s"] for line in lines} == {10.0}
    assert max(line["hold_s"] for line in lines) > 10.0
    assert {alert["rule"] for line in lines for alert in line["alerts"]} == TABLE["toe_touch_hips_back"].rules
    assert not Store(location()).sessions()


def test_without_a_stretch_all_are_listed() -> None:
    code, stdout, _ = formcheck("demo")
    assert code == 0
    lines = [line for line in stdout.splitlines() if "back knee locked" in line]
    assert [line.split()[0] for line in lines] == ["standing"]
    assert all(told.stretch in stdout for told in TABLE.values())


def test_no_sample_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert formcheck("demo", "splits")[0] == 2
    monkeypatch.setattr(common, "__file__", str(tmp_path / "formcheck" / "cli" / "common.py"))
    code, _, stderr = formcheck("demo", "bench")
    assert (code, stderr.count("\n")) == (1, 1)
    assert "install formcheck again" in stderr
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "supine_good.mp4").touch()
    code, _, stderr = formcheck("demo", "bench")
    assert code == 2
    assert "choose one of: supine" in " ".join(stderr.split())
