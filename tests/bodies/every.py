"""All exercises there are bodies of."""

from __future__ import annotations

from tests.bodies.lying import ON_THE_FLOOR
from tests.bodies.seated import SITTING, TEACHING
from tests.bodies.stretching import STRETCHING
from tests.bodies.upright import ON_THE_FEET

OTHERS = (*ON_THE_FEET, *ON_THE_FLOOR, *SITTING, *TEACHING)
EVERY = (*OTHERS, *STRETCHING)
