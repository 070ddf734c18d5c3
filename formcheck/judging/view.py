"""How the camera saw a person over a recording, and what is wrong with a picture as a whole."""

from __future__ import annotations

import math
from collections import Counter
from typing import Final, Literal

import numpy as np

from formcheck.core.feedback import CameraView
from formcheck.core.measures import Measures
from formcheck.core.poses import Bools, Ints
from formcheck.core.reasons import REASON_TEXT, Reason
from formcheck.core.side import Leg

_HELPFUL: Final = np.zeros(max(Reason) + 1, dtype=bool)
_SPOILT: Final = (Reason.TOO_DARK, Reason.TOO_NOISY, Reason.BLURRED, Reason.TOO_SMALL)
_HELPFUL[[Reason.NOT_SIDE_ON, Reason.FEET_OUT, Reason.BODY_OUT, Reason.TRUNK_HIDDEN, *_SPOILT]] = True
FRONTAL_DEG: Final = 60.0  # seen from the front; a swing forward and back is hardly one in the picture then
_YAW_STEP_DEG: Final = 0.05


class ViewTally:
    """Yaw, facing, and what was wrong with the picture, counted frame by frame in constant memory."""

    def __init__(self) -> None:
        self._yaws = np.zeros(round(90.0 / _YAW_STEP_DEG) + 1, dtype=np.int64)
        self.facings: Counter[float] = Counter()
        self.reasons: Counter[int] = Counter()
        self._parts = np.zeros(len(_HELPFUL), dtype=np.int64)
        self._pictures = np.zeros((2, len(_HELPFUL)), dtype=np.int64)  # spoilt, poor

    def add(self, measures: Measures, taken: Bools) -> None:
        """Count those of the `taken` (T,) frames in which somebody is seen; of the pictures all."""
        length = self._pictures.shape[1]
        self._pictures += [
            np.bincount(codes, minlength=length) for codes in (measures.picture_seen, measures.picture_poor)
        ]
        taken = taken & ~np.isnan(measures.yaw_deg)
        if not taken.any():
            return
        steps = np.round(measures.yaw_deg[taken] / _YAW_STEP_DEG).astype(np.int64)
        self._yaws += np.bincount(steps, minlength=len(self._yaws))
        self.facings.update(measures.facing[taken].tolist())
        self.reasons.update(view_reasons(measures)[taken].tolist())
        for seen in (measures.feet_seen, measures.trunk_seen, measures.view_seen):
            self._parts += np.bincount(seen[taken], minlength=len(self._parts))

    @property
    def empty(self) -> bool:
        """Whether no frame was counted."""
        return not self.reasons

    @property
    def yaw_deg(self) -> float:
        """The median of the yaw, NaN when no frame was counted."""
        if self.empty:
            return math.nan
        count = np.cumsum(self._yaws)
        middle = np.searchsorted(count, [(count[-1] + 1) // 2, count[-1] // 2 + 1])
        return float(middle.mean() * _YAW_STEP_DEG)

    @property
    def mostly(self) -> Reason:
        """What spoils more than half of the frames, whatever else may be wrong with them; SEEN for nothing."""
        if self.spoilt != Reason.SEEN:
            return self.spoilt
        worst = (Reason.FEET_OUT, Reason.BODY_OUT, Reason.NOT_SIDE_ON)
        return next((one for one in worst if self._parts[one] > 0.5 * self.reasons.total()), Reason.SEEN)

    @property
    def spoilt(self) -> Reason:
        """What spoils more than half of the pictures, with somebody in them or not; SEEN for nothing."""
        return self._of_pictures(0)

    @property
    def poor(self) -> Reason:
        """What should be better about more than half of them, also where it does not spoil them; SEEN for nothing."""
        return self._of_pictures(1)

    def _of_pictures(self, row: int) -> Reason:
        counts = self._pictures[row]
        return next((one for one in _SPOILT if counts[one] > 0.5 * counts.sum()), Reason.SEEN)

    @property
    def facing(self) -> float:
        """+1 to the right, -1 to the left, as most frames have it; 0 when no frame was counted."""
        return self.facings.most_common(1)[0][0] if self.facings else 0.0

    @property
    def reason(self) -> Reason:
        """What was wrong most of the time, SEEN for nothing."""
        return Reason(self.reasons.most_common(1)[0][0]) if self.reasons else Reason.SEEN


def view_reasons(measures: Measures) -> Ints:
    """`Reason` codes (T,): what is wrong with the picture as a whole, the most helpful thing first."""
    reasons = np.where(measures.thigh_seen, int(Reason.SEEN), int(Reason.LEG_HIDDEN))
    for seen in (measures.view_seen, measures.trunk_seen, measures.feet_seen):
        reasons = np.where(_HELPFUL[seen], seen, reasons)
    return reasons


def view_advice(measures: Measures, i: int) -> str | None:
    """What to change about the picture of frame `i`, None for nothing: where nobody is seen, only what spoils it."""
    if measures.picture_poor[i] != Reason.SEEN:
        return REASON_TEXT[int(measures.picture_poor[i])]
    if measures.view_seen[i] == Reason.NO_PERSON:
        return None
    for seen in (measures.feet_seen, measures.trunk_seen, measures.view_seen):
        if _HELPFUL[seen[i]]:
            return REASON_TEXT[int(seen[i])]
    return None if measures.thigh_seen[i] else REASON_TEXT[Reason.LEG_HIDDEN]


def with_reason(said: str, reason: Reason) -> str:
    """What is said, and in brackets what is wrong with the picture."""
    return f"{said} ({REASON_TEXT[reason]})" if reason != Reason.SEEN else said


def camera_view(tally: ViewTally, reason: Reason) -> CameraView:
    """How the camera saw the person, as reports tell it; `reason` is what spoils the view."""
    yaw = tally.yaw_deg
    way: Leg | Literal["camera", "unknown"] = "unknown"
    if yaw > FRONTAL_DEG:
        way = "camera"
    elif tally.facing:
        way = "right" if tally.facing > 0 else "left"
    return CameraView(
        facing=way,
        yaw_deg=None if math.isnan(yaw) else yaw,
        usable=not math.isnan(yaw) and reason == Reason.SEEN,
        advice=REASON_TEXT[reason] or None,
    )
