"""The stretches as real people do them, which is seldom as the book says."""

from __future__ import annotations

from tests.bodies.exercise import Exercise
from tests.bodies.lying import BENT, LONG, lying
from tests.bodies.skeleton import HANGING, Limb, To, body, foot
from tests.bodies.upright import STAND

SIDE_ON = (0.0, 25.0, 45.0, 70.0, 90.0)
_NEAR_FLOOR = (To((0.14, 0.16, 0.12), (180.0, 20.0)),) * 2
_SHANK_FREE = Limb((60.0, 4.0), (10.0, 2.0))
_ON_WALL = Limb((60.0, 3.0), (0.0, 2.0), (90.0, 0.0))

_OTHER_LONG = Limb((-3.0, 3.0), None, (75.0, 10.0))


def _folded(trunk_deg: float, arms, back: float, knee_soft: float = 0.0):
    """Folded over the feet; `back` metres the hips behind them."""
    return body(
        hip=(-back, None if not knee_soft else 0.88 - knee_soft, 0.0), trunk=(trunk_deg, 0.0), arms=arms, nod=15.0
    )


_DEEP = _folded(-45.0, _NEAR_FLOOR, 0.15)
_ON_BLOCK = _folded(-22.0, (To((0.22, 0.32, 0.12), (180.0, 20.0)),) * 2, 0.17)
_BEHIND = _folded(-35.0, (Limb((150.0, 8.0), (140.0, -8.0)),) * 2, 0.16)
_SOFT = _folded(-35.0, _NEAR_FLOOR, 0.17, 0.02)


def raised(deg: float, other=_OTHER_LONG, *, knee_deg: float = 174.0, hold: str | None = "thigh"):
    """On the back, the left leg up by so much, held by the hands there or by a strap."""
    leg = Limb((deg + (180.0 - knee_deg) / 2, 2.0), (deg - (180.0 - knee_deg) / 2, 2.0))
    legs = lying(leg, other)
    if hold is None:
        return legs
    place = legs[25] + (0.1 * (legs[23] - legs[25]) if hold == "calf" else 0.35 * (legs[23] - legs[25]))
    if hold == "strap":
        place = legs[11] + 0.45 * (legs[27] - legs[11])
    arm = To((float(place[0]) - 0.03, float(place[1]), 0.13), (-60.0, 60.0))
    return lying(leg, other, arms=(arm, To((arm.place[0], arm.place[1], -0.07), (-60.0, 60.0))))


_LEAN_ARMS = (To((0.42, 0.68, 0.12), (180.0, 30.0)),) * 2
_LOW_BLOCK = body(
    hip=(-0.16, 0.84, 0.0),
    trunk=(42.0, 0.0),
    legs=(foot(0.36, up=0.14, toe=(55.0, 0.0), bend=(90.0, 0.0)), foot(-0.10)),
    arms=_LEAN_ARMS,
)
_HEEL_FORWARD = body(
    hip=(-0.16, 0.81, 0.0),
    trunk=(40.0, 0.0),
    legs=(foot(0.205, toe=(45.0, 0.0), bend=(90.0, 0.0)), foot(-0.14)),
    arms=_LEAN_ARMS,
)


def _on(height_m: float, x: float, trunk_deg: float, back: float = 0.06):
    """One heel on something so high."""
    return body(
        hip=(-back, None, 0.0),
        trunk=(trunk_deg, 0.0),
        legs=(To((x, height_m + 0.05, 0.1), (90.0, 0.0), (80.0, 0.0)), foot(0.0)),
        arms=(To((0.34, 0.75, 0.14), (-160.0, 30.0)),) * 2,
    )


_FENCE, _STEP = _on(0.80, 0.72, 48.0), _on(0.45, 0.62, 45.0)
_LIFTED = body(
    hip=(-0.06, None, 0.0), legs=(To((0.4, 0.6, 0.1), (60.0, 0.0), (30.0, 0.0)), foot(0.0)), arms=(HANGING, HANGING)
)
_QUICK_FOLD = [(4.0, _DEEP), (4.0, STAND), (4.0, _DEEP), (4.0, STAND)]


def _does(name, slug, pose, start, **more):
    return Exercise(name, slug, pose, start, **{"hold_s": 7.0, "yaws": SIDE_ON, **more})


STRETCHING = (
    _does("toe touch, held 5 s", "toe-touch", _DEEP, STAND, hold_s=5.0, back=0.1),
    _does("toe touch, held 2 s", "toe-touch", _DEEP, STAND, hold_s=2.0, back=0.1),
    _does("toe touch, slow, never rests", "toe-touch", _DEEP, STAND, path=_QUICK_FOLD, back=0.1),
    _does("toe touch, hands on a block", "toe-touch", _ON_BLOCK, STAND, back=0.06),
    _does("toe touch, hands behind", "toe-touch", _BEHIND, STAND, back=0.08),
    _does("toe touch, soft knees", "toe-touch", _SOFT, STAND, back=0.1),
    _does("supine, hands at the thigh", "supine", raised(75.0), LONG, height_m=0.6),
    _does("supine, hands at the calf", "supine", raised(85.0, hold="calf"), LONG, height_m=0.6),
    _does("supine, arms on the floor", "supine", raised(65.0, hold=None), LONG, height_m=0.6),
    _does("supine, first raise 20 degrees", "supine", raised(20.0, hold=None), LONG, height_m=0.6),
    _does(
        "supine, first raise 25 degrees, held 4 s", "supine", raised(25.0, hold=None), LONG, height_m=0.6, hold_s=4.0
    ),
    _does(
        "beginner, strap",
        "beginner-supine",
        raised(72.0, Limb((48.0, 2.0), (-52.0, 2.0), (0.0, 0.0)), hold="strap"),
        BENT,
        height_m=0.6,
    ),
    _does(
        "beginner, hands at the thigh",
        "beginner-supine",
        raised(65.0, Limb((48.0, 2.0), (-52.0, 2.0), (0.0, 0.0)), knee_deg=160.0),
        BENT,
        height_m=0.6,
    ),
    _does(
        "beginner, other foot on a wall",
        "beginner-supine",
        raised(76.0, _ON_WALL),
        lying(_ON_WALL, _ON_WALL),
        height_m=0.6,
    ),
    _does("beginner, other foot off the floor", "beginner-supine", raised(78.0, _SHANK_FREE), BENT, height_m=0.6),
    _does(
        "beginner, strap, 20 degrees",
        "beginner-supine",
        raised(25.0, Limb((48.0, 2.0), (-52.0, 2.0), (0.0, 0.0)), hold=None),
        BENT,
        height_m=0.6,
    ),
    _does("standing, heel forward", "standing", _HEEL_FORWARD, STAND),
    _does("standing, heel on a low block", "standing", _LOW_BLOCK, STAND),
    _does("bench, heel on a fence", "bench", _FENCE, _LIFTED),
    _does("bench, knee-high step", "bench", _STEP, _LIFTED),
    _does("bench, standing foot cut off", "bench", _FENCE, _LIFTED, cut=0.24),
)
