"""What a stretch is: one constant per file in `formcheck/stretches`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from formcheck.core.errors import SettingsError
from formcheck.core.limits import LimitChange, nearest
from formcheck.core.measures import Measures
from formcheck.core.poses import Bools, Floats, Ints
from formcheck.core.posture import Posture
from formcheck.core.quantity import Quantity, first_reason
from formcheck.core.reached import Better
from formcheck.core.reasons import Reason
from formcheck.core.rules import Limits, Reading, Rule, Target
from formcheck.core.shape import Shape

_UP_DEG: Final = 50.0  # own choice: no leg that rests is so far up
_FOOT_APART: Final = 0.3  # leg lengths, own choice: nor is one whose foot is on a wall below the other one


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A value worth beating, never a fault: a quantity under the name that reports have for it.

    `error` is how far one reading may be off, in the unit of the quantity; None while that is not known.
    """

    name: str
    of: Quantity
    best: Better
    describe: Callable[[float], str] = lambda _value: ""
    error: float | None = None

    @property
    def unit(self) -> str:
        """Unit of the value."""
        return self.of.unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What only the person can know: asked or recalled in words, never judged. Every report lists it.

    When it is said live; None and False: not then.

    at_start   with the first hold of each side of the stretch.
    each_hold  with every hold.
    after_s    once a hold, so many seconds in or up to three seconds later: when no cue is due.
    rise_deg   once a hold, when the key angle first goes so far beyond where the hold began.
    every_s    again and again in a hold, so many seconds apart.
    at_done    when the target is reached: what is to be minded on the way out.
    again      the words from the second time in a hold on; empty: the same.
    """

    words: str
    at_start: bool = False
    each_hold: bool = False
    after_s: float | None = None
    rise_deg: float | None = None
    every_s: float | None = None
    at_done: bool = False
    again: str = ""


class Difficulty(StrEnum):
    """How much a stretch asks of the body; the order of all lists is theirs."""

    EASY = "easy"
    USUAL = "usual"
    ACTIVE = "active"
    ADVANCED = "advanced"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOn:
    """Another way that fits after a session in which something was seen; exactly one of the two.

    words         go on after "Another way:", or "What may come next:" after clean holds.
    after_fault   id of a rule that was off for most of the time held.
    after_clean   so many holds that reached their target with nothing to correct.
    stretch       slug of the stretch it leads to; None where it stays with this one.
    """

    words: str
    after_fault: str | None = None
    after_clean: int | None = None
    stretch: str | None = None

    def __post_init__(self) -> None:
        if (self.after_fault is None) == (self.after_clean is None):
            raise ValueError(f"{self.words}: a way on has either after_fault or after_clean")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One stretch, with everything the program knows of it and says about it.

    difficulty   how much it asks of the body: stretches are listed from the easy to the advanced.
    needs        what must be at hand, as in "a strap or belt"; for whom it is says `choose_when`.
    leads_to     slugs of what may come next.
    ways_on      what to try after a session in which something fits.
    posture      how it is begun: STANDING, SEATED, KNEELING or LYING. Routines call people into it, and where it is
                 LYING, who lies is followed and not who stands beside.
    asked        what the camera cannot see, the reminder of comfort first.
    not_judged   what people may expect to be judged here and is not, and why; empty for nothing.
    position     the shape of the body in this stretch: the gate of the hold clock.
    recognised   the shapes that say it is this stretch, one of which is enough; stricter than `position`, which also
                 holds while a fault spoils the shape. No two stretches claim the same frame.
    resembles    further shapes that are said to look most like it, where nothing is recognised.
    leg          (T,) index (0 left, 1 right) of the leg that is stretched, as the body shows it.
    key          degrees: the angle that moves on the way into the stretch and rests in the hold; its rate tells
                 entering, holding and leaving apart.
    meter_deg    the range of `key` that the live meter shows.
    swings       degrees, unsmoothed: the angle that swings when somebody bounces.
    """

    slug: str
    title: str
    summary: str
    how_to: tuple[str, ...]
    camera: str
    one_sided: bool
    difficulty: Difficulty = Difficulty.USUAL
    needs: tuple[str, ...] = ()
    choose_when: str = ""
    leads_to: tuple[str, ...] = ()
    ways_on: tuple[WayOn, ...] = ()
    posture: Posture
    rules: tuple[Rule, ...]
    progress: tuple[Progress, ...]
    asked: tuple[Prompt, ...]
    not_judged: str = ""
    position: Shape
    recognised: tuple[Shape, ...]
    resembles: tuple[Shape, ...] = ()
    leg: Callable[[Measures], Ints]
    key: Quantity
    meter_deg: tuple[float, float]
    swings: Quantity

    def stretched(self, measures: Measures, target: Target) -> Ints:
        """(T,) index of the stretched leg: what the user said, else the one that the body shows."""
        return self.leg(measures) if target.leg is None else np.full(len(measures), target.leg)

    def held_leg(self, measures: Measures, target: Target) -> Ints:
        """(T,) index of the leg that a hold is of, 0 where it is of both, -1 where both legs of a lying body are up.

        Which of two legs that were both up comes down again cannot be told for sure.
        """
        if not self.one_sided:
            return np.zeros(len(measures), dtype=np.int64)
        both_up = measures.lying & (measures.leg_deg.min(axis=1) > _UP_DEG) & ~(measures.foot_above > _FOOT_APART)
        return np.where(both_up, -1, self.stretched(measures, target))

    def in_position(self, measures: Measures, target: Target) -> Bools:
        """(T,) whether the body has the shape of this stretch."""
        return self.position.holds(measures, self.stretched(measures, target))

    def claims(self, measures: Measures, target: Target) -> Bools:
        """(T,) whether recognition may say it is this stretch."""
        leg = self.stretched(measures, target)
        return np.asarray(np.any([shape.holds(measures, leg) for shape in self.recognised], axis=0))

    def depth(self, measures: Measures, target: Target) -> Floats:
        """(T,) degrees: the key angle."""
        return self.key.values(measures, self.stretched(measures, target))

    def swing(self, measures: Measures, target: Target) -> Floats:
        """(T,) degrees: the unsmoothed angle that swings."""
        return self.swings.values(measures, self.stretched(measures, target))

    def reading(self, rule: Rule, measures: Measures, target: Target) -> Reading:
        """One of its rules on T frames."""
        return rule.reading(measures, self.stretched(measures, target))

    def reached(self, progress: Progress, measures: Measures, target: Target) -> Floats:
        """(T,) one of its values worth beating, NaN where what it needs is not seen."""
        leg = self.stretched(measures, target)
        seen = first_reason(measures.picture_seen, progress.of.reason(measures, leg)) == Reason.SEEN
        return np.where(seen, progress.of.values(measures, leg), np.nan)

    def __copy__(self) -> Stretch:
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Stretch:
        return self  # nothing in it changes

    @property
    def lying(self) -> bool:
        """Whether it is done lying down."""
        return self.posture == Posture.LYING

    @property
    def prompts(self) -> tuple[str, ...]:
        """The words of everything that only the person can know."""
        return tuple(prompt.words for prompt in self.asked)

    def rule(self, rule_id: str) -> Rule:
        """The rule of that id; KeyError when this stretch has none of that name."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)

    def with_limits(self, values: Mapping[str, Limits]) -> Stretch:
        """The stretch with other limits, by rule and name: `{"head-down": {"hint": 35.0}}`.

        Raises SettingsError for a rule or limit that it does not have, a value that is not allowed, and limits that
        are no longer in their order.
        """
        ids = [rule.id for rule in self.rules]
        for rule_id in values:
            if rule_id not in ids:
                raise SettingsError(f"{rule_id}: {self.slug} has no such rule; {nearest(rule_id, ids)}")
        return replace(self, rules=tuple(rule.with_limits(values.get(rule.id, {})) for rule in self.rules))

    def limit_changes(self) -> tuple[LimitChange, ...]:
        """The limits that differ from their defaults, over all rules."""
        return tuple(change for rule in self.rules for change in rule.changes())


def of_slug(slug: str | None, stretches: Iterable[Stretch]) -> Stretch | None:
    """The one of several stretches that has that slug, None where none has."""
    return next((one for one in stretches if one.slug == slug), None)
