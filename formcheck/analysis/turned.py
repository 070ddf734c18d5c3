"""Whether a recording is upside down or on its side, which some files do not say of themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from formcheck.analysis.judging import RecordingJudge, judge_photo
from formcheck.analysis.options import Options
from formcheck.core.feedback import Report
from formcheck.core.names import uncapital
from formcheck.core.poses import PoseBlock, SourceInfo
from formcheck.stretches import by_slug


class _Turn(NamedTuple):
    """Quarters clockwise by which a picture must be turned to be upright, and how both are said."""

    quarters: int
    looks: str
    way: str


_TURNS: Final = (
    _Turn(2, "upside down", "180 degrees"),
    _Turn(1, "on its side", "90 degrees clockwise"),
    _Turn(3, "on its side", "90 degrees counterclockwise"),
)
_MOST_FRAMES: Final = 3600  # of two minutes at 30 a second what is done shows


def turned_note(
    blocks: Callable[[], Iterable[PoseBlock]], info: SourceInfo, report: Report, options: Options
) -> str | None:
    """What to ask of a recording in which nothing was held: whether it is turned; None where that is no help.

    `blocks` gives its poses anew. Nothing is claimed from a turned picture: it is only asked.
    """
    if report.holds or report.frames_with_person == 0 or (info.still and report.stretch is not None):
        return None
    done = [(_done_in(_first(blocks(), turn.quarters), info, options), turn) for turn in _TURNS]
    (_, slug), turn = max(done, key=lambda one: one[0][0])
    if slug is None:
        return None
    return (
        f"is the picture {turn.looks}? Turned by {turn.way} it looks like the {uncapital(by_slug(slug).title)}: "
        "turn the file and try again"
    )


def _first(blocks: Iterable[PoseBlock], quarters: int) -> Iterable[PoseBlock]:
    count = 0
    for block in blocks:
        yield _turned(block, quarters)
        count += len(block)
        if count >= _MOST_FRAMES:
            return


def _done_in(blocks: Iterable[PoseBlock], info: SourceInfo, options: Options) -> tuple[float, str | None]:
    """For how long a stretch is surely done in these poses, and which; in a photo how sure that is."""
    if info.still:
        found = judge_photo(next(iter(blocks), PoseBlock.of([])), info, options)[0]
        return found.confidence or 0.0, found.stretch if found.confidence else None
    judging = RecordingJudge(options)
    for block in blocks:
        judging.extend(block)
    judging.end()
    report = judging.report(info)
    return sum(hold.held_s for hold in report.holds), report.stretch if report.holds else None


def _turned(block: PoseBlock, quarters: int) -> PoseBlock:
    """The poses with every picture turned by so many quarters clockwise; outlines are not known of them."""
    points, size = block.points_px, block.picture_px
    of = np.repeat(np.arange(len(block)), np.diff(block.first))  # the frame of each pose
    for _ in range(quarters):
        points = np.stack([size[of, 1, None] - points[..., 1], points[..., 0]], axis=-1)
        size = size[:, ::-1]
    profile = np.full_like(block.profile_px, np.nan)
    return replace(block, points_px=points, picture_px=np.ascontiguousarray(size), profile_px=profile)
