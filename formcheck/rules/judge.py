"""The judge of one stretch: measures in, feedback out. The only place that remembers how a hold is going."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from formcheck.core.feedback import Hold, Side
from formcheck.core.measures import Measures, Reason
from formcheck.core.poses import Bools, Floats
from formcheck.core.rules import Reading, Target, first_reason
from formcheck.core.stretch import Progress, Stretch
from formcheck.rules.faults import FaultClock
from formcheck.rules.feedback import FeedbackBlock
from formcheck.rules.hold import GAP_S, SHORTEST_S, HoldClock, RunningHold
from formcheck.rules.motion import BounceWatch, LeavingWatch, PushWatch
from formcheck.rules.shaking import ShakeWatch, SwayWatch
from formcheck.rules.view import FRONTAL_DEG, ViewTally

LEGS: tuple[Side, Side] = ("left", "right")


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


class Judge:
    """Judges measures of one stretch, any number of frames at a time."""

    def __init__(self, stretch: Stretch, *, target_s: float = 30.0, leg: int | None = None) -> None:
        self.stretch = stretch
        self.target_s = target_s
        self.target = Target(leg=leg)
        self.holds: list[Hold] = []
        self.clocks = {rule.id: FaultClock(rule) for rule in stretch.rules if rule.read or rule.timed != "hold"}
        self.best: dict[Side, list[Best]] = {}  # of the holds that are over, by side
        self._best = [Best(progress) for progress in stretch.progress]  # of the hold that is going on
        self.views = {True: ViewTally(), False: ViewTally()}
        self._all_clocks = list(self.clocks.values())
        self._posture = [rule for rule in stretch.rules if rule.read is not None]
        timed = {rule.timed: self.clocks[rule.id] for rule in stretch.rules if rule.id in self.clocks}
        self._bouncing, self._shaking, self._coming_up = timed.get("bounce"), timed.get("shaking"), timed.get("leaving")
        self._swaying, self._pushing = timed.get("sway"), timed.get("push")
        self._clock = HoldClock(target_s)
        limits = {rule.timed: rule.limits_by_name for rule in stretch.rules if rule.timed}
        self._bounce = BounceWatch(**limits.get("bounce", {}))
        self._leaving = LeavingWatch(**limits.get("leaving", {}))
        self._shake = ShakeWatch(**limits.get("shaking", {}))
        self._sway = SwayWatch(**limits.get("sway", {}))
        self._push = PushWatch(**limits.get("push", {}))
        self._legs: Counter[int] = Counter()
        self._begun = False
        self._last_s = math.nan

    def extend(self, measures: Measures) -> FeedbackBlock:
        """Judge further frames."""
        in_position = self.stretch.in_position(measures, self.target) & measures.thigh_seen
        readings = {rule.id: rule.reading(measures, self.target) for rule in self._posture}
        said = FeedbackBlock(
            stretch=self.stretch,
            target_s=self.target_s,
            measures=measures,
            readings=readings,
            depth_deg=self.stretch.depth(measures, self.target).tolist(),
            leg=self.stretch.stretched(measures, self.target).tolist(),
        )
        self._note_view(measures, in_position)
        moved = _Movement(measures, self.stretch.swing(measures, self.target))
        posture = [(self.clocks[rule], *_listed(reading)) for rule, reading in readings.items()]
        progress = [(best, best.progress.of(measures, self.target).tolist()) for best in self._best]
        helped = self._swaying is not None or self._pushing is not None
        frames = zip(measures.t_s.tolist(), in_position.tolist(), said.depth_deg, strict=True)
        for i, (t_s, inside, depth_deg) in enumerate(frames):
            step_s = t_s - self._last_s if t_s - self._last_s < GAP_S else 0.0
            self._last_s = t_s
            state, held_s, counting, ended = self._clock.update(t_s, inside, depth_deg)
            if ended is not None:
                self._close(ended)
            if counting:
                if not self._begun:
                    self._begun = True
                    for clock in self._all_clocks:
                        clock.begin()
                self._legs[said.leg[i]] += 1
                for clock, value, limit, verdict, reason in posture:
                    clock.update(t_s, step_s, verdict[i], value[i], limit[i], reason[i])
                for best, values in progress:
                    best.update(t_s, values[i])
            self._movement(moved, i, t_s, step_s, counting)
            if helped:
                self._helped(moved, i, t_s, step_s, counting, depth_deg, said.leg[i])
            said.states.append(state)
            said.held_s.append(held_s)
            said.counting.append(counting)
            self._note_alerts(said, i, counting)
        return said

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
        for clock in self._all_clocks:
            clock.leave(running.counted_to_s)
            if not kept:
                clock.forget()
        self._begun = False
        self._bounce.reset()
        self._push.reset()
        if kept:
            self._keep_best()
            if self._coming_up:
                self._leaving.left(self._coming_up, running.counted_to_s)
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
        for best in self._best:
            best.value = best.t_s = math.nan

    def _keep_best(self) -> None:
        known = self.best.setdefault(self._side(), [Best(best.progress) for best in self._best])
        for best, new in zip(known, self._best, strict=True):
            best.update(new.t_s, new.value)

    def _side(self) -> Side:
        if not self.stretch.one_sided:
            return "both"
        return LEGS[self._legs.most_common(1)[0][0]]

    def _movement(self, moved: _Movement, i: int, t_s: float, step_s: float, counting: bool) -> None:
        """Bouncing, shaking and the way out."""
        bounce, shaking, leaving = self._bouncing, self._shaking, self._coming_up
        if bounce and counting:
            self._bounce.update(bounce, t_s, step_s, moved.swing_deg[i], moved.fps[i], moved.yaw_deg[i])
        if shaking:
            if counting:
                self._shake.update(shaking, t_s, step_s, moved.tremor[i], moved.fps[i])
            else:
                self._shake.learn(step_s, moved.tremor[i])
        if leaving and moved.yaw_deg[i] <= FRONTAL_DEG:
            self._leaving.update(leaving, t_s, moved.trunk_deg[i])

    def _helped(
        self, moved: _Movement, i: int, t_s: float, step_s: float, counting: bool, depth_deg: float, leg: int
    ) -> None:
        """Balance on one leg, and the push of a helper."""
        if self._swaying:
            self._sway.follow(step_s, moved.hip_sway[i], at_rest=counting)
            if counting:
                self._sway.update(self._swaying, t_s, step_s, Reason(moved.stance_seen[i]), moved.fps[i])
        if self._pushing and counting:
            self._push.update(self._pushing, t_s, step_s, depth_deg, Reason(moved.leg_seen[i][leg]))

    def _note_alerts(self, said: FeedbackBlock, i: int, counting: bool) -> None:
        """Keep what is on now. Coming up is told of when it happens, everything else within the hold."""
        told = [clock for clock in self._all_clocks if clock.on and (counting or clock is self._coming_up)]
        if told:
            said.faults[i] = [fault for clock in told if (fault := clock.current())]

    def _note_view(self, measures: Measures, in_position: Bools) -> None:
        for inside, tally in self.views.items():
            tally.add(measures, in_position == inside)


class _Movement:
    """What the watches look at, as plain lists: single items of them are read several times faster than of arrays."""

    def __init__(self, measures: Measures, swing_deg: Floats) -> None:
        self.swing_deg: list[float] = swing_deg.tolist()
        self.fps: list[float] = measures.fps.tolist()
        self.yaw_deg: list[float] = measures.yaw_deg.tolist()
        self.trunk_deg: list[float] = measures.trunk_deg.tolist()
        self.hip_sway: list[float] = measures.hip_sway.tolist()
        self.tremor: list[list[float]] = measures.tremor.tolist()
        stance = first_reason(measures.feet_seen, measures.trunk_seen, measures.view_seen)
        self.stance_seen: list[int] = stance.tolist()
        self.leg_seen: list[list[int]] = first_reason(measures.leg_seen, measures.view_seen[:, None]).tolist()


_ReadingLists = tuple[list[float], list[float], list[int], list[int]]


def _listed(reading: Reading) -> _ReadingLists:
    """Plain lists: reading single items of them is several times faster than of arrays."""
    return reading.value.tolist(), reading.limit.tolist(), reading.verdict.tolist(), reading.reason.tolist()
