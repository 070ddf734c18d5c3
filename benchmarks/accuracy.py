"""Measure formcheck against media with known truth and write the tables of docs/accuracy.md.

    python benchmarks/accuracy.py MEDIA [--keep FOLDER] [--write docs/accuracy.md] [--tables rates,lost]

MEDIA is a folder with `clips/` and `repeat/` (rendered people: .mp4, .json and .npz with the truth), `photos/` and
`real_poses/` (each with labels.csv; --real names another folder for the last). Poses are estimated once and kept in
FOLDER, as `clips/NAME/poses.jsonl.gz` and so on, so that a second run only judges. Without --write the tables are
printed.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import by_stretch
import by_view
import errors
import left_out
import lost
import photos
import ranges
import rates
import real
import reliability
import sure
from markdown_tables import put
from media import Clip, estimate_missing, load

_NICE = 10


@dataclass(frozen=True)
class _Table:
    """What a clip gives to a table, and the table made of the rows of all clips."""

    rows: Callable[[Clip], Sequence[Any]]
    text: Callable[[Sequence[Any]], str]


def _rendered(rows: Callable[[Clip], Sequence[Any]], clip: Clip) -> Sequence[Any]:
    """The rows of clips that are not one more view of the same raise."""
    return [] if clip.repeat else rows(clip)


_TABLES = {
    "stretch": _Table(partial(_rendered, by_stretch.stretch_rows), by_stretch.stretch_text),
    "rules": _Table(partial(_rendered, by_stretch.rule_rows), by_stretch.rule_text),
    "views": _Table(partial(_rendered, by_view.rows), by_view.text),
    "rates": _Table(rates.rows, rates.text),
    "lost": _Table(lost.rows, lost.text),
    "ranges": _Table(ranges.rows, ranges.text),
    "errors": _Table(errors.rows, errors.text),
    "left out": _Table(left_out.rows, left_out.text),
    "confidence": _Table(partial(_rendered, sure.rows), sure.text),
    "reliability": _Table(reliability.rows, reliability.text),
    "repeat": _Table(lambda clip: ranges.rows(clip) if clip.repeat else [], ranges.repeat_text),
}
_PHOTOS = "photos"
_REAL = "real"
_CONFIDENCE = "confidence"
_ALL = (*_TABLES, _PHOTOS, _REAL)


def _of_clip(path: Path, keep: Path, names: Sequence[str]) -> dict[str, Sequence[Any]]:
    """The rows of one clip for each table."""
    clip = load(path, keep)
    return {name: _TABLES[name].rows(clip) for name in names}


def tables(media: Path, keep: Path, names: Sequence[str], processes: int, real_poses: Path) -> dict[str, str]:
    """The texts of these tables."""
    rows = _rows_of_clips(media, keep, [name for name in names if name in _TABLES], processes)
    recordings = real.rows(real_poses) if {_REAL, _CONFIDENCE} & {*names} else []
    pictures = photos.rows(media, keep) if {_PHOTOS, _CONFIDENCE} & {*names} else []
    if _CONFIDENCE in names:
        rows[_CONFIDENCE] += sure.of_real(recordings, ("real photos", "real films"))
        rows[_CONFIDENCE] += sure.of_real(pictures, ("photos", "photos"))
    texts = {name: _TABLES[name].text(found) for name, found in rows.items()}
    if _PHOTOS in names:
        texts[_PHOTOS] = photos.text(pictures)
    if _REAL in names:
        texts[_REAL] = real.text(recordings)
    return texts


def _rows_of_clips(media: Path, keep: Path, names: Sequence[str], processes: int) -> dict[str, list[Any]]:
    if not names:
        return {}
    paths = [path for kind in ("clips", "repeat") for path in sorted((media / kind).glob("*.mp4"))]
    estimate_missing(paths, keep)
    with ProcessPoolExecutor(processes, initializer=os.nice, initargs=(_NICE,)) as pool:
        found = list(pool.map(partial(_of_clip, keep=keep, names=names), paths))
    return {name: [row for rows in found for row in rows[name]] for name in names}


def _names(text: str) -> list[str]:
    names = text.split(",")
    for name in names:
        if name not in _ALL:
            raise argparse.ArgumentTypeError(f"{name}: there are {', '.join(_ALL)}")
    return names


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("media", type=Path)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "formcheck-accuracy")
    parser.add_argument("--real", type=Path, help="folder of real recordings; MEDIA/real_poses unless told otherwise")
    parser.add_argument("--write", type=Path)
    parser.add_argument("--tables", type=_names, default=list(_ALL), help="some of: " + ",".join(_ALL))
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    arguments = parser.parse_args()
    real_poses = arguments.real or arguments.media / "real_poses"
    texts = tables(arguments.media, arguments.keep, arguments.tables, arguments.processes, real_poses)
    if arguments.write is None:
        for name, text in texts.items():
            print(f"### {name}\n\n{text}")
        return
    arguments.write.write_text(put(arguments.write.read_text(), texts))


if __name__ == "__main__":
    main()
