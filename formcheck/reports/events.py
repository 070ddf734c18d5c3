"""`--events`: what happens in a live session, one JSON object a line."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from typing import IO, Any

from formcheck.core.feedback import Feedback
from formcheck.core.side import LEGS, Side
from formcheck.reports.report_json import alert_dict

_AT_LEAST_EVERY_S = 1.0


class EventWriter:
    """Writes a line on every change of state, alerts or phase of a routine, and at least once a second.

    Where a line cannot be written (nobody reads the pipe any more, the disk is full) `stopped` is told, once, and no
    more is written: what happens to the events is no reason to end a session.
    """

    def __init__(self, file: IO[str], stopped: Callable[[Exception], None]) -> None:
        self._file = file
        self._stopped = stopped
        self._on = True
        self._last: tuple[object, ...] | None = None
        self._last_s = 0.0

    def write(
        self,
        feedback: Feedback,
        *,
        stretch: str | None,
        held: Mapping[Side, float],
        instruction: str | None,
        said: str | None,
        routine: Mapping[str, Any] | None = None,
    ) -> None:
        """Take in the feedback of a frame.

        stretch  the one at hand; held: seconds on each side of it.
        instruction, said   what is shown, and what is spoken now.
        routine  where the routine is, if there is one.
        """
        where = (routine["phase"], routine["step"]) if routine else None
        alerts = tuple((alert.rule, alert.level.value) for alert in feedback.alerts)
        now = (feedback.state.value, stretch, feedback.side, alerts, instruction, said, where)
        if not self._on or (now == self._last and feedback.t_s - self._last_s < _AT_LEAST_EVERY_S):
            return
        self._last, self._last_s = now, feedback.t_s
        line = {
            "t_s": round(feedback.t_s, 3),
            "state": feedback.state.value,
            "stretch": stretch,
            "side": feedback.side,
            "hold_s": round(feedback.hold_s, 2),
            "target_s": feedback.target_s,
            "held": {side: round(held.get(side, 0.0), 2) for side in LEGS},
            "depth_deg": None if math.isnan(feedback.depth_deg) else round(feedback.depth_deg, 1),
            "alerts": [alert_dict(alert) for alert in feedback.alerts],
            "unseen": [{"rule": rule, "why": why} for rule, why in feedback.unseen],
            "instruction": instruction,
            "said": said,
        } | ({"routine": dict(routine)} if routine else {})
        try:
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()
        except (OSError, ValueError) as error:  # closed by the system, or by somebody here
            self._on = False
            self._stopped(error)
