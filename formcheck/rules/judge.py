"""The judge of one stretch: measures in, feedback out. The only place that remembers how a hold is going."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from formcheck.core.feedback import Feedback, Hold, Side, State
from formcheck.core.landmarks import points_of
from formcheck.core.measures import REASON_TEXT, Measures, Reason
from formcheck.core.poses import Floats
from formcheck.core.rules import Reading, Rule, Target, Timed, Verdict
from formcheck.core.stretch import Progress, Stretch
from formcheck.rules.faults import FaultClock
from formcheck.rules.hold import GAP_S, SHORTEST_S, HoldClock, RunningHold, Tick
from formcheck.rules.motion import FRONTAL_DEG, BounceWatch, LeavingWatch, PushWatch, ShakeWatch, SwayWatch

LEGS: tuple[Side, Side] = ("left", "right")
_LEVEL_ORDER = {"unsafe": 0, "warn": 1, "hint": 2}


@dataclass(slots=True)
class Best:
    """The best value of a progress measure so far."""

    progress: Progress
    value: float = math.nan
    t_s: float = math.nan

    def update(self, t_s: float, value: float) -> None:
        """Keep the value if it beats the best."""
        if math.isnan(value):
            return
        if math.isnan(self.value) or (value > self.value) == (self.progress.best == "highest"):
            self.value, self.t_s = value, t_s


@dataclass(slots=True)
class ViewTally:
    """How the camera saw the person: yaw, facing, and what was wrong with the picture, frame by frame."""

    yaws: list[float] = field(default_factory=list)
    facings: Counter[float] = field(default_factory=Counter)
    reasons: Counter[Reason] = field(default_factory=Counter)


class Judge:
    """Judges measures of one stretch, any number of frames at a time."""

    def __init__(self, stretch: Stretch, *, target_s: float = 30.0, leg: int | None = None) -> None:
        self.stretch = stretch
        self.target_s = target_s
        self.target = Target(leg=leg)
        self.holds: list[Hold] = []
        self.clocks = {rule.id: FaultClock(rule) for rule in stretch.rules if rule.read or rule.timed != "hold"}
        self.best = [Best(progress) for progress in stretch.progress]
        self.views = {True: ViewTally(), False: ViewTally()}
        self._posture = [rule for rule in stretch.rules if rule.read is not None]
        self._timed = {rule.timed: rule for rule in stretch.rules if rule.timed}
        self._clock = HoldClock(target_s)
        limits: dict[Timed, dict[str, float]] = {name: rule.limits_by_name for name, rule in self._timed.items()}
        self._bounce = BounceWatch(**limits.get("bounce", {}))
        self._leaving = LeavingWatch(**limits.get("leaving", {}))
        self._shake = ShakeWatch(**limits.get("shaking", {}))
        self._sway = SwayWatch(**limits.get("sway", {}))
        self._push = PushWatch(**limits.get("push", {}))
        self._legs: Counter[int] = Counter()
        self._begun = False
        self._last_s = math.nan

    def extend(self, measures: Measures) -> list[Feedback]:
        """Judge further frames; one `Feedback` for each."""
        in_position = self.stretch.in_position(measures, self.target) & measures.thigh_seen
        depth = self.stretch.depth(measures, self.target)
        swing = self.stretch.swing(measures, self.target)
        leg = self.stretch.stretched(measures, self.target)
        readings = [(rule, _listed(rule.reading(measures, self.target))) for rule in self._posture]
        progress = [(best, best.progress.of(measures, self.target)) for best in self.best]
        feedback = []
        for i, t_s in enumerate(measures.t_s.tolist()):
            step_s = t_s - self._last_s if t_s - self._last_s < GAP_S else 0.0
            self._last_s = t_s
            tick = self._clock.update(t_s, bool(in_position[i]), float(depth[i]))
            if tick.ended is not None:
                self._close(tick.ended)
            self._note_view(measures, i, bool(in_position[i]))
            if tick.counting and not self._begun:
                self._begun = True
                for clock in self.clocks.values():
                    clock.begin()
            if tick.counting:
                self._legs[int(leg[i])] += 1
                for rule, (value, limit, verdict, reason) in readings:
                    clock = self.clocks[rule.id]
                    clock.update(t_s, step_s, Verdict(verdict[i]), value[i], limit[i], Reason(reason[i]))
                for best, values in progress:
                    best.update(t_s, float(values[i]))
            self._movement(measures, i, step_s, tick.counting, float(swing[i]))
            self._helped(measures, i, step_s, tick.counting, float(depth[i]), int(leg[i]))
            feedback.append(self._feedback(measures, i, tick, readings, float(depth[i]), int(leg[i])))
        return feedback

    @property
    def in_hold(self) -> bool:
        """Whether a hold is going on, a pause of it included."""
        return self._clock.running is not None

    def side_and_held(self) -> tuple[Side, float] | None:
        """Side and seconds of the hold that is going on, None when there is none."""
        running = self._clock.running
        return (self._side(), running.held_s) if running and self._legs else None

    def finish(self) -> None:
        """The source has ended: close the hold that is going on."""
        running = self._clock.finish()
        if running is not None:
            self._close(running)

    def _close(self, running: RunningHold) -> None:
        kept = running.held_s >= SHORTEST_S
        for clock in self.clocks.values():
            clock.leave(running.counted_to_s)
            if not kept:
                clock.forget()
        self._begun = False
        self._bounce.reset()
        self._push.reset()
        if kept:
            leaving = self._timed_clock("leaving")
            if leaving:
                self._leaving.left(leaving, running.counted_to_s)
            self.holds.append(
                Hold(
                    start_s=running.start_s,
                    end_s=running.counted_to_s,
                    held_s=running.held_s,
                    target_s=self.target_s,
                    side=self._side(),
                )
            )
        self._legs.clear()

    def _side(self) -> Side:
        if not self.stretch.one_sided:
            return "both"
        return LEGS[self._legs.most_common(1)[0][0]]

    def _timed_clock(self, name: Timed) -> FaultClock | None:
        rule = self._timed.get(name)
        return self.clocks[rule.id] if rule else None

    def _movement(self, measures: Measures, i: int, step_s: float, counting: bool, swing_deg: float) -> None:
        """Bouncing, shaking and the way out."""
        t_s, fps, tremor = float(measures.t_s[i]), float(measures.fps[i]), measures.tremor[i]
        yaw = float(measures.yaw_deg[i])
        bounce, shaking, leaving = (self._timed_clock(name) for name in ("bounce", "shaking", "leaving"))
        if bounce and counting:
            self._bounce.update(bounce, t_s, step_s, swing_deg, fps, yaw)
        if shaking:
            if counting:
                self._shake.update(shaking, t_s, step_s, tremor, fps)
            else:
                self._shake.learn(step_s, tremor)
        if leaving and yaw <= FRONTAL_DEG:
            self._leaving.update(leaving, t_s, float(measures.trunk_deg[i]))

    def _helped(self, measures: Measures, i: int, step_s: float, counting: bool, depth_deg: float, leg: int) -> None:
        """Balance on one leg, and the push of a helper."""
        t_s, fps = float(measures.t_s[i]), float(measures.fps[i])
        sway, push = self._timed_clock("sway"), self._timed_clock("push")
        if sway:
            self._sway.follow(step_s, float(measures.hip_sway[i]), at_rest=counting)
            if counting:
                blind = int(measures.feet_seen[i]) or int(measures.trunk_seen[i]) or int(measures.view_seen[i])
                reason = Reason(blind)
                self._sway.update(sway, t_s, step_s, reason, fps)
        if push and counting:
            blind = int(measures.leg_seen[i, leg]) or int(measures.view_seen[i])
            self._push.update(push, t_s, step_s, depth_deg, Reason(blind))

    def _note_view(self, measures: Measures, i: int, in_position: bool) -> None:
        yaw = float(measures.yaw_deg[i])
        if not math.isnan(yaw):
            tally = self.views[in_position]
            tally.yaws.append(yaw)
            tally.facings[float(measures.facing[i])] += 1
            tally.reasons[_view_reason(measures, i)] += 1

    def _feedback(
        self,
        measures: Measures,
        i: int,
        tick: Tick,
        readings: list[tuple[Rule, _ReadingLists]],
        depth_deg: float,
        leg: int,
    ) -> Feedback:
        good: list[str] = []
        unseen: list[tuple[str, str]] = []
        # Coming up is told of when it happens, everything else within the hold.
        told = [clock for clock in self.clocks.values() if tick.counting or clock.rule.timed == "leaving"]
        alerts = [alert for clock in told if (alert := clock.alert())]
        if tick.counting:
            alerts.sort(key=lambda alert: (_LEVEL_ORDER[alert.level], alert.start_s))
            for rule, (_, _, verdict, reason) in readings:
                if verdict[i] == Verdict.OK:
                    good.append(rule.id)
                elif verdict[i] == Verdict.UNSEEN:
                    unseen.append((rule.id, REASON_TEXT[Reason(reason[i])]))
        marked: tuple[int, ...] = ()
        if alerts:
            marked = points_of(self.stretch.rule(alerts[0].rule).about, leg, int(measures.near[i]))
        advice = view_advice(measures, i) if tick.state != State.NO_PERSON else None
        return Feedback(
            t_s=float(measures.t_s[i]),
            state=tick.state,
            hold_s=tick.held_s,
            target_s=self.target_s,
            alerts=tuple(alerts),
            marked=marked,
            good=tuple(good),
            unseen=tuple(unseen),
            advice=advice,
            depth_deg=depth_deg,
        )


_ReadingLists = tuple[list[float], list[float], list[int], list[int]]


def _listed(reading: Reading) -> _ReadingLists:
    """Plain lists: reading single items of them is several times faster than of arrays."""
    return reading.value.tolist(), reading.limit.tolist(), reading.verdict.tolist(), reading.reason.tolist()


def view_advice(measures: Measures, i: int) -> str | None:
    """What to change about the picture of frame `i`, None for nothing."""
    return REASON_TEXT[_view_reason(measures, i)] or None


def _view_reason(measures: Measures, i: int) -> Reason:
    """What is wrong with the picture as a whole, the most helpful thing first."""
    for seen in (measures.feet_seen, measures.trunk_seen, measures.view_seen):
        reason = Reason(int(seen[i]))
        if reason in (Reason.NOT_SIDE_ON, Reason.FEET_OUT, Reason.BODY_OUT, Reason.TRUNK_HIDDEN):
            return reason
    return Reason.SEEN if measures.thigh_seen[i] else Reason.LEG_HIDDEN


def median(values: list[float] | Floats) -> float:
    """Median without the NaNs; NaN when nothing is left."""
    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    return float(np.median(known)) if len(known) else math.nan
