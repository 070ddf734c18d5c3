"""What a rule is, and what it says of a frame."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import Final, Literal

import numpy as np

from formcheck.core.landmarks import BodyPart
from formcheck.core.limits import Limit, LimitChange, changed
from formcheck.core.measures import Measures
from formcheck.core.poses import Floats, Ints
from formcheck.core.reasons import Reason


class Level(StrEnum):
    """How serious a rule is. Progress is shown, a gate says whether the stretch is on.

    Levels are texts and compare by the alphabet; `severity` is their order, `most_serious` the first of several by it.
    """

    UNSAFE = "unsafe"
    WARN = "warn"
    HINT = "hint"
    PROGRESS = "progress"
    GATE = "gate"

    @property
    def severity(self) -> Verdict:
        """The verdict on what breaks a rule of this level, the higher the more serious; OK for what is no fault."""
        return VERDICT_OF.get(self, Verdict.OK)


class Verdict(IntEnum):
    """What a rule says of one frame. BETWEEN keeps whatever was said before (hysteresis)."""

    UNSEEN = -1
    OK = 0
    BETWEEN = 1
    HINT = 2
    WARN = 3
    UNSAFE = 4


VERDICT_OF: Final = {Level.HINT: Verdict.HINT, Level.WARN: Verdict.WARN, Level.UNSAFE: Verdict.UNSAFE}
LEVEL_OF: Final = {verdict: level for level, verdict in VERDICT_OF.items()}
BadWhen = Literal["below", "above"]


def most_serious(levels: Iterable[Level]) -> Level | None:
    """The level that matters most, None for none."""
    return max(levels, key=lambda level: level.severity, default=None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GradedLimit:
    """A limit, one for all frames or (T,), and what is said of values on the bad side of it."""

    limit: float | Floats
    level: Level
    bad_when: BadWhen


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reading:
    """A rule on T frames: the value it looked at, the limit it held against it, and the `Verdict` codes.

    `reason` holds `Reason` codes where the verdict is UNSEEN. `badness` is how far the value lies beyond the limit,
    negative on the good side: what orders values from the best to the worst. `sure` is the verdict if the value were
    one measurement error better: what can be said of a single picture, where nothing averages errors out. `error` is
    the plus or minus of the value, NaN where it is not known. `steps` are all the limits that were held against the
    value, for showing.
    """

    value: Floats
    limit: Floats
    badness: Floats
    verdict: Ints
    reason: Ints
    sure: Ints
    error: Floats
    steps: tuple[GradedLimit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What the user asked for: which leg is stretched, as it looks in the picture (0 left, 1 right); None: any."""

    leg: int | None = None

    @classmethod
    def of(cls, leg: int | None, *, mirrored: bool) -> Target:
        """A leg of the person; in a mirrored picture it looks like the other one."""
        return cls(leg=leg if leg is None or not mirrored else 1 - leg)


Limits = Mapping[str, float]
"""The numbers of a rule by name."""

Read = Callable[[Measures, Ints, Limits], Reading]
"""Judges T frames one by one, given the (T,) index of the stretched leg."""

Timed = str | Callable[["Rule"], object]
"""Judges a stretch of time: the name of a detector in `judging/detectors`, or what makes one of its own kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One alignment point of a stretch.

    A rule has either `read`, which judges each frame by itself, or `timed`, a detector that looks at a stretch of time.
    Gates and the hold time are rules too, so that one list tells a user everything that is judged. Nearly every rule
    with `read` is made by `criteria/alignment.py` out of a quantity and its bounds.

    limit_values  every number that the rule is judged by; readings and clocks get their numbers from here only.
    limit_words   the same told in a sentence, `{name:g}` standing for the value of the limit of that name.
    cue_low       what is said instead of `cue` of values that are too low, where both directions are wrong.
    after_s       a fault must last so long; 0 where the measure itself looks at a stretch of time.
    """

    id: str
    level: Level
    title: str
    measure: str
    unit: str
    source: str
    limit_values: tuple[Limit, ...] = ()
    limit_words: str = ""
    silent: str = ""
    cue: str = ""
    cue_low: str = ""
    read: Read | None = None
    timed: Timed | None = None
    after_s: float = 1.0
    about: BodyPart = "body"

    @property
    def limits(self) -> str:
        """The limits in words, with the values that hold."""
        return self.limit_words.format(**self.limits_by_name)

    @property
    def limits_by_name(self) -> dict[str, float]:
        """The values that hold, by the names of the limits."""
        return {limit.name: limit.value for limit in self.limit_values}

    def cue_for(self, value: float, limit: float) -> str:
        """What to say of a value on the wrong side of that limit."""
        return self.cue_low if self.cue_low and value < limit else self.cue

    def reading(self, measures: Measures, stretched: Ints) -> Reading:
        """Judge each frame by itself, `stretched` being the (T,) index of that leg.

        Raises TypeError for a rule that looks at a stretch of time.
        """
        if self.read is None:
            raise TypeError(f"{self.id} looks at a stretch of time and cannot judge single frames")
        return self.read(measures, stretched, self.limits_by_name)

    def with_limits(self, values: Limits) -> Rule:
        """The rule with other limits. Raises SettingsError, see `limits.changed`."""
        return replace(self, limit_values=changed(self.limit_values, values, rule=self.id, unit=self.unit))

    def changes(self) -> tuple[LimitChange, ...]:
        """The limits that differ from their defaults."""
        return tuple(
            LimitChange(rule=self.id, limit=one.name, value=one.value, default=one.default, unit=one.unit or self.unit)
            for one in self.limit_values
            if one.changed
        )


def grade(
    value: Floats,
    *,
    ok: float | Floats,
    steps: tuple[tuple[float | Floats, Level], ...],
    bad_when: BadWhen,
    reason: Ints,
    error: float | Floats = math.nan,
    single: float = 0.0,
) -> Reading:
    """Grade values against limits.

    ok      the value from which all is well again.
    steps   (limit, level) pairs from the mildest to the worst; between `ok` and the first limit the verdict is
            BETWEEN, so that a fault that was announced lingers until the value is clearly back.
    error   plus or minus of a value that is kept up, one or (T,), NaN where it is not known: what is not beyond `ok`
            by more than that is at most a hint, wherever the limits are.
    single  spread (one standard deviation) that the value of a single picture has besides.
    reason  `Reason` codes; where not 0, and where the value is NaN, the verdict is UNSEEN.
    The reported limit is the mildest one that raises an alert.
    """
    sign = 1.0 if bad_when == "above" else -1.0
    amount = sign * value
    error = np.broadcast_to(np.asarray(error, dtype=float), value.shape)
    serious = amount > sign * np.asarray(ok) + np.nan_to_num(error)
    verdict = np.where(amount <= sign * np.asarray(ok), int(Verdict.OK), int(Verdict.BETWEEN))
    sure = verdict
    for limit, level in steps:
        said = np.where(serious, int(VERDICT_OF[level]), int(Verdict.HINT))
        verdict = np.where(amount > sign * np.asarray(limit), said, verdict)
        sure = np.where(amount - single > sign * np.asarray(limit), said, sure)
    unseen = (reason != Reason.SEEN) | np.isnan(value)
    verdict = np.where(unseen, int(Verdict.UNSEEN), verdict)
    reason = np.where(unseen & (reason == Reason.SEEN), int(Reason.TRUNK_HIDDEN), reason)
    limit = np.broadcast_to(np.asarray(steps[0][0], dtype=float), value.shape)
    return Reading(
        value=value,
        limit=limit,
        badness=amount - sign * limit,
        verdict=verdict.astype(np.int64),
        reason=reason.astype(np.int64),
        sure=sure.astype(np.int64),
        error=error,
        steps=tuple(GradedLimit(limit=limit, level=level, bad_when=bad_when) for limit, level in steps),
    )


def worse(one: Reading, other: Reading) -> Reading:
    """Frame by frame the reading with the worse verdict: for a value with limits at both ends."""
    second = (other.verdict > one.verdict) | ((other.verdict == one.verdict) & (other.badness > one.badness))
    return Reading(
        value=np.where(second, other.value, one.value),
        limit=np.where(second, other.limit, one.limit),
        badness=np.where(second, other.badness, one.badness),
        verdict=np.where(second, other.verdict, one.verdict),
        reason=np.where(second, other.reason, one.reason),
        sure=np.where(second, other.sure, one.sure),
        error=np.where(second, other.error, one.error),
        steps=one.steps + other.steps,
    )
