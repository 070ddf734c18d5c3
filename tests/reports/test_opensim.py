"""Landmarks and angles for other tools, of figures whose angles are known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from trc import TRCData, TRCFormatError

from formcheck.analysis import Options, judge
from formcheck.core.feedback import State
from formcheck.core.poses import Body, PoseFrame
from formcheck.kinematics.measurer import Measurer
from formcheck.reports.measures_csv import MeasuresWriter
from formcheck.reports.opensim import OWN_ANGLES, MotWriter, TrcWriter
from formcheck.reports.sports2d import MARKERS
from formcheck.tracking.body import BodyTracker
from tests.figures import HEIGHT, SOURCE, Figure, film, folded, frame, in_and_out, lying, upright
from tests.perspective import scaled

RIGHT_ARM_HIDDEN = (14, 16, 18, 20, 22)


def still(figure: Figure, *, facing: int = 1, hidden: Sequence[int] = ()) -> list[PoseFrame]:
    return film(lambda _t_s: figure.pose(facing=facing, hidden=hidden), 1.0)


def export(frames: Sequence[PoseFrame], folder: Path, *, chunk: int = 10_000) -> Body:
    """Write both files as the analysis does; returns the body of all frames."""
    tracker, measurer = BodyTracker(), Measurer()
    with TrcWriter(folder / "landmarks.trc", SOURCE) as trc, MotWriter(folder / "angles.mot") as mot:
        for start in range(0, len(frames), chunk):
            body = tracker.extend(frames[start : start + chunk])
            trc.write(body)
            mot.write(body, measurer.extend(body))
    return BodyTracker().extend(frames)


def read_trc(folder: Path, name: str = "landmarks.trc") -> TRCData:
    data = TRCData()
    data.load(folder / name)
    return data


def test_pictures_of_another_size_are_brought_to_that_of_the_source(tmp_path: Path) -> None:
    frames = still(upright())
    (tmp_path / "plain").mkdir()
    (tmp_path / "mixed").mkdir()
    export(frames, tmp_path / "plain")
    export([scaled(one, 2.0) if one.index >= 10 else one for one in frames], tmp_path / "mixed")
    plain, mixed = read_trc(tmp_path / "plain"), read_trc(tmp_path / "mixed")
    for name in ("Hip", "RAnkle"):
        np.testing.assert_allclose(mixed[name], plain[name], atol=0.6)


def read_mot(folder: Path) -> tuple[dict[str, str], dict[str, np.ndarray]]:
    """The head and the columns of `angles.mot`."""
    head, table = (folder / "angles.mot").read_text().split("endheader\n")
    names, *lines = table.splitlines()
    rows = np.array([[float(cell) for cell in line.split("\t")] for line in lines])
    pairs = (line.split("=") for line in head.splitlines() if "=" in line)
    return {key: value.strip() for key, value in pairs}, dict(zip(names.split("\t"), rows.T, strict=True))


def angles(frames: Sequence[PoseFrame], folder: Path) -> dict[str, float]:
    """The angles of the last frame."""
    export(frames, folder)
    return {name: column[-1] for name, column in read_mot(folder)[1].items()}


@pytest.mark.parametrize("facing", [1, -1])
def test_standing_reads_as_sports2d_reads_it(facing: int, tmp_path: Path) -> None:
    got = angles(still(folded(0.0, knee_deg=180.0, setback=0.0), facing=facing), tmp_path)
    expected = {
        "trunk": 90.0, "right thigh": -90.0, "left shank": -90.0, "left foot": 0.0,
        "right knee": 0.0, "left hip": 0.0, "right ankle": 0.0,
    }  # fmt: skip
    assert {name: got[name] for name in expected} == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("facing", [1, -1])
def test_a_fold_over_bent_knees_is_flexion_of_hips_and_knees(facing: int, tmp_path: Path) -> None:
    figure = folded(120.0, knee_deg=140.0)
    thigh = float(np.degrees(np.arctan2(*(figure.knee[0] - figure.hip)[::-1])))
    got = angles(still(figure, facing=facing), tmp_path)
    expected = {
        "trunk": -30.0, "right knee": 40.0, "left knee": 40.0, "right thigh": thigh, "right shank": thigh - 40.0,
        "left hip": thigh + 210.0, "left ankle": -90.0 - (thigh - 40.0),
    }  # fmt: skip
    assert {name: got[name] for name in expected} == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize("facing", [1, -1])
def test_a_leg_raised_by_somebody_lying_is_flexion_of_that_hip(facing: int, tmp_path: Path) -> None:
    got = angles(still(lying(80.0, knee_deg=180.0, other_knee_deg=180.0), facing=facing), tmp_path)
    expected = {
        "trunk": 180.0, "left hip": 80.0, "right hip": -6.0, "left thigh": 80.0, "left knee": 0.0,
        "left foot": 170.0, "left ankle": 0.0, "left shank": 80.0,
    }  # fmt: skip
    assert {name: got[name] for name in expected} == pytest.approx(expected, abs=0.1)


def test_the_trunk_of_somebody_lying_does_not_jump_by_a_turn(tmp_path: Path) -> None:
    export(film(lambda t_s: lying(80.0, trunk_up_deg=3.0 * np.sin(3.0 * t_s)).pose(), 4.0), tmp_path)
    trunk = read_mot(tmp_path)[1]["trunk"]
    assert trunk.min() < 178.0
    assert trunk.max() > 182.0
    assert np.abs(np.diff(trunk)).max() < 2.0


def test_markers_are_pixels_with_y_up(tmp_path: Path) -> None:
    body = export(still(folded(60.0)), tmp_path)
    data = read_trc(tmp_path)
    assert (data["Units"], data["NumFrames"], data["NumMarkers"]) == ("px", 30, len(MARKERS))
    assert data["Markers"] == list(MARKERS)
    assert data["Frame#"] == list(range(30))
    x, y = body.points_px[-1, 26]
    assert data["RKnee"][-1] == pytest.approx([x, HEIGHT - y, 0.0], abs=1e-3)
    assert data["Neck"][-1][1] > data["Hip"][-1][1] > data["RKnee"][-1][1] > data["RHeel"][-1][1]
    middle = body.points_px[-1, [11, 12]].mean(axis=0)
    assert data["Neck"][-1] == pytest.approx([middle[0], HEIGHT - middle[1], 0.0], abs=1e-3)


def test_sports2d_takes_markers_with_y_down(tmp_path: Path) -> None:
    body = BodyTracker().extend(still(upright()))
    with TrcWriter(tmp_path / "landmarks_px.trc", SOURCE, y_down=True) as trc:
        trc.write(body)
    assert read_trc(tmp_path, "landmarks_px.trc")["LAnkle"][-1] == pytest.approx([*body.points_px[-1, 27], 0], abs=1e-3)


def test_hidden_points_are_missing_in_markers_and_angles(tmp_path: Path) -> None:
    export(still(upright(), hidden=RIGHT_ARM_HIDDEN), tmp_path)
    data, (_, columns) = read_trc(tmp_path), read_mot(tmp_path)
    assert np.isnan(data["RElbow"]).all()
    assert np.isfinite(data["LElbow"]).all()
    for name in ("right elbow", "right shoulder", "right arm", "right forearm"):
        assert np.isnan(columns[name]).all()
        assert np.isfinite(columns[name.replace("right", "left")]).all()
    assert np.isfinite(columns["right hip"]).all()


def test_frames_without_a_person_are_rows_without_values(tmp_path: Path) -> None:
    export(film(lambda t_s: None if 1.0 <= t_s < 2.0 else upright().pose(), 3.0), tmp_path)
    data, (head, columns) = read_trc(tmp_path), read_mot(tmp_path)
    gone = (columns["time"] > 0.99) & (columns["time"] < 1.99)
    assert data["NumFrames"] == int(head["nRows"]) == 90
    assert int(head["nColumns"]) == len(columns)
    assert gone.sum() == 30
    for values in (columns["trunk"], columns["left knee"], columns["knee_left_deg"], np.array(data["Hip"])[:, 0]):
        assert list(np.isnan(values)) == list(gone)


def test_times_are_the_streams_own_and_the_rate_is_their_mean(tmp_path: Path) -> None:
    times = [0.0, 0.0333, 0.05, 0.1, 0.14, 0.2, 0.25]
    export([frame(i, t_s, upright().pose()) for i, t_s in enumerate(times)], tmp_path)
    data = read_trc(tmp_path)
    assert data["Time"] == pytest.approx(times)
    assert data["DataRate"] == pytest.approx(24.0)
    assert list(read_mot(tmp_path)[1]["time"]) == pytest.approx(times)


def test_pieces_of_a_recording_give_the_same_files_as_all_of_it(tmp_path: Path) -> None:
    frames = film(lambda t_s: folded(5.0 + 110.0 * in_and_out(t_s, hold_s=2.0), setback=0.1).pose(), 8.0)
    folders = [tmp_path / "whole", tmp_path / "pieces"]
    for folder, chunk in zip(folders, (1000, 7), strict=True):
        folder.mkdir()
        export(frames, folder, chunk=chunk)
    for name in ("landmarks.trc", "angles.mot"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()


def test_own_measures_are_those_of_measures_csv(tmp_path: Path) -> None:
    frames = film(lambda _t_s: folded(100.0, knee_deg=150.0).pose(hidden=(26, 28)), 2.0)
    export(frames, tmp_path)
    judged = judge(frames, SOURCE, Options())
    with MeasuresWriter(tmp_path / "measures.csv") as table:
        table.write(judged.measures, [State.POSITION] * len(judged.measures))
    csv = np.genfromtxt(tmp_path / "measures.csv", delimiter=",", names=True)
    columns = read_mot(tmp_path)[1]
    assert np.isnan(columns["knee_right_deg"]).all()
    for name in OWN_ANGLES:
        assert columns[name] == pytest.approx(csv[name], abs=1e-3, nan_ok=True)


def test_a_single_picture_is_a_whole_file(tmp_path: Path) -> None:
    export([frame(0, 0.0, upright().pose())], tmp_path)
    assert read_trc(tmp_path)["NumFrames"] == 1
    assert read_mot(tmp_path)[1]["trunk"] == pytest.approx([89.0], abs=0.1)


def test_what_was_not_closed_is_no_valid_file(tmp_path: Path) -> None:
    writer = TrcWriter(tmp_path / "landmarks.trc", SOURCE)
    writer.write(BodyTracker().extend(still(upright())))
    writer._file.flush()
    with pytest.raises(TRCFormatError):
        read_trc(tmp_path)
    writer.__exit__(None, None, None)
    assert read_trc(tmp_path)["NumFrames"] == 30


@pytest.mark.parametrize("fails", [True, False])
def test_an_interrupted_or_empty_recording_leaves_no_file(fails: bool, tmp_path: Path) -> None:
    def run() -> None:
        with TrcWriter(tmp_path / "landmarks.trc", SOURCE) as trc, MotWriter(tmp_path / "angles.mot") as mot:
            if fails:
                body = BodyTracker().extend(still(upright()))
                trc.write(body)
                mot.write(body, Measurer().extend(body))
                raise KeyboardInterrupt

    if fails:
        with pytest.raises(KeyboardInterrupt):
            run()
    else:
        run()
    assert not list(tmp_path.iterdir())
