"""The picture of the weeks, read back by its colours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from formcheck.core.side import Side
from formcheck.history.picture import draw_weeks
from formcheck.history.session import Session
from formcheck.history.weeks import weeks_of
from tests.history.sessions import WHEN, best, hold, session

BLUE, ORANGE, GREY = (0x00, 0x72, 0xB2), (0xD5, 0x5E, 0x00), (0x66, 0x66, 0x66)
RANGES, HOLDS = slice(140, 556), slice(578, 770)  # rows of the first panel


def week(number: int, side: Side = "left", value: float | None = 80.0, held_s: float = 30.0, **others: Any) -> Session:
    ranges = () if value is None else (best(side, value, **others),)
    when = WHEN + timedelta(weeks=number)
    return session(f"file:{number}-{side}", when=when, holds=(hold(side, held_s),), best=ranges)


def drawn(sessions: Sequence[Session], folder: Path) -> np.ndarray:
    """(h, w, 3) the picture."""
    draw_weeks(weeks_of(sessions), folder / "weeks.png", title_of=str.title)
    with Image.open(folder / "weeks.png") as picture:
        assert picture.format == "PNG" and picture.width == 1080
        return np.asarray(picture.convert("RGB"))


def where(picture: np.ndarray, colour: tuple[int, int, int], rows: slice) -> np.ndarray:
    return np.all(picture[rows] == colour, axis=2)


def heights(inside: np.ndarray) -> list[float]:
    """The mean row of what has the colour, in the first and in the last tenth of its columns."""
    columns = np.flatnonzero(inside.any(axis=0))
    tenth = max(1, (columns[-1] - columns[0]) // 10)
    parts = [inside[:, columns[0] : columns[0] + tenth], inside[:, columns[-1] - tenth : columns[-1] + 1]]
    return [float(np.flatnonzero(part.any(axis=1)).mean()) for part in parts]


@pytest.mark.parametrize(("better", "up"), [("highest", 1), ("lowest", -1)])
def test_further_is_up_whichever_way_the_value_goes(better: str, up: int, tmp_path: Path) -> None:
    picture = drawn([week(i, value=60.0 + 4 * i, better=better) for i in range(5)], tmp_path)
    first, last = heights(where(picture, BLUE, RANGES))
    assert up * (first - last) > 50


def test_what_means_nothing_looks_like_nothing(tmp_path: Path) -> None:
    first, last = heights(where(drawn([week(0, value=80.0), week(1, value=82.0)], tmp_path), BLUE, RANGES))
    assert 0 < first - last < 60


def test_a_week_without_a_session_is_a_gap(tmp_path: Path) -> None:
    whole = where(drawn([week(i) for i in range(7)], tmp_path), BLUE, RANGES).any(axis=0)
    broken = where(drawn([week(i) for i in range(7) if i != 3], tmp_path), BLUE, RANGES).any(axis=0)
    ends = np.flatnonzero(whole)[[0, -1]]
    assert whole[ends[0] : ends[1]].all()
    assert not broken[round(ends.mean()) - 60 : round(ends.mean()) + 60].any()


def test_bars_are_as_high_as_was_held_and_begin_at_nothing(tmp_path: Path) -> None:
    picture = drawn([week(0, "left", held_s=100.0), week(0, "right", held_s=50.0)], tmp_path)
    left, right = (where(picture, colour, HOLDS).any(axis=1).nonzero()[0] for colour in (BLUE, ORANGE))
    assert np.ptp(right) == pytest.approx(np.ptp(left) / 2, abs=3)
    assert abs(left[-1] - right[-1]) <= 2


def test_sides_that_are_not_known_have_no_line(tmp_path: Path) -> None:
    inside = where(drawn([week(i, "unsure", value=70.0 + 3 * i) for i in range(4)], tmp_path), GREY, RANGES)
    columns = np.flatnonzero(inside.any(axis=0))
    assert np.diff(columns).max() > 60


def test_one_session_without_a_range_and_many_years_are_drawn_too(tmp_path: Path) -> None:
    unseen = drawn([week(0, value=None)], tmp_path)
    assert not where(unseen, BLUE, RANGES).any() and where(unseen, BLUE, HOLDS).any()
    years = drawn([week(i, side) for i in range(0, 120, 3) for side in ("left", "right")], tmp_path)
    assert where(years, ORANGE, RANGES).any() and len(years) > len(unseen)


def test_every_stretch_has_a_panel(tmp_path: Path) -> None:
    one = drawn([week(0)], tmp_path)
    two = drawn([week(0), session("file:2", when=WHEN, stretch="bench")], tmp_path)
    assert len(two) > 1.8 * len(one)
