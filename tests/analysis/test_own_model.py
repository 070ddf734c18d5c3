"""Poses of a model that nobody has measured against the truth: angles stay as read, and the report says so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.analysis import Options, judge
from formcheck.analysis.judging import measuring_for
from formcheck.core.feedback import NOT_CORRECTED
from formcheck.core.measures import Measures
from formcheck.core.poses import Pose
from formcheck.history import location
from formcheck.history.store import Store
from formcheck.pose.model_files import BUNDLE_SHA256, LANDMARKS_SHA256, is_full
from formcheck.reports.summary import headline
from formcheck.stretches import by_slug
from tests.figures import SOURCE, film, folded, frame, in_and_out, lying
from tests.live.fake_live import FPS, Film, install
from tests.test_end_to_end import formcheck

HEAVY = f"litert:pose_landmark_heavy.tflite:{'5' * 64}"


@pytest.mark.parametrize(
    ("model_id", "full"),
    [
        (f"litert:pose_landmark_full:{LANDMARKS_SHA256}", True),
        (f"litert:mine.tflite:{LANDMARKS_SHA256}", True),  # whatever the file is called
        (f"mediapipe-0.10.21-full:{BUNDLE_SHA256}", True),
        (f"mediapipe-0.10.21-full:{BUNDLE_SHA256[:12]}", True),
        ("", True),  # recordings of before there was another one
        ("mediapipe", True),
        (HEAVY, False),
        (f"heavy.task:{'5' * 64}", False),
        ("heavy.task:555555555555", False),
    ],
)
def test_the_full_model_is_known_by_its_hash(model_id: str, *, full: bool) -> None:
    assert is_full(model_id) is full


def measures(pose: Pose, model_id: str) -> Measures:
    frames = [frame(i, i / 30, pose) for i in range(40)]
    return measuring_for(Options().for_model(model_id)).extend(frames)[1]


def test_angles_of_another_model_are_as_read() -> None:
    figure = folded(125.0, knee_deg=150.0)
    ours, other = measures(figure.pose(), ""), measures(figure.pose(), HEAVY)
    assert other.trunk_deg[-1] == pytest.approx(125.0, abs=0.3)
    assert ours.trunk_deg[-1] == pytest.approx(117.5, abs=0.3)
    np.testing.assert_allclose(other.knee_deg[-1], 150.0, atol=0.3)
    assert (ours.knee_deg[-1] < 148.0).all()
    assert ours.reach[-1] - other.reach[-1] == pytest.approx(0.07, abs=0.001)
    trunk, thigh = figure.shoulder - figure.hip, figure.knee[0] - figure.hip
    true = np.degrees(np.arccos(trunk @ thigh / (np.hypot(*trunk) * np.hypot(*thigh))))
    assert other.hip_deg[-1, 0] == pytest.approx(true, abs=0.3)


def test_of_lying_people_nothing_was_corrected_before_either() -> None:
    pose = lying(80.0, knee_deg=160.0).pose()
    for ours, other in zip(measures(pose, "").knee_deg[-1], measures(pose, HEAVY).knee_deg[-1], strict=True):
        assert ours == other


def test_how_sure_another_model_is_hides_no_leg_and_shows_none() -> None:
    unsure = replace(folded(100.0).pose(), confidence=np.full(33, 0.02))
    plain = folded(100.0).pose()
    assert (measures(unsure, "").leg_seen[-1] != measures(plain, "").leg_seen[-1]).all()
    assert (measures(unsure, HEAVY).leg_seen[-1] == measures(plain, HEAVY).leg_seen[-1]).all()


def test_the_reason_why_nothing_was_judged_stays_the_headline() -> None:
    options = Options(stretch=by_slug("toe-touch")).for_model(HEAVY)
    for pose, still in ((folded(5.0, setback=0.0).pose(), False), (lying(80.0).pose(), True)):
        source = replace(SOURCE, kind="photo", still=True) if still else SOURCE
        told = judge([frame(i, i / 30, pose) for i in range(1 if still else 60)], source, options).report
        assert told.notes[0] == NOT_CORRECTED
        assert NOT_CORRECTED not in headline(told)


@pytest.mark.parametrize(
    ("command", "ends"),
    [(["live", "toe-touch"], 0), (["routine", "--stretch", "toe-touch", "--holds", "2"], 130)],  # one of two holds
)
def test_live_and_recorded_agree_and_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], ends: int
) -> None:
    monkeypatch.setenv("FORMCHECK_STATE_DIR", str(tmp_path / "state"))
    Store(location()).switch(on=True)
    camera = Film(film(lambda t: folded(1 + 119 * in_and_out(t)).pose(), 17.0, FPS))
    camera.model_id = HEAVY
    install(monkeypatch, camera)
    rec = tmp_path / "rec"
    code, said, stderr = formcheck(
        *command, "--hold", "5", "--camera", "film", "--no-window", "--no-voice", "--record", rec
    )
    assert code == ends, stderr
    assert NOT_CORRECTED in said or command[0] == "routine"  # which tells its plan instead
    live = Store(location()).sessions()
    again = formcheck(
        "analyze", rec / "poses.jsonl.gz", "--stretch", "toe-touch", "--hold", "5", "--out", tmp_path / "again"
    )
    assert again[0] == 0 and NOT_CORRECTED in again[1]
    assert [(one.holds, one.best) for one in Store(location()).sessions()] == [(one.holds, one.best) for one in live]
    folders = (rec, tmp_path / "again" / "rec-again")
    first, second = (json.loads((folder / "report.json").read_text(encoding="utf-8")) for folder in folders)
    assert first["sections"] == second["sections"] and first["notes"] == second["notes"] == [NOT_CORRECTED]
    fold = next(one for one in first["progress"] if one["name"] == "fold")
    assert fold["value"] == pytest.approx(120.0, abs=0.5)  # 114 corrected
