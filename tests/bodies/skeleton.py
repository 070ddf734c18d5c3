"""Bodies in space, posed by the directions of their limbs: x forward, y up, z to their own right, metres.

A direction is `(degrees, out)`: 0 forward, 90 up, -90 down, 180 back in the side plane, then `out` degrees away from
that plane, of a limb and its foot to their own outside. Points are MediaPipe's 33, (33, 3); the floor is at 0.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tests.figures import ARM, HALF_HIPS, HALF_SHOULDERS, HAND, NECK, SHANK, THIGH, TRUNK

Way = tuple[float, float]
Place = tuple[float, float, float]
ANKLE_M = 0.08  # above the sole
_SIDES = (-1.0, 1.0)  # left, right
# How far the flesh reaches around a joint, for lying on the floor.
_RADII = np.full(33, 0.02)
_RADII[[7, 8]], _RADII[[11, 12]], _RADII[[23, 24]] = 0.08, 0.08, 0.10
_RADII[[25, 26, 27, 28]] = 0.05
_SHORT_M = 0.08  # a hand that misses its place by less is still about there
EXCHANGED = np.array([0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(i + 1 if i % 2 else i - 1 for i in range(11, 33))])


@dataclass(frozen=True)
class Limb:
    """A limb by the directions of its two parts; without a second one it is straight. `tip` is the sole of a foot."""

    upper: Way
    lower: Way | None = None
    tip: Way | None = None


@dataclass(frozen=True)
class To:
    """A limb whose ankle or wrist is at a place (its z to its own outside), elbow or knee pointing to `bend`."""

    place: Place
    bend: Way = (0.0, 0.0)
    tip: Way | None = None


def foot(
    x: float = 0.0, out: float = HALF_HIPS, *, up: float = 0.0, toe: Way = (0.0, 0.0), bend: Way = (0.0, 0.0)
) -> To:
    """A leg that stands there, `up` metres above the floor, on the whole sole unless `toe` says otherwise."""
    return To((x, ANKLE_M + up, out), bend, toe)


def towards(way: Way, side: float = 1.0) -> np.ndarray:
    """The unit vector of a direction."""
    deg, out = math.radians(way[0]), math.radians(way[1])
    return np.array([math.cos(deg) * math.cos(out), math.sin(deg) * math.cos(out), side * math.sin(out)])


def unit(vector: np.ndarray) -> np.ndarray:
    return np.asarray(vector / max(1e-9, float(np.linalg.norm(vector))))


def about(axis: np.ndarray, deg: float) -> np.ndarray:
    """The matrix that turns by so much about an axis, right-handed."""
    x, y, z = unit(axis)
    cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    angle = math.radians(deg)
    return np.asarray(np.eye(3) + math.sin(angle) * cross + (1 - math.cos(angle)) * cross @ cross)


HANGING = Limb((-88.0, 6.0), (-82.0, 4.0))
FORWARD = Limb((0.0, 0.0))
FEET = (foot(), foot())


def body(
    *,
    hip: tuple[float, float | None, float] = (0.0, None, 0.0),
    trunk: Way = (89.0, 0.0),
    twist: float = 0.0,
    turn: float = 0.0,
    lean: float = 0.0,
    nod: float = 0.0,
    legs: Sequence[Limb | To] = FEET,
    arms: Sequence[Limb | To] = (HANGING, HANGING),
    trunk_m: float = TRUNK,
) -> np.ndarray:
    """One body, (33, 3).

    hip      the middle of the hips; without a height as high as the legs that stand somewhere let it be.
    trunk    direction from hips to shoulders, `out` to the right; `twist` turns the shoulders to the left about it.
    turn     of the pelvis to the left about the vertical; `lean` sinks its right side.
    nod      of the head towards the chest.
    """
    points = np.zeros((33, 3))
    axis = about(np.array([0.0, 1.0, 0.0]), turn) @ about(np.array([1.0, 0.0, 0.0]), lean) @ np.array([0.0, 0.0, 1.0])
    root = np.array([hip[0], _height(hip, axis, legs) if hip[1] is None else hip[1], hip[2]])
    up = towards(trunk)
    across = about(up, twist) @ unit(axis - (axis @ up) * up)
    middle = root + trunk_m * up
    _head(points, middle, up, across, nod)
    for side, sign in enumerate(_SIDES):
        points[23 + side] = root + sign * HALF_HIPS * axis
        points[11 + side] = middle + sign * HALF_SHOULDERS * across
        points[[25 + side, 27 + side]] = _limb(points[23 + side], legs[side], sign, (THIGH, SHANK))
        points[[13 + side, 15 + side]] = _limb(points[11 + side], arms[side], sign, (ARM, ARM))
        _hand(points, side, across)
        _foot(points, side, legs[side].tip, sign, axis)
    return points


def _height(hip: tuple[float, float | None, float], axis: np.ndarray, legs: Sequence[Limb | To]) -> float:
    """As high as legs that are almost straight let the hips be."""
    found = []
    for sign, leg in zip(_SIDES, legs, strict=True):
        if isinstance(leg, To):
            x, y, z = leg.place
            at = np.array([hip[0], 0.0, hip[2]]) + sign * HALF_HIPS * axis
            level = math.hypot(at[0] - x, at[2] - sign * z)
            found.append(y - at[1] + math.sqrt(max(0.01, (0.997 * (THIGH + SHANK)) ** 2 - level**2)))
    return min(found)


def _limb(at: np.ndarray, limb: Limb | To, sign: float, lengths: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    upper, lower = lengths
    if isinstance(limb, Limb):
        joint = at + upper * towards(limb.upper, sign)
        return joint, joint + lower * towards(limb.lower or limb.upper, sign)
    line = np.array([*limb.place[:2], sign * limb.place[2]]) - at
    reach = min(0.998 * (upper + lower), float(np.linalg.norm(line)))
    if float(np.linalg.norm(line)) - reach > _SHORT_M:
        raise ValueError(f"too short by {np.linalg.norm(line) - reach:.2f} m for {limb}")
    line = unit(line)
    along = (reach**2 + upper**2 - lower**2) / (2 * reach)
    pole = towards(limb.bend, sign)
    pole = unit(pole - (pole @ line) * line)
    return at + along * line + math.sqrt(max(0.0, upper**2 - along**2)) * pole, at + reach * line


def _head(points: np.ndarray, middle: np.ndarray, up: np.ndarray, across: np.ndarray, nod: float) -> None:
    front = np.cross(up, across)
    angle = math.radians(nod)
    neck = math.cos(angle) * up + math.sin(angle) * front
    face = np.cross(neck, across)
    ears = middle + NECK * neck
    points[0] = ears + 0.11 * face
    for side, sign in enumerate(_SIDES):
        points[[1 + 3 * side, 2 + 3 * side, 3 + 3 * side]] = [
            ears + 0.09 * face + 0.03 * neck + sign * out * across for out in (0.02, 0.03, 0.045)
        ]
        points[7 + side] = ears + sign * 0.07 * across
        points[9 + side] = ears + 0.09 * face - 0.05 * neck + sign * 0.025 * across


def _hand(points: np.ndarray, side: int, across: np.ndarray) -> None:
    line = unit(points[15 + side] - points[13 + side])
    wide = unit(np.cross(line, across) + 1e-6)
    points[17 + side] = points[15 + side] + 0.9 * HAND * line - 0.025 * wide
    points[19 + side] = points[15 + side] + HAND * line + 0.015 * wide
    points[21 + side] = points[15 + side] + 0.5 * HAND * line + 0.035 * wide


def _foot(points: np.ndarray, side: int, tip: Way | None, sign: float, axis: np.ndarray) -> None:
    shank = unit(points[27 + side] - points[25 + side])
    # Toes point to where the shin faces, unless something else is said.
    sole = unit(np.cross(axis, shank)) if tip is None else towards(tip, sign)
    down = unit(shank - 0.98 * (shank @ sole) * sole)
    points[29 + side] = points[27 + side] - 0.05 * sole + 0.07 * down
    points[31 + side] = points[27 + side] + 0.17 * sole + 0.07 * down


def mirrored(points: np.ndarray) -> np.ndarray:
    """Left and right exchanged."""
    return np.asarray(points[EXCHANGED] * (1.0, 1.0, -1.0))


def grounded(points: np.ndarray) -> np.ndarray:
    """The same body, lowered onto the floor or raised from it."""
    return np.asarray(points - (0.0, float(np.min(points[:, 1] - _RADII)), 0.0))


def rolled(points: np.ndarray, deg: float) -> np.ndarray:
    """Somebody who lies on the back along x, rolled about that line: 90 to the right side, 180 onto the front."""
    return grounded(points @ about(np.array([1.0, 0.0, 0.0]), deg).T)


# What hangs from what; -1 the middle of the hips, -2 of the shoulders, -3 of the ears.
_PARENT = {23: -1, 24: -1, 11: -2, 12: -2, 7: -3, 8: -3}
_PARENT |= dict.fromkeys((*range(7), 9, 10), -3)
_PARENT |= {13: 11, 14: 12, 15: 13, 16: 14, 17: 15, 18: 16, 19: 15, 20: 16, 21: 15, 22: 16}
_PARENT |= {25: 23, 26: 24, 27: 25, 28: 26, 29: 27, 30: 28, 31: 27, 32: 28}
_MIDDLES = {-1: (23, 24), -2: (11, 12), -3: (7, 8)}
# What may stay where it is while the rest moves.
_ANCHORS = ((27, 28), (23, 24), (27,), (28,), (15, 16), (25, 26), (25,), (26,))


def between(start: np.ndarray, end: np.ndarray, share: float) -> np.ndarray:
    """A body on its way from one to the other: bones turn and keep their length, what moves least is kept in place."""
    if share <= 0.0 or start is end:
        return start
    if share >= 1.0:
        return end
    joints = {key: (start[list(pair)].mean(0), end[list(pair)].mean(0)) for key, pair in _MIDDLES.items()}
    joints |= {i: (start[i], end[i]) for i in range(33)}
    found: dict[int, np.ndarray] = {-1: np.zeros(3)}
    for key, parent in ((-2, -1), (-3, -2), *_PARENT.items()):
        first, last = (joints[key][i] - joints[parent][i] for i in (0, 1))
        found[key] = found[parent] + _turned(first, last, share)
    points = np.array([found[i] for i in range(33)])
    moved = [float(np.linalg.norm(start[list(one)].mean(0) - end[list(one)].mean(0))) for one in _ANCHORS]
    anchor = list(_ANCHORS[int(np.argmin(moved))])
    goal = (1 - share) * start[anchor].mean(0) + share * end[anchor].mean(0)
    points = points + goal - points[anchor].mean(0)
    sunk = min(start[:, 1].min(), end[:, 1].min()) - points[:, 1].min()
    return np.asarray(points + np.array([0.0, max(0.0, float(sunk)), 0.0]))


def varied(points: np.ndarray, random: np.random.Generator, build: np.random.Generator, off_deg: float) -> np.ndarray:
    """Somebody else doing the same: parts up to 8 % longer or shorter, every part about `off_deg` elsewhere.

    What was on the floor lies lowest again. The same `build` makes the same person.
    """
    lengths = {key: build.uniform(0.92, 1.08) for key in (-2, -3, 11, 13, 23, 25, 27)}
    places = {key: points[list(pair)].mean(0) for key, pair in _MIDDLES.items()} | dict(enumerate(points))
    found: dict[int, np.ndarray] = {-1: places[-1]}
    for key, parent in ((-2, -1), (-3, -2), *_PARENT.items()):
        rigid = key in {23, 24, 11, 12} or parent == -3 or key in range(17, 23) or key >= 29
        turn = about(random.normal(size=3), 0.0 if rigid else random.normal(0.0, off_deg))
        # Left and right are of one length.
        longer = lengths.get(key if key in lengths else key - 1, 1.0)
        found[key] = found[parent] + longer * turn @ (places[key] - places[parent])
    moved = np.array([found[i] for i in range(33)])
    drop = float(np.min(moved[:, 1] - _RADII) - np.min(points[:, 1] - _RADII))
    return np.asarray(moved - np.array([0.0, drop, 0.0]))


def _turned(first: np.ndarray, last: np.ndarray, share: float) -> np.ndarray:
    one, other = float(np.linalg.norm(first)), float(np.linalg.norm(last))
    angle = math.acos(max(-1.0, min(1.0, float(first @ last) / max(1e-9, one * other))))
    if angle < 1e-3:
        return (1 - share) * first + share * last
    mix = (math.sin((1 - share) * angle) * first / one + math.sin(share * angle) * last / other) / math.sin(angle)
    return np.asarray(unit(mix) * ((1 - share) * one + share * other))
