"""Exercises that look like a stretch but for one thing: with it, without it, and where it cannot be seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.measures import Measures
from formcheck.core.poses import Pose
from formcheck.judging.recognition import recognise_photo
from formcheck.stretches import all_stretches
from tests.figures import (
    HALF_SHOULDERS,
    LEFT,
    LEG,
    RIGHT,
    SCALE,
    THIGH,
    Figure,
    bent_leg,
    film,
    folded,
    lying,
    on_one_leg,
    towards,
    with_hands_at,
)
from tests.judged import last, measured, report_of

WRISTS, SHOULDERS = [15, 16], [11, 12]


def photo_of(pose: Pose) -> str | None:
    """What is recognised in a single picture of it."""
    measures = measured(pose)
    found = recognise_photo(all_stretches(), measures.part(len(measures) - 1, len(measures))).stretch
    return found.slug if found else None


def moved(pose: Pose, points: Sequence[int], by_m: tuple[float, float]) -> Pose:
    """The same with these points so far to the right and up."""
    px = pose.points_px.copy()
    px[list(points)] += np.array([by_m[0], -by_m[1]]) * SCALE
    return replace(pose, points_px=px)


def hidden(pose: Pose, *points: int) -> Pose:
    """The same with these points unseen."""
    visibility = pose.visibility.copy()
    visibility[list(points)] = 0.2
    return replace(pose, visibility=visibility)


def turned(pose: Pose, deg: float) -> Pose:
    """The same with the shoulder line across the trunk as wide as in a trunk turned so far about its own line."""
    px = pose.points_px.copy()
    line = px[SHOULDERS].mean(axis=0) - px[[23, 24]].mean(axis=0)
    across = np.array([-line[1], line[0]]) / np.hypot(*line)
    half = 0.21 * LEG * SCALE * math.sin(math.radians(deg))
    middle = px[SHOULDERS].mean(axis=0)
    px[11], px[12] = middle + half * across, middle - half * across
    return replace(pose, points_px=px)


TOE_TOUCH, STANDING = folded(), on_one_leg(raised_deg=-68.0, support_deg=-95.0, support_knee_deg=160.0)
BENCH, SUPINE = on_one_leg(raised_deg=-8.0), lying()


@pytest.mark.parametrize(
    ("figure", "slug"), [(TOE_TOUCH, "toe-touch"), (STANDING, "standing"), (BENCH, "bench"), (SUPINE, "supine")]
)
def test_the_stretches_themselves_are_recognised(figure: Figure, slug: str) -> None:
    assert photo_of(figure.pose()) == slug


@pytest.mark.parametrize(("figure", "slug"), [(STANDING, "standing"), (BENCH, "bench")])
def test_an_arm_up_in_the_air_is_a_triangle(figure: Figure, slug: str) -> None:
    one_up = moved(figure.pose(), [16, 18, 20, 22], (0.0, 1.1))
    assert photo_of(one_up) is None
    # A hand at the wall, no higher than the shoulder, and a hand that is not seen, are no reason.
    assert photo_of(moved(figure.pose(), [16, 18, 20, 22], (0.0, 0.45))) == slug
    assert photo_of(hidden(one_up, 16, 18, 20, 22)) == slug


@pytest.mark.parametrize(("figure", "slug"), [(STANDING, "standing"), (BENCH, "bench")])
def test_a_chest_turned_to_the_camera_is_no_hinge(figure: Figure, slug: str) -> None:
    measures = measured(turned(figure.pose(), 75.0))
    assert last(measures.trunk_turn_deg) == pytest.approx(75.0, abs=3.0)
    assert photo_of(turned(figure.pose(), 75.0)) is None
    assert photo_of(turned(figure.pose(), 30.0)) == slug


def test_a_trunk_that_leans_aside_in_front_of_the_camera_is_no_fold() -> None:
    assert photo_of(turned(folded(90.0).pose(), 80.0)) is None
    assert photo_of(turned(folded(165.0, setback=0.0).pose(), 80.0)) == "toe-touch"  # it hangs, seen from the front


def test_who_lies_on_a_side_does_not_lie_on_the_back() -> None:
    assert photo_of(turned(SUPINE.pose(), 70.0)) is None
    assert photo_of(turned(SUPINE.pose(), 30.0)) == "supine"


def test_hands_far_ahead_or_at_the_chest_are_no_toe_touch() -> None:
    pose = TOE_TOUCH.pose()
    toes, shoulders = pose.points_px[[31, 32]].mean(axis=0), pose.points_px[SHOULDERS].mean(axis=0)
    ahead = with_hands_at(pose, toes + np.array([0.75, 0.0]) * LEG * SCALE)
    at_the_chest = with_hands_at(pose, shoulders + np.array([0.05, 0.05]) * SCALE)
    behind = with_hands_at(pose, shoulders + np.array([-0.2, -0.45]) * SCALE)
    assert photo_of(ahead) is None
    assert photo_of(at_the_chest) is None
    assert photo_of(with_hands_at(pose, toes + np.array([0.3, -0.1]) * SCALE)) == "toe-touch"  # on a block
    assert photo_of(behind) == "toe-touch"  # clasped behind the back
    assert photo_of(hidden(at_the_chest, 15, 16, 19, 20)) == "toe-touch"


def test_hips_ahead_of_the_feet_need_hands_on_the_floor() -> None:
    dog = folded(118.0, setback=-0.27)
    assert photo_of(dog.pose()) is None
    assert photo_of(folded(118.0, setback=-0.05).pose()) == "toe-touch"


def test_a_long_step_with_the_hind_leg_slanting_back_is_a_lunge() -> None:
    long_step = on_one_leg(raised_deg=-72.0, support_deg=-120.0, support_knee_deg=174.0, trunk_deg=60.0)
    short_step = on_one_leg(raised_deg=-72.0, support_deg=-104.0, support_knee_deg=165.0, trunk_deg=60.0)
    assert photo_of(long_step.pose()) is None
    assert photo_of(short_step.pose()) == "standing"


def test_leaning_on_a_wall_with_the_hind_hip_open_is_a_calf_stretch() -> None:
    calf = on_one_leg(trunk_deg=22.0, raised_deg=-80.0, support_deg=-112.0, support_knee_deg=178.0)
    hip_deg = measured(calf.pose()).hip_deg[-1]
    assert hip_deg[RIGHT] > 160.0
    assert photo_of(calf.pose()) is None


@pytest.mark.parametrize("other_knee_deg", [176.0, 70.0])
def test_a_knee_at_the_chest_is_another_stretch(other_knee_deg: float) -> None:
    chest = _thigh_at(120.0, 55.0, other_knee_deg)
    assert photo_of(chest.pose()) is None


def test_on_the_way_to_a_straight_knee_the_hands_hold_an_upright_thigh() -> None:
    assert photo_of(_thigh_at(88.0, 75.0, 176.0).pose()) == "beginner-supine"


def _thigh_at(thigh_deg: float, knee_deg: float, other_knee_deg: float) -> Figure:
    """On the back with a folded leg, a hand at its thigh."""
    figure = lying(other_knee_deg=other_knee_deg)
    knee = figure.hip + towards(thigh_deg, THIGH)
    ankle = knee + towards(thigh_deg - 180.0 + knee_deg, LEG - THIGH)
    hand = figure.hip + towards(thigh_deg, 0.7 * THIGH)
    return replace(figure, knee=(knee, figure.knee[1]), ankle=(ankle, figure.ankle[1]), wrist=hand)


def in_turns(t_s: float) -> Pose:
    """One leg stays up while the other is lowered and raised, then they change."""
    phase, turn = t_s % 4.0, int(t_s // 4.0) % 2
    low = 85.0 - 85.0 * math.sin(math.pi * phase / 4.0) ** 2
    return lying(85.0, other_deg=low, stretched=(LEFT, RIGHT)[turn]).pose()


def resting(_t_s: float) -> Pose:
    """The same with the other leg down."""
    return lying(85.0, other_deg=-6.0).pose()


def test_legs_that_take_turns_do_not_stretch() -> None:
    assert report_of(film(in_turns, 16.0)).stretch is None
    assert report_of(film(resting, 16.0)).stretch == "supine"


def test_a_leg_that_is_not_seen_is_not_said_to_move() -> None:
    def unseen(t_s: float) -> Pose:
        return hidden(lying(85.0, other_deg=(-6.0, 28.0)[int(t_s * 2) % 2]).pose(), 26, 28)

    assert report_of(film(unseen, 10.0)).stretch == "supine"


@pytest.mark.parametrize("rate", [2.0, 30.0])
def test_how_far_a_leg_moves_in_a_second_is_the_same_at_any_rate(rate: float) -> None:
    from formcheck.kinematics.leg_travel import LegTravel

    travel, times = LegTravel(), np.arange(0.0, 4.0, 1.0 / rate)
    lines = np.column_stack([np.zeros_like(times), 30.0 * times])
    whole = LegTravel().extend(times, lines)
    assert np.isnan(whole[0]).all()
    assert whole[-1] == pytest.approx([0.0, 30.0])
    pieces = [travel.extend(times[i : i + 3], lines[i : i + 3]) for i in range(0, len(times), 3)]
    np.testing.assert_array_equal(np.concatenate(pieces), whole)


def on_a_wall(knee_deg: float = 175.0) -> Figure:
    """On the back, one leg straight up, the other foot on a wall with the knee over the hip."""
    figure = lying(82.0, knee_deg)
    knee, ankle = bent_leg(figure.hip, 80.0, 55.0, forward=-1.0)
    return replace(figure, knee=(figure.knee[0], knee), ankle=(figure.ankle[0], ankle))


def test_the_other_foot_may_be_on_a_wall() -> None:
    report = report_of(film(lambda _t: on_a_wall().pose(), 6.0))
    assert (report.stretch, len(report.holds)) == ("beginner-supine", 1)
    knee = next(rule for rule in report.rules if rule.id == "stretched-knee-straight")
    assert knee.outcome == "ok"


def test_both_feet_on_a_wall_are_no_raise() -> None:
    assert report_of(film(lambda _t: on_a_wall(60.0).pose(), 6.0)).stretch is None


def test_a_low_first_raise_is_one() -> None:
    report = report_of(film(lambda _t: lying(20.0, other_deg=-6.0).pose(), 6.0))
    assert (report.stretch, len(report.holds)) == ("supine", 1)
    assert report_of(film(lambda _t: lying(7.0, other_deg=-6.0).pose(), 6.0)).stretch is None


def test_a_change_of_leg_ends_the_hold() -> None:
    def change(t_s: float) -> Pose:
        """Left up for 6 s, then the right one, with both at the same height for a moment between."""
        if t_s < 6.0:
            return lying(80.0, other_deg=min(75.0, max(-6.0, (t_s - 5.0) * 81.0)), stretched=LEFT).pose()
        return lying(80.0, other_deg=max(-6.0, 75.0 - (t_s - 6.0) * 81.0), stretched=RIGHT).pose()

    holds = report_of(film(change, 14.0), "supine").holds
    assert len(holds) == 2
    assert holds[0].end_s < 6.0 < holds[1].start_s + 1.0


def test_hands_and_trunk_are_measured_as_they_are() -> None:
    pose = moved(TOE_TOUCH.pose(), [16], (0.0, 0.82))
    measures: Measures = measured(pose)
    shoulder = float(pose.points_px[SHOULDERS, 1].mean())
    up = (shoulder - float(pose.points_px[16, 1])) / (LEG * SCALE)
    assert last(measures.hand_up) == pytest.approx(up, abs=0.02)
    assert last(measures.hands_apart) == pytest.approx(0.82 / LEG, abs=0.02)
    assert np.isnan(last(measured(hidden(pose, 15)).hands_apart))
    assert np.isnan(last(measured(hidden(pose, 15, 16)).hand_up))
    assert pytest.approx(0.42, abs=0.01) == HALF_SHOULDERS * 2 / LEG  # the width that turning is told from
