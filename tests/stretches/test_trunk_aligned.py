"""The trunk of the beginner's supine stretch: rolled and taken aside in space, by all sizes, seen by a real camera."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pytest

from formcheck.core.poses import Pose, PoseFrame
from tests.figures import HEIGHT, SCALE, Figure, in_and_out, lying
from tests.judged import alerted, report_of, result
from tests.perspective import scaled, seed_of, seen, shot, steady

SHOULDERS, HIPS, UPPER = [11, 12], [23, 24], [0, 7, 8, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22]
HIP_M = 0.12
READ = 0.19  # of a roll of the shoulders the model gives back a fifth


@dataclass
class Trunk(Figure):
    """A lying figure whose shoulders and hips roll about the trunk and whose trunk bends to the side.

    A roll is positive where the near shoulder, or hip, sinks; a bend where it goes away from the camera.
    """

    roll_deg: float = 0.0
    hips_deg: float = 0.0
    bend_deg: float = 0.0
    facing: int = 1  # the right side is near, or the left one

    def pose(self, **_how: object) -> Pose:
        flat = super().pose()
        points, right = flat.points_px.copy(), -flat.depth_px / 3.0 * self.facing
        for pair, deg in ((SHOULDERS, self.roll_deg), (HIPS, self.hips_deg)):
            points[pair, 1] += right[pair] * math.sin(math.radians(deg))
            right[pair] *= math.cos(math.radians(deg))
        hip_x, bend = points[HIPS, 0].mean(), math.radians(self.bend_deg)
        along = points[UPPER, 0] - hip_x
        points[UPPER, 0] = hip_x + along * math.cos(bend) - right[UPPER] * math.sin(bend)
        right[UPPER] = right[UPPER] * math.cos(bend) + along * math.sin(bend)
        return replace(flat, points_px=points, depth_px=-right * 3.0 * self.facing)


def hold(*, facing: int = 1, head_deg: float = 10.0, rest_s: float = 0.0, **trunk: float) -> list[PoseFrame]:
    """A hold of 8 s with this trunk; the first `rest_s` seconds are left out."""

    def scene(t_s: float) -> list[Pose]:
        depth = in_and_out(t_s, 8.0)
        plain = lying(-6.0 + 76.0 * depth, 176.0, -6.0, 10.0 + depth * (head_deg - 10.0), 80.0)
        body = Trunk(**vars(plain), facing=facing, **{name: deg * depth for name, deg in trunk.items()})
        return [seen(body, facing=facing, noise_px=0.3, seed=seed_of(t_s))]

    return [one for one in shot(scene, steady(13.0, 15)) if one.t_s >= rest_s]


def test_the_figure_is_the_plain_one_where_nothing_is_rolled() -> None:
    plain = lying(70.0)
    np.testing.assert_allclose(seen(Trunk(**vars(plain))).points_px, seen(plain).points_px, atol=1e-9)
    low = seen(Trunk(**vars(plain), roll_deg=30.0)).points_px - seen(plain).points_px
    assert low[12, 1] > 5.0 > -5.0 > low[11, 1]
    assert HEIGHT * 0.9 - plain.pose().points_px[23, 1] == pytest.approx(HIP_M * SCALE)


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("roll_deg", [-25.0, -14.0, -8.0, 8.0, 14.0, 25.0])
def test_a_plain_roll_of_the_shoulders_is_a_warning_for_the_whole_hold(roll_deg: float, facing: int) -> None:
    report = report_of(hold(roll_deg=roll_deg, facing=facing), "beginner-supine")
    assert alerted(report) == {"trunk-aligned"}
    assert report.alerts[0].level == "warn"
    assert result(report, "trunk-aligned").off_s > 0.9 * report.holds[0].held_s


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize(("roll_deg", "bend_deg"), [(-14.0, 22.0), (14.0, -22.0)])
def test_a_small_roll_counts_where_the_head_went_aside_with_it(roll_deg: float, bend_deg: float, facing: int) -> None:
    report = report_of(hold(roll_deg=roll_deg * READ, bend_deg=bend_deg, facing=facing), "beginner-supine")
    assert alerted(report) == {"trunk-aligned"}
    assert result(report, "trunk-aligned").off_s > 0.9 * report.holds[0].held_s


@pytest.mark.parametrize("trunk", [{"roll_deg": 2.7}, {"roll_deg": -2.7}, {"bend_deg": 22.0}, {"hips_deg": 20.0}])
def test_nothing_is_said_of_what_the_picture_cannot_show(trunk: dict[str, float]) -> None:
    assert not alerted(report_of(hold(**trunk), "beginner-supine"))


def test_shoulders_that_roll_against_the_hips_are_named() -> None:
    assert alerted(report_of(hold(roll_deg=14.0, hips_deg=-14.0), "beginner-supine")) == {"trunk-aligned"}


def test_a_lifted_head_is_not_taken_for_one_that_went_aside() -> None:
    assert alerted(report_of(hold(roll_deg=2.7, head_deg=45.0), "beginner-supine")) == {"head-down"}


@pytest.mark.parametrize(("roll_deg", "named"), [(0.0, set()), (14.0, {"trunk-aligned"})])
def test_a_stream_that_changes_its_size_changes_nothing(roll_deg: float, named: set[str]) -> None:
    frames = [scaled(one, 2.0) if one.t_s > 6.0 else one for one in hold(roll_deg=roll_deg)]
    report = report_of(frames, "beginner-supine")
    assert alerted(report) == named
    assert result(report, "trunk-aligned").off_s == pytest.approx(report.holds[0].held_s if named else 0.0, abs=0.5)


def test_whoever_was_not_seen_at_rest_cannot_be_told_to_be_rolled() -> None:
    told = result(report_of(hold(roll_deg=14.0, rest_s=4.0), "beginner-supine"), "trunk-aligned")
    assert (told.outcome, told.why_unseen) == ("unseen", "not enough of you seen yet to compare with")
