"""One kept session: an unbroken run of one stretch in a recording or a live session. No pictures, no points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from formcheck.core.feedback import Hold, Outcome, Report
from formcheck.core.names import public_name
from formcheck.core.poses import SourceKind
from formcheck.core.reached import Better, ProgressResult
from formcheck.core.rules import Level
from formcheck.core.sections import parts_of
from formcheck.core.side import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptHold:
    """A hold; seconds from the beginning of its recording.

    fixed_side  the side it really was of, once the user has said so.
    """

    start_s: float
    held_s: float
    target_s: float
    reached: bool
    side: Side
    fixed_side: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBest:
    """The best value of a progress measure on one side, in `unit`; `better` says which way is further."""

    name: str
    value: float
    unit: str
    side: Side
    better: Better


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRule:
    """How a rule went; seconds within holds."""

    rule: str
    level: Level
    outcome: Outcome
    ok_s: float
    off_s: float
    unseen_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAlert:
    """A fault that was named, and for how long it lasted."""

    rule: str
    level: Level
    start_s: float
    lasted_s: float
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What is kept of one unbroken run of a stretch in one recording or live session.

    when           of the recording, with the UTC offset of the place where it was done.
    id             its number in the history, None while it has none.
    fixed_stretch  the stretch it really was, once the user has said so.
    """

    key: str
    when: datetime
    source_kind: SourceKind
    source_name: str
    stretch: str
    holds: tuple[KeptHold, ...]
    best: tuple[KeptBest, ...]
    rules: tuple[KeptRule, ...]
    alerts: tuple[KeptAlert, ...]
    id: int | None = None
    fixed_stretch: str | None = None

    @property
    def start_s(self) -> float:
        """When it begins, in seconds from the beginning of the recording."""
        return min(hold.start_s for hold in self.holds)

    @property
    def unsure(self) -> bool:
        """Whether it is not known of which leg one of its holds was."""
        return any(hold.side == "unsure" for hold in self.holds)


def further(one: KeptBest, than: float) -> float:
    """How much further a value is than another one; negative for less far."""
    return one.value - than if one.better == "highest" else than - one.value


def sessions_of(report: Report, *, when: datetime, key: str) -> tuple[Session, ...]:
    """What to keep of a report, a session for each of its sections; none of photos and of what was not held.

    `when` must know its UTC offset, else ValueError.
    """
    if when.utcoffset() is None:
        raise ValueError("when: a time without its UTC offset tells no week")
    if report.source.still:
        return ()
    return tuple(_session(part, part.stretch, when, key) for part in parts_of(report) if part.stretch and part.holds)


def _session(report: Report, stretch: str, when: datetime, key: str) -> Session:
    return Session(
        key=key,
        when=when.replace(microsecond=0),
        source_kind=report.source.kind,
        source_name=public_name(report.source.name),
        stretch=stretch,
        holds=tuple(_hold(hold) for hold in report.holds),
        best=tuple(kept for one in report.progress for kept in _best(one, report.holds)),
        rules=tuple(
            KeptRule(
                rule=rule.id, level=rule.level, outcome=rule.outcome, ok_s=rule.ok_s, off_s=rule.off_s,
                unseen_s=rule.unseen_s,
            )
            for rule in report.rules
        ),
        alerts=tuple(
            KeptAlert(
                rule=alert.rule, level=alert.level, start_s=alert.start_s, lasted_s=alert.end_s - alert.start_s,
                count=alert.count,
            )
            for alert in report.alerts
        ),
    )  # fmt: skip


def _hold(hold: Hold) -> KeptHold:
    return KeptHold(
        start_s=hold.start_s, held_s=hold.held_s, target_s=hold.target_s, reached=hold.reached, side=hold.side
    )


def _best(one: ProgressResult, holds: Sequence[Hold]) -> list[KeptBest]:
    """The best of each side if the report tells it, else the best of all with its side or that of its hold."""
    values = dict(one.by_side)
    if not values and one.value is not None and one.t_s is not None:
        values = {one.side or _side_at(one.t_s, holds): one.value}
    return [
        KeptBest(name=one.name, value=value, unit=one.unit, side=side, better=one.better)
        for side, value in values.items()
    ]


def _side_at(t_s: float, holds: Sequence[Hold]) -> Side:
    # The nearest hold: its end is told without the first moments of leaving, in which the best may lie.
    return min(holds, key=lambda hold: max(hold.start_s - t_s, t_s - hold.end_s, 0.0)).side
