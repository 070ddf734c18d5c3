"""`--record`: a live session kept as the files that `analyze` writes."""

from __future__ import annotations

import threading
from pathlib import Path
from queue import Queue
from typing import Final

from formcheck.capture.video import VideoFile
from formcheck.core.errors import OutputError
from formcheck.core.poses import SourceInfo
from formcheck.live import Moment
from formcheck.pipeline import Options, judge_recording
from formcheck.pipeline.drawing import Pictures
from formcheck.recording import PoseFile, PoseWriter
from formcheck.render import overlay
from formcheck.render.video import VideoWriter
from formcheck.results import ResultFolder

_WAITING: Final = 60  # pictures that may wait to be written, two seconds of video
_PLAIN_TITLE = "formcheck"


class LiveRecorder:
    """Writes poses and the annotated video while the session goes on, and the verdict at its end.

    Everything happens in a thread of its own. The verdict is made from the recorded poses just as `analyze` does it,
    so judging the recording again gives the same one.
    """

    def __init__(self, folder: Path, options: Options) -> None:
        self._results = ResultFolder(folder)
        self._options = options
        self._queue: Queue[Moment | None] = Queue(maxsize=_WAITING)
        self._info: SourceInfo | None = None
        self._failure: OSError | None = None
        self._thread: threading.Thread | None = None

    def start(self, name: str, model_id: str) -> None:
        """Open the working folder. Raises OutputError when it cannot be written."""
        work = self._results.open()
        self._thread = threading.Thread(target=self._run, args=(work, name, model_id), name="recorder", daemon=True)
        self._thread.start()

    def take(self, moment: Moment) -> None:
        """Add a judged picture; waits when the disk is slower than the camera for seconds."""
        if self._failure is None:
            self._queue.put(moment)

    def finish(self) -> Path:
        """Write the verdict and move all files to their place."""
        self._end()
        if self._failure is not None:
            raise self._results.error(self._failure)
        if self._info is None:
            raise OutputError("nothing was recorded: no picture came")
        with self._results.closing() as work:
            # The only pictures that were kept are those that were drawn on: the report shows them again.
            drawn = Pictures(source=VideoFile(work / "annotated.mp4"))
            judge_recording(PoseFile(work / "poses.jsonl.gz"), self._info, work, self._options, pictures=drawn)
        return self._results.folder

    def discard(self) -> None:
        """Remove what is unfinished; does nothing after `finish`."""
        self._end()
        self._results.discard()

    def _end(self) -> None:
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None

    def _run(self, work: Path, name: str, model_id: str) -> None:
        try:
            first = self._queue.get()
            if first is None:
                return
            picture = first.picture
            self._info = SourceInfo(name=name, kind="camera", width=picture.width, height=picture.height, fps=None)
            size = (picture.rgb.shape[1], overlay.height_with_bar(*picture.rgb.shape[:2]))
            with (
                PoseWriter(work / "poses.jsonl.gz", self._info, model_id) as poses,
                VideoWriter(work / "annotated.mp4", *size, None) as video,
            ):
                moment: Moment | None = first
                while moment is not None:
                    self._write(moment, poses, video)
                    moment = self._queue.get()
        except OSError as error:
            self._failure = error
            while self._queue.get() is not None:
                pass

    def _write(self, moment: Moment, poses: PoseWriter, video: VideoWriter) -> None:
        poses.write(moment.frame)
        title = moment.stretch.title if moment.stretch else _PLAIN_TITLE
        drawn = overlay.draw(moment.picture.rgb, title, moment.feedback, moment.points_px, moment.visibility)
        video.write(moment.picture.t_s, drawn)
