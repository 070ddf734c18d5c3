"""Pictures out: H.264 that browsers and phones play, and single pictures."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import cv2
import numpy as np
import numpy.typing as npt
from av.video.stream import VideoStream
from PIL import Image

_TIME_BASE = Fraction(1, 90_000)
# A cheaper search for motion than the preset's takes a third off the cost of encoding, for files about 6 % larger.
_X264 = {"crf": "23", "preset": "veryfast", "x264-params": "subme=1:me=dia"}


class VideoWriter:
    """Writes pictures with their own time stamps; a context manager."""

    def __init__(self, path: Path, width: int, height: int, fps: float | None) -> None:
        self._size = (width - width % 2, height - height % 2)
        self._container = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
        self._stream: VideoStream = self._container.add_stream(
            "libx264", rate=Fraction(fps or 30.0).limit_denominator(1001), options=dict(_X264)
        )
        self._stream.width, self._stream.height = self._size
        self._stream.pix_fmt = "yuv420p"
        self._stream.codec_context.time_base = _TIME_BASE
        self._last = -1

    def write(self, t_s: float, rgb: npt.NDArray[np.uint8]) -> None:
        """Add a picture (h, w, 3) shown at `t_s`."""
        even = np.ascontiguousarray(rgb[: self._size[1], : self._size[0]])
        # OpenCV converts colours several times as fast as the encoder would, to the same values but for rounding.
        planes = np.asarray(cv2.cvtColor(even, cv2.COLOR_RGB2YUV_I420), dtype=np.uint8)
        frame = av.VideoFrame.from_numpy_buffer(planes, format="yuv420p")
        self._last = max(self._last + 1, round(t_s / _TIME_BASE))
        frame.pts, frame.time_base = self._last, _TIME_BASE
        self._container.mux(self._stream.encode(frame))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and self._last >= 0:
                self._container.mux(self._stream.encode())
        finally:
            self._container.close()


def write_photo(path: Path, rgb: npt.NDArray[np.uint8]) -> None:
    """Write a picture (h, w, 3) in the format that the ending names. Raises OSError."""
    Image.fromarray(rgb).save(path)
