"""Times of holds as people read them: rounded down, so that nothing seems reached that is not."""

from __future__ import annotations

import math

_ROUNDING = 1e-6  # sums of frame times are not exact


def held_words(held_s: float, target_s: float) -> str:
    """Seconds held: whole ones; with tenths where the target has them."""
    fine = target_s != int(target_s)
    return f"{math.floor(held_s * 10 + _ROUNDING) / 10:.1f}" if fine else str(math.floor(held_s + _ROUNDING))


def share_held(held_s: float, target_s: float) -> float:
    """The part of the target that was held, 0 to 1; 1 only once it is reached."""
    return min(1.0, held_s / target_s) if target_s > 0 else 0.0
