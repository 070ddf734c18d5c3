"""What the user set right: which leg a hold was of, and which stretch a session was.

What was judged stays as it is and what was set right is kept beside it, so that a later word replaces an earlier one
and judging the recording again loses neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from formcheck.core.side import LEGS, Leg, Side
from formcheck.history.session import KeptBest, KeptHold, Session, further


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """What a session really was: another stretch, by its slug and whether it has sides, and the leg; None: as it is."""

    stretch: str | None = None
    one_sided: bool = False
    side: Leg | None = None


class UnfixableError(ValueError):
    """Why a session cannot be set right like this, in words."""


def fixed(session: Session, fix: Fix) -> Session:
    """The session as it was judged, with what is now known to be right beside it. Raises UnfixableError.

    A leg is that of the holds whose leg was not known, or was set right before; where there are none, of all holds,
    if they are of one leg.
    """
    holds = session.holds
    if fix.stretch is not None:
        holds = tuple(_in_other(hold, one_sided=fix.one_sided) for hold in holds)
    if fix.side is not None:
        holds = _of_leg(holds, fix.side)
    return replace(session, holds=holds, fixed_stretch=fix.stretch or session.fixed_stretch)


def as_fixed(session: Session) -> Session:
    """The session as the user knows it to be.

    How far somebody went and how the rules went is left out where it was judged as another stretch.
    """
    holds = tuple(replace(hold, side=_side(hold)) for hold in session.holds)
    if session.fixed_stretch not in (None, session.stretch):
        return replace(session, stretch=session.fixed_stretch, holds=holds, best=(), rules=(), alerts=())
    return replace(
        session, holds=holds, best=_furthest(replace(one, side=_best_side(one, session)) for one in session.best)
    )


def pairs(sessions: Sequence[Session], before: Sequence[Session]) -> list[tuple[Session, Session | None]]:
    """Each session of a recording with the one of before that it shares most time with, if there is any.

    Where times do not tell, what is left over goes together in its order.
    """
    left = list(before)
    found: dict[int, Session] = {}
    shared = [
        (_shared_s(one, other), -i, -j, other)
        for i, one in enumerate(sessions)
        for j, other in enumerate(before)
        if _shared_s(one, other) > 0
    ]
    for _, i, _, other in sorted(shared, key=lambda pair: pair[:3], reverse=True):
        if -i not in found and other in left:
            found[-i] = other
            left.remove(other)
    for i in range(len(sessions)):
        if i not in found and left:
            found[i] = left.pop(0)
    return [(session, found.get(i)) for i, session in enumerate(sessions)]


def carried_over(session: Session, before: Sequence[Session]) -> Session:
    """A session judged anew, with what was set right in earlier ones of the same time in the same recording."""
    nearest = max(before, key=lambda other: _shared_s(session, other), default=None)
    stretch = nearest.fixed_stretch if nearest is not None and _shared_s(session, nearest) > 0 else None
    earlier = [hold for other in before for hold in other.holds]
    holds = tuple(replace(hold, fixed_side=_fixed_side(hold, earlier)) for hold in session.holds)
    return replace(session, fixed_stretch=stretch, holds=holds)


def _fixed_side(hold: KeptHold, earlier: Iterable[KeptHold]) -> Side | None:
    nearest = max(earlier, key=lambda other: _overlap_s(_span(hold), _span(other)), default=None)
    return nearest.fixed_side if nearest is not None and _overlap_s(_span(hold), _span(nearest)) > 0 else None


def _in_other(hold: KeptHold, *, one_sided: bool) -> KeptHold:
    """The hold in another stretch: without sides there, or of a leg that must be told if it had none until now."""
    if not one_sided:
        return replace(hold, fixed_side="both")
    leg = hold.fixed_side if hold.fixed_side in LEGS else None
    return replace(hold, fixed_side=leg or ("unsure" if hold.side == "both" else None))


def _of_leg(holds: tuple[KeptHold, ...], side: Leg) -> tuple[KeptHold, ...]:
    sides = {_side(hold) for hold in holds}
    if sides == {"both"}:
        raise UnfixableError("this stretch has no sides")
    unknown = [hold.side == "unsure" or hold.fixed_side is not None for hold in holds]
    if not any(unknown) and len(sides) > 1:
        raise UnfixableError("it has holds of both legs, and each is known")
    return tuple(
        replace(hold, fixed_side=side) if one or not any(unknown) else hold
        for hold, one in zip(holds, unknown, strict=True)
    )


def _side(hold: KeptHold) -> Side:
    return hold.fixed_side or hold.side


def _best_side(one: KeptBest, session: Session) -> Side:
    """The leg of a best value: that of the holds which were judged to be of its side, if all of them agree."""
    sides = {_side(hold) for hold in session.holds if hold.side == one.side}
    return next(iter(sides)) if len(sides) == 1 else one.side


def _furthest(best: Iterable[KeptBest]) -> tuple[KeptBest, ...]:
    """One value for each measure and side."""
    found: dict[tuple[str, Side], KeptBest] = {}
    for one in best:
        known = found.get((one.name, one.side))
        if known is None or further(one, known.value) > 0:
            found[one.name, one.side] = one
    return tuple(found.values())


def _shared_s(one: Session, other: Session) -> float:
    spans = [_span(hold) for hold in other.holds]
    return sum(_overlap_s(_span(hold), span) for hold in one.holds for span in spans)


def _span(hold: KeptHold) -> tuple[float, float]:
    return hold.start_s, hold.start_s + hold.held_s


def _overlap_s(one: tuple[float, float], other: tuple[float, float]) -> float:
    return max(0.0, min(one[1], other[1]) - max(one[0], other[0]))
