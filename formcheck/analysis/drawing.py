"""The annotated video and photo, from a judged recording and the pictures it was made from."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from formcheck.analysis.estimating import PictureSource
from formcheck.analysis.parallel import in_order
from formcheck.core.errors import CutShortError
from formcheck.core.feedback import Feedback, Report
from formcheck.core.poses import Floats, Picture, SourceInfo
from formcheck.core.stretch import Stretch
from formcheck.judging.judged_block import JudgedBlock

DRAW_PX = 1280
PLAIN_TITLE = "formcheck"  # while no stretch is at hand
_AHEAD = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """All that one picture of the video needs."""

    picture: Picture
    stretch: Stretch | None
    feedback: Feedback
    points_px: Floats
    visibility: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """The pictures that a recording was made from, and threads to draw on them; None: they are not drawn on."""

    source: PictureSource
    executor: Executor | None = None


def draw_video(
    blocks: Iterable[JudgedBlock],
    *,
    source: PictureSource,
    executor: Executor,
    path: Path,
    drawn_one: Callable[[int], None],
) -> None:
    """Write `annotated.mp4`, taking the judged blocks as it goes; `drawn_one` is told how many pictures are done."""
    from formcheck.media.writer import VideoWriter
    from formcheck.render import overlay

    info = source.info
    width, height = _drawn_size(info)

    def drawn(scene: _Scene) -> tuple[float, npt.NDArray[np.uint8]]:
        shrink = scene.picture.rgb.shape[1] / scene.picture.width
        title = scene.stretch.title if scene.stretch else PLAIN_TITLE
        picture = overlay.draw(scene.picture.rgb, title, scene.feedback, scene.points_px * shrink, scene.visibility)
        return scene.picture.t_s, picture

    high = overlay.height_with_bar(height, width)
    with VideoWriter(path, width, high, info.fps) as writer:
        for done, (t_s, picture) in enumerate(in_order(executor, drawn, _scenes(source, blocks), _AHEAD), start=1):
            writer.write(t_s, picture)
            drawn_one(done)


def _drawn_size(info: SourceInfo) -> tuple[int, int]:
    scale = min(1.0, DRAW_PX / max(info.width, info.height))
    return round(info.width * scale), round(info.height * scale)


def _scenes(source: PictureSource, blocks: Iterable[JudgedBlock]) -> Iterator[_Scene]:
    pictures = source.pictures(DRAW_PX)
    for block in blocks:
        for i, feedback in enumerate(block):
            with contextlib.suppress(CutShortError):
                if (picture := next(pictures, None)) is not None:
                    yield _Scene(
                        picture=picture,
                        stretch=block.stretch(i),
                        feedback=feedback,
                        points_px=block.body.points_px[i],
                        visibility=block.body.visibility[i],
                    )


def draw_photo(source: PictureSource, block: JudgedBlock, report: Report, stretch: Stretch | None, path: Path) -> None:
    """Write `annotated.png`."""
    from formcheck.media.writer import write_photo
    from formcheck.render import overlay

    picture = next(source.pictures(DRAW_PX))
    points = block.body.points_px[0] * picture.rgb.shape[1] / picture.width
    near = int(block.measures.near[0])
    drawn = overlay.draw_photo(picture.rgb, stretch, report, points, block.body.visibility[0], near)
    write_photo(path, drawn)
