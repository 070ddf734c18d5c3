"""A live session with a file as its camera, counted: the real `formcheck live`, start to end.

    python benchmarks/live.py VIDEO [--no-window] [other options of `formcheck live`]

Prints JSON as its last line: pictures that the camera gave and pictures judged; once it is under way, pictures judged a
second and processor milliseconds a judged picture; with a window, pictures shown a second and milliseconds from the
camera to the window (the middle, and what 95 of 100 are below).
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import numpy as np

from formcheck.cli import app, live_window
from formcheck.live.recorder import LiveRecorder
from formcheck.live.session import JudgedPicture, LiveSession

_WARM = 30  # judged pictures before it is under way


class CountedRun(live_window.LiveRun):
    """A session that knows when each picture was judged, by the clock and by the processor time until then."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 whatever a session is given
        super().__init__(*arguments, **options)
        self._judged: list[tuple[float, float]] = []

    def _hear(self, judged: JudgedPicture) -> None:
        super()._hear(judged)
        self._judged.append((time.monotonic(), time.process_time()))

    def _finish(self, session: LiveSession, recorder: LiveRecorder | None) -> None:
        super()._finish(session, recorder)
        if len(self._judged) < 2 * _WARM:
            sys.exit("the film is too short to measure anything")
        took, processor = np.subtract(self._judged[-1], self._judged[_WARM])
        count = len(self._judged) - 1 - _WARM
        told = {
            "taken": session.grabber.count,
            "judged": len(self._judged),
            "judged_per_s": count / took,
            "processor_ms": 1000.0 * processor / count,
        }
        if session.throughput.delays_s:
            told["shown_per_s"] = session.throughput.rate(session.throughput.shown_s)
            told["delay_ms"] = (1000.0 * np.percentile(session.throughput.delays_s, [50, 95])).tolist()
        print(json.dumps(told))


def main() -> None:
    """Run from the command line."""
    live_window.LiveRun = CountedRun  # type: ignore[misc]
    video, *options = sys.argv[1:]
    sys.argv = ["formcheck", "live", "--camera", video, "--no-voice", *options]
    app.main()


if __name__ == "__main__":
    main()
