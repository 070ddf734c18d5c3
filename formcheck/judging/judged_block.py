"""What is known and said of a block of frames, which may change until the chain says that it is settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from formcheck.core.feedback import Feedback, State
from formcheck.core.measures import Measures
from formcheck.core.poses import Body
from formcheck.core.stretch import Stretch
from formcheck.judging.feedback import FeedbackBlock, watching


@dataclass(slots=True, kw_only=True, eq=False)
class JudgedBlock:
    """Everything known of T frames.

    said  (T,) which feedback block each frame is told in, and where; None where no stretch is at hand. Until the chain
          says that the block is settled, this may change.
    """

    body: Body
    measures: Measures
    target_s: float
    said: list[tuple[FeedbackBlock, int] | None]

    def __len__(self) -> int:
        return len(self.said)

    @property
    def states(self) -> list[State]:
        """The state in each frame."""
        there = ~np.isnan(self.measures.trunk_deg)
        plain = [State.POSITION if here else State.NO_PERSON for here in there.tolist()]
        return [one if said is None else said[0].states[said[1]] for one, said in zip(plain, self.said, strict=True)]

    def stretch(self, i: int) -> Stretch | None:
        """The stretch that frame `i` is judged as."""
        said = self.said[i]
        return said[0].stretch if said else None

    def feedback(self, i: int) -> Feedback:
        """What to show of frame `i`."""
        said = self.said[i]
        return said[0][said[1]] if said else watching(self.measures, i, self.target_s)

    def __iter__(self) -> Iterator[Feedback]:
        return (self.feedback(i) for i in range(len(self)))
