"""The detectors: one kind of rule each, by the name that rules give in `timed`. See `port.py` for the interface."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from formcheck.core.rules import Rule, Timed
from formcheck.rules.detectors.bounce import Bounce
from formcheck.rules.detectors.leaving import Leaving
from formcheck.rules.detectors.port import Detector, Late
from formcheck.rules.detectors.posture import Posture
from formcheck.rules.detectors.push import Push
from formcheck.rules.detectors.sway import Sway
from formcheck.rules.detectors.tremor import Tremor

_KINDS: Final[dict[Timed, Callable[[Rule], Detector]]] = {
    "bounce": Bounce,
    "shaking": Tremor,
    "leaving": Leaving,
    "sway": Sway,
    "push": Push,
}


def detector_of(rule: Rule) -> Detector | None:
    """What watches a rule; None for the hold time, which the hold clock keeps."""
    if rule.timed == "hold":
        return None
    return Posture(rule) if rule.timed is None else _KINDS[rule.timed](rule)


__all__ = ["Detector", "Late", "detector_of"]
