"""The detectors: one kind of rule each, by the name that rules give in `timed`. See `port.py` for the interface."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from formcheck.core.rules import Rule
from formcheck.judging.detectors.alignment import AlignmentDetector
from formcheck.judging.detectors.bounce import BounceDetector
from formcheck.judging.detectors.leaving import LeavingDetector
from formcheck.judging.detectors.port import Detector, LateObservation, ObservedFrame
from formcheck.judging.detectors.push import PushDetector
from formcheck.judging.detectors.sway import SwayDetector
from formcheck.judging.detectors.tremor import TremorDetector

_KINDS: Final[dict[str, Callable[[Rule], Detector]]] = {
    "bounce": BounceDetector,
    "shaking": TremorDetector,
    "leaving": LeavingDetector,
    "sway": SwayDetector,
    "push": PushDetector,
}


def detector_of(rule: Rule) -> Detector | None:
    """What watches a rule; None for the hold time, which the hold clock keeps.

    Raises ValueError for a kind of detector that there is none of.
    """
    if rule.timed == "hold":
        return None
    if rule.timed is None:
        return AlignmentDetector(rule)
    if not isinstance(rule.timed, str):
        return cast("Detector", rule.timed(rule))  # `core` does not know what a detector is
    if rule.timed not in _KINDS:
        raise ValueError(f"{rule.id}: there is no detector {rule.timed!r}, only {', '.join(_KINDS)}")
    return _KINDS[rule.timed](rule)


__all__ = ["Detector", "LateObservation", "ObservedFrame", "detector_of"]
