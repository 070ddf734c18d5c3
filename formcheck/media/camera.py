"""Cameras, network streams, and files played at their own speed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import av
import numpy as np
import numpy.typing as npt

from formcheck.core.errors import InputError
from formcheck.core.names import public_name
from formcheck.media.video import VideoFile

LONGEST_PX = 1280  # larger pictures only cost time here
_ALONE_PX = 1920  # pictures up to this size are decoded by one thread
_STREAM_TIMEOUT_S = 5.0


class LiveSource(Protocol):
    """Opens and reads one kind of live picture. `pictures` ends when the source is gone, or raises InputError."""

    ends: bool
    """Whether its end is an end (a file) and not a loss (a camera)."""

    def pictures(self) -> Iterator[tuple[float | None, npt.NDArray[np.uint8]]]:
        """Time stamps, None for "now", and RGB pictures."""
        ...


def open_source(name: str) -> LiveSource:
    """The source a user names: a camera's number, an address with ://, or a file."""
    if name.isdecimal():
        return Webcam(int(name))
    if "://" in name:
        return NetworkStream(name)
    if not Path(name).is_file():
        raise InputError(f"{name}: no camera number, no address and no file; cameras are 0, 1, ...")
    return FileAsCamera(Path(name))


class Webcam:
    """A webcam by its number."""

    ends = False

    def __init__(self, number: int) -> None:
        self._number = number

    def pictures(self) -> Iterator[tuple[float | None, npt.NDArray[np.uint8]]]:
        """Pictures until the camera is gone."""
        # Without this, opening a camera takes minutes on some Windows machines.
        os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
        import cv2

        # What matters is told below, in one line. OpenCV 4.11 has the switch here, 4.14 there.
        log: Any = cv2 if hasattr(cv2, "setLogLevel") else vars(cv2.utils)["logging"]
        log.setLogLevel(0)
        camera = cv2.VideoCapture(self._number)
        try:
            if not camera.isOpened():
                raise InputError(self._why_not())
            camera.set(cv2.CAP_PROP_FRAME_WIDTH, LONGEST_PX)
            camera.set(cv2.CAP_PROP_FRAME_HEIGHT, 720)
            camera.set(cv2.CAP_PROP_BUFFERSIZE, 1)
            while True:
                good, bgr = camera.read()
                if not good:
                    return
                yield None, np.ascontiguousarray(bgr[:, :, ::-1])
        finally:
            camera.release()

    def _why_not(self) -> str:
        if sys.platform.startswith("linux"):
            device = Path(f"/dev/video{self._number}")
            if not device.exists():
                return f"camera {self._number}: there is none; plug it in or name another one with --camera"
            if not os.access(device, os.R_OK | os.W_OK):
                return f"camera {self._number}: not allowed; add yourself to the group 'video' and log in again"
        return (
            f"camera {self._number} cannot be opened: close other programs that use it, "
            "and allow camera access in the system's privacy settings"
        )


class NetworkStream:
    """A camera on the network (RTSP, MJPEG or HTTP), for instance a phone."""

    ends = False

    def __init__(self, address: str) -> None:
        self._address = address

    def pictures(self) -> Iterator[tuple[float | None, npt.NDArray[np.uint8]]]:
        """Pictures until the stream stops or stalls."""
        options = {"fflags": "nobuffer", "flags": "low_delay"}
        if self._address.startswith("rtsp"):
            options["rtsp_transport"] = "tcp"
        try:
            with av.open(self._address, options=options, timeout=_STREAM_TIMEOUT_S) as container:
                if not container.streams.video:
                    raise InputError(f"{public_name(self._address)}: there is no video in this stream")
                for frame in container.decode(container.streams.video[0]):
                    scale = min(1.0, LONGEST_PX / max(frame.width, frame.height))
                    size = (round(frame.width * scale), round(frame.height * scale))
                    rgb = frame.to_ndarray(format="rgb24", width=size[0], height=size[1])
                    yield None, rgb.astype(np.uint8, copy=False)
        except (av.FFmpegError, OSError) as error:
            raise InputError(
                f"{public_name(self._address)}: no picture comes from there; is it on, and the address right?"
            ) from error


class FileAsCamera:
    """A file, its pictures given out at the speed they were taken."""

    ends = True

    def __init__(self, path: Path) -> None:
        self._video = VideoFile(path)

    def pictures(self) -> Iterator[tuple[float | None, npt.NDArray[np.uint8]]]:
        """Pictures at their times; late ones come at once. Raises CutShortError at the end of a damaged file."""
        start_s = time.monotonic()
        # To decode that fast one thread is enough, and more of them cost twice as much.
        small = max(self._video.info.width, self._video.info.height) <= _ALONE_PX
        for picture in self._video.pictures(LONGEST_PX, threads=1 if small else None):
            wait_s = picture.t_s - (time.monotonic() - start_s)
            if wait_s > 0:
                time.sleep(wait_s)
            yield picture.t_s, picture.rgb
