"""What formcheck costs over the bare pose loop, all in one run on the same films.

    python benchmarks/performance.py [--standing VIDEO] [--lying VIDEO] [--rounds 3] [--write docs/performance.md]

The bare loop is `bare_loop.py`: MediaPipe as its user would first write it. It and the command line of formcheck are
whole processes, start-up and all, and run in turns: each run of formcheck is compared with the loops right before and
right after it, as the speed of a machine drifts. Told is the median, in brackets the least and the most of the rounds.
Films are a video over and over. With three rounds it takes about half an hour; close everything else before.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from against_loop import POSTURES, Film, in_turns, rows, ways
from films import repeated
from markdown_tables import put, table
from processes import formcheck
from stages import judging, stages

from formcheck.analysis.parallel import cores

_SAMPLES = Path(__file__).parent.parent / "samples"
_QUIET = 0.5  # programs that run or wait to, by the system's mean of the last minute
_PARTS = ("loop", "judging", "memory", "stages")


def against_loop(films: Sequence[tuple[Path, int]], rounds: int, folder: Path) -> str:
    """The table of everything that is compared with the loop; MediaPipe as the engine runs once, to be known."""
    schedule = ways(None) * rounds
    if importlib.util.find_spec("ai_edge_litert"):  # else it is the default
        schedule += ways("mediapipe")
    measured: list[Film] = [in_turns(path, pictures, schedule, folder / "out") for path, pictures in films]
    head = ("what", *(cell for posture in POSTURES for cell in (posture, "to the loop")), "aim")
    return table(head, list(rows(measured)))


def judging_rows(recording: Path) -> Iterator[tuple[str, ...]]:
    """How fast poses are judged that are recorded already, and how soon `--help` is there."""
    for what, rate in judging(recording).items():
        yield (f"poses judged: {what}", f"{rate:,.0f} frames/s", "20,000" if what == "all of it" else "")
    yield ("`formcheck --help`", f"{min(formcheck('--help').wall_s for _ in range(5)):.2f} s", "at most 0.3 s")
    again = formcheck("analyze", recording, "--out", recording.parent / "again", "--no-exports", "--no-report")
    yield (f"`analyze poses.jsonl.gz` of {recording.parent.name}, start-up and all", f"{again.wall_s:.1f} s", "")


def memory_rows(video: Path, short: tuple[Path, int], long_s: float, folder: Path) -> Iterator[tuple[str, ...]]:
    """Peak memory of analyses with everything that they can write."""
    long_film = folder / "long.mp4"
    films = {short[0]: short[1], long_film: repeated(video, long_film, long_s)}
    peaks = [formcheck("analyze", film, "--out", folder / "memory").peak_mib for film in films]
    for pictures, peak in zip(films.values(), peaks, strict=True):
        yield (f"peak memory, {pictures} pictures", f"{peak:.0f} MiB", "")
    yield ("peak memory, long over short", f"{peaks[1] / peaks[0]:.2f}", "at most 1.1")


def measure(arguments: argparse.Namespace) -> dict[str, str]:
    """The texts of the parts that are asked for."""
    load = os.getloadavg()[0]
    machine = f"{cores()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}, "
    machine += f"load at the start {load:.1f}."
    if load > _QUIET:
        machine += " **Other programs ran: the rates are too low, and the ratios uncertain.**"
        print(machine, file=sys.stderr)
    texts = {"machine": machine + "\n"}
    with tempfile.TemporaryDirectory() as name:
        folder, films = Path(name), []
        for posture, video in zip(POSTURES, (arguments.standing, arguments.lying), strict=True):
            path = folder / f"{posture}.mp4"
            films.append((path, repeated(video, path, arguments.seconds)))
        if "loop" in arguments.parts:
            texts["loop"] = against_loop(films, arguments.rounds, folder)
        if {"judging", "stages"} & set(arguments.parts):
            formcheck("analyze", films[0][0], "--out", folder / "kept", "--no-video", "--no-report")
        recording = folder / "kept" / films[0][0].stem / "poses.jsonl.gz"
        alone: list[tuple[str, ...]] = []
        if "judging" in arguments.parts:
            alone += judging_rows(recording)
        if "memory" in arguments.parts:
            alone += memory_rows(arguments.standing, films[0], arguments.long, folder)
        if alone:
            texts["alone"] = table(("what", "value", "aim"), alone)
        if "stages" in arguments.parts:
            spent = [stages(path, folder) for path, _ in films]
            lines = [(stage, *(f"{one[stage]:.2f}" for one in spent)) for stage in spent[0]]
            texts["stages"] = table(("ms a picture", *POSTURES), lines)
    return texts


def _parts(text: str) -> list[str]:
    names = text.split(",")
    for name in names:
        if name not in _PARTS:
            raise argparse.ArgumentTypeError(f"{name}: there are {', '.join(_PARTS)}")
    return names


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--standing", type=Path, default=_SAMPLES / "toe_touch_good.mp4", help="somebody on their feet")
    parser.add_argument("--lying", type=Path, default=_SAMPLES / "supine_good.mp4", help="somebody who lies")
    parser.add_argument("--seconds", type=float, default=30.0, help="length of the films")
    parser.add_argument("--long", type=float, default=300.0, help="length of the long one, for memory")
    parser.add_argument("--rounds", type=int, default=3, help="how often each run is compared with the loop")
    parser.add_argument("--parts", type=_parts, default=list(_PARTS), help="some of: " + ",".join(_PARTS))
    parser.add_argument("--write", type=Path, help="write the tables into this page")
    arguments = parser.parse_args()
    if "loop" in arguments.parts and importlib.util.find_spec("mediapipe") is None:
        parser.error("the bare loop needs mediapipe 0.10.21, which is there for Python 3.11 and 3.12")
    texts = measure(arguments)
    print("\n".join(texts.values()))
    if arguments.write:
        page = arguments.write.read_text(encoding="utf-8")
        arguments.write.write_text(put(page, texts), encoding="utf-8")


if __name__ == "__main__":
    main()
