"""What is measured of a body, under the name that rules, shapes and users have for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt

from formcheck.core.landmarks import BodyPart
from formcheck.core.measures import Measures
from formcheck.core.poses import Floats, Ints
from formcheck.core.reasons import Reason

Scalar = TypeVar("Scalar", bound=np.generic)

Role = Literal["stretched", "other", "nearer"]
"""A leg by its part in the stretch; the nearer one is the one that is seen better, whatever it does."""


def pick(values: npt.NDArray[Scalar], leg: Ints) -> npt.NDArray[Scalar]:
    """(T,) values of one leg a frame, from (T, 2)."""
    return np.asarray(values[np.arange(len(leg)), leg])


def first_reason(*reasons: Ints) -> Ints:
    """The first reason that is not SEEN, frame by frame."""
    merged = reasons[0]
    for other in reasons[1:]:
        merged = np.where(merged == Reason.SEEN, other, merged)
    return merged


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Something that must be seen before a quantity can be judged.

    words   when it is not seen, for users: "feet out of the picture"; `{leg}` stands for the leg asked about.
    reason  (T,) `Reason` codes, 0 where it is seen, from the measures and the (T,) index of the leg asked about.
    """

    words: str
    reason: Callable[[Measures, Ints], Ints]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One number a frame, NaN where there is nothing to measure.

    read   (T,) values in `unit`, from the measures and the (T,) index of the leg (0 left, 1 right) to look at.
    role   which leg that is; quantities without legs do not care.
    needs  what must be seen to judge it, the most important first.
    about  what of the body to mark in the picture.
    spread of one reading, in `unit`: a standard deviation. 0 where none is told.
    """

    name: str
    unit: str
    read: Callable[[Measures, Ints], Floats]
    role: Role = "stretched"
    needs: tuple[Need, ...] = ()
    about: BodyPart = "body"
    spread: float = 0.0

    def on(self, role: Role) -> Quantity:
        """The same of that leg. Raises ValueError for one that there is not."""
        if role not in LEG_PART:
            raise ValueError(f"{self.name}: expected a leg of {', '.join(LEG_PART)}, got {role!r}")
        return replace(self, role=role, about=LEG_PART[role])

    def needing(self, *needs: Need) -> Quantity:
        """The same, judged only where this is seen as well."""
        return replace(self, needs=(*self.needs, *needs))

    def values(self, measures: Measures, stretched: Ints) -> Floats:
        """(T,) the value of each frame, where `stretched` is the (T,) index of the stretched leg."""
        return np.asarray(self.read(measures, self._leg(measures, stretched)))

    def reason(self, measures: Measures, stretched: Ints) -> Ints:
        """(T,) why it cannot be judged, `Reason` codes."""
        leg = self._leg(measures, stretched)
        seen = np.zeros(len(measures), dtype=np.int64)
        return first_reason(seen, *(need.reason(measures, leg) for need in self.needs))

    @property
    def whose(self) -> str:
        """Its name, with the leg where that is not the stretched one."""
        told = self.role == "stretched" or self.role in self.name
        return self.name if told else f"{self.name} of the {LEG_PART[self.role]}"

    @property
    def silent(self) -> str:
        """When nothing is said of it, in words."""
        return ", ".join(need.words.format(leg=LEG_PART[self.role]) for need in self.needs)

    def _leg(self, measures: Measures, stretched: Ints) -> Ints:
        if self.role == "stretched":
            return stretched
        return 1 - stretched if self.role == "other" else measures.near


LEG_PART: dict[Role, BodyPart] = {"stretched": "stretched leg", "other": "other leg", "nearer": "nearer leg"}
