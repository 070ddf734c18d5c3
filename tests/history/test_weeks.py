"""The arithmetic of weeks, sides and changes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from formcheck.core.rules import Level
from formcheck.history.weeks import SideDifference, pointed_out, since, weeks_of
from tests.history.sessions import alert, best, hold, session


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_week_belongs_to_the_year_of_its_thursday() -> None:
    days = ("2026-12-27", "2026-12-28", "2026-12-31", "2027-01-03", "2027-01-04")
    weeks = weeks_of(session(day, when=at(f"{day}T12:00:00+01:00")) for day in days)
    assert [(week.year, week.number, week.monday.isoformat()) for week in weeks] == [
        (2026, 52, "2026-12-21"),
        (2026, 53, "2026-12-28"),
        (2027, 1, "2027-01-04"),
    ]
    assert [week.stretches[0].sessions for week in weeks] == [1, 3, 1]
    assert [week.number for week in since(weeks, date(2027, 1, 4), 2)] == [53, 1]
    assert [week.number for week in since(weeks, date(2027, 1, 3), 2)] == [52, 53, 1]


def test_stretches_come_in_the_order_asked_for_and_unknown_ones_last() -> None:
    found = [session(slug, stretch=slug) for slug in ("bench", "supine", "of-old", "standing")]
    (week,) = weeks_of(found, ("standing", "supine", "bench"))
    assert [one.stretch for one in week.stretches] == ["standing", "supine", "bench", "of-old"]


@pytest.mark.parametrize(
    ("when", "monday"),
    [
        ("2026-10-25T23:30:00+01:00", "2026-10-19"),  # the Sunday on which summer time ends
        ("2026-10-26T00:30:00+01:00", "2026-10-26"),  # still Sunday in UTC
        ("2026-10-19T00:30:00+02:00", "2026-10-19"),
        ("2026-03-29T23:30:00+02:00", "2026-03-23"),
        ("2026-03-01T23:30:00-08:00", "2026-02-23"),  # already Monday in UTC
    ],
)
def test_the_week_is_that_of_the_clock_on_the_wall(when: str, monday: str) -> None:
    (week,) = weeks_of([session(when=at(when))])
    assert week.monday == date.fromisoformat(monday)


def test_a_week_adds_up_its_holds_and_keeps_the_best_of_each_side() -> None:
    weeks = weeks_of(
        [
            session("1", holds=(hold("left", 20.0), hold("right", 31.0)), best=(best("left", 70.0),)),
            session("2", holds=(hold("left", 30.0),), best=(best("left", 74.0), best("right", 81.0))),
            session("3", holds=(hold("left", 30.0),), best=(best("left", 72.0),)),
        ]
    )
    (stretch,) = weeks[0].stretches
    left, right = stretch.sides
    assert (left.side, left.held_s, left.holds, left.reached) == ("left", 80.0, 3, 2)
    assert (right.side, right.held_s, right.holds, right.reached) == ("right", 31.0, 1, 1)
    assert (left.ranges[0].value, right.ranges[0].value) == (74.0, 81.0)
    assert stretch.differences == (SideDifference(name="raise", unit="deg", amount=7.0, further="right"),)


def fold(side: str, value: float):
    return best(side, value, name="fold", better="lowest")


def test_lower_is_further_where_the_stretch_says_so() -> None:
    holds = (hold("left"), hold("right"))
    weeks = weeks_of(
        [
            session("1", stretch="bench", holds=holds, best=(fold("left", 95.0), fold("right", 90.0))),
            session("2", stretch="bench", holds=holds, best=(fold("left", 99.0),)),
            session(
                "3", stretch="bench", holds=holds, best=(fold("left", 88.0), fold("right", 93.0)),
                when=at("2026-03-11T12:00:00+00:00"),
            ),
        ]
    )  # fmt: skip
    first, second = (week.stretches[0] for week in weeks)
    assert [side.ranges[0].value for side in first.sides] == [95.0, 90.0]
    assert [side.ranges[0].further for side in first.sides] == [None, None]
    assert [side.ranges[0].further for side in second.sides] == [7.0, -3.0]
    assert first.differences[0].further == "right"
    assert second.differences == (SideDifference(name="fold", unit="deg", amount=5.0, further="left"),)


def test_the_change_counts_from_the_first_week_in_which_that_side_was_seen() -> None:
    def week(number: int, **values: float):
        return session(
            str(number), when=at("2026-03-04T12:00:00+00:00") + timedelta(weeks=number),
            holds=(hold("left"), hold("right")), best=tuple(best(side, value) for side, value in values.items()),
        )  # fmt: skip

    weeks = weeks_of([week(2, left=75.0, right=83.0), week(0, left=70.0), week(1, right=80.0)])
    ranges = [[(side.side, rng.further) for side in one.stretches[0].sides for rng in side.ranges] for one in weeks]
    assert ranges == [[("left", None)], [("right", None)], [("left", 5.0), ("right", 3.0)]]


def test_what_was_pointed_out_is_counted_by_sessions_and_told_at_its_worst() -> None:
    found = pointed_out(
        [
            session("1", alerts=(alert("no-bounce", 2.0), alert("no-bounce", 3.0), alert("steady", 20.0))),
            session("2", alerts=(alert("no-bounce", 4.0, Level.UNSAFE),)),
            session("3", alerts=(), stretch="bench"),
        ]
    )
    assert [(one.rule, one.level, one.sessions, one.times, one.lasted_s) for one in found] == [
        ("no-bounce", "unsafe", 2, 3, 9.0),
        ("steady", "warn", 1, 1, 20.0),
    ]
