"""Middles of left and right, and the centre of mass, of a followed body."""

from __future__ import annotations

import numpy as np

from formcheck.core.landmarks import ANKLES, EARS, ELBOWS, HEELS, HIPS, KNEES, SHOULDERS, TOES, WRISTS
from formcheck.core.poses import Body, Floats, Ints
from formcheck.kinematics.view import VISIBLE

# Share of the body's mass and place of its centre along the segment, mean of women and men (de Leva 1996).
# Two limbs count twice; hands and feet are taken at the wrist and between heel and toe.
_SEGMENTS = (
    (SHOULDERS, HIPS, 0.430, 0.45),
    (SHOULDERS, ELBOWS, 0.0526, 0.57),
    (ELBOWS, WRISTS, 0.0300, 0.457),
    (WRISTS, WRISTS, 0.0118, 0.0),
    (HIPS, KNEES, 0.2894, 0.38),
    (KNEES, ANKLES, 0.0914, 0.44),
    (HEELS, TOES, 0.0266, 0.5),
    (EARS, EARS, 0.0681, 0.0),
)


class Midpoint:
    """The middle of left and right, from the visible one alone where the other is hidden behind it."""

    def __init__(self, body: Body) -> None:
        self._points = body.points_px
        self._known: dict[int, Floats] = {}
        self._weight = np.where(body.visibility >= VISIBLE, 1.0, 1e-3)

    def of(self, pair: Ints) -> Floats:
        """(T, 2) middle of a (left, right) pair of points."""
        left = int(pair[0])
        if left not in self._known:
            self._known[left] = self._middle(pair)
        return self._known[left]

    def _middle(self, pair: Ints) -> Floats:
        left, right = int(pair[0]), int(pair[1])
        left_weight, right_weight = self._weight[:, left, None], self._weight[:, right, None]
        weighted = self._points[:, left] * left_weight + self._points[:, right] * right_weight
        return np.asarray(weighted / (left_weight + right_weight))

    def centre_of_mass(self) -> Floats:
        """(T, 2) centre of mass of the body in the picture, px."""
        total = sum(share for _, _, share, _ in _SEGMENTS)
        centre = np.zeros((len(self._points), 2))
        for start, end, share, along in _SEGMENTS:
            a, b = self.of(start), self.of(end)
            centre += share * (a + along * (b - a))
        return centre / total
