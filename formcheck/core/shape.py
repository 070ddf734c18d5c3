"""The shape of a body as a list of named conditions, each with its numbers and where they come from."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Protocol

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.poses import Bools, Ints
from formcheck.core.quantity import Quantity


class Condition(Protocol):
    """Something that is so in a frame, or is not."""

    @property
    def words(self) -> str:
        """What must be so, for users."""
        ...

    @property
    def source(self) -> str:
        """Where its numbers come from."""
        ...

    @property
    def numbers(self) -> str:
        """What is measured and its range, in words; empty where it has no numbers."""
        ...

    def holds(self, measures: Measures, stretched: Ints) -> Bools:
        """(T,) whether it is so, False where it cannot be measured; `stretched` is the (T,) index of that leg."""
        ...

    def fails(self, measures: Measures, stretched: Ints) -> Bools:
        """(T,) whether it is seen not to be so."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """A quantity from `low` up to, but without, `high`."""

    words: str
    of: Quantity
    low: float = -math.inf
    high: float = math.inf
    source: str

    def __post_init__(self) -> None:
        if not self.low < self.high or (math.isinf(self.low) and math.isinf(self.high)):
            raise ValueError(f"{self.words}: expected a range of {self.of.name}, got {self.low:g} to {self.high:g}")

    @property
    def numbers(self) -> str:
        """As in "knee angle from 115 deg"."""
        if math.isinf(self.high):
            return f"{self.of.name} from {self.low:g} {self.of.unit}"
        if math.isinf(self.low):
            return f"{self.of.name} below {self.high:g} {self.of.unit}"
        return f"{self.of.name} {self.low:g} to {self.high:g} {self.of.unit}"

    def holds(self, measures: Measures, stretched: Ints) -> Bools:
        """(T,) whether the value lies in the range."""
        values = self.of.values(measures, stretched)
        return np.asarray((values >= self.low) & (values < self.high))

    def fails(self, measures: Measures, stretched: Ints) -> Bools:
        """(T,) whether the value lies outside."""
        values = self.of.values(measures, stretched)
        return np.asarray((values < self.low) | (values >= self.high))


@dataclass(frozen=True, slots=True, kw_only=True)
class Being:
    """Something without a number: so or not so."""

    words: str
    of: Callable[[Measures, Ints], Bools]
    source: str = "the stretch itself"

    @property
    def numbers(self) -> str:
        """It has none."""
        return ""

    def holds(self, measures: Measures, stretched: Ints) -> Bools:
        """(T,) whether it is so."""
        return np.asarray(self.of(measures, stretched))

    def fails(self, measures: Measures, stretched: Ints) -> Bools:
        """(T,) whether it is not so."""
        return ~self.holds(measures, stretched)


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
        each = [one.holds(measures, stretched) for one in self.conditions]
        return reduce(np.logical_and, each, np.ones(len(measures), dtype=bool))

    def missing(self, measures: Measures, stretched: Ints) -> tuple[Condition, ...]:
        """The conditions that are seen not to be met in the last frame, in the order of the shape."""
        return tuple(one for one in self.conditions if one.fails(measures, stretched)[-1])
