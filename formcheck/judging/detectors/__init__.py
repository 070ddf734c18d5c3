"""The detectors: one kind of rule each, by the name that rules give in `timed`. See `port.py` for the interface."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from formcheck.core.rules import Rule
from formcheck.judging.detectors.bounce import Bounce
from formcheck.judging.detectors.leaving import Leaving
from formcheck.judging.detectors.port import Detector, Late
from formcheck.judging.detectors.posture import Posture
from formcheck.judging.detectors.push import Push
from formcheck.judging.detectors.sway import Sway
from formcheck.judging.detectors.tremor import Tremor

_KINDS: Final[dict[str, Callable[[Rule], Detector]]] = {
    "bounce": Bounce,
    "shaking": Tremor,
    "leaving": Leaving,
    "sway": Sway,
    "push": Push,
}


def detector_of(rule: Rule) -> Detector | None:
    """What watches a rule; None for the hold time, which the hold clock keeps.

    Raises ValueError for a kind of detector that there is none of.
    """
    if rule.timed == "hold":
        return None
    if rule.timed is None:
        return Posture(rule)
    if not isinstance(rule.timed, str):
        return cast("Detector", rule.timed(rule))  # `core` does not know what a detector is
    if rule.timed not in _KINDS:
        raise ValueError(f"{rule.id}: there is no detector {rule.timed!r}, only {', '.join(_KINDS)}")
    return _KINDS[rule.timed](rule)


__all__ = ["Detector", "Late", "detector_of"]
