"""Made-up holds for the coach, ten frames a second, told as the judge tells them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from formcheck.core.feedback import Alert, Feedback, State
from formcheck.core.rules import Level
from formcheck.core.side import Side
from formcheck.core.stretch import Stretch
from formcheck.live.coach import Coach, Coaching

LEG_SHARE = 0.4  # of the height of the picture
NOTICED_S = 1.0  # a hold is found when it is so old


def alert(rule: str, level: Level = Level.WARN) -> Alert:
    return Alert(
        rule=rule, level=level, start_s=0, end_s=1, measure="", value=1, limit=0, unit="", message=f"Mind: {rule}"
    )


@dataclass(frozen=True, kw_only=True)
class MadeHold:
    """What is seen of a hold, by the seconds held."""

    seconds: float = 34.0
    side: Callable[[float], Side | None] = lambda _held_s: "left"
    depth: Callable[[float], float] = lambda _held_s: 80.0
    alerts: Callable[[float], Sequence[Alert]] = lambda _held_s: ()
    next_time: str | None = None
    pause_at_s: float | None = None


class Moment(NamedTuple):
    """A frame: when, how long held in which hold (None outside of holds), and what the coach makes of it."""

    t_s: float
    hold: int | None
    held_s: float
    coaching: Coaching


@dataclass
class Session:
    """A coach, and what it made of every frame."""

    target_s: float = 30.0
    coach: Coach = field(default_factory=Coach)
    moments: list[Moment] = field(default_factory=list)
    frames: int = 0

    def said(self, words: str = "") -> list[Moment]:
        return [one for one in self.moments if one.coaching.say and words in one.coaching.say]

    def do(self, stretch: Stretch, *holds: MadeHold) -> Session:
        number = len({one.hold for one in self.moments} - {None})
        for i, hold in enumerate(holds):
            self._rest(stretch, 4.0)
            self._hold(stretch, hold, number + i)
            self._rest(stretch, 4.0)
        return self

    def _hold(self, stretch: Stretch, hold: MadeHold, number: int) -> None:
        steps = range(round(NOTICED_S * 10), round(hold.seconds * 10) + 1)
        for held_s in (step / 10 for step in steps):
            if hold.pause_at_s == held_s:
                for _ in range(15):
                    self._frame(stretch, State.POSITION, hold, held_s, number)
            state = State.DONE if held_s >= self.target_s else State.HOLD
            self._frame(stretch, state, hold, held_s, number)

    def _rest(self, stretch: Stretch, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            self._frame(stretch, State.READY, None, 0.0, None)

    def _frame(self, stretch: Stretch, state: State, hold: MadeHold | None, held_s: float, number: int | None) -> None:
        t_s = self.frames / 10
        self.frames += 1
        feedback = Feedback(
            t_s=t_s, state=state, hold_s=held_s, target_s=self.target_s, alerts=(), marked=(), good=(), unseen=(),
            advice=None, depth_deg=20.0,
        )  # fmt: skip
        if hold is not None:
            feedback = replace(
                feedback, alerts=tuple(hold.alerts(held_s)), depth_deg=hold.depth(held_s), next_time=hold.next_time,
                side=hold.side(held_s) if stretch.one_sided else "both",
            )  # fmt: skip
        coaching = self.coach.update(feedback, stretch, LEG_SHARE, {})
        self.moments.append(Moment(t_s, number, held_s, coaching))


def on_side(side: Side, **more) -> MadeHold:
    return MadeHold(side=lambda _held_s: side, **more)
