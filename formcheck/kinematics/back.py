"""Curvature of the back, from the outline of the trunk."""

from __future__ import annotations

from typing import Final

import numpy as np

from formcheck.core.landmarks import ELBOWS, HIPS, SHOULDERS, WRISTS
from formcheck.core.poses import Body, Bools, Floats, Ints
from formcheck.core.reasons import Reason
from formcheck.geometry.angles import middle
from formcheck.geometry.silhouette import STATIONS

# The outline is followed from the hips to the shoulders; a parabola through it is hardly moved by folds of cloth.
_PART: Final = (STATIONS > -0.01) & (STATIONS < 1.01)
_ALONG: Final = STATIONS[_PART]
_DESIGN: Final = np.stack([np.ones_like(_ALONG), _ALONG, _ALONG**2], axis=1)
_BEND: Final = np.linalg.pinv(_DESIGN)[2]  # gives the quadratic term
_ENOUGH = 0.8  # of the stations must be known
# What an upright back reads: its hollow and the buttocks bend the outline inwards. Median of the rendered bodies;
# a person's own is believed within these bounds, beyond them an arm or a garment is in the way.
TYPICAL_UPRIGHT: Final = -0.06
UPRIGHT_BOUNDS: Final = (-0.09, -0.03)
_ARM_MARGIN = 0.10  # of the trunk line: an arm this close to the outline may be the outline
_LOWEST_DEG, _HIGHEST_DEG = 15.0, 110.0


def sagitta(body: Body) -> Floats:
    """(T,) height of the arc of the back over its chord, as a share of the chord; outwards is positive.

    NaN where less than four fifths of the outline between hips and shoulders is known.
    """
    back = dorsal_profile(body)[:, _PART]
    known = ~np.isnan(back)
    share = known.mean(axis=1)
    # A parabola through all stations is one product; only where some are missing a fit of its own is made.
    out = back @ _BEND
    some = (share >= _ENOUGH) & (share < 1.0)
    out[some] = [_bend_of(back[i, known[i]], known[i]) for i in np.flatnonzero(some)]
    return np.asarray(-out / 4.0)


def _bend_of(back: Floats, known: Bools) -> float:
    """The quadratic term of the parabola through the known stations."""
    return float(np.linalg.lstsq(_DESIGN[known], back, rcond=None)[0][2])


def dorsal_profile(body: Body) -> Floats:
    """(T, 27) distance from trunk line to the outline of the back, in lengths of the trunk line."""
    # Facing right, the back lies to the left of the line from the hips to the shoulders; lying with the feet to
    # the right it lies to the left as well.
    row = np.where(body.facing > 0, 0, 1)
    return np.asarray(body.profile[np.arange(len(row)), row])


def seen(covered: Bools, trunk_deg: Floats, curve: Floats) -> Ints:
    """`Reason` codes (T,): whether the outline between hips and shoulders is that of the back."""
    reason = np.where(np.isnan(curve), int(Reason.BACK_COVERED), int(Reason.SEEN))
    reason = np.where(covered, int(Reason.BACK_COVERED), reason)
    upright = (trunk_deg < _LOWEST_DEG) | (trunk_deg > _HIGHEST_DEG)
    reason = np.where(upright, int(Reason.TOO_SHALLOW), reason)
    return np.where(np.isnan(trunk_deg), int(Reason.NO_PERSON), reason)


def covered(body: Body) -> Bools:
    """(T,) whether an elbow or a wrist lies at the outline of the back or beyond it."""
    points = body.points_px
    hip, shoulder = middle(points, HIPS), middle(points, SHOULDERS)
    line = shoulder - hip
    length = np.hypot(line[:, 0], line[:, 1])
    across = np.stack([line[:, 1], -line[:, 0]], axis=1) / length[:, None]
    across *= np.where(body.facing > 0, 1.0, -1.0)[:, None]
    back = dorsal_profile(body)
    hit = np.zeros(len(points), dtype=bool)
    for joint in (*ELBOWS, *WRISTS):
        arm = points[:, joint] - hip
        along = (arm * line).sum(axis=1) / length**2
        out = (arm * across).sum(axis=1) / length
        station = np.clip(np.searchsorted(STATIONS, np.nan_to_num(along)), 0, len(STATIONS) - 1)
        edge = back[np.arange(len(back)), station]
        hit |= (along > 0.0) & (along < 0.9) & (out > edge - _ARM_MARGIN)
    return hit
