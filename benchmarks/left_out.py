"""Table `left out`: would a correction have come out the same without each body, and does it help the body left out?

Each correction of `kinematics/calibration.py` is made larger and smaller by these factors, the others as they are. For
each body the factor is chosen that is best on the others (least mean error of the holds that it is for), and its error
on that body is told beside that of the correction as it is shipped and of none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import errors
import numpy as np
from markdown_tables import table
from media import Clip

from formcheck.kinematics import calibration

_FACTORS: Final = (0.0, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
_SHIPPED, _NONE = 1.0, 0.0


@dataclass(frozen=True)
class _Correction:
    """The constants that carry the size of a correction, the measure that it is for, and the stretches."""

    words: str
    constants: tuple[str, ...]
    measure: str
    slugs: tuple[str, ...]


_CORRECTIONS: Final = (
    _Correction("trunk: hips read in front", ("_PER_BEND",), "trunk", ("standing", "bench", "bench-squat")),
    _Correction("trunk: round back", ("_ROUND_EXCESS_DEG",), "trunk", ("standing", "bench", "bench-squat")),
    _Correction("trunk: folded beyond the level", ("_FOLD_EXCESS_DEG",), "trunk", ("toe-touch",)),
    _Correction("thigh: leg line too low", ("_LEG_LOW_DEG",), "trunk to thigh", ("standing", "bench", "bench-squat")),
    _Correction("knee stood on: bend", ("_BEND_EXCESS",), "other knee", ("standing", "bench", "bench-squat")),
    _Correction("knee below a deep fold", ("_UNDER_FOLD_DEG",), "stretched knee", ("toe-touch",)),
    _Correction("knee on a bench", ("_ON_BENCH_DEG",), "stretched knee", ("bench",)),
    _Correction("knee on a bench, hips sunk", ("_ON_BENCH_SUNK_DEG",), "stretched knee", ("bench-squat",)),
    _Correction("knee that a helper holds", ("_HELD_DEG",), "stretched knee", ("partner",)),
    _Correction("reach", ("_REACH_TOO_SHORT",), "reach", ("toe-touch",)),
)


@dataclass(frozen=True)
class Row:
    """One hold of a body with one correction so many times as large."""

    words: str
    body: str
    unit: str
    factor: float
    error: float


def rows(clip: Clip) -> list[Row]:
    """Every correction that is for this clip's stretch, in every size."""
    if clip.repeat or clip.slug is None or clip.slug not in {slug for one in _CORRECTIONS for slug in one.slugs}:
        return []
    found, plain = [], errors.plain_measures(clip)
    for one in _CORRECTIONS:
        if clip.slug not in one.slugs:
            continue
        for factor in _FACTORS:
            with _scaled(one.constants, factor):
                told = clip.judged(clip.frames).measures
            held = [row for row in errors.rows_of(clip, told, plain) if row.measure == one.measure]
            found += [Row(one.words, row.body, row.unit, factor, row.error) for row in held]
    return found


@contextmanager
def _scaled(names: Sequence[str], factor: float) -> Iterator[None]:
    shipped: dict[str, Any] = {name: getattr(calibration, name) for name in names}
    try:
        for name, value in shipped.items():
            setattr(calibration, name, np.multiply(value, factor))
        yield
    finally:
        for name, value in shipped.items():
            setattr(calibration, name, value)


def text(rows: Sequence[Row]) -> str:
    """One line a correction."""
    by: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if not np.isnan(row.error):
            by[row.words].append(row)
    head = [
        "correction", "bodies", "holds", "best on all", "best without each body", "left out: mean error", "shipped",
        "none",
    ]  # fmt: skip
    return table(head, [_line(one.words, by[one.words]) for one in _CORRECTIONS if by[one.words]])


def _line(words: str, rows: Sequence[Row]) -> list[object]:
    bodies = sorted({row.body for row in rows})
    chosen = {body: _best([row for row in rows if row.body != body]) for body in bodies}
    left_out = [abs(row.error) for row in rows if row.factor == chosen[row.body]]
    factors = sorted(chosen.values())
    range_ = f"{factors[0]:g}" if factors[0] == factors[-1] else f"{factors[0]:g} to {factors[-1]:g}"
    sizes = [float(np.mean(left_out)), _mean(rows, _SHIPPED), _mean(rows, _NONE)]
    places = 1 if rows[0].unit == "deg" else 3
    return [words, len(bodies), len(left_out), f"{_best(rows):g}", range_, *(f"{size:.{places}f}" for size in sizes)]


def _best(rows: Sequence[Row]) -> float:
    return min(_FACTORS, key=lambda factor: (_mean(rows, factor), abs(factor - _SHIPPED)))


def _mean(rows: Sequence[Row], factor: float) -> float:
    return float(np.mean([abs(row.error) for row in rows if row.factor == factor]))
