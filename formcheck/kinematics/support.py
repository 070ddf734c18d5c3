"""Whether a hand rests on something that carries: a chair, a wall, a table, a block."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from formcheck.core.landmarks import ANKLES, HEELS, HIPS, KNEES, SHOULDERS, TOES, WRISTS
from formcheck.core.poses import Body, Bools, Floats, Ints
from formcheck.geometry.angles import middle
from formcheck.geometry.bones import off
from formcheck.kinematics.view import VISIBLE

# Lengths in leg lengths. Where the shoulders of rendered people move, their wrists move 0.5 to 4 times as far, whether
# they hang, reach for a foot or rest on a leg. A fixed point, tracked as those wrists are, seems to move 0.03 to 0.45
# times as far, mostly 0.1.
_MOVING: Final = 0.012  # spread of the shoulders over a second; the model's own is less in a quiet hold
_FIXED: Final = 0.4  # of their spread: a wrist with less is held by something
_ALONG: Final = 0.7  # ... and one with more is free, if it moves at all:
_LOOSE: Final = 0.015  # less spread than that may be one that is held, and badly tracked
_PLACE: Final = 0.04  # a wrist further than this from where it was on average has left
_REST_S: Final = 1.0
_FEWEST: Final = 3  # pictures that must agree
_OVER_S: Final = 1.0
_BLINK_S: Final = 0.3  # what is misread or badly seen for no longer
_FORGET_S: Final = 2.0
_JITTER_S: Final = 0.02
# From the middle of a limb to a wrist whose hand lies on it: rendered people read up to 0.14.
_ON_THE_BODY: Final = 0.15
_HANGING_DEG: Final = 20.0  # from straight below the shoulder

_THIGHS: Final = (HIPS, KNEES)  # from where, to where
_LIMBS: Final = (
    np.concatenate([SHOULDERS, HIPS, KNEES, HEELS]),
    np.concatenate([HIPS, KNEES, ANKLES, TOES]),
)


class HandSupport:
    """Whether a wrist has rested in one place for a second, away from the body, while the shoulders moved.

    Somebody who holds an arm out and does not move at all looks the same as somebody who holds on, so it is said only
    once the shoulders have moved and the wrist has not. It stays so until the wrist leaves or moves along with them. A
    wrist near the own trunk, legs or feet, straight below the shoulder, or badly seen never counts.
    """

    def __init__(self) -> None:
        self._wrists = (_Wrist(), _Wrist())
        self._picture: list[int] = []
        self._held_s = -math.inf

    def extend(self, body: Body) -> Bools:
        """(T,) for further frames."""
        points, leg = body.points_px, body.own_leg_px
        shoulders = middle(points, SHOULDERS)
        seen = (body.visibility[:, WRISTS] >= VISIBLE) & ~np.isnan(leg)[:, None]
        free = (_to_limbs(points, _LIMBS) / leg[:, None] > _ON_THE_BODY) & ~_hanging(points, shoulders)
        out = np.zeros(len(body), dtype=bool)
        pictures, times, legs = body.picture_px.tolist(), body.t_s.tolist(), leg.tolist()
        above, places = _as_complex(shoulders).tolist(), _as_complex(points[:, WRISTS]).tolist()
        for i, side in np.argwhere(seen).tolist():
            if pictures[i] != self._picture:
                self._picture, self._wrists = pictures[i], (_Wrist(), _Wrist())
            away = bool(free[i, side])
            fixed = self._wrists[side].update(times[i], places[i][side], above[i], legs[i], away_from_body=away)
            out[i] |= fixed and away
        return self._bridged(body.t_s, out)

    def _bridged(self, t_s: Floats, held: Bools) -> Bools:
        """The same, and so for a moment after: a hand flickers."""
        last_s = np.maximum.accumulate(np.where(held, t_s, self._held_s))
        self._held_s = float(last_s[-1]) if len(t_s) else self._held_s
        return np.asarray(t_s - last_s <= _BLINK_S)


def hands_to_thighs(body: Body) -> Floats:
    """(T,) distance of the nearer visible wrist from the thighs, in leg lengths; infinite where none is visible."""
    far = np.where(body.visibility[:, WRISTS] >= VISIBLE, _to_limbs(body.points_px, _THIGHS), np.inf)
    return np.asarray(far.min(axis=1) / body.own_leg_px)


def _as_complex(points: Floats) -> npt.NDArray[np.complex128]:
    """(...) x + y i for points (..., 2)."""
    return np.asarray(points[..., 0] + 1j * points[..., 1])


def _to_limbs(points: Floats, limbs: tuple[Ints, Ints]) -> Floats:
    """(T, 2) px from each wrist to the nearest of the lines between the points (T, 33, 2) of `limbs`."""
    start, end = (points[:, None, joints] for joints in limbs)
    return np.asarray(off(points[:, WRISTS, None], start, end).min(axis=2))


def _hanging(points: Floats, shoulders: Floats) -> Bools:
    """(T, 2) whether a wrist is straight below the shoulders (T, 2)."""
    arm = points[:, WRISTS] - shoulders[:, None]
    return np.asarray(np.degrees(np.arctan2(np.abs(arm[..., 0]), arm[..., 1])) < _HANGING_DEG)


class _Spread:
    """Mean of a place in the picture over about the last second, and the spread around it."""

    def __init__(self, place: complex) -> None:
        self.mean, self._square = place, 0.0

    def add(self, place: complex, share: float) -> None:
        away = place - self.mean
        self.mean += share * away
        self._square = (1.0 - share) * (self._square + share * abs(away) ** 2)

    @property
    def spread(self) -> float:
        return math.sqrt(self._square)


class _Wrist:
    """One wrist: since when it has been in its place, and whether something holds it there. Places are x + y i, px."""

    def __init__(self) -> None:
        self._last_s = -math.inf
        self._begin(math.inf, 0j, 0j)

    def _begin(self, t_s: float, wrist: complex, shoulders: complex) -> None:
        self._since_s, self._count, self._away_s, self._fixed = t_s, 1, math.nan, False
        self._own, self._above = _Spread(wrist), _Spread(shoulders)

    def update(self, t_s: float, wrist: complex, shoulders: complex, leg_px: float, *, away_from_body: bool) -> bool:
        """Whether something holds it; `shoulders` is the middle of them."""
        step_s, self._last_s = t_s - self._last_s, t_s
        if not 0.0 < step_s <= _FORGET_S:
            self._begin(t_s, wrist, shoulders)
        elif abs(wrist - self._own.mean) > _PLACE * leg_px:
            self._away_s = t_s if math.isnan(self._away_s) else self._away_s
            if t_s - self._away_s >= _BLINK_S:
                self._begin(t_s, wrist, shoulders)
        else:
            self._away_s = math.nan
            self._stay(step_s, wrist, shoulders, t_s - self._since_s)
            if away_from_body and t_s - self._since_s >= _REST_S - _JITTER_S and self._count >= _FEWEST:
                self._weigh(leg_px)
        return self._fixed

    def _stay(self, step_s: float, wrist: complex, shoulders: complex, rested_s: float) -> None:
        """A picture more in which it is where it was."""
        share = max(step_s / rested_s, -math.expm1(-step_s / _OVER_S))
        self._own.add(wrist, share)
        self._above.add(shoulders, share)
        self._count += 1

    def _weigh(self, leg_px: float) -> None:
        """What the last second says, where the shoulders moved."""
        moved = self._above.spread
        if moved < _MOVING * leg_px:
            return
        if self._own.spread < _FIXED * moved:
            self._fixed = True
        elif self._own.spread > max(_ALONG * moved, _LOOSE * leg_px):
            self._fixed = False
