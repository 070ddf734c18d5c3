"""Runs of formcheck and of the bare pose loop, in turns."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from processes import Run, formcheck, timed

_HERE = Path(__file__).parent
POSTURES = ("standing", "lying")

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Way:
    """A way to run formcheck on a film.

    options  those of `live` for a session, else those of `analyze`.
    aims     what is aimed at, over the loop, in words for the table.
    """

    words: str
    options: tuple[str, ...]
    aims: str = ""
    session: bool = False
    window: bool = False

    def run(self, film: Path, out: Path) -> Run:
        """Run it from start to end."""
        if not self.session:
            return formcheck("analyze", film, "--out", out, "--no-report", *self.options)
        under = () if not self.window or os.environ.get("DISPLAY") else ("xvfb-run", "-a")
        window = "--window" if self.window else "--no-window"
        return timed(_HERE / "live.py", film, window, *self.options, under=under)


@dataclass(frozen=True)
class Turn:
    """A run of formcheck, and the runs of the loop right before and right after it."""

    run: Run
    loops: tuple[Run, Run]

    def faster(self) -> float:
        """How many times as fast as the loop, start-up and all."""
        return statistics.fmean(loop.wall_s for loop in self.loops) / self.run.wall_s

    def dearer(self) -> float:
        """How many times the loop's processor time a picture, once both are under way."""
        loop_ms = statistics.fmean(loop.told["processor_ms"] for loop in self.loops)
        return float(self.run.told["processor_ms"] / loop_ms)


@dataclass(frozen=True)
class Film:
    """A film of so many pictures, what was run on it, and the loops between."""

    path: Path
    pictures: int
    turns: dict[Way, list[Turn]]
    loops: list[Run]


def ways(engine: str | None) -> list[Way]:
    """What is measured with an engine; None is the default one, the only one with aims and a window."""
    options = ("--engine", engine) if engine else ()
    also = f", `--engine {engine}`" if engine else ""
    aims = dict.fromkeys(("two", "drawn", "one", "live"), "") if engine else _AIMS
    found = [
        Way(f"recorded, 2 jobs, without annotated.mp4{also}", ("--jobs", "2", "--no-video", *options), aims["two"]),
        Way(f"recorded, 2 jobs, with annotated.mp4{also}", ("--jobs", "2", "--video", *options), aims["drawn"]),
        Way(f"recorded, 1 job, without annotated.mp4{also}", ("--jobs", "1", "--no-video", *options), aims["one"]),
        Way(f"live without a window{also}", options, aims["live"], session=True),
    ]
    if not engine and (os.environ.get("DISPLAY") or shutil.which("xvfb-run")):
        found.append(Way("live with a window", (), aims["live"], session=True, window=True))
    return found


_AIMS = {
    "two": "1.8 standing, 1.6 lying", "drawn": "1.35", "one": "0.95",
    "live": "at most 1.10 standing, 1.3 lying",
}  # fmt: skip
_JUDGED_AIM = "28 of 30"


def in_turns(path: Path, pictures: int, schedule: Sequence[Way], out: Path) -> Film:
    """Run a film through every way of the schedule, with a loop before, between and after."""
    film = Film(path, pictures, {way: [] for way in schedule}, [_loop(path)])
    for number, way in enumerate(schedule, start=1):
        print(f"{path.stem}: {number} of {len(schedule)}: {way.words}", file=sys.stderr)
        run = way.run(path, out)
        film.loops.append(_loop(path))
        film.turns[way].append(Turn(run, (film.loops[-2], film.loops[-1])))
    return film


def _loop(path: Path) -> Run:
    return timed(_HERE / "bare_loop.py", path)


def rows(films: Sequence[Film]) -> Iterator[Cells]:
    """The rows of the table: what, and for each film a value and its relation to the loop; what is aimed at."""
    speed = [statistics.median(loop.wall_s for loop in film.loops) for film in films]
    yield _row("bare loop", [f"{film.pictures / s:.1f} pictures/s" for film, s in zip(films, speed, strict=True)])
    cost = [statistics.median(loop.told["processor_ms"] for loop in film.loops) for film in films]
    yield _row("bare loop, processor time a picture", [f"{ms:.1f} ms" for ms in cost])
    for way in films[0].turns:
        turns = [film.turns[way] for film in films]
        if not way.session:
            walls = [statistics.median(turn.run.wall_s for turn in some) for some in turns]
            values = [f"{film.pictures / s:.1f} pictures/s" for film, s in zip(films, walls, strict=True)]
            yield _row(way.words, values, [_spread(some, Turn.faster) for some in turns], way.aims)
            continue
        yield _row(
            f"{way.words}, processor time a picture",
            [f"{_told(some, 'processor_ms'):.1f} ms" for some in turns],
            [_spread(some, Turn.dearer) for some in turns],
            way.aims,
        )
        judged_aim = _JUDGED_AIM if way.aims else ""
        judged = [f"{_told(some, 'judged_per_s'):.1f} pictures/s" for some in turns]
        yield _row(f"{way.words}, judged", judged, aims=judged_aim)
        if way.window:
            shown = [f"{_told(some, 'shown_per_s'):.1f} pictures/s" for some in turns]
            yield _row(f"{way.words}, shown", shown)


def _told(turns: Sequence[Turn], name: str) -> float:
    return statistics.median(turn.run.told[name] for turn in turns)


def _spread(turns: Sequence[Turn], of: Callable[[Turn], float]) -> str:
    """The median, and the least and the most where there are several."""
    values = [of(turn) for turn in turns]
    spread = f" ({min(values):.2f} to {max(values):.2f})" if len(values) > 1 else ""
    return f"{statistics.median(values):.2f}{spread}"


def _row(what: str, values: Sequence[str], ratios: Sequence[str] = ("", ""), aims: str = "") -> Cells:
    return (what, *(cell for pair in zip(values, ratios, strict=True) for cell in pair), aims)
