"""How long a body was in the shape of a stretch: what there is to say where no hold came of it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from formcheck.core.measures import Measures
from formcheck.core.reasons import REASON_TEXT, Reason
from formcheck.core.rules import Target
from formcheck.core.stretch import Stretch
from formcheck.judging.hold import SHORTEST_S, lasting_gap_s
from formcheck.judging.stillness import STILL_FOR_S

_ENOUGH_S = SHORTEST_S + STILL_FOR_S  # in the shape for so long it would have been a hold, had it been still


class Visits:
    """Follows whether a body is in the shape of a stretch, over any number of frames at a time."""

    def __init__(self, stretch: Stretch) -> None:
        self._stretch = stretch
        self._since_s = self._last_s = self._before_s = -math.inf
        self._longest_s = self._held_s = 0.0
        self._frames = self._alone = 0  # in the shape, and of those the ones too long after the picture before
        self._deepest_deg = -math.inf
        self._lacked: Counter[str] = Counter()  # frames further in than the shape was

    def extend(self, measures: Measures, target: Target, inside: Sequence[bool], depth_deg: Sequence[float]) -> None:
        """Take in T frames, (T,) in which the body is in the shape or is not, with the key angle of each."""
        times, gaps_s = measures.t_s.tolist(), lasting_gap_s(measures.fps).tolist()
        for i, (t_s, gap_s, there, deg) in enumerate(zip(times, gaps_s, inside, depth_deg, strict=True)):
            if there:
                self._since_s = t_s if t_s - self._last_s > gap_s else self._since_s
                self._last_s = t_s
                self._frames, self._alone = self._frames + 1, self._alone + (t_s - self._before_s > gap_s)
                self._longest_s = max(self._longest_s, t_s - self._since_s)
                self._deepest_deg = max(self._deepest_deg, deg)
            elif self._deepest_deg > -math.inf and deg > self._deepest_deg:
                self._lacked.update(self._lacks(measures.part(i, i + 1), target)[:1])
            self._before_s = t_s

    def held(self, held_s: float) -> None:
        """It was held, but not for long enough to be a hold."""
        self._held_s = max(self._held_s, held_s)

    @property
    def why_no_hold(self) -> str:
        """Why the body, which was in the shape, was not seen to hold it."""
        if 2 * self._alone > self._frames:
            return REASON_TEXT[Reason.TOO_SLOW]
        if self._held_s >= SHORTEST_S:
            return f"the body was still for {self._held_s:.1f} s, but only just in the shape of this stretch"
        if self._held_s > 0.0:
            return f"the stretch was held for {self._held_s:.1f} s; a hold lasts {SHORTEST_S:g} s or more"
        if self._longest_s >= _ENOUGH_S:
            return "the stretch was not held still"
        lacked = "".join(f"; missing further in: {words}" for words, _ in self._lacked.most_common(1))
        return f"the stretch was seen for {self._longest_s:.1f} s at a time at most{lacked}"

    def _lacks(self, frame: Measures, target: Target) -> tuple[str, ...]:
        return self._stretch.position.missing(frame, self._stretch.stretched(frame, target))
