"""`report.html`: the verdict, the timeline, and pictures of the moments that matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from formcheck.analysis.drawing import DRAW_PX
from formcheck.analysis.estimating import PictureSource
from formcheck.analysis.judging import measuring_for
from formcheck.analysis.options import Options
from formcheck.core.errors import InputError
from formcheck.core.feedback import Report
from formcheck.core.landmarks import points_of
from formcheck.core.poses import Floats, Picture, PoseBlock
from formcheck.core.stretch import Stretch
from formcheck.core.timeline import KeyFrame, Timeline, WantedKeyFrame
from formcheck.judging.timeline import TimelineBuilder

_SAME_S = 0.05  # a picture of another moment would show the skeleton beside the body


@dataclass(frozen=True, slots=True, kw_only=True)
class _BodyInFrame:
    """The body in one frame, `t_s` seconds after the first one."""

    t_s: float
    points_px: Floats
    visibility: Floats
    marked: tuple[int, ...]


def timeline_of(stretch: Stretch, blocks: Iterable[PoseBlock], options: Options) -> Timeline:
    """The values of a stretch and its rules over a whole recording."""
    measuring, target = measuring_for(options), options.target
    timeline = TimelineBuilder(stretch, target)
    shown = [rule for rule in stretch.rules if rule.read is not None]
    for block in blocks:
        measures = measuring.extend(block)[1]
        timeline.extend(measures, {rule.id: stretch.reading(rule, measures, target) for rule in shown})
    return timeline.finish()


def write_page(
    path: Path,
    report: Report,
    stretch: Stretch | None,
    timeline: Timeline | None,
    blocks: Iterable[PoseBlock],
    source: PictureSource | None,
    options: Options,
) -> None:
    """Write the page. `blocks` are the poses of the whole recording; without a `source` it has no pictures."""
    from formcheck.reports.html import render, wanted_key_frames

    key_frames: list[KeyFrame] = []
    if source is not None and (wanted := wanted_key_frames(report, stretch, timeline)):
        key_frames = _key_frames(wanted, _places(wanted, blocks, stretch, options), source)
    page = render(report, stretch, timeline, key_frames, others=options.stretches)
    path.write_text(page, encoding="utf-8")


def _places(
    wanted: Sequence[WantedKeyFrame], blocks: Iterable[PoseBlock], stretch: Stretch | None, options: Options
) -> list[_BodyInFrame | None]:
    """Where the body is in each of the wanted key frames, None where the recording ends before."""
    measuring, target = measuring_for(options), options.target
    first_s: float | None = None
    found: dict[int, _BodyInFrame] = {}
    for block in blocks:
        body, measures = measuring.extend(block)
        first_s = float(block.t_s[0]) if first_s is None and len(block) else first_s
        for number, one in enumerate(wanted):
            if number in found or not len(block) or block.t_s[-1] < one.t_s:
                continue
            i = int(np.searchsorted(block.t_s, one.t_s))
            marked: tuple[int, ...] = ()
            if stretch is not None and one.alert is not None:
                leg = int(stretch.stretched(measures, target)[i])
                marked = points_of(stretch.rule(one.alert.rule).about, leg, int(measures.near[i]))
            found[number] = _BodyInFrame(
                t_s=float(block.t_s[i]) - (first_s or 0.0),
                points_px=body.points_px[i],
                visibility=body.visibility[i],
                marked=marked,
            )
        if len(found) == len(wanted):
            break
    return [found.get(number) for number in range(len(wanted))]


def _key_frames(
    wanted: Sequence[WantedKeyFrame], places: Sequence[_BodyInFrame | None], source: PictureSource
) -> list[KeyFrame]:
    from formcheck.render.still import still

    key_frames = []
    for one, place in zip(wanted, places, strict=True):
        picture = _picture_at(source, place.t_s) if place is not None else None
        if place is None or picture is None:
            continue
        shrink = picture.rgb.shape[1] / picture.width
        image = still(
            np.ascontiguousarray(picture.rgb), place.points_px * shrink, place.visibility, place.marked, one.alert,
            whole=one.kind == "photo",
        )  # fmt: skip
        key_frames.append(KeyFrame(kind=one.kind, t_s=one.t_s, caption=one.caption, alt=one.alt, picture=image))
    return key_frames


def _picture_at(source: PictureSource, t_s: float) -> Picture | None:
    """The picture of that time, None for none: a page without a picture is better than no page."""
    try:
        picture = next(source.pictures(DRAW_PX, from_s=t_s), None)
    except InputError:
        return None
    return picture if picture is not None and abs(picture.t_s - t_s) <= _SAME_S else None
