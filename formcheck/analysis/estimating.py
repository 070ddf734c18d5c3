"""From pictures to a pose recording, on as many threads as there are estimators."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Protocol

from formcheck.analysis.options import Advance
from formcheck.analysis.parallel import cores, in_order
from formcheck.core.errors import CutShortError
from formcheck.core.poses import Picture, SourceInfo
from formcheck.pose.key_pictures import runs
from formcheck.pose.pool import EstimatorPool
from formcheck.pose.pose_file import PoseWriter

# A person who fills a quarter of it still has the 256 pixels that the landmark network looks at; more cost time.
_ESTIMATE_PX = 960


class PictureSource(Protocol):
    """A file of pictures that can be read from its beginning."""

    @property
    def info(self) -> SourceInfo:
        """What is known of the source."""
        ...

    def pictures(self, longest_px: int | None = None, *, from_s: float = 0.0) -> Iterator[Picture]:
        """All pictures from that time on, in order, their longer side at most `longest_px`."""
        ...


def record_poses(
    source: PictureSource, pool: EstimatorPool, executor: Executor, path: Path, advance: Advance, *, files: int = 1
) -> CutShortError | None:
    """Write the poses of all pictures to `path`; returns what cut the source short, if anything did.

    Where so many `files` are read at once, each keeps fewer pictures waiting, so that memory does not grow with them.
    Each run of pictures stands for itself, so the recording is the same however many threads there are.
    """
    info = source.info
    # Runs of pictures that are worked on, and one or two that wait, so that no thread waits for the decoder.
    ahead = 2 + (min(pool.size, cores()) - 1) // files
    total = 1 if info.still else round(info.duration_s * info.fps) if info.duration_s and info.fps else None
    with PoseWriter(path, info, pool.model_id) as writer:
        try:
            for frames in in_order(executor, pool.estimate_run, runs(source.pictures(_ESTIMATE_PX)), ahead):
                for frame in frames:
                    writer.write(frame)
                advance("Looking", frames[-1].index + 1, total)
        except CutShortError as cut:
            return cut
    return None
