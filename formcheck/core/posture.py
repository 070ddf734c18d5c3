"""How a body is held up: the coarse postures of an exercise, as a physiotherapist names a starting position."""

from __future__ import annotations

from enum import IntEnum


class Posture(IntEnum):
    """What carries the body. 0 is "cannot be told"."""

    UNKNOWN = 0  # not seen, or none of the others: upside down, or seated with the trunk laid back over an edge
    STANDING = 1  # on the feet, the trunk up; squats and lunges as well
    FOLDED = 2  # on the feet, the trunk folded forward
    SEATED = 3  # on the pelvis, on the floor or on something higher, however far the trunk is folded over the legs
    KNEELING = 4  # on at least one shin: upright, on the heels, on all fours, half kneeling
    LYING = 5  # on the back, the front or a side, whatever the legs do
