"""The Python interface, on recordings that need no model."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

import formcheck
from formcheck.pose.pose_file import PoseWriter
from tests.figures import SOURCE, film, folded, in_and_out
from tests.history.test_sections import film as film_of
from tests.history.test_sections import section


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A toe touch with the hips too far back, soft knees at 156 degrees."""
    path = tmp_path_factory.mktemp("api") / "poses.jsonl.gz"

    def scene(t_s: float):
        depth = in_and_out(t_s)
        return folded(1 + 119 * depth, setback=0.36 * depth, knee_deg=176 - 20 * depth).pose()

    with PoseWriter(path, SOURCE, "model:1") as writer:
        for frame in film(scene, 17.0):
            writer.write(frame)
    return path


def test_a_report_and_columns_of_equal_length(recording: Path) -> None:
    result = formcheck.analyze(recording)
    assert result.report.stretch == "toe-touch"
    assert result.problem is None
    assert {alert["rule"] for alert in result.alerts} == {"hips-over-feet"}
    assert [hold["side"] for hold in result.holds] == ["both"]
    assert {len(column) for column in result.measures.values()} == {510}
    held = [knee for knee, state in zip(result.measures["knee_left_deg"], result.measures["state"], strict=True)
            if state == "hold"]  # fmt: skip
    assert sorted(held)[len(held) // 2] == pytest.approx(153.0, abs=2.0)  # 156, corrected as standing knees are
    assert not list(recording.parent.glob("*results*"))


def test_every_stretch_of_a_recording_is_a_section() -> None:
    result = formcheck.Analysis(report=film_of(section("supine", 5.0), section("bench", 30.0)), measures={})
    assert [(one["stretch"], one["start_s"], len(one["holds"])) for one in result.sections] == [
        ("supine", 5.0, 1),
        ("bench", 30.0, 1),
    ]
    assert result.sections == result.as_dict()["sections"]
    assert len(result.holds) == 1


def test_limits_and_holds_are_the_callers(recording: Path) -> None:
    limits = {"knees-straight": {"hint": 158.0, "ok": 160.0}}
    result = formcheck.analyze(recording, stretch="toe-touch", hold_s=10.0, limits=limits)
    assert "knees-straight" in {alert["rule"] for alert in result.alerts}
    assert [change.limit for change in result.report.changed_limits] == ["ok", "hint"]
    assert result.report.holds[0].reached


def test_files_are_kept_only_where_they_are_asked_for(recording: Path, tmp_path: Path) -> None:
    formcheck.analyze(recording, out=tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"report.json", "report.html", "measures.csv", "landmarks.trc", "angles.mot", "poses.jsonl.gz"} == (
        names - {"landmarks_px.trc"}
    )


def test_what_is_unseen_is_not_a_number(tmp_path: Path) -> None:
    path = tmp_path / "poses.jsonl.gz"
    with PoseWriter(path, SOURCE, "model:1") as writer:
        for frame in film(lambda _t_s: folded(100.0).pose(hidden=(26, 28)), 1.0):
            writer.write(frame)
    measures = formcheck.analyze(path).measures
    assert all(math.isnan(value) for value in measures["knee_right_deg"])
    assert not any(math.isnan(value) for value in measures["knee_left_deg"])


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"stretch": "splits"}, ValueError, "expected one of"),
        ({"side": "up"}, ValueError, "expected 'left'"),
        ({"hold_s": float("nan")}, formcheck.SettingsError, "a number from 1 to 3600"),
        ({"jobs": -1}, formcheck.SettingsError, "a whole number"),
        ({"limits": {"nonsense": {}}}, formcheck.SettingsError, "no such rule"),
    ],
    ids=["stretch", "side", "hold", "jobs", "limits"],
)
def test_wrong_arguments_say_what_is_expected(recording: Path, arguments, error, says: str) -> None:
    with pytest.raises(error, match=says):
        formcheck.analyze(recording, **arguments)


def test_a_missing_file_is_told() -> None:
    with pytest.raises(formcheck.InputError, match=r"missing\.mp4"):
        formcheck.analyze("missing.mp4")
