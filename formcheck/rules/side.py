"""Which leg a hold is of."""

from __future__ import annotations

from typing import Final, Literal

LEGS: Final[tuple[Literal["left"], Literal["right"]]] = ("left", "right")


class SideVotes:
    """Seconds in which each leg was the stretched one."""

    def __init__(self) -> None:
        self._held_s = [0.0, 0.0]
        self._named: int | None = None

    def add(self, leg: int, step_s: float) -> None:
        """A frame of the hold, with the index of the stretched leg."""
        self._held_s[leg] += step_s

    def name(self, leg: int) -> None:
        """Somebody says which leg it is."""
        self._named = leg

    @property
    def side(self) -> Literal["left", "right", "unsure"]:
        """The leg that was stretched."""
        if self._named is not None:
            return LEGS[self._named]
        return LEGS[int(self._held_s[1] > self._held_s[0])]
