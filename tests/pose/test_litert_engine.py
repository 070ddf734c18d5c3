"""The engine with its real networks: one result, whoever computes it and in however many pieces."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from formcheck.analysis.estimating import record_poses
from formcheck.core.errors import ModelError
from formcheck.core.poses import Picture, SourceInfo
from formcheck.geometry.angles import leg_length
from formcheck.media.video import VideoFile
from formcheck.pose import model_files
from formcheck.pose.engines import LITERT, ModelChoice
from formcheck.pose.key_pictures import runs
from formcheck.pose.litert_engine import LitertEngine
from formcheck.pose.pool import EstimatorPool
from formcheck.pose.pose_file import PoseFile

pytest.importorskip("ai_edge_litert")

CHOICE = ModelChoice(LITERT)
PICTURES = 20  # two whole runs, and some of a third


class Beginning:
    """The first pictures of a film."""

    def __init__(self, film: Path) -> None:
        self._video = VideoFile(film)

    @property
    def info(self) -> SourceInfo:
        return self._video.info

    def pictures(self, longest_px: int | None = None, *, from_s: float = 0.0) -> Iterator[Picture]:
        return itertools.islice(self._video.pictures(longest_px, from_s=from_s), PICTURES)


@pytest.fixture(scope="module")
def film(samples: Path) -> Beginning:
    """Somebody lies in it, and a helper comes."""
    return Beginning(samples / "partner_good.mp4")


def recorded(film: Beginning, path: Path, *, jobs: int, threads: int) -> bytes:
    with EstimatorPool(lambda: CHOICE.estimator(threads), jobs) as pool, ThreadPoolExecutor(jobs) as executor:
        assert record_poses(film, pool, executor, path, lambda *_: None) is None
    return path.read_bytes()


def test_a_recording_is_the_same_whoever_made_it(film: Beginning, tmp_path: Path) -> None:
    """Byte for byte: on one thread or two, whether they share a picture or the runs."""
    alone, shared, by_turns = (
        recorded(film, tmp_path / f"{jobs}{threads}.poses.jsonl.gz", jobs=jobs, threads=threads)
        for jobs, threads in ((1, 1), (1, 2), (2, 1))
    )
    assert alone == shared == by_turns
    frames = list(PoseFile(tmp_path / "11.poses.jsonl.gz").frames())
    assert [frame.index for frame in frames] == list(range(PICTURES))
    assert all(frame.people for frame in frames)
    assert all((pose.confidence > 0).all() for frame in frames for pose in frame.people)


@pytest.mark.parametrize("name", ["toe_touch_good", "supine_knee_bent"])
def test_people_are_read_where_they_were_as_where_they_are_looked_for(name: str, samples: Path) -> None:
    """A run costs no accuracy: at its end points are where a look at the whole picture finds them."""
    run = next(runs(VideoFile(samples / f"{name}.mp4").pictures(960, from_s=2.0)))
    with CHOICE.estimator() as estimator, EstimatorPool(CHOICE.estimator, 1) as pool:
        (here,), (there,) = pool.estimate_run(run)[-1].people, estimator.estimate(run[-1]).frame.people
    off = np.hypot(*(here.points_px - there.points_px).T) / leg_length(there.points_px)
    assert np.median(off) < 0.03
    assert off.max() < 0.1


def test_one_that_was_closed_says_so(film: Beginning) -> None:
    engine = LitertEngine(model_files.load())
    (picture,) = itertools.islice(film.pictures(960), 1)
    engine.close()
    with pytest.raises(ModelError, match="closed"):
        engine.look(picture.rgb, picture.width)
