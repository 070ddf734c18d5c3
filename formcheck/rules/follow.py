"""The judge of a live session: of one stretch, or of whichever the person does, one after the other."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from formcheck.core.feedback import Feedback, State
from formcheck.core.measures import Measures
from formcheck.core.rules import Target
from formcheck.core.stretch import Stretch
from formcheck.rules.judge import Judge
from formcheck.rules.recognition import claimed
from formcheck.rules.view import view_advice

_CLAIM_S = 1.0  # a shape must last so long to be taken for a stretch
_GAP_S = 0.3
_LOOK_S = 0.09  # ten looks a second are enough to see that another stretch was begun
_INSTEAD_S = 0.3  # for so long after the last look it still counts
_REPLAY_S = 12.0  # how much of the past a new judge is shown, so that the beginning of the hold is not lost


class StretchFollower:
    """Feeds measures to the judge of the stretch at hand.

    With a chosen stretch there is one judge throughout. Else the person is watched for the shape of any stretch, and
    a new judge takes over when another one was begun; `done` keeps the judges that saw a hold.
    """

    def __init__(
        self, stretches: Sequence[Stretch], chosen: Stretch | None, *, target_s: float, leg: int | None
    ) -> None:
        self._stretches = stretches
        self._chosen = chosen
        self._target_s = target_s
        self._leg = leg
        self._past: deque[Measures] = deque()
        self._looked_s = -math.inf
        self._claimed: dict[str, tuple[float, float]] = {}
        self._instead: tuple[Stretch, float] | None = None
        self.done: list[Judge] = []
        self.judge: Judge | None = self._new(chosen) if chosen else None

    @property
    def stretch(self) -> Stretch | None:
        """The stretch at hand."""
        return self.judge.stretch if self.judge else None

    def update(self, measures: Measures) -> Feedback:
        """Take in one frame."""
        if self._chosen is None:
            self._remember(measures)
            other = self._begun(measures)
            if other is not None:
                return self._take_over(other)
        if self.judge is None:
            return self._watching(measures)
        return self.judge.extend(measures)[0]

    def change(self, stretch: Stretch, *, target_s: float) -> None:
        """Choose another stretch, or the same with another target. Ends the hold at hand."""
        self.finish()
        self._chosen, self._target_s, self._leg = stretch, target_s, None
        self.judge = self._new(stretch)

    def instead(self, measures: Measures) -> Stretch | None:
        """Another stretch than the chosen one that the person has been in for a while; ask with every frame."""
        t_s = float(measures.t_s[0])
        begun = self._begun(measures)
        if begun is not None:
            self._instead = (begun, t_s)
        recent = self._instead is not None and t_s - self._instead[1] < _INSTEAD_S
        return self._instead[0] if recent and self._instead and self._instead[0] is not self.stretch else None

    def skip(self, *, leg: int | None) -> None:
        """End the hold at hand and start afresh, with a leg to look at or None."""
        self._leg = leg
        stretch = self.stretch
        self.finish()
        self.judge = self._new(stretch) if stretch else None

    def finish(self) -> None:
        """Close the judge at hand."""
        if self.judge is not None:
            self.judge.finish()
            if self.judge.holds or self._chosen is not None:
                self.done.append(self.judge)
            self.judge = None

    def _new(self, stretch: Stretch) -> Judge:
        return Judge(stretch, target_s=self._target_s, leg=self._leg)

    def _remember(self, measures: Measures) -> None:
        self._past.append(measures)
        while self._past[0].t_s[0] < measures.t_s[0] - _REPLAY_S:
            self._past.popleft()

    def _begun(self, measures: Measures) -> Stretch | None:
        """Another stretch that the person has been in for a while."""
        t_s = float(measures.t_s[0])
        if t_s - self._looked_s < _LOOK_S or (self.judge is not None and self.judge.in_hold):
            return None
        self._looked_s = t_s
        for stretch in self._stretches:
            if not claimed(stretch, measures, Target(leg=self._leg))[0]:
                continue
            since_s, last_s = self._claimed.get(stretch.slug, (t_s, t_s))
            since_s = t_s if t_s - last_s > _GAP_S else since_s
            self._claimed[stretch.slug] = (since_s, t_s)
            if t_s - since_s >= _CLAIM_S and stretch is not self.stretch:
                return stretch
        return None

    def _take_over(self, stretch: Stretch) -> Feedback:
        self.finish()
        self.judge = self._new(stretch)
        return self.judge.extend(_joined(self._past))[-1]

    def _watching(self, measures: Measures) -> Feedback:
        seen = not math.isnan(measures.trunk_deg[0])
        return Feedback(
            t_s=float(measures.t_s[0]),
            state=State.POSITION if seen else State.NO_PERSON,
            hold_s=0.0,
            target_s=self._target_s,
            alerts=(),
            marked=(),
            good=(),
            unseen=(),
            advice=view_advice(measures, 0) if seen else None,
            depth_deg=math.nan,
        )


def _joined(parts: Sequence[Measures] | deque[Measures]) -> Measures:
    return Measures(
        **{one.name: np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Measures)}
    )
