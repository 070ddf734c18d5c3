"""Every sample is judged as samples/README.md says.

The default run judges recordings of what the pose model saw in them (tests/sample_poses); `-m all_videos` judges the
films. `python -m tests.test_samples` makes the recordings anew.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import formcheck
from formcheck.pose.engines import LITERT, ModelChoice
from formcheck.pose.pose_file import PoseFile
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"
RECORDED = ROOT / "tests" / "sample_poses"
SUMS = RECORDED / "SHA256SUMS"
TARGET_S = 10.0


class Told(NamedTuple):
    """What the table tells of a sample."""

    name: str
    stretch: str
    side: str
    held_s: float
    rules: frozenset[str]


def table() -> Iterator[Told]:
    rows = re.findall(r"^\| `(\w+)\.mp4` \| `(\S+)` \| (\w+) \| (\d+) s \| (.+) \|$", readme(), re.MULTILINE)
    for name, stretch, side, held, words in rows:
        rules = frozenset(re.findall(r"`([^`]+)`", words))
        assert rules or words == "nothing to correct", words
        yield Told(name, stretch, side, float(held), rules)


def readme() -> str:
    return (SAMPLES / "README.md").read_text(encoding="utf-8")


TABLE = {told.name: told for told in table()}
each_sample = pytest.mark.parametrize("told", TABLE.values(), ids=TABLE)


def check(told: Told, report: Mapping[str, Any], *, target_s: float = TARGET_S) -> None:
    """Whether a report says what the table tells."""
    assert (report["stretch"], report["stretch_chosen_by"]) == (told.stretch, "recognised")
    assert report["side"] == told.side
    assert {alert["rule"] for alert in report["alerts"]} == told.rules
    (hold,) = report["holds"]
    assert hold["held_s"] == pytest.approx(told.held_s, abs=1.0)
    assert hold["reached"] is (told.held_s > target_s)


def test_the_table_lists_every_sample() -> None:
    assert sorted(TABLE) == sorted(path.stem for path in SAMPLES.glob("*.mp4"))
    assert len(TABLE) == readme().count(".mp4` |")


def test_a_stretch_has_one_well_done_and_one_with_a_fault() -> None:
    shown = sorted((told.stretch, bool(told.rules)) for told in TABLE.values())
    assert shown == sorted((told.stretch, fault) for told in TABLE.values() if told.rules for fault in (False, True))


@each_sample
def test_it_is_judged_as_the_table_says(told: Told) -> None:
    check(told, formcheck.analyze(recording(told.name), hold_s=TARGET_S).as_dict())


@pytest.mark.parametrize("name", ["toe_touch_hips_back", "supine_knee_bent"])
def test_a_film_is_judged_as_the_table_says(analysed, name: str) -> None:
    check(TABLE[name], analysed[1][name], target_s=30.0)


@each_sample
def test_the_recording_is_of_the_film_and_of_the_model(told: Told) -> None:
    film, recorded = SAMPLES / f"{told.name}.mp4", PoseFile(recording(told.name))
    assert f"{sha256(film)}  {film.name}" in SUMS.read_text(encoding="utf-8").splitlines()
    assert recorded.original.name == film.name
    assert recorded.model_id == ModelChoice(engine=LITERT).model_id()


@pytest.mark.all_videos
def test_every_film_is_judged_as_the_table_says(tmp_path: Path) -> None:
    reports = judged_films(tmp_path)
    assert sorted(reports) == sorted(TABLE)
    for name, report in reports.items():
        check(TABLE[name], report)


def judged_films(out: Path) -> dict[str, dict[str, Any]]:
    """All films judged, their folders below `out`; reports by name."""
    from tests.test_end_to_end import formcheck as run

    quick = ("--no-video", "--no-report", "--no-exports")
    code, stdout, _ = run("analyze", SAMPLES, "--out", out, "--hold", str(TARGET_S), "--json", "-", *quick)
    assert code == 0
    reports = [json.loads(line) for line in stdout.splitlines()]
    return {report["source"]["name"].removesuffix(".mp4"): report for report in reports}


def recording(name: str) -> Path:
    return RECORDED / f"{name}.poses.jsonl.gz"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        judged_films(Path(folder))
        shutil.rmtree(RECORDED, ignore_errors=True)
        RECORDED.mkdir()
        for film in sorted(SAMPLES.glob("*.mp4")):
            shutil.copy(Path(folder) / film.stem / "poses.jsonl.gz", recording(film.stem))
            with SUMS.open("a", encoding="utf-8") as sums:
                sums.write(f"{sha256(film)}  {film.name}\n")
