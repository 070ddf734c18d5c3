from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.core.errors import CutShortError, InputError
from formcheck.core.picture_quality import PictureQuality
from formcheck.core.poses import PoseBlock, PoseFrame
from formcheck.pose.pose_file import PoseFile, PoseWriter
from tests.figures import SOURCE, film, folded, frame, in_and_out
from tests.judged import judged
from tests.perspective import scaled


def recorded(path: Path, seconds: float = 3.0) -> Path:
    with PoseWriter(path, SOURCE, "model:1") as writer:
        for one in film(lambda t: folded(1 + 119 * in_and_out(t)).pose(), seconds):
            writer.write(one)
        writer.write(frame(999, seconds))
    return path


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    recording = PoseFile(recorded(tmp_path / "poses.jsonl.gz"))
    assert (recording.info.kind, recording.original.kind, recording.model_id) == ("poses", "video", "model:1")
    frames = list(recording.frames())
    assert len(frames) == 91
    assert frames[-1].people == ()
    want = folded(1.0).pose()
    np.testing.assert_array_equal(frames[0].people[0].points_px, want.points_px)
    np.testing.assert_array_equal(frames[0].people[0].visibility, want.visibility)


def test_equal_recordings_are_equal_files(tmp_path: Path) -> None:
    assert recorded(tmp_path / "a.gz").read_bytes() == recorded(tmp_path / "b.gz").read_bytes()


def test_judging_a_recording_gives_the_same_verdict(tmp_path: Path) -> None:
    frames = film(lambda t: folded(1 + 119 * in_and_out(t), setback=0.36 * in_and_out(t)).pose(), 17.0)
    path = tmp_path / "poses.jsonl.gz"
    with PoseWriter(path, SOURCE, "model:1") as writer:
        for one in frames:
            writer.write(one)
    first, again = (judged(list(one), None).report for one in (frames, PoseFile(path).frames()))
    assert first.alerts == again.alerts
    assert first.alerts
    assert (first.holds, first.rules, first.progress) == (again.holds, again.rules, again.progress)


def test_a_recording_that_was_cut_off_gives_what_there_is(tmp_path: Path) -> None:
    path = recorded(tmp_path / "poses.jsonl.gz")
    path.write_bytes(path.read_bytes()[:-2000])
    seen = []
    with pytest.raises(CutShortError, match="damaged after frame"):
        seen.extend(PoseFile(path).frames())
    assert seen


@pytest.mark.parametrize("content", [b"", b"{}\n", b'{"schema": "other/1"}\n', b"[1]\n", b"text\n"])
def test_anything_else_is_no_recording(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "poses.jsonl.gz"
    path.write_bytes(gzip.compress(content))
    with pytest.raises(InputError):
        PoseFile(path)
    plain = tmp_path / "broken.jsonl.gz"
    plain.write_bytes(b"not gzip")
    with pytest.raises(InputError):
        PoseFile(plain)


def lines_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def written(path: Path, lines: list[dict]) -> Path:
    path.write_bytes(gzip.compress("".join(json.dumps(line) + "\n" for line in lines).encode()))
    return path


@pytest.mark.parametrize("time", [None, 1e300, "soon"])
def test_a_frame_without_a_time_ends_the_recording_there(tmp_path: Path, time) -> None:
    lines = lines_of(recorded(tmp_path / "poses.jsonl.gz"))
    lines[31]["t"] = time
    seen = []
    with pytest.raises(CutShortError, match="damaged after frame 30"):
        seen.extend(PoseFile(written(tmp_path / "b.jsonl.gz", lines)).frames())
    assert len(seen) == 30


def test_a_person_with_a_missing_point_is_nobody(tmp_path: Path) -> None:
    lines = lines_of(recorded(tmp_path / "poses.jsonl.gz"))
    lines[11]["p"][0]["xy"][7] = None
    frames = list(PoseFile(written(tmp_path / "b.jsonl.gz", lines)).frames())
    assert [len(one.people) for one in frames[9:12]] == [1, 0, 1]


def test_a_picture_without_a_size_is_no_source(tmp_path: Path) -> None:
    lines = lines_of(recorded(tmp_path / "poses.jsonl.gz"))
    lines[0]["source"]["width"] = "wide"
    with pytest.raises(InputError, match="no pose recording"):
        PoseFile(written(tmp_path / "b.jsonl.gz", lines))


def with_sizes(path: Path) -> tuple[Path, list[PoseFrame]]:
    frames = [*film(lambda _t: folded(60.0).pose(), 0.2)]
    frames[3:] = [scaled(one, 2.0) for one in frames[3:]]
    sure = np.round(np.linspace(0.1, 0.9, 33), 3)
    sure[5] = np.nan
    frames[1] = replace(frames[1], people=tuple(replace(one, confidence=sure) for one in frames[1].people))
    with PoseWriter(path, SOURCE, "model:1") as writer:
        for one in frames:
            writer.write(one)
    return path, frames


def test_sizes_and_confidences_are_kept(tmp_path: Path) -> None:
    path, frames = with_sizes(tmp_path / "poses.jsonl.gz")
    lines = lines_of(path)
    assert lines[0]["schema"] == "formcheck.poses/2"
    assert ["size" in line for line in lines[1:]] == [False] * 3 + [True] * 3
    assert lines[4]["size"] == [2 * 854, 2 * 480]
    assert lines[1]["p"][0]["c"] is None
    assert lines[2]["p"][0]["c"][4:7] == [0.2, None, 0.25]
    for one, again in zip(frames, PoseFile(path).frames(), strict=True):
        assert (again.width, again.height) == (one.width, one.height)
        np.testing.assert_array_equal(again.people[0].confidence, one.people[0].confidence)
        np.testing.assert_array_equal(again.people[0].points_px, one.people[0].points_px)


def test_recordings_of_the_first_schema_are_read(tmp_path: Path) -> None:
    path = recorded(tmp_path / "poses.jsonl.gz")
    lines = lines_of(path)
    lines[0]["schema"] = "formcheck.poses/1"
    for line in lines[1:]:
        for person in line["p"]:
            del person["c"]
    old = PoseBlock.of(list(PoseFile(written(tmp_path / "old.jsonl.gz", lines)).frames()))
    new = PoseBlock.of(list(PoseFile(path).frames()))
    np.testing.assert_array_equal(old.points_px, new.points_px)
    assert (old.picture_px == (SOURCE.width, SOURCE.height)).all()
    assert np.isnan(old.confidence).all()


@pytest.mark.parametrize(
    "size",
    [None, 854, "854x480", [854], [854, 480, 3], [0, 480], [-854, 480], [854.5, 480], [True, 480], ["854", 480],
     [10**6, 480], [10**30, 480], {"w": 854}, [[854], [480]]],
)  # fmt: skip
def test_a_damaged_size_ends_the_recording_there(tmp_path: Path, size) -> None:
    lines = lines_of(recorded(tmp_path / "poses.jsonl.gz"))
    lines[31]["size"] = size
    seen = []
    with pytest.raises(CutShortError, match="damaged after frame 30"):
        seen.extend(PoseFile(written(tmp_path / "b.jsonl.gz", lines)).frames())
    assert len(seen) == 30


@pytest.mark.parametrize("sure", [[], [0.5] * 32, [0.5] * 34, 0.5, "sure", {}, [[0.5] * 33, [0.5] * 33], ["x"] * 33, 0])
def test_a_damaged_confidence_ends_the_recording_there(tmp_path: Path, sure) -> None:
    lines = lines_of(recorded(tmp_path / "poses.jsonl.gz"))
    lines[31]["p"][0]["c"] = sure
    with pytest.raises(CutShortError, match="damaged after frame 30"):
        list(PoseFile(written(tmp_path / "b.jsonl.gz", lines)).frames())


def test_how_good_pictures_are_is_kept_where_it_was_measured(tmp_path: Path) -> None:
    frames = [*film(lambda _t: folded(60.0).pose(), 0.2)]
    frames[2] = replace(frames[2], quality=PictureQuality(light=20.5, blur_px=1.25))
    path = tmp_path / "poses.jsonl.gz"
    with PoseWriter(path, SOURCE, "model:1") as writer:
        for one in frames:
            writer.write(one)
    assert ["q" in line for line in lines_of(path)] == [False] * 3 + [True] + [False] * 3
    assert lines_of(path)[3]["q"] == [20.5, 1.25, None, None, None]
    again = list(PoseFile(path).frames())
    np.testing.assert_array_equal([one.quality for one in again], [one.quality for one in frames])


@pytest.mark.parametrize("quality", [[], [1.0] * 4, [1.0] * 6, 0.5, "dark", {}, [[1.0]] * 5, ["1"] * 5, [True] * 5, 0])
def test_a_damaged_quality_ends_the_recording_there(tmp_path: Path, quality) -> None:
    lines = lines_of(recorded(tmp_path / "poses.jsonl.gz"))
    lines[31]["q"] = quality
    with pytest.raises(CutShortError, match="damaged after frame 30"):
        list(PoseFile(written(tmp_path / "b.jsonl.gz", lines)).frames())


@pytest.mark.parametrize("width", [0, -1, 10**30, 854.0, True, None])
def test_a_source_without_a_sound_size_is_none(tmp_path: Path, width) -> None:
    lines = lines_of(recorded(tmp_path / "poses.jsonl.gz"))
    lines[0]["source"]["width"] = width
    with pytest.raises(InputError, match="no pose recording"):
        PoseFile(written(tmp_path / "b.jsonl.gz", lines))
