from __future__ import annotations

import math
from collections.abc import Sequence

import pytest

from formcheck.signals.sustained import Sustained


def best(values: Sequence[float], *, fps: float = 30.0, over_s: float = 1.0, gap_s: float = 0.3) -> float | None:
    sustained: Sustained[int] = Sustained(over_s)
    for i, value in enumerate(values):
        if not math.isnan(value):
            sustained.update(i / fps, value, i, gap_s)
    if sustained.best is None:
        return None
    assert values[sustained.best.what] == sustained.best.level
    return sustained.best.level


def test_the_lowest_of_the_best_second_counts() -> None:
    assert best([10.0] * 40 + [20.0] * 20 + [10.0] * 40) == 10.0
    assert best([10.0] * 40 + [20.0] * 31 + [10.0] * 40) == 20.0
    assert best([10.0] * 40 + [20.0] * 15 + [19.0] + [20.0] * 15 + [10.0] * 40) == 19.0


def test_too_short_is_nothing() -> None:
    assert best([10.0] * 29) is None
    assert best([10.0] * 31) == 10.0


def test_three_values_must_agree_however_slow() -> None:
    assert best([5.0, 10.0, 10.0, 5.0], fps=1.0, gap_s=1.25) == 5.0
    assert best([5.0, 10.0, 10.0, 10.0, 5.0], fps=1.0, gap_s=1.25) == 10.0


def test_a_gap_begins_anew() -> None:
    assert best([20.0] * 20 + [math.nan] * 15 + [20.0] * 20) is None
    assert best([20.0] * 20 + [math.nan] * 5 + [20.0] * 20) == 20.0


def test_without_a_time_single_values_count() -> None:
    assert best([1.0, 7.0, 2.0], over_s=0.0) == pytest.approx(7.0)
