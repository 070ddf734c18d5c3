"""Which stretch is done, as it goes on: from the shapes that the body keeps up."""

from __future__ import annotations

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from formcheck.core.measures import Measures
from formcheck.core.rules import Target
from formcheck.core.stretch import Stretch
from formcheck.judging.claims import LEAST_SURE, claimed, sureness
from formcheck.judging.hold import REACH_BACK_S, HoldClock, lasting_gap_s

SHORTEST_S: Final = 2.0  # whoever passes through a shape without staying that long does not do that stretch
REPLAY_S: Final = 30.0  # how much of the past may be judged anew as another stretch
_BEGINNING_S: Final = 12.0  # longer than anybody takes to get into a stretch
_CLAIM_S: Final = 1.0  # a shape must last so long to be taken for a stretch
_FEWEST: Final = 3  # looks that must agree
_LOOK_S: Final = 0.09  # ten looks a second are enough to see that another stretch was begun
_MARGIN_S: Final = 1.0  # a hold is another stretch's when it looked like that one for so much longer
_JITTER_S: Final = 0.02


class StretchOnset(NamedTuple):
    """Another stretch was begun: seen in frame `i` of the block; what is newer than `from_s` is judged as that one."""

    i: int
    stretch: Stretch
    from_s: float


class _Signal(NamedTuple):
    """What the hold clock looks at in a frame; the depth is NaN where there is no body."""

    depth_deg: float
    in_position: bool
    leg: int


@dataclass(slots=True)
class _Claim:
    """How long a stretch has claimed the body without a break."""

    since_s: float
    last_s: float
    looks: int = 0


class Claims:
    """Which stretches the body has had the shape of for a while; looks ten times a second."""

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._stretches = stretches
        self._looked_s = -math.inf
        self._claims: dict[str, _Claim] = {}

    def due(self, t_s: float) -> bool:
        """Whether it is time to look."""
        return t_s - self._looked_s >= _LOOK_S

    def shapes(self, measures: Measures) -> dict[str, list[bool]]:
        """By stretch, (T,) whether it claims the body."""
        return {one.slug: claimed(one, measures, Target()).tolist() for one in self._stretches}

    def update(self, t_s: float, gap_s: float, now: Sequence[Stretch]) -> tuple[list[Stretch], float]:
        """Take in the stretches that claim the body now.

        Returns those that have done so for a second, and the seconds since the last look.
        """
        since_s, self._looked_s = min(t_s - self._looked_s, gap_s), t_s
        lasted = []
        for one in now:
            claim = self._claims.get(one.slug)
            if claim is None or t_s - claim.last_s > gap_s:
                self._claims[one.slug] = claim = _Claim(t_s, t_s)
            claim.last_s = t_s
            claim.looks += 1
            if t_s - claim.since_s >= _CLAIM_S - _JITTER_S and claim.looks >= _FEWEST:
                lasted.append(one)
        return lasted, since_s

    def claiming(self, shapes: dict[str, list[bool]], i: int) -> list[Stretch]:
        """The stretches that claim the body in frame `i`."""
        return [one for one in self._stretches if shapes[one.slug][i]]

    def clear(self) -> None:
        """Begin anew."""
        self._claims.clear()


class Recogniser:
    """Watches for the shape of any stretch; feed it measures in order.

    Outside of holds a shape that lasts a second is a stretch that was begun. A hold belongs to the stretch whose shape
    it had for longest in its first half minute, which may turn out while it goes on.
    """

    def __init__(self, stretches: Sequence[Stretch]) -> None:
        self._claims = Claims(stretches)
        self._clock = HoldClock(target_s=math.inf)
        self._tally: dict[str, float] = defaultdict(float)  # seconds of the hold at hand by shape
        self._looks: deque[tuple[float, float, Sequence[Stretch]]] = (
            deque()
        )  # of the last seconds: when, how long, shapes
        self.stretch: Stretch | None = None
        self.free_s = -math.inf
        """What came before belongs to a hold that is over."""

    def extend(self, measures: Measures, start: int = 0) -> StretchOnset | None:
        """Take in the frames from `start` on, up to the one that shows that another stretch was begun, if any.

        After such a frame go on with the next one.
        """
        signals = self._signals(measures)
        shapes: dict[str, list[bool]] | None = None
        gaps_s = lasting_gap_s(measures.fps).tolist()
        times = measures.t_s.tolist()
        for i in range(start, len(times)):
            if signals:
                self._time(times[i], signals[i])
            if not self._claims.due(times[i]):
                continue
            shapes = shapes or self._claims.shapes(measures)
            begun = self._look(times[i], gaps_s[i], self._claims.claiming(shapes, i))
            if begun is not None:
                self._take(begun[0])
                return StretchOnset(i, *begun)
        return None

    def replayed(self, measures: Measures) -> None:
        """Time the stretch that was begun on what lies behind, without looking for others in it."""
        shapes, last_s = self._claims.shapes(measures), -math.inf
        gaps_s = lasting_gap_s(measures.fps).tolist()
        for i, (t_s, signal) in enumerate(zip(measures.t_s.tolist(), self._signals(measures), strict=True)):
            self._time(t_s, signal)
            self._note(t_s, min(t_s - last_s, gaps_s[i]), self._claims.claiming(shapes, i))
            last_s = t_s

    def end_hold(self, t_s: float) -> None:
        """The hold at hand was ended by somebody: what came before `t_s` is not judged again."""
        self._clock.drop()
        self._tally.clear()
        self.free_s = t_s

    def _signals(self, measures: Measures) -> list[_Signal]:
        """(T,) what the hold clock of the stretch at hand looks at; empty where there is none."""
        if self.stretch is None:
            return []
        inside = self.stretch.in_position(measures, Target()) & measures.thigh_seen
        depth = self.stretch.depth(measures, Target())
        leg = self.stretch.held_leg(measures, Target())
        return list(map(_Signal, depth.tolist(), inside.tolist(), leg.tolist()))

    def _take(self, stretch: Stretch) -> None:
        self.stretch = stretch
        self._clock.drop()
        self._claims.clear()
        self._tally.clear()
        self._looks.clear()

    def _time(self, t_s: float, signal: _Signal) -> None:
        before = self._clock.running
        ended = self._clock.update(t_s, signal.depth_deg, in_position=signal.in_position, leg=signal.leg).ended
        if ended is not None:
            self.free_s = ended.counted_to_s
            self._tally.clear()
        elif before is None and self._clock.running is not None:
            # It began a while ago, and belongs to the shapes it had since then.
            self._tally.clear()
            for at_s, since_s, shapes in self._looks:
                if at_s > self._clock.running.start_s:
                    self._count(since_s, shapes)

    def _note(self, t_s: float, since_s: float, shapes: Sequence[Stretch]) -> None:
        """Keep a look, and count it for the hold that goes on."""
        self._looks.append((t_s, since_s, shapes))
        while self._looks[0][0] < t_s - REACH_BACK_S:
            self._looks.popleft()
        self._count(since_s, shapes)

    def _count(self, seconds: float, shapes: Sequence[Stretch]) -> None:
        for one in shapes:
            self._tally[one.slug] += seconds

    def _look(self, t_s: float, gap_s: float, now: Sequence[Stretch]) -> tuple[Stretch, float] | None:
        """Take in the stretches that claim the body now; the one that was begun, and from when on it is judged."""
        lasted, since_look_s = self._claims.update(t_s, gap_s, now)
        self._note(t_s, since_look_s, now)
        running = self._clock.running
        for other in (one for one in lasted if one is not self.stretch):
            if running is None:
                return other, max(self.free_s, t_s - _BEGINNING_S)
            own_s = self._tally[self.stretch.slug] if self.stretch else 0.0
            from_s = max(self.free_s, running.start_s - REACH_BACK_S)
            if self._tally[other.slug] - own_s >= _MARGIN_S and t_s - from_s <= REPLAY_S:
                return other, from_s
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The stretch that was done, and how sure that is, 0 to 1; None for none of them."""

    stretch: Stretch | None = None
    confidence: float | None = None


def recognise_photo(stretches: Iterable[Stretch], measures: Measures) -> Recognised:
    """The stretch whose shape the body of a single frame has; none that it only just has."""
    if not len(measures) or not measures.thigh_seen[0]:
        return Recognised()
    found = (Recognised(stretch=one, confidence=float(sureness(one, measures, Target())[0])) for one in stretches)
    best = max(found, key=lambda one: one.confidence or 0.0, default=Recognised())
    return best if (best.confidence or 0.0) >= LEAST_SURE else Recognised()
