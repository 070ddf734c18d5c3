"""Postures of bodies built by geometry: each at several angles, from both sides, and with a tilted camera."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.core.landmarks import ANKLES, HEELS, HIPS, TOES
from formcheck.core.poses import Floats
from formcheck.core.posture import Posture
from formcheck.geometry.posture import is_lying, posture
from tests.figures import RIGHT, Figure, folded, kneeling, lying, on_chair, on_one_leg, seated_forward_fold, upright


def sitting_cross_legged(trunk_deg: float) -> Figure:
    """The knees out to the sides and low, the feet under the body."""
    straight = seated_forward_fold(trunk_deg)
    knee, ankle = straight.hip + np.array([0.33, -0.06]), straight.hip + np.array([-0.06, -0.03])
    return replace(straight, knee=(knee, knee), ankle=(ankle, ankle))


FIGURES: dict[Posture, dict[str, Figure]] = {
    Posture.STANDING: {
        "upright": upright(),
        **{f"leaning {deg}": folded(deg) for deg in (15, 30, 38)},
        **{f"squat {knee}": folded(35.0, knee_deg=knee, setback=0.2) for knee in (140.0, 100.0, 70.0, 55.0)},
        **{f"bench {deg}": on_one_leg(deg, raised_deg=-10.0) for deg in (5.0, 20.0, 38.0)},
        **{f"bench squat {k}": on_one_leg(30.0, raised_deg=-6.0, support_knee_deg=k) for k in (150.0, 110.0, 70.0)},
        "heel forward": on_one_leg(30.0, raised_deg=-65.0),
        "lunge": on_one_leg(5.0, raised_deg=-52.0, raised_knee_deg=100.0, support_deg=-145.0),
        "deepest squat": folded(40.0, knee_deg=26.0, setback=0.1),
    },
    Posture.FOLDED: {
        **{f"fold {deg}": folded(deg) for deg in (55, 80, 100, 120, 140, 160)},
        "hands on the floor": folded(150.0, hand=np.array([0.15, 0.0])),
        "soft knees": folded(110.0, knee_deg=150.0),
        "over a heel on a bench": on_one_leg(70.0, raised_deg=-10.0),
        "downward dog": on_one_leg(130.0, raised_deg=-126.0, support_deg=-126.0),
    },
    Posture.SEATED: {
        **{f"long sitting {deg}": seated_forward_fold(deg) for deg in range(-25, 101, 25)},
        **{f"other knee bent {deg}": seated_forward_fold(deg, other_knee_deg=70.0) for deg in (0, 40, 60, 80, 100)},
        **{f"knees bent {deg}": seated_forward_fold(deg, knee_deg=110.0) for deg in (0, 40, 60, 90)},
        "crossed legs": sitting_cross_legged(0.0),
        "fold over crossed legs": sitting_cross_legged(60.0),
        "feet drawn up": seated_forward_fold(45.0, knee_deg=35.0),
        **{f"chair {deg}": on_chair(deg) for deg in (-25, 0, 20, 45)},
        **{f"edge of a chair {deg}": on_chair(deg, thigh_deg=-12.0, seat_m=0.5) for deg in (0, 20)},
        **{f"chair, one leg out {deg}": on_chair(deg, out=True) for deg in (0, 20, 45)},
    },
    Posture.KNEELING: {
        **{f"upright {deg}": kneeling(deg) for deg in (-10, 0, 25, 50)},
        **{f"on all fours {deg}": kneeling(90.0, deg) for deg in (60.0, 75.0, 90.0, 110.0)},
        **{f"on the heels {deg}": kneeling(deg, 150.0) for deg in (0, 30, 60, 100)},
        "low on the heels": kneeling(40.0, 160.0),
    },
    Posture.LYING: {
        **{f"leg at {deg}": lying(deg) for deg in (-6.0, 20.0, 45.0, 80.0, 110.0, 135.0)},
        **{f"other knee bent to {knee}": lying(80.0, other_deg=4.0, other_knee_deg=knee) for knee in (120, 80, 45)},
        **{f"shoulders up {deg}": lying(70.0, trunk_up_deg=deg) for deg in (10.0, 25.0, 40.0, 49.0)},
        **{f"both legs at {deg}": lying(deg, other_deg=deg) for deg in (20, 60, 90, 110, 130, 145)},
        **{f"both knees bent at {d}": lying(d, 60.0, other_deg=d, other_knee_deg=60.0) for d in (0, 30, 60, 90)},
        "the other leg": lying(60.0, stretched=RIGHT),
        "on a floor that rises to the head": lying(60.0, other_deg=-13.0),
        "hips read above the joint": replace(lying(60.0, other_deg=-8.0), hip=np.array([0.0, 0.18])),
        "both legs over the head": lying(155.0, other_deg=155.0),
        "plough": on_one_leg(138.0, raised_deg=-12.0, support_deg=-12.0),
    },
}
CASES = [(kind, name) for kind, figures in FIGURES.items() for name in figures]


def rolled(points_px: Floats, degrees: float) -> Floats:
    """The same points in the picture of a camera that is rolled."""
    angle = math.radians(degrees)
    turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
    return points_px @ turn


@pytest.mark.parametrize(("kind", "name"), CASES, ids=lambda value: str(value))
@pytest.mark.parametrize("facing", [1, -1])
def test_postures(kind: Posture, name: str, facing: int) -> None:
    for tilt_deg, exchanged, yaw_deg in itertools.product((-4.0, 0.0, 4.0), (False, True), (-15.0, 0.0, 15.0)):
        points = FIGURES[kind][name].pose(facing=facing, exchanged=exchanged, yaw_deg=yaw_deg).points_px
        assert Posture(int(posture(rolled(points, tilt_deg)))) is kind, (tilt_deg, exchanged, yaw_deg)


@pytest.mark.parametrize(("kind", "name"), CASES, ids=lambda value: str(value))
def test_who_lies_is_told_alike_alone_and_among_others(kind: Posture, name: str) -> None:
    points = FIGURES[kind][name].pose().points_px
    assert bool(is_lying(points)) == (kind is Posture.LYING)
    together = np.stack([points, upright().pose().points_px, lying().pose().points_px])
    np.testing.assert_array_equal(posture(together), [kind, Posture.STANDING, Posture.LYING])
    np.testing.assert_array_equal(is_lying(together[None]), [[kind is Posture.LYING, False, True]])


@given(
    st.sampled_from(CASES),
    st.floats(0.05, 20.0),
    st.tuples(st.floats(-3000.0, 3000.0), st.floats(-3000.0, 3000.0)),
    st.floats(0.0, 1.5),
    st.integers(0, 1000),
)
def test_neither_size_nor_place_nor_noise_changes_it(
    case: tuple[Posture, str], scale: float, shift_px: tuple[float, float], noise_px: float, seed: int
) -> None:
    kind, name = case
    points = FIGURES[kind][name].pose().points_px
    points = points + np.random.default_rng(seed).normal(0.0, noise_px, (33, 2))
    assert int(posture(points * scale + shift_px)) == kind


@pytest.mark.parametrize("knee_deg", [176.0, 150.0, 120.0])
@pytest.mark.parametrize("other_knee_deg", [None, 60.0, 90.0])
@pytest.mark.parametrize("facing", [1, -1])
def test_a_seated_fold_never_passes_through_lying(knee_deg: float, other_knee_deg: float | None, facing: int) -> None:
    way = [seated_forward_fold(0.5 * i, knee_deg, other_knee_deg).pose(facing=facing).points_px for i in range(201)]
    for tilt_deg in (-4.0, 0.0, 4.0):
        np.testing.assert_array_equal(posture(rolled(np.stack(way), tilt_deg)), Posture.SEATED)


@pytest.mark.parametrize(
    ("way", "kinds"),
    [
        ([folded(float(deg)) for deg in range(161)], [Posture.STANDING, Posture.FOLDED]),
        ([seated_forward_fold(float(-deg)) for deg in range(90)], [Posture.SEATED, Posture.LYING]),
        ([lying(float(deg)) for deg in range(-6, 141)], [Posture.LYING]),
        ([lying(float(deg), other_deg=float(deg)) for deg in range(-6, 146)], [Posture.LYING]),
        ([folded(35.0, knee_deg=float(deg), setback=0.2) for deg in range(176, 54, -1)], [Posture.STANDING]),
        ([kneeling(0.0, float(deg)) for deg in range(90, 156)], [Posture.KNEELING]),
        ([kneeling(float(deg), 150.0) for deg in range(101)], [Posture.KNEELING]),
        ([on_chair(float(deg)) for deg in range(-30, 91)], [Posture.SEATED]),
        (
            [on_chair(60.0, 0.0 - deg, 0.46 + 0.42 * math.sin(math.radians(deg))) for deg in range(61)],
            [Posture.SEATED, Posture.FOLDED],
        ),
    ],
    ids=[
        "fold",
        "lie back",
        "raise",
        "raise both",
        "squat",
        "on the heels",
        "child's pose",
        "on a chair",
        "rise from it",
    ],
)
def test_a_slow_way_changes_the_posture_at_one_place(way: list[Figure], kinds: list[Posture]) -> None:
    found = posture(np.stack([figure.pose().points_px for figure in way])).tolist()
    assert [kind for kind, _ in itertools.groupby(found)] == kinds


@pytest.mark.parametrize("figure", [upright(), folded(110.0), lying(80.0), seated_forward_fold(60.0), kneeling()])
def test_what_is_missing_is_unknown(figure: Figure) -> None:
    for pair in (HIPS, ANKLES, HEELS, TOES):
        points = figure.pose().points_px.copy()
        points[pair[0]] = np.nan
        assert int(posture(points)) == Posture.UNKNOWN
        assert not is_lying(points)


@pytest.mark.parametrize("tilt_deg", [-10.0, 10.0])
def test_a_seated_fold_under_a_camera_that_is_badly_tilted(tilt_deg: float) -> None:
    for trunk_deg in (0.0, 30.0, 60.0, 80.0, 105.0):
        assert int(posture(rolled(seated_forward_fold(trunk_deg).pose().points_px, tilt_deg))) == Posture.SEATED


def test_no_body_is_unknown() -> None:
    nothing = np.full((2, 33, 2), np.nan)
    np.testing.assert_array_equal(posture(nothing), Posture.UNKNOWN)
    assert int(posture(np.zeros((33, 2)))) == Posture.UNKNOWN
    assert posture(np.empty((0, 33, 2))).shape == (0,)


def test_upside_down_is_unknown() -> None:
    points = upright().pose().points_px * [1.0, -1.0]
    assert int(posture(points)) == Posture.UNKNOWN


def test_from_the_front_a_squat_is_not_told_from_a_seat() -> None:
    for figure in (on_chair(), folded(20.0, knee_deg=75.0, setback=0.2)):
        assert int(posture(figure.pose(yaw_deg=85.0).points_px)) == Posture.UNKNOWN
    assert int(posture(upright().pose(yaw_deg=85.0).points_px)) == Posture.STANDING
    for trunk_deg in (65.0, 100.0):
        assert int(posture(folded(trunk_deg).pose(yaw_deg=85.0).points_px)) == Posture.FOLDED
    assert int(posture(folded(20.0, knee_deg=60.0, setback=0.2).pose(yaw_deg=30.0).points_px)) == Posture.STANDING
    assert int(posture(seated_forward_fold(0.0).pose(yaw_deg=85.0).points_px)) == Posture.SEATED
