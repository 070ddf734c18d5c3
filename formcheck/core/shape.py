"""The shape of a body as a list of named conditions, each with its numbers and where they come from."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.poses import Bools, Floats, Ints
from formcheck.core.quantity import Quantity


class Lack(NamedTuple):
    """What keeps a body from a shape: in words, with its value and the limit that it misses; NaN without numbers.

    most  whether the limit is the most that it may be, not the least.
    """

    words: str
    value: float = math.nan
    limit: float = math.nan
    unit: str = ""
    most: bool = False


class Condition(Protocol):
    """Something that is so in a frame, or is not."""

    @property
    def essential(self) -> bool:
        """Whether without it a body does not even resemble the shape, however little is missing of the rest."""
        ...

    @property
    def words(self) -> str:
        """What must be so, for users."""
        ...

    @property
    def numbers(self) -> str:
        """What is measured, its range and where that comes from, in words; empty where it has no numbers."""
        ...

    def holds(self, measures: Measures, stretched: Ints) -> Bools:
        """(T,) whether it is so, False where it cannot be measured; `stretched` is the (T,) index of that leg."""
        ...

    def margin(self, measures: Measures, stretched: Ints) -> Floats:
        """(T,) how far inside it is, in standard deviations of a reading: below 0 outside, infinite without numbers."""
        ...

    def wanted(self, measures: Measures, stretched: Ints) -> str | None:
        """What must change for it to be so in the last frame; None where it is, or where that cannot be measured."""
        ...

    def lack(self, measures: Measures, stretched: Ints, /) -> Lack:
        """What the last frame, in which it is not so, lacks."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """A quantity from `low` up to, but without, `high`.

    less     what must change where the value is too high; empty: the same as where it is too low.
    unknown  whether it is taken to be so where the value is not known: what rules a shape out must be seen.
    """

    words: str
    less: str = ""
    of: Quantity
    low: float = -math.inf
    high: float = math.inf
    unknown: bool = False
    source: str

    def __post_init__(self) -> None:
        if not self.low < self.high or (math.isinf(self.low) and math.isinf(self.high)):
            raise ValueError(f"{self.words}: expected a range of {self.of.name}, got {self.low:g} to {self.high:g}")

    @property
    def essential(self) -> bool:
        """What has no spread is not measured but believed."""
        return not self.of.spread

    @property
    def numbers(self) -> str:
        """As in "knee angle from 115 deg (own choice)"."""
        reach = f"{self.low:g} to {self.high:g}"
        if math.isinf(self.high):
            reach = f"from {self.low:g}"
        elif math.isinf(self.low):
            reach = f"below {self.high:g}"
        return f"{self.of.whose} {reach} {self.of.unit} ({self.source})"

    def holds(self, measures: Measures, stretched: Ints) -> Bools:
        """(T,) whether the value lies in the range."""
        values = self.of.values(measures, stretched)
        return np.asarray((values >= self.low) & (values < self.high) | (np.isnan(values) & self.unknown))

    def margin(self, measures: Measures, stretched: Ints) -> Floats:
        """(T,) distance of the value from the nearer end of the range, in spreads of a reading."""
        values = self.of.values(measures, stretched)
        inside = np.minimum(values - self.low, self.high - values)
        scaled = inside / self.of.spread if self.of.spread else np.where(inside >= 0, np.inf, -np.inf)
        return np.where(np.isnan(values), np.inf if self.unknown else -np.inf, scaled)

    def wanted(self, measures: Measures, stretched: Ints) -> str | None:
        """What must change in the last frame."""
        value = self.of.values(measures, stretched)[-1]
        if value >= self.high:
            return self.less or self.words
        return self.words if value < self.low else None

    def lack(self, measures: Measures, stretched: Ints) -> Lack:
        """With the value of the last frame and the end of the range that it is beyond."""
        value = float(self.of.values(measures, stretched)[-1])
        if math.isnan(value):
            return Lack(self.words)
        above = self.high - value < value - self.low
        words = self.less or self.words if above else self.words
        return Lack(words, value, self.high if above else self.low, self.of.unit, most=above)


@dataclass(frozen=True, slots=True, kw_only=True)
class Being:
    """Something without a number: so or not so."""

    words: str
    of: Callable[[Measures, Ints], Bools]
    essential: bool = True

    @property
    def numbers(self) -> str:
        """It has none."""
        return ""

    def holds(self, measures: Measures, stretched: Ints) -> Bools:
        """(T,) whether it is so."""
        return np.asarray(self.of(measures, stretched))

    def margin(self, measures: Measures, stretched: Ints) -> Floats:
        """(T,) infinite where it is so."""
        return np.where(self.holds(measures, stretched), np.inf, -np.inf)

    def wanted(self, measures: Measures, stretched: Ints) -> str | None:
        """What must change in the last frame."""
        return None if self.holds(measures, stretched)[-1] else self.words

    def lack(self, _measures: Measures, _stretched: Ints) -> Lack:
        """It has no number."""
        return Lack(self.words)


@dataclass(frozen=True, slots=True)
class Shape:
    """A body position: all of these conditions at once."""

    conditions: tuple[Condition, ...]

    @classmethod
    def of(cls, *conditions: Condition) -> Shape:
        """The shape of these conditions."""
        return cls(conditions)

    def also(self, *conditions: Condition) -> Shape:
        """The same shape with further conditions."""
        return Shape((*self.conditions, *conditions))

    def holds(self, measures: Measures, stretched: Ints) -> Bools:
        """(T,) where the body has this shape."""
        held = np.ones(len(measures), dtype=bool)
        for one in self.conditions:
            held &= one.holds(measures, stretched)
            if not held.any():  # most shapes are not there, and the first condition tells
                break
        return held

    def margin(self, measures: Measures, stretched: Ints) -> Floats:
        """(T,) of the condition that is nearest to failing, or fails most, see `Condition.margin`."""
        return np.asarray(np.min([one.margin(measures, stretched) for one in self.conditions], axis=0))

    def missing(self, measures: Measures, stretched: Ints) -> tuple[str, ...]:
        """What keeps the body from this shape in the last frame, in words and in the order of the conditions."""
        wanted = (one.wanted(measures, stretched) for one in self.conditions)
        return tuple(words for words in wanted if words is not None)
