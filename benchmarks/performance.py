"""What formcheck costs over the bare pose loop, all in one run on the same pictures with the same model.

    python benchmarks/performance.py [VIDEO] [--seconds 60] [--long 1200] [--write docs/performance.md]

The bare loop decodes the video and asks the model about each picture, in one process, one after the other, and keeps
nothing. Everything else is told as a ratio to it or as a rate beside it. Recorded runs are the real command line in a
process of its own; start-up is measured alone and taken out of them. The long recording is the video over and over.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from formcheck.capture.video import VideoFile
from formcheck.core.poses import PoseBlock
from formcheck.estimators.mediapipe_pose import MediaPipePose
from formcheck.measures.body import Measurer
from formcheck.parallel import cores
from formcheck.recording import PoseFile
from formcheck.rules.judge import Judge
from formcheck.stretches import by_slug
from formcheck.tracking.body import BodyTracker

MARKS = ("<!-- table -->\n", "<!-- end of table -->\n")
STRETCH = "toe-touch"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    value: str
    ratio: str = ""
    wanted: str = ""


def repeated(video: Path, path: Path, seconds: float) -> int:
    """Write the packets of a video over and over until it is that long; returns the number of pictures."""
    frames = 0
    with av.open(str(video)) as source, av.open(str(path), "w") as target:
        stream = source.streams.video[0]
        out = target.add_stream_from_template(stream)
        packets = [packet for packet in source.demux(stream) if packet.dts is not None]
        step = max(packet.pts + packet.duration for packet in packets) - min(packet.pts for packet in packets)
        content = [(bytes(packet), packet.pts, packet.dts, packet.is_keyframe) for packet in packets]
        round_ = 0
        while round_ * step * float(stream.time_base) < seconds:
            for data, pts, dts, key in content:
                packet = av.Packet(data)
                packet.stream, packet.time_base = out, stream.time_base
                packet.pts, packet.dts, packet.is_keyframe = pts + round_ * step, dts + round_ * step, key
                target.mux(packet)
                frames += 1
            round_ += 1
    return frames


def bare(video: Path, frames: int) -> float:
    """Pictures a second of the bare loop over the first `frames` pictures."""
    with MediaPipePose() as model:
        pictures = VideoFile(video).pictures(960)
        for _ in range(10):
            model.estimate(next(pictures))
        start = time.perf_counter()
        for _ in range(frames):
            model.estimate(next(pictures))
        return frames / (time.perf_counter() - start)


def command(*arguments: str | Path) -> tuple[float, int]:
    """Wall time in seconds and peak memory in MiB of a command line of formcheck."""
    code = (
        "import resource, sys; from formcheck.cli.app import main\n"
        "try: main()\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=True
    )
    unit = 1024.0 if sys.platform != "darwin" else 1024.0**2
    return time.perf_counter() - start, round(int(done.stderr.splitlines()[-1]) / unit)


def blocks(recording: Path, frames: int) -> Iterator[PoseBlock]:
    """The recording over and over, until that many frames; its blocks are read once."""
    kept = list(PoseFile(recording).blocks())
    length_s = kept[-1].t_s[-1] + 1 / 30
    done, round_ = 0, 0
    while done < frames:
        for block in kept:
            yield PoseBlock(
                index=block.index + done, t_s=block.t_s + round_ * length_s, first=block.first,
                points_px=block.points_px, depth_px=block.depth_px, visibility=block.visibility,
                profile_px=block.profile_px, picture_px=block.picture_px,
            )  # fmt: skip
        done += sum(len(block) for block in kept)
        round_ += 1


def judging(recording: Path, frames: int = 30_000) -> dict[str, float]:
    """Frames a second of each step of judging poses, best of three."""
    best: dict[str, float] = {}
    for _ in range(3):
        tracker, measurer, judge = BodyTracker(), Measurer(), Judge(by_slug(STRETCH))
        spent = {"tracking": 0.0, "measuring": 0.0, "judging": 0.0}
        count = 0
        for block in blocks(recording, frames):
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


def recorded(video: Path, frames: int, folder: Path, base: float, start_s: float) -> Iterator[Row]:
    """The recorded analysis with one job and with all cores, without and with the annotated video."""
    for jobs in sorted({1, cores()}):
        for words, options, wanted in (
            ("without annotated.mp4", ["--no-video"], "0.95" if jobs == 1 else "1.8" if jobs == 2 else ""),
            ("with annotated.mp4", [], "1.6" if jobs == 2 else ""),
        ):
            took_s, _ = command("analyze", video, "--out", folder / "out", "--jobs", str(jobs), *options)
            rate = frames / (took_s - start_s)
            yield Row(
                f"recorded, {jobs} job{'s' * (jobs > 1)}, {words}", f"{rate:.1f} pictures/s", f"{rate / base:.2f}", wanted
            )


def run(video: Path, seconds: float, long_s: float) -> list[Row]:
    """Measure everything."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clip = folder / "clip.mp4"
        frames = repeated(video, clip, seconds)
        start_s, _ = command("analyze", folder / "missing.mp4", "--help")
        rates = [bare(clip, min(300, frames - 20))]
        tiny = folder / "tiny.mp4"
        repeated(video, tiny, 0.1)
        recordings = list(recorded(clip, frames, folder, 1.0, start_s))
        del recordings
        rates.append(bare(clip, min(300, frames - 20)))
        base = float(np.mean(rates))
        rows.append(Row("bare pose loop, one process", f"{base:.1f} pictures/s", "1.00"))
    return rows


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("video", type=Path, nargs="?", default=Path("samples/toe_touch_good.mp4"))
    parser.add_argument("--seconds", type=float, default=60.0, help="length of the recording to analyse")
    parser.add_argument("--long", type=float, default=1200.0, help="length of the long one, for memory")
    parser.add_argument("--write", type=Path, help="write the table into this page")
    arguments = parser.parse_args()
    print(platform.platform(), os.cpu_count(), arguments)
