"""A direction in which a value goes wrong, and what is said then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from formcheck.core.limits import Limit
from formcheck.core.rules import BadWhen, Level

_SAID: Final = {Level.HINT: "a hint", Level.WARN: "a warning", Level.UNSAFE: "unsafe"}
_MILDEST_FIRST: Final = sorted(_SAID, key=lambda level: level.severity)
LONGEST_CUE: Final = 48
"""Characters that can be read from three metres."""


class Grading(NamedTuple):
    """The names of the limits that values are graded by in one direction.

    Within `ok` all is well again; `steps` are past what it is how serious, from the mildest to the worst.
    """

    bad_when: BadWhen
    ok: str
    steps: tuple[tuple[str, Level], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """One direction in which a value goes wrong.

    ok       within this all is well again; what lies between it and the first level is the hysteresis. None where
             there is none, as a detector says when it is over.
    hint, warn, unsafe   past this it is so serious; at least one of them.
    settable the range of numbers that a user may set them to.
    cue      what to say of it, at most 48 characters.
    means    what it means to be past it, as in "the knee is locked".
    name     where a rule has two bounds: the name of this one's limit, which then has a single level; its `ok` is
             called `name-ok`.
    """

    ok: float | None
    settable: tuple[float, float]
    cue: str
    hint: float | None = None
    warn: float | None = None
    unsafe: float | None = None
    means: str = ""
    name: str = ""

    def __post_init__(self) -> None:
        levels = [value for _, _, value in self.steps()]
        numbers = levels if self.ok is None else [self.ok, *levels]
        if not levels:
            raise ValueError(f"bound {self.cue!r}: it has neither hint nor warn nor unsafe")
        if self.name and len(levels) > 1:
            raise ValueError(f"bound {self.name}: a bound with a name has one level, got {len(levels)}")
        if numbers not in (sorted(numbers), sorted(numbers, reverse=True)):
            raise ValueError(f"bound {self.cue!r}: ok and the levels must get worse in one direction, got {numbers}")
        lowest, highest = self.settable
        if min(numbers) < lowest or max(numbers) > highest:
            raise ValueError(f"bound {self.cue!r}: {numbers} do not lie in what may be set, {lowest:g} to {highest:g}")
        if len(self.cue) > LONGEST_CUE:
            raise ValueError(f"bound {self.cue!r}: a cue has at most {LONGEST_CUE} characters, got {len(self.cue)}")

    @property
    def ok_name(self) -> str:
        """What the limit is called within which all is well again."""
        return f"{self.name}-ok" if self.name else "ok"

    def steps(self) -> Iterator[tuple[Level, str, float]]:
        """Level, name of the limit and default, from the mildest to the worst."""
        for level in _MILDEST_FIRST:
            default: float | None = getattr(self, level.value)
            if default is not None:
                yield level, self.name or level.value, default

    def grading(self, bad_when: BadWhen) -> Grading:
        """By which of its limits values are graded."""
        return Grading(bad_when, self.ok_name, tuple((name, level) for level, name, _ in self.steps()))

    def limits(self, bad_when: BadWhen, *, above: str | None = None) -> list[Limit]:
        """Its limits, from those of high values to those of low ones; `above`: what the last may not fall below."""
        fine = "fine again up to here" if bad_when == "above" else "fine again from here on"
        means = f": {self.means}" if self.means else ""
        steps = [(name, value, f"{bad_when}, {_SAID[level]}{means}") for level, name, value in self.steps()]
        rising = [(self.ok_name, self.ok, fine), *steps] if self.ok is not None else steps
        falling = rising[::-1] if bad_when == "above" else rising
        lower = [name for name, _, _ in falling[1:]] + [above]
        lowest, highest = self.settable
        return [
            Limit(name=name, default=value, lowest=lowest, highest=highest, meaning=meaning, at_least=at_least)
            for (name, value, meaning), at_least in zip(falling, lower, strict=True)
        ]

    def words(self, bad_when: BadWhen) -> str:
        """As in "above {hint:g} a hint, above {warn:g} a warning"."""
        means = f" ({self.means})" if self.means else ""
        return ", ".join(f"{bad_when} {{{name}:g}} {_SAID[level]}" for level, name, _ in self.steps()) + means
