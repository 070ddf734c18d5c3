"""`--record`: a live session kept as the files that `analyze` writes."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from queue import Full, Queue
from typing import Final

from formcheck.analysis import Options, judge_recording
from formcheck.analysis.drawing import Pictures
from formcheck.analysis.folder import ResultFolder
from formcheck.core.errors import FormcheckError, OutputError
from formcheck.core.poses import SourceInfo
from formcheck.live.session import JudgedPicture
from formcheck.media.video import VideoFile
from formcheck.media.writer import VideoWriter
from formcheck.pose.pose_file import PoseFile, PoseWriter
from formcheck.render import overlay

_WAITING: Final = 60  # pictures that may wait to be written, two seconds of video
_END_S: Final = 60.0  # how long they may take at the end
_PLAIN_TITLE = "formcheck"


class LiveRecorder:
    """Writes poses and the annotated video while the session goes on, and the verdict at its end.

    Everything happens in a thread of its own. The verdict is made from the recorded poses just as `analyze` does it,
    so judging the recording again gives the same one. Whatever ends that thread is kept for `finish`; the session
    goes on without a recording.
    """

    def __init__(self, folder: Path, options: Options) -> None:
        self._results = ResultFolder(folder)
        self._options = options
        self._queue: Queue[JudgedPicture | None] = Queue(maxsize=_WAITING)
        self._work: Path | None = None
        self._info: SourceInfo | None = None
        self._failure: BaseException | None = None
        self._thread: threading.Thread | None = None

    def start(self, name: str, model_id: str) -> None:
        """Open the working folder. Raises OutputError when it cannot be written."""
        self._work = self._results.open()
        self._thread = threading.Thread(
            target=self._run, args=(self._work, name, model_id), name="recorder", daemon=True
        )
        self._thread.start()

    def take(self, judged: JudgedPicture) -> None:
        """Add a judged picture; waits when the disk is slower than the camera for seconds."""
        if self._failure is None:
            self._queue.put(judged)

    def end(self) -> Path | None:
        """Stop recording; the recorded poses in the working folder, None where there are none that are whole."""
        if self._thread is not None:
            thread, self._thread = self._thread, None
            try:
                self._queue.put(None, timeout=_END_S)
                thread.join(timeout=_END_S)
            except Full:
                pass
            if thread.is_alive():
                self._failure = OutputError(f"{self._results.folder} takes too long to be written; choose another disk")
        whole = self._work is not None and self._info is not None and self._failure is None
        return self._work / "poses.jsonl.gz" if self._work and whole else None

    def finish(self) -> Path:
        """Write the verdict and move all files to their place. Raises OutputError when they cannot be written."""
        poses = self.end()
        if self._failure is not None:
            raise self._told(self._failure) from self._failure
        if poses is None or self._info is None:
            raise OutputError("nothing was recorded: no picture came")
        with self._results.closing() as work:
            # The only pictures that were kept are those that were drawn on: the report shows them again.
            drawn = Pictures(source=VideoFile(work / "annotated.mp4"))
            judge_recording(PoseFile(poses), self._info, work, self._options, pictures=drawn)
        return self._results.folder

    def discard(self) -> None:
        """Remove what is unfinished; does nothing after `finish`."""
        self.end()
        self._results.discard()

    def _told(self, failure: BaseException) -> FormcheckError:
        if isinstance(failure, FormcheckError):
            return failure
        if isinstance(failure, OSError):
            return self._results.error(failure)
        why = " ".join([f"{type(failure).__name__}:", *str(failure).splitlines()[:1]])
        return OutputError(f"{self._results.folder} could not be written ({why}); the session was not recorded")

    def _run(self, work: Path, name: str, model_id: str) -> None:
        moments = iter(self._queue.get, None)
        try:
            self._record(moments, work, name, model_id)
        except BaseException as error:  # noqa: BLE001 told by `finish`; nobody may wait for this thread
            self._failure = error
        for _ in moments:  # whoever adds more must not wait for room
            pass

    def _record(self, moments: Iterator[JudgedPicture], work: Path, name: str, model_id: str) -> None:
        first = next(moments, None)
        if first is None:
            return
        picture = first.picture
        self._info = SourceInfo(
            name=name, kind="camera", width=picture.width, height=picture.height, fps=None,
            recorded_at=datetime.now().astimezone().isoformat(timespec="seconds"), recorded_from="clock",
        )  # fmt: skip
        size = (picture.rgb.shape[1], overlay.height_with_bar(*picture.rgb.shape[:2]))
        with (
            PoseWriter(work / "poses.jsonl.gz", self._info, model_id) as poses,
            VideoWriter(work / "annotated.mp4", *size, None) as video,
        ):
            for judged in itertools.chain([first], moments):
                self._write(judged, poses, video)

    def _write(self, judged: JudgedPicture, poses: PoseWriter, video: VideoWriter) -> None:
        poses.write(judged.frame)
        title = judged.stretch.title if judged.stretch else _PLAIN_TITLE
        drawn = overlay.draw(judged.picture.rgb, title, judged.feedback, judged.points_px, judged.visibility)
        video.write(judged.picture.t_s, drawn)
