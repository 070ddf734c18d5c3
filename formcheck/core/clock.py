"""Times as people read them; those of holds rounded down, so that nothing seems reached that is not."""

from __future__ import annotations

import math

_SPACE = "\u00a0"  # numbers and their units stay on one line
_ROUNDING = 1e-6  # sums of frame times are not exact


def held_words(held_s: float, target_s: float) -> str:
    """Seconds held: whole ones; with tenths where the target has them."""
    fine = target_s != int(target_s)
    return f"{math.floor(held_s * 10 + _ROUNDING) / 10:.1f}" if fine else str(math.floor(held_s + _ROUNDING))


def share_held(held_s: float, target_s: float) -> float:
    """The part of the target that was held, 0 to 1; 1 only once it is reached."""
    return min(1.0, held_s / target_s) if target_s > 0 else 0.0


def clock(t_s: float, *, fine: bool = True) -> str:
    """A moment: 0:04.3, 12:08.0, 1:02:09; `fine=False` leaves out the tenths."""
    tenths = round(t_s * 10) if fine else round(t_s) * 10
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02d}:{rest // 10:02d}"
    return f"{minutes}:{rest / 10:04.1f}" if fine else f"{minutes}:{rest // 10:02d}"


def span(start_s: float, end_s: float) -> str:
    """From when to when."""
    start, end = clock(start_s), clock(end_s)
    return start if start == end else f"{start} to {end}"


def duration(value_s: float) -> str:
    """A length of time: 4.2 s, 45 s, 2 min 5 s, 1 h 3 min."""
    if round(value_s, 1) < 10:
        return f"{value_s:.1f}".removesuffix(".0") + f"{_SPACE}s"
    minutes, rest = divmod(round(value_s), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "h"), (minutes, "min"), (0 if hours else rest, "s"))
    return _SPACE.join(f"{number}{_SPACE}{unit}" for number, unit in parts if number)
