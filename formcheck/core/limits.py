"""The numbers that rules hold measures against, and what a user may make of them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from formcheck.core.errors import SettingsError

_TOLD: Final = 10  # more names than this are no help in one line


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One number of a rule.

    name        short and unique within its rule, as `ok`, `hint`, `warn`, `unsafe`.
    default     the value it has unless somebody changes it.
    lowest, highest   what it may be set to; both None where it is fixed, as recognition or another setting rests on it.
    meaning     what it means, one line of words.
    unit        unit of the value; empty: that of the rule.
    at_least    name of the limit of the same rule that this one may not fall below.
    changed_to  the value a user chose, None for the default.
    """

    name: str
    default: float
    meaning: str
    lowest: float | None = None
    highest: float | None = None
    unit: str = ""
    at_least: str | None = None
    changed_to: float | None = None

    @property
    def value(self) -> float:
        """The number that counts."""
        return self.default if self.changed_to is None else self.changed_to

    @property
    def changed(self) -> bool:
        """Whether a user chose another value than the default."""
        return self.value != self.default

    @property
    def fixed(self) -> bool:
        """Whether it can only be read."""
        return self.lowest is None or self.highest is None

    @property
    def allowed(self) -> str:
        """What it may be set to, in words."""
        return "fixed" if self.fixed else f"{self.lowest:g} to {self.highest:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitChange:
    """A limit that a user changed, as reports tell it."""

    rule: str
    limit: str
    value: float
    default: float
    unit: str


def changed(limits: tuple[Limit, ...], values: Mapping[str, float], *, rule: str, unit: str) -> tuple[Limit, ...]:
    """The limits of a rule with other values; `unit` is that of the rule.

    Raises SettingsError, with a message that begins with the limit's full name, for a limit that the rule does not
    have, one that is fixed or outside of what is allowed, and values that are no longer in their order.
    """
    known = {limit.name: limit for limit in limits}
    for name, value in values.items():
        if name not in known:
            raise SettingsError(f"{rule}.{name}: {rule} has no such limit; {nearest(name, known)}")
        limit = known[name]
        if limit.lowest is None or limit.highest is None:
            raise SettingsError(f"{rule}.{name}: this number is fixed at {limit.value:g} ({limit.meaning})")
        if not limit.lowest <= value <= limit.highest:  # also where it is not a number
            raise SettingsError(
                f"{rule}.{name}: {value:g} is out of range; allowed is {limit.allowed} {limit.unit or unit}"
            )
        known[name] = replace(limit, changed_to=float(value))
    for limit in known.values():
        if limit.at_least is not None and limit.value < known[limit.at_least].value:
            other = known[limit.at_least]
            raise SettingsError(
                f"{rule}.{limit.name}: {limit.value:g} may not be below {rule}.{other.name}, which is {other.value:g}; "
                "raise the first or lower the second"
            )
    return tuple(known.values())


def nearest(name: str, known: Iterable[str], *, listed: str = "`formcheck config --all` lists them") -> str:
    """What to tell somebody who wrote a name that is not known: the one that was meant, or which there are.

    listed  what tells them where they are too many for a line.
    """
    names = list(known)
    close = difflib.get_close_matches(name.lower(), names, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]}?"
    if len(names) > _TOLD:
        return listed
    return f"choose one of: {', '.join(names)}" if names else "there is none"
