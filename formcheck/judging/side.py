"""Which leg a hold stretches, with doubt."""

from __future__ import annotations

import math
from typing import Final

from formcheck.core.side import LEGS, Side

SURE: Final = 0.9  # how probable a side must be to be named
_SETTLE_S = 1.0
_ALONE_S = 1.0  # what the first frame of a hold stands for, and one after a gap


class SideBelief:
    """Whether the stretched leg of one hold is the left one, from its label and how far that can be trusted.

    What is known of the labels grows within `Measures.labels_right` and is not added up again: the belief
    follows its newest second, which has seen the most. A film that is mirrored turns the answer round.
    """

    def __init__(self, *, mirrored: bool = False) -> None:
        self._sign = -1.0 if mirrored else 1.0
        self.named: int | None = None
        self._odds = math.nan  # logarithm of the odds that the leg called left is stretched and is the left one

    def update(self, leg: int, labels_right: float, step_s: float) -> None:
        """Take in a frame of the hold: the label of the stretched leg (0 left, 1 right), log odds, seconds.

        NaN, where the legs cannot be told apart, changes nothing.
        """
        if math.isnan(labels_right):
            return
        odds = labels_right if leg == 0 else -labels_right
        if math.isnan(self._odds):
            self._odds = odds
            return
        blend = 1.0 - math.exp(-(step_s if step_s > 0 else _ALONE_S) / _SETTLE_S)
        self._odds += blend * (odds - self._odds)

    def name(self, leg: int) -> None:
        """Somebody says which leg it is (0 left, 1 right)."""
        self.named = leg

    @property
    def probability(self) -> float:
        """That the left leg is the stretched one; 0.5 while nothing is known."""
        return 0.5 if math.isnan(self._odds) else 1.0 / (1.0 + math.exp(-self._sign * self._odds))

    def side(self) -> Side:
        """The side that was named, or that is at least so probable, else `unsure`."""
        if self.named is not None:
            return LEGS[self.named]
        left = self.probability
        return "left" if left >= SURE else "right" if 1.0 - left >= SURE else "unsure"
