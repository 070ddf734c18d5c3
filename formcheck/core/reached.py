"""How far somebody got: in what is worth beating, and toward a stretch that was not recognised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from formcheck.core.side import Side

Better = Literal["highest", "lowest"]
"""Which way a value is further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressResult:
    """The best value reached, and when; `better` says which way is further.

    side     the side it was reached on, None where nothing was reached.
    error    plus or minus of one reading, in `unit`, None while unknown.
    by_side  the best of each side that was held, where that was looked at.
    """

    name: str
    value: float | None
    unit: str
    t_s: float | None
    text: str
    better: Better = "highest"
    side: Side | None = None
    error: float | None = None
    by_side: tuple[tuple[Side, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What was missing for a stretch: `condition` in words, and its value and limit where it has numbers.

    most  whether the limit is the most that the value may be, not the least.
    """

    condition: str
    value: float | None = None
    limit: float | None = None
    unit: str = ""
    most: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """The stretch that a body came nearest to where none was recognised.

    stretch, title   its slug and its name.
    missing  the one or two things that it lacked, the most important first.
    reached  how far it got meanwhile in what is worth beating; values that are not known are left out.
    """

    stretch: str
    title: str
    missing: tuple[Missing, ...]
    reached: tuple[ProgressResult, ...] = ()
