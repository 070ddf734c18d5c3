"""What dark, noisy, blurred, shaken and small pictures cost, and what is said of them.

    python -m benchmarks.spoilt MEDIA [--keep FOLDER] [--write docs/accuracy.md]

Some clips of MEDIA/clips, spoilt in each way of `tests/spoilt.py`, estimated once (kept in FOLDER) and judged. Without
--write the table `spoilt` is printed.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np

from benchmarks.markdown_tables import put, table
from benchmarks.media import Clip, load
from formcheck.analysis.estimating import record_poses
from formcheck.analysis.parallel import cores
from formcheck.core.reasons import REASON_TEXT, Reason
from formcheck.media.video import VideoFile
from formcheck.pose.engines import ModelChoice
from formcheck.pose.pool import EstimatorPool
from tests.spoilt import WAYS, Spoilt

_NICE = 10
# Each stretch in good form or with a fault, both kinds of bouncing, lying and upright.
_CLIPS = ("01", "02", "05", "06", "07", "09", "13", "16", "18", "22", "24", "36")
_OF_THE_PICTURE = (Reason.TOO_DARK, Reason.TOO_NOISY, Reason.BLURRED, Reason.TOO_SMALL, Reason.CAMERA_MOVES)


@dataclass(frozen=True)
class Row:
    """One clip spoilt in one way."""

    way: str
    recognised: bool
    named: bool | None
    fine: bool
    wrong: int
    hold_errors_s: list[float]
    reasons: list[Reason]


def estimate(clips: Sequence[Path], keep: Path) -> None:
    """Run the pose model over every clip in every way that is not kept yet."""
    missing = [(clip, way) for clip, way in product(clips, WAYS) if not _kept(clip, way, keep).exists()]
    if not missing:
        return
    with EstimatorPool(ModelChoice().estimator, cores()) as pool, ThreadPoolExecutor(cores()) as executor:
        for clip, way in missing:
            kept = _kept(clip, way, keep)
            kept.parent.mkdir(parents=True, exist_ok=True)
            part = kept.with_suffix(".part")
            record_poses(Spoilt(VideoFile(clip), WAYS[way]), pool, executor, part, lambda *_: None)
            part.replace(kept)


def _folder(way: str, keep: Path) -> Path:
    return keep / way.replace(" ", "_").replace(",", "").replace("%", "pc")


def _kept(clip: Path, way: str, keep: Path) -> Path:
    return _folder(way, keep) / clip.parent.name / clip.stem / "poses.jsonl.gz"


def row(clip_and_way: tuple[Path, str], keep: Path) -> Row:
    """A clip judged as it is spoilt."""
    path, way = clip_and_way
    clip = load(path, _folder(way, keep))
    told, asked = clip.told.report, clip.asked.report
    rule = clip.clear_fault
    return Row(
        way=way,
        recognised=clip.recognised(asked),
        named=None if rule is None else any(alert.rule == rule for alert in told.alerts),
        fine=any(one.id == rule and one.outcome == "ok" for one in told.rules),
        wrong=len(clip.wrong(told)[0]),
        hold_errors_s=clip.hold_errors_s(told),
        reasons=_reasons(clip),
    )


def _reasons(clip: Clip) -> list[Reason]:
    """What is said to be wrong with the picture, wherever a person reads it."""
    words = [*(clip.asked.report.notes or ()), *(one.why_unseen or "" for one in clip.told.report.rules)]
    return [reason for reason in _OF_THE_PICTURE if any(REASON_TEXT[reason] in text for text in words)]


def text(rows: Sequence[Row]) -> str:
    """One line a way."""
    lines = [[way, *_line([row for row in rows if row.way == way])] for way in WAYS]
    head = ["picture", "recognised", "clear faults named", "called fine", "wrong warnings"]
    return table([*head, "hold error s: median", "worst", "said of the picture (clips)"], lines)


def _line(rows: Sequence[Row]) -> list[object]:
    named = [row.named for row in rows if row.named is not None]
    errors = [abs(error) for row in rows for error in row.hold_errors_s]
    said = Counter(reason for row in rows for reason in row.reasons)
    return [
        f"{sum(row.recognised for row in rows)}/{len(rows)}",
        f"{sum(named)}/{len(named)}",
        sum(row.fine for row in rows),
        sum(row.wrong for row in rows),
        f"{np.median(errors):.1f}",
        f"{max(errors):.1f}",
        "; ".join(f"{REASON_TEXT[reason]} ({count})" for reason, count in said.most_common()),
    ]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("media", type=Path)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "formcheck-spoilt")
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    clips = [path for path in sorted((arguments.media / "clips").glob("*.mp4")) if path.name[:2] in _CLIPS]
    estimate(clips, arguments.keep)
    with ProcessPoolExecutor(cores(), initializer=os.nice, initargs=(_NICE,)) as pool:
        told = text(list(pool.map(partial(row, keep=arguments.keep), product(clips, WAYS))))
    if arguments.write is None:
        print(told)
        return
    arguments.write.write_text(put(arguments.write.read_text(), {"spoilt": told}))


if __name__ == "__main__":
    main()
