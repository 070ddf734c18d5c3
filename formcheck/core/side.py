"""Left and right: everywhere in this order, so that index 0 of any two is left and 1 is right."""

from __future__ import annotations

from typing import Final, Literal

Leg = Literal["left", "right"]
LEGS: Final[tuple[Leg, Leg]] = ("left", "right")
"""The legs by their index: `LEGS[leg]` names one, `LEGS.index(name)` is the way back."""

Side = Literal[Leg, "both", "unsure"]
"""The stretched leg; `both` where a stretch has no sides, or both were done; `unsure` where it cannot be told."""

SIDES: Final[tuple[Side, ...]] = (*LEGS, "both", "unsure")
"""In the order they are told in."""

NOT_KNOWN: Final = "side not known"
"""What is said of a hold that is of one leg, and nobody can tell of which."""
