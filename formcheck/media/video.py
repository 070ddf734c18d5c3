"""Video files as upright pictures with their own time stamps."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np
import numpy.typing as npt
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from formcheck.core.errors import CutShortError, InputError, in_words
from formcheck.core.poses import Picture, SourceInfo
from formcheck.media.recorded import dated

_MISSING_END_S = 1.0
_TURNS = {1: cv2.ROTATE_90_COUNTERCLOCKWISE, 2: cv2.ROTATE_180, 3: cv2.ROTATE_90_CLOCKWISE}


class VideoFile:
    """A video file, read from its beginning as often as `pictures` is called.

    Time stamps are the stream's own, counted from its first picture, so variable frame rates keep their time.
    Rotation and pixel shape are honoured. Raises InputError when there is nothing to read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.info = dated(self._look(), path)

    def pictures(
        self, longest_px: int | None = None, *, from_s: float = 0.0, threads: int | None = None
    ) -> Iterator[Picture]:
        """All pictures from that time on, in order, numbered from the first one given.

        Larger ones are made smaller so that their longer side is `longest_px`. So many `threads` decode, None: as many
        as are fastest.
        Raises CutShortError at the end when the file stops before the time it promises.
        """
        if from_s > 0:
            yield from self._from(from_s, longest_px)
            return
        with self._open() as container:
            stream = _stream(container, self.path, threads)
            first_s, last_s, index = math.nan, -math.inf, 0
            step_s = 1.0 / self.info.fps if self.info.fps else 1.0 / 30.0
            broken = False
            for frame in _decoded(container, stream):
                if frame is None:
                    broken = True
                    continue
                stamp_s = frame.time if frame.time is not None else (last_s if index else -step_s) + step_s
                first_s = stamp_s if math.isnan(first_s) else first_s
                t_s = round(stamp_s - first_s, 6)
                if t_s <= last_s:
                    continue  # shown at the same moment or sent twice
                last_s = t_s
                yield self._picture(index, t_s, frame, longest_px)
                index += 1
            promised_s = self.info.duration_s
            if index == 0:
                raise InputError(f"{self.path}: no picture in it can be read; is the file whole?")
            early = last_s < promised_s - _MISSING_END_S - 2 * step_s if promised_s else False
            # The container's length may be that of a longer sound track: only the stream's own is a promise.
            if promised_s and ((early and stream.duration) or (broken and last_s < promised_s)):
                raise CutShortError(
                    f"{self.path}: the file is damaged: {last_s:.1f} s of {promised_s:.1f} s could be read "
                    "and were judged; copy it again from the camera"
                )

    def _from(self, from_s: float, longest_px: int | None) -> Iterator[Picture]:
        """The pictures from that time on, reading only from the last key frame before it where that can be found."""
        for seek in (True, False):
            index = 0
            for picture in self._after(from_s, longest_px, seek=seek):
                yield replace(picture, index=index)
                index += 1
            if index:
                return

    def _after(self, from_s: float, longest_px: int | None, *, seek: bool) -> Iterator[Picture]:
        """The same, or nothing where seeking leads past that time: some containers have no index."""
        with self._open() as container:
            stream = _stream(container, self.path)
            first = next((frame for frame in _decoded(container, stream) if frame is not None), None)
            if first is None or first.time is None or stream.time_base is None:
                return
            if seek:
                try:
                    container.seek(int((first.time + from_s) / stream.time_base), stream=stream)
                except av.FFmpegError:
                    return
            early = not seek
            for frame in itertools.chain([] if seek else [first], _decoded(container, stream)):
                if frame is None or frame.time is None:
                    continue
                t_s = round(frame.time - first.time, 6)
                early = early or t_s <= from_s
                if not early:
                    return
                if t_s >= from_s:
                    yield self._picture(0, t_s, frame, longest_px)

    def _picture(self, index: int, t_s: float, frame: VideoFrame, longest_px: int | None) -> Picture:
        quarter = round(getattr(frame, "rotation", 0) / 90) % 4
        width, height = self.info.width, self.info.height
        scale = min(1.0, longest_px / max(width, height)) if longest_px else 1.0
        small = (max(2, round(width * scale)), max(2, round(height * scale)))
        if quarter % 2:
            small = small[::-1]
        if frame.format.name.startswith("yuv") and small != (frame.width, frame.height):
            # Made smaller in its own colours: both in one step takes three to five times as long.
            frame = frame.reformat(width=small[0], height=small[1])
        rgb = np.asarray(frame.to_ndarray(format="rgb24", width=small[0], height=small[1]), dtype=np.uint8)
        return Picture(index=index, t_s=t_s, rgb=_turned(rgb, quarter), width=width, height=height)

    def _open(self) -> InputContainer:
        try:
            return av.open(str(self.path), metadata_errors="replace")
        except (av.FFmpegError, OSError) as error:
            raise InputError(f"{self.path}: {_why(error)}") from error

    def _look(self) -> SourceInfo:
        with self._open() as container:
            stream = _stream(container, self.path)
            frame = next((frame for frame in _decoded(container, stream) if frame is not None), None)
            if frame is None:
                raise InputError(f"{self.path}: no picture in it can be read; is the file whole?")
            shape = stream.sample_aspect_ratio
            width = round(frame.width * float(shape)) if shape else frame.width
            height = frame.height
            if round(getattr(frame, "rotation", 0) / 90) % 2:
                width, height = height, width
            duration_s = None
            if stream.duration and stream.time_base:
                duration_s = float(stream.duration * stream.time_base)
            elif container.duration:
                duration_s = container.duration / av.time_base
            rate = stream.average_rate or stream.guessed_rate
            return SourceInfo(
                name=self.path.name,
                kind="video",
                width=width,
                height=height,
                fps=float(rate) if rate else None,
                duration_s=duration_s,
            )


def _turned(rgb: npt.NDArray[np.uint8], quarter: int) -> npt.NDArray[np.uint8]:
    """Turned by so many quarters, counter-clockwise; whole, as whoever reads a mere view pays for it ten times over."""
    return np.asarray(cv2.rotate(rgb, _TURNS[quarter]), dtype=np.uint8) if quarter else rgb


def _stream(container: InputContainer, path: Path, threads: int | None = None) -> VideoStream:
    # Cover art of a sound file is a video stream too, of a single picture.
    streams = [stream for stream in container.streams.video if not stream.disposition & _COVER]
    if not streams:
        sound = " (only sound)" if container.streams.audio else ""
        raise InputError(f"{path}: there is no video in it{sound}")
    stream = streams[0]
    if stream.codec_context is None:
        raise InputError(f"{path}: its codec is not known here; convert it, for instance to H.264")
    stream.thread_type = "AUTO"
    stream.codec_context.thread_count = threads or 0
    return stream


_COVER = av.stream.Disposition.attached_pic


def _decoded(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame | None]:
    """Frames in the order they are shown; None where some could not be read."""
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets)
            yield from packet.decode()
        except (StopIteration, av.EOFError):
            return
        except av.FFmpegError:
            yield None
            if stream.codec_context is None or not stream.codec_context.is_open:
                return


def _why(error: Exception) -> str:
    if isinstance(error, (av.InvalidDataError, av.EOFError)):
        return "this is no video that can be read, or its end is missing; copy it again or convert it to H.264"
    if isinstance(error, PermissionError):
        return "you are not allowed to read it"
    return in_words(error)
