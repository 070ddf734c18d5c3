"""Which other way fits after the holds of a stretch: another one where it did not work out, the next where it did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from formcheck.core.feedback import FittingWay
from formcheck.core.rules import Verdict
from formcheck.core.stretch import Stretch, WayOn
from formcheck.judging.findings import JudgedHold, rule_result

# From here on a hold counts in part (ACSM: 10 to 30 s); a shorter one is a try that tells nothing of the stretch.
SOME_HOLD_S: Final = 10.0
_MOST: Final = 0.5


def ways_on(stretch: Stretch, holds: Sequence[JudgedHold]) -> tuple[FittingWay, ...]:
    """The ways on of a stretch that fit after these holds, which are all there were of it.

    After a fault: its rule was off for more than half of the time held, and some hold was long enough to tell. Else
    after clean holds: there were enough of them, on both legs as far as that is known, they were most of all holds,
    and nothing unsafe was seen in any.
    """
    faults = [way for way in stretch.ways_on if way.after_fault is not None and _mostly_off(way.after_fault, holds)]
    fitting = faults or [way for way in stretch.ways_on if _ready(stretch, way, holds)]
    return tuple(FittingWay(words=way.words, stretch=way.stretch, rule=way.after_fault) for way in fitting)


def _mostly_off(rule_id: str, holds: Sequence[JudgedHold]) -> bool:
    clocks = [one.clocks[rule_id] for one in holds if rule_id in one.clocks]
    held_s = sum(one.hold.held_s for one in holds)
    # Whoever holds for less on purpose has held for some time with the whole of it.
    long_enough = any(one.hold.held_s >= SOME_HOLD_S or one.hold.reached for one in holds)
    raised = any(clock.faults for clock in clocks)
    return long_enough and raised and sum(clock.off_s for clock in clocks) > _MOST * held_s


def _ready(stretch: Stretch, way: WayOn, holds: Sequence[JudgedHold]) -> bool:
    if way.after_clean is None or any(clock.unsafe for one in holds for clock in one.clocks.values()):
        return False
    clean = [one for one in holds if _clean(stretch, one)]
    one_leg_only = {one.hold.side for one in clean} in ({"left"}, {"right"})
    return len(clean) >= way.after_clean and len(clean) > _MOST * len(holds) and not one_leg_only


def _clean(stretch: Stretch, one: JudgedHold) -> bool:
    """Whether a hold reached its target with nothing to correct, every rule that warns seen to be ok."""
    if not one.hold.reached or any(clock.faults for clock in one.clocks.values()):
        return False
    warning = [rule for rule in stretch.rules if rule.level.severity >= Verdict.WARN]
    return all(rule_result(rule, [one], one.hold.target_s).outcome == "ok" for rule in warning)
