"""The weeks: what was held and how far, by ISO week, stretch and side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from formcheck.core.reached import Better
from formcheck.core.rules import Level
from formcheck.core.side import SIDES, Side
from formcheck.history.session import KeptBest, Session, further

ERROR_DEG: Final = 5.0
"""About the error of a measured angle: smaller changes and differences mean nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyBest:
    """The best value of a measure in a week, and how much further that is than in its first week.

    `further` is positive for further into the stretch, whichever way the value goes; None in the first week, and where
    the side is not known.
    """

    name: str
    unit: str
    better: Better
    value: float
    further: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideWeek:
    """One side in one week; `held_s` is the time of all holds together, `reached` how many of them met the target."""

    side: Side
    held_s: float
    holds: int
    reached: int
    ranges: tuple[WeeklyBest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideDifference:
    """How far the best of one side of a week is from that of the other one, and which side went further."""

    name: str
    unit: str
    amount: float
    further: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class StretchWeek:
    """One stretch in one week. Sides that were not held are left out, so are differences of what has one side only.

    sessions  recordings and live sessions it was held in, however often in each.
    """

    stretch: str
    sessions: int
    sides: tuple[SideWeek, ...]
    differences: tuple[SideDifference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """An ISO week, which begins on `monday` and belongs to the year its Thursday lies in."""

    year: int
    number: int
    monday: date
    stretches: tuple[StretchWeek, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultTotal:
    """A fault over all of the sessions: in how many, how many times, and for how many seconds together.

    Runs of a stretch in the same recording are one session.
    """

    stretch: str
    rule: str
    level: Level
    sessions: int
    times: int
    lasted_s: float


def monday_of(session: Session) -> date:
    """The Monday of its week, by the clock of the place where it was done."""
    day = session.when.date()
    return day - timedelta(days=day.weekday())


def weeks_of(sessions: Iterable[Session], order: Sequence[str] = ()) -> tuple[Week, ...]:
    """The weeks in which something was held, the oldest first; in each the stretches (slugs) in that order."""
    by_week: dict[date, dict[str, list[Session]]] = {}
    for session in sessions:
        by_week.setdefault(monday_of(session), {}).setdefault(session.stretch, []).append(session)
    first: dict[tuple[str, Side, str], float] = {}
    weeks = []
    for monday, stretches in sorted(by_week.items()):
        year, number, _ = monday.isocalendar()
        found = tuple(_stretch_week(slug, stretches[slug], first) for slug in in_order(stretches, order))
        weeks.append(Week(year=year, number=number, monday=monday, stretches=found))
    return tuple(weeks)


def in_order(slugs: Iterable[str], order: Sequence[str]) -> list[str]:
    """The slugs in that order; those that are not in it, as of another version, come last."""
    return sorted(slugs, key=lambda slug: (order.index(slug) if slug in order else len(order), slug))


def since(weeks: Sequence[Week], today: date, count: int) -> tuple[Week, ...]:
    """Those of the last `count` calendar weeks, the one of `today` included."""
    monday = today - timedelta(days=today.weekday(), weeks=count - 1)
    return tuple(week for week in weeks if week.monday >= monday)


def pointed_out(sessions: Iterable[Session]) -> tuple[FaultTotal, ...]:
    """What was warned about, the most frequent first: by sessions, then the more serious, then the longer."""
    within: dict[tuple[str, str], set[str]] = {}
    times: Counter[tuple[str, str]] = Counter()
    lasted_s: dict[tuple[str, str], float] = {}
    levels: dict[tuple[str, str], Level] = {}
    for session in sessions:
        for alert in session.alerts:
            what = (session.stretch, alert.rule)
            within.setdefault(what, set()).add(session.key)
            times[what] += 1
            lasted_s[what] = lasted_s.get(what, 0.0) + alert.lasted_s
            levels[what] = max(alert.level, levels.get(what, alert.level), key=lambda level: level.severity)
    found = [
        FaultTotal(
            stretch=what[0], rule=what[1], level=levels[what], sessions=len(within[what]), times=times[what],
            lasted_s=lasted_s[what],
        )
        for what in within
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (-one.sessions, -one.level.severity, -one.lasted_s, one.rule)))


def _stretch_week(slug: str, sessions: list[Session], first: dict[tuple[str, Side, str], float]) -> StretchWeek:
    held = {hold.side for session in sessions for hold in session.holds}
    sides = tuple(_side_week(slug, side, sessions, first) for side in SIDES if side in held)
    return StretchWeek(
        stretch=slug, sessions=len({one.key for one in sessions}), sides=sides, differences=_differences(sides)
    )


def _side_week(slug: str, side: Side, sessions: list[Session], first: dict[tuple[str, Side, str], float]) -> SideWeek:
    holds = [hold for session in sessions for hold in session.holds if hold.side == side]
    best: dict[str, KeptBest] = {}
    for session in sessions:
        for one in session.best:
            if one.side == side and (one.name not in best or further(one, best[one.name].value) > 0):
                best[one.name] = one
    ranges = []
    for name, one in best.items():
        begun = first.get((slug, side, name))
        first.setdefault((slug, side, name), one.value)
        change = None if begun is None or side == "unsure" else further(one, begun)
        ranges.append(WeeklyBest(name=name, unit=one.unit, better=one.better, value=one.value, further=change))
    return SideWeek(
        side=side,
        held_s=sum(hold.held_s for hold in holds),
        holds=len(holds),
        reached=sum(hold.reached for hold in holds),
        ranges=tuple(ranges),
    )


def _differences(sides: Sequence[SideWeek]) -> tuple[SideDifference, ...]:
    by_side = {one.side: {rng.name: rng for rng in one.ranges} for one in sides}
    left, right = by_side.get("left", {}), by_side.get("right", {})
    found = []
    for name, one in left.items():
        if name in right:
            by = (one.value - right[name].value) * (1 if one.better == "highest" else -1)
            further: Side = "both" if by == 0 else "left" if by > 0 else "right"
            found.append(SideDifference(name=name, unit=one.unit, amount=abs(by), further=further))
    return tuple(found)
