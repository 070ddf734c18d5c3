from __future__ import annotations

import pytest

from formcheck.core.clock import clock, duration, held_words, share_held, span
from formcheck.core.feedback import Hold
from formcheck.reports.summary import held_number
from formcheck.routine import words
from formcheck.routine.plan import Plan, PlannedStretch
from formcheck.stretches import by_slug


@pytest.mark.parametrize(
    ("held_s", "target_s", "says"),
    [
        (0.0, 30.0, "0"),
        (9.7, 10.0, "9"),
        (9.9999, 10.0, "9"),
        (10.0, 10.0, "10"),
        (sum([0.1] * 100), 10.0, "10"),  # which is a little less than 10
        (41.9, 30.0, "41"),
        (7.49, 7.5, "7.4"),
        (7.5, 7.5, "7.5"),
    ],
)
def test_seconds_are_rounded_down(held_s: float, target_s: float, says: str) -> None:
    assert held_words(held_s, target_s) == says


def test_the_share_is_one_only_once_the_target_is_reached() -> None:
    assert share_held(9.99, 10.0) < 1.0
    assert share_held(10.0, 10.0) == share_held(31.0, 10.0) == 1.0
    assert share_held(3.0, 10.0) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("held_s", "target_s", "says"),
    [(11.7, 30.0, "11"), (29.6, 30.0, "29.6"), (29.94, 30.0, "29.9"), (29.96, 30.0, "30"), (31.8, 30.0, "31"),
     (7.44, 7.5, "7.4"), (7.46, 7.5, "7.5")],
)  # fmt: skip
def test_the_summary_says_no_more_than_was_held(held_s: float, target_s: float, says: str) -> None:
    hold = Hold(start_s=0.0, end_s=40.0, held_s=held_s, target_s=target_s, side="both")
    assert held_number(hold) == says
    assert hold.reached == (float(says) >= target_s)


def test_a_routine_says_no_more_than_was_held() -> None:
    plan = Plan(title="", entries=(PlannedStretch(stretch=by_slug("toe-touch"), hold_s=30.0),), rest_s=2.0)
    step = plan.steps()[0]
    assert words.counted(29.8, 30.0, None, step).startswith("29 seconds.")
    assert words.counted(30.0, 30.0, None, step).startswith("30 seconds. Come up")
    assert words.too_short(9.8, step).startswith("9 seconds")


@pytest.mark.parametrize(
    ("t_s", "says", "short"),
    [
        (0.0, "0:00.0", "0:00"),
        (4.26, "0:04.3", "0:04"),
        (59.97, "1:00.0", "1:00"),  # and not 0:60.0
        (65.4, "1:05.4", "1:05"),
        (728.0, "12:08.0", "12:08"),
        (3729.4, "1:02:09", "1:02:09"),
    ],
)
def test_a_moment_is_minutes_and_seconds_and_beyond_an_hour_hours(t_s: float, says: str, short: str) -> None:
    assert clock(t_s) == says
    assert clock(t_s, fine=False) == short


def test_a_span_without_length_is_a_moment() -> None:
    assert span(4.0, 65.0) == "0:04.0 to 1:05.0"
    assert span(4.01, 4.02) == "0:04.0"


@pytest.mark.parametrize(
    ("value_s", "says"),
    [(4.2, "4.2 s"), (9.0, "9 s"), (45.3, "45 s"), (125.0, "2 min 5 s"), (120.0, "2 min"), (3780.0, "1 h 3 min")],
)
def test_a_length_of_time_names_its_units(value_s: float, says: str) -> None:
    assert duration(value_s).replace("\u00a0", " ") == says
