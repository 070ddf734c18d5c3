"""What a report shows besides the verdict: how angles went over time, and pictures of moments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from formcheck.core.feedback import Alert
from formcheck.core.poses import Floats
from formcheck.core.rules import BadWhen, Level

# The best moment; where something was off in it the furthest one, or one of the hold; the worst fault; a photo.
KeyFrameKind = Literal["best", "furthest", "hold", "fault", "photo"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LimitLine:
    """A limit of a rule over time: `level` is what is said of values on the bad side of it.

    t_s, value  (N,) seconds and the limit, NaN where the rule was not seen; two equal points when it never moves.
    """

    level: Level
    bad_when: BadWhen
    t_s: Floats
    value: Floats

    @property
    def steady(self) -> float | None:
        """The limit if it is the same all the time, else None."""
        known = self.value[~np.isnan(self.value)]
        return float(known[0]) if len(known) and float(np.ptp(known)) < 1e-9 else None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TimeSeries:
    """One value over time, thinned so that its extremes stay.

    t_s, value  (N,) seconds and the value in `unit`, NaN where it was not seen.
    rule_id     the rule that looks at it, None for the angle of the stretch itself.
    """

    name: str
    unit: str
    t_s: Floats
    value: Floats
    limits: tuple[LimitLine, ...] = ()
    rule_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Timeline:
    """A recording over time: the angle of the stretch, and the values of its posture rules."""

    key: TimeSeries
    tracks: tuple[TimeSeries, ...]

    def of(self, rule_id: str) -> TimeSeries | None:
        """The track of a rule, None when it has none."""
        return next((track for track in self.tracks if track.rule_id == rule_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedKeyFrame:
    """A moment worth a picture; `alert` is the fault it shows, None for none."""

    kind: KeyFrameKind
    t_s: float
    caption: str
    alt: str
    alert: Alert | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFrame:
    """A moment with its picture: JPEG or PNG bytes, the skeleton already drawn."""

    kind: KeyFrameKind
    t_s: float
    caption: str
    alt: str
    picture: bytes
