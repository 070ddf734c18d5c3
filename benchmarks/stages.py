"""Where the time goes: each step of judging, and each stage of a recorded analysis, alone and on one core."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from formcheck.analysis import Options
from formcheck.analysis.estimating import record_poses
from formcheck.analysis.judging import RecordingJudge
from formcheck.core.poses import Picture, PoseBlock, SourceInfo
from formcheck.judging.judge import Judge
from formcheck.kinematics.measurer import Measurer
from formcheck.media.video import VideoFile
from formcheck.media.writer import VideoWriter
from formcheck.pose.engines import ModelChoice
from formcheck.pose.pool import EstimatorPool
from formcheck.pose.pose_file import PoseFile
from formcheck.render import overlay
from formcheck.reports.measures_csv import MeasuresWriter
from formcheck.reports.opensim import MotWriter, TrcWriter
from formcheck.stretches import by_slug
from formcheck.tracking.body import BodyTracker

_STRETCH = "toe-touch"
_LONGEST_PX = 960
_PICTURES = 150  # all of them are kept in memory, decoded and drawn


def _blocks(recording: Path, frames: int) -> Iterator[PoseBlock]:
    """The recording over and over, until that many frames; its blocks are read once."""
    kept = list(PoseFile(recording).blocks())
    length_s = kept[-1].t_s[-1] + 1 / 30
    done, round_ = 0, 0
    while done < frames:
        for block in kept:
            yield replace(block, index=block.index + done, t_s=block.t_s + round_ * length_s)
        done += sum(len(block) for block in kept)
        round_ += 1


def judging(recording: Path, frames: int = 30_000) -> dict[str, float]:
    """Frames a second of each step of judging poses for one stretch, best of three."""
    best: dict[str, float] = {}
    for _ in range(3):
        tracker, measurer, judge = BodyTracker(), Measurer(), Judge(by_slug(_STRETCH))
        spent = {"tracking": 0.0, "measuring": 0.0, "judging": 0.0}
        count = 0
        for block in _blocks(recording, frames):
            marks = [time.perf_counter()]
            body = tracker.extend(block)
            marks.append(time.perf_counter())
            measures = measurer.extend(body)
            marks.append(time.perf_counter())
            judge.extend(measures)
            marks.append(time.perf_counter())
            for name, took in zip(spent, np.diff(marks), strict=True):
                spent[name] += float(took)
            count += len(block)
        spent["all of it"] = sum(spent.values())
        for name, took in spent.items():
            best[name] = max(best.get(name, 0.0), count / took)
    start = time.perf_counter()
    count = sum(len(block) for _ in range(3) for block in PoseFile(recording).blocks())
    best["reading poses.jsonl.gz"] = count / (time.perf_counter() - start)
    return best


@dataclass(frozen=True)
class _Kept:
    """Pictures that are decoded already, as a source."""

    info: SourceInfo
    kept: list[Picture]

    def pictures(self, _longest_px: int | None = None, *, from_s: float = 0.0) -> Iterator[Picture]:
        """All of them."""
        return (picture for picture in self.kept if picture.t_s >= from_s)


class _Spent:
    """Milliseconds a picture, by the names of stages, in their order."""

    def __init__(self) -> None:
        self.ms: dict[str, float] = {}
        self._last = time.perf_counter()

    def begin(self) -> None:
        """What comes now belongs to the next stage; what came since the last one to none."""
        self._last = time.perf_counter()

    def end(self, stage: str, pictures: int) -> None:
        """A stage is over."""
        self.ms[stage] = (time.perf_counter() - self._last) * 1000.0 / pictures
        self._last = time.perf_counter()


def stages(video: Path, folder: Path) -> dict[str, float]:
    """Milliseconds a picture of each stage, over the first pictures of a video."""
    spent, info = _Spent(), VideoFile(video).info
    pictures = list(itertools.islice(VideoFile(video).pictures(_LONGEST_PX), _PICTURES))
    count = len(pictures)
    spent.end("decoding", count)
    recording = folder / "stage.jsonl.gz"
    with EstimatorPool(ModelChoice().estimator, 1) as pool, ThreadPoolExecutor(1) as executor:
        pool.prepare()
        spent.begin()
        record_poses(_Kept(info, pictures), pool, executor, recording, lambda *_: None)
        spent.end("pose model, writing poses.jsonl.gz", count)
    block = PoseBlock.of(list(PoseFile(recording).frames()))
    spent.end("reading poses.jsonl.gz", count)
    judging = RecordingJudge(Options())
    judged = [*judging.extend(block), *judging.end()]
    spent.end("following, measuring, judging", count)
    with (
        MeasuresWriter(folder / "m.csv") as table,
        TrcWriter(folder / "l.trc", info) as trc,
        MotWriter(folder / "a.mot") as mot,
    ):
        for some in judged:
            table.write(some.measures, some.states)
            trc.write(some.body)
            mot.write(some.body, some.measures)
    spent.end("tables", count)
    ready = iter(pictures)
    drawn = [
        overlay.draw(next(ready).rgb, "Toe touch", said, some.body.points_px[i], some.body.visibility[i])
        for some in judged
        for i, said in enumerate(some)
    ]
    spent.end("drawing", count)
    with VideoWriter(folder / "v.mp4", drawn[0].shape[1], drawn[0].shape[0], 30.0) as film:
        for i, picture in enumerate(drawn):
            film.write(i / 30.0, picture)
    spent.end("encoding (its own threads)", count)
    return spent.ms
