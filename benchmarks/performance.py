"""What formcheck costs over the bare pose loop, all in one run on the same pictures with the same model.

    python benchmarks/performance.py [VIDEO] [--seconds 60] [--long 1200] [--write docs/performance.md]

The bare loop decodes the video and asks the model about each picture, in one process, one after the other, and keeps
nothing. Everything else is told as a ratio to it. Recorded runs are the real command line in a process of its own,
start-up and all. Longer recordings are the video over and over.
"""

from __future__ import annotations

import argparse
import itertools
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import av
import live
import numpy as np

from formcheck.analysis import Options
from formcheck.analysis.judging import RecordingJudge
from formcheck.analysis.parallel import cores
from formcheck.core.poses import PoseBlock
from formcheck.judging.judge import Judge
from formcheck.kinematics.measurer import Measurer
from formcheck.media.video import VideoFile
from formcheck.media.writer import VideoWriter
from formcheck.pose.mediapipe_pose import MediaPipePose
from formcheck.pose.pose_file import PoseFile, PoseWriter
from formcheck.render import overlay
from formcheck.reports.measures_csv import MeasuresWriter
from formcheck.reports.opensim import MotWriter, TrcWriter
from formcheck.stretches import by_slug
from formcheck.tracking.body import BodyTracker

MARKS = ("<!-- table -->\n", "<!-- end of table -->\n")
STRETCH = "toe-touch"


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
            yield replace(block, index=block.index + done, t_s=block.t_s + round_ * length_s)
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


def recorded(video: Path, frames: int, folder: Path) -> Iterator[tuple[str, float, str]]:
    """Pictures a second of the whole command, start-up and all, for one job and all cores; and what is aimed at."""
    for jobs in sorted({1, cores()}):
        for words, options in (("without annotated.mp4", ["--no-video"]), ("with annotated.mp4", [])):
            took_s, _ = command("analyze", video, "--out", folder / "out", "--jobs", str(jobs), *options)
            aim = {(1, True): "0.95", (2, True): "1.8", (2, False): "1.6"}.get((jobs, bool(options)), "")
            yield f"recorded, {jobs} job{'s' * (jobs > 1)}, {words}", frames / took_s, aim


def stages(video: Path, recording: Path, folder: Path, count: int = 200) -> Iterator[tuple[str, float]]:
    """Milliseconds a picture of each stage of a recorded analysis, alone and on one core."""
    each = 1000.0 / count
    start = time.perf_counter()
    pictures = list(itertools.islice(VideoFile(video).pictures(960), count))
    yield "decoding", (time.perf_counter() - start) * each
    with MediaPipePose() as model:
        model.estimate(pictures[0])
        start = time.perf_counter()
        frames = [model.estimate(picture) for picture in pictures]
        yield "pose model", (time.perf_counter() - start) * each
        with PoseWriter(folder / "stage.jsonl.gz", VideoFile(video).info, model.model_id) as writer:
            start = time.perf_counter()
            for frame in frames:
                writer.write(frame)
            yield "writing poses.jsonl.gz", (time.perf_counter() - start) * each
    block = PoseBlock.of(frames)
    start = time.perf_counter()
    judging = RecordingJudge(Options(stretch=by_slug(STRETCH)))
    (judged,) = (*judging.extend(block), *judging.end())
    yield "following, measuring, judging", (time.perf_counter() - start) * each
    start = time.perf_counter()
    total = sum(len(one) for one in PoseFile(recording).blocks())
    yield "reading poses.jsonl.gz", (time.perf_counter() - start) * 1000.0 / total
    start = time.perf_counter()
    with (
        MeasuresWriter(folder / "m.csv") as table,
        TrcWriter(folder / "l.trc", VideoFile(video).info) as trc,
        MotWriter(folder / "a.mot") as mot,
    ):
        table.write(judged.measures, judged.states)
        trc.write(judged.body)
        mot.write(judged.body, judged.measures)
    yield "tables", (time.perf_counter() - start) * each
    start = time.perf_counter()
    drawn = [
        overlay.draw(picture.rgb, "Toe touch", said, judged.body.points_px[i], judged.body.visibility[i])
        for i, (picture, said) in enumerate(zip(pictures, judged, strict=True))
    ]
    yield "drawing", (time.perf_counter() - start) * each
    start = time.perf_counter()
    with VideoWriter(folder / "v.mp4", drawn[0].shape[1], drawn[0].shape[0], 30.0) as video_out:
        for i, picture in enumerate(drawn):
            video_out.write(i / 30.0, picture)
    yield "encoding (its own threads)", (time.perf_counter() - start) * each


def measure(video: Path, seconds: float, long_s: float) -> str:
    """Everything, as the text that goes into the page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clip, long_clip = folder / "clip.mp4", folder / "long.mp4"
        frames, _ = repeated(video, clip, seconds), repeated(video, long_clip, long_s)
        few = min(300, frames - 20)
        before = bare(clip, few)
        runs = list(recorded(clip, frames, folder))
        base = (before + bare(clip, few)) / 2.0
        recording = folder / "out" / "clip" / "poses.jsonl.gz"
        rows = [("what", "rate", "ratio to the bare loop", "aim")]
        rows.append(("bare pose loop, one process", f"{base:.1f} pictures/s", "1.00", ""))
        rows += [(what, f"{rate:.1f} pictures/s", f"{rate / base:.2f}", aim) for what, rate, aim in runs]
        with MediaPipePose() as model:
            alone_s, session_s = live.cost(video, model)
        rows.append(
            ("live, processor time a picture", f"{session_s * 1000:.1f} ms", f"{session_s / alone_s:.2f}", "1.15")
        )
        for what, rate in judging(recording).items():
            aim = "20,000 a second" if what == "all of it" else ""
            rows.append((f"poses judged: {what}", f"{rate:,.0f} frames/s", f"{rate / base:,.0f}", aim))
        help_s = min(command("--help")[0] for _ in range(5))
        rows.append(("`formcheck --help`", f"{help_s:.2f} s", "", "0.3 s"))
        again_s, _ = command("analyze", recording, "--out", folder / "again", "--no-exports", "--no-report")
        rows.append((f"`analyze poses.jsonl.gz`, {frames} frames, start-up and all", f"{again_s:.1f} s", "", ""))
        short_mib, long_mib = (command("analyze", one, "--out", folder / "memory")[1] for one in (clip, long_clip))
        rows.append((f"peak memory, {seconds:g} s of video", f"{short_mib} MiB", "", ""))
        rows.append((f"peak memory, {long_s:g} s of video", f"{long_mib} MiB", "", ""))
        rows.append(("peak memory, long over short", f"{long_mib / short_mib:.2f}", "", "1.1"))
        where = [("stage", "ms a picture"), *((what, f"{ms:.2f}") for what, ms in stages(clip, recording, folder))]
        machine = f"{cores()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}."
        return f"{machine}\n\n{table(rows)}\n\nWhere the time of a recorded analysis goes:\n\n{table(where)}\n"


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows as Markdown, the first one as the head."""
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("video", type=Path, nargs="?", default=Path("samples/toe_touch_good.mp4"))
    parser.add_argument("--seconds", type=float, default=60.0, help="length of the recording to analyse")
    parser.add_argument("--long", type=float, default=1200.0, help="length of the long one, for memory")
    parser.add_argument("--write", type=Path, help="write the table into this page")
    arguments = parser.parse_args()
    text = measure(arguments.video, arguments.seconds, arguments.long)
    print(text)
    if arguments.write:
        page = arguments.write.read_text(encoding="utf-8")
        start, end = page.index(MARKS[0]) + len(MARKS[0]), page.index(MARKS[1])
        arguments.write.write_text(page[:start] + text + page[end:], encoding="utf-8")


if __name__ == "__main__":
    main()
