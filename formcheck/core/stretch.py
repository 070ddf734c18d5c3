"""What a stretch is: one constant per file in `formcheck/stretches`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from formcheck.core.errors import SettingsError
from formcheck.core.limits import LimitChange, nearest
from formcheck.core.measures import Measures
from formcheck.core.poses import Bools, Floats, Ints
from formcheck.core.rules import Limits, Rule, Target

Best = Literal["highest", "lowest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """A value worth beating, never a fault. `of` gives (T,) values, NaN where it cannot be seen.

    `error` is how far one reading may be off, in `unit`; None while that is not known.
    """

    name: str
    unit: str
    best: Best
    of: Callable[[Measures, Target], Floats]
    describe: Callable[[float], str] = lambda value: ""
    error: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """What only the person can know: asked or recalled in words, never judged. Every report lists it.

    at_start  spoken live when a hold begins.
    every_s   asked live again and again in a hold, so many seconds apart; None: not at all.
    """

    words: str
    at_start: bool = False
    every_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One stretch, told by its body position, with everything the program says about it.

    lying        whether it is done lying down, so that who lies is followed and not who stands beside.
    asked        what the camera cannot see, the reminder of comfort first.
    in_position  (T,) True where the body has the shape of this stretch. It is the gate of the hold clock and
                 what recognition looks at.
    claims       (T,) True where recognition may say it is this stretch; stricter than `in_position`, which also holds
                 while a fault spoils the shape. No two stretches claim the same frame.
    stretched    (T,) index (0 left, 1 right) of the leg that is stretched.
    depth        (T,) degrees: the angle that moves on the way into the stretch; its rate tells entering,
                 holding and leaving apart.
    depth_name   what that angle is, in words.
    meter_deg    the range of `depth` that the live meter shows.
    swing        (T,) degrees, unsmoothed: the angle that swings when somebody bounces.
    """

    slug: str
    title: str
    summary: str
    how_to: tuple[str, ...]
    camera: str
    one_sided: bool
    lying: bool
    rules: tuple[Rule, ...]
    progress: tuple[Progress, ...]
    asked: tuple[Prompt, ...]
    in_position: Callable[[Measures, Target], Bools]
    claims: Callable[[Measures, Target], Bools]
    stretched: Callable[[Measures, Target], Ints]
    depth: Callable[[Measures, Target], Floats]
    depth_name: str
    meter_deg: tuple[float, float]
    swing: Callable[[Measures, Target], Floats]

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
