"""A stream that changes the size of its pictures midway."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.poses import Pose, PoseBlock, PoseFrame
from formcheck.core.reasons import Reason
from formcheck.kinematics.measurer import Measurer
from formcheck.tracking.body import BodyTracker
from tests.figures import WIDTH, ease, lying, upright
from tests.perspective import moved, scaled, seed_of, seen, shot, steady

SCALE_FREE = ("knee_deg", "leg_lift_deg", "trunk_deg", "yaw_deg", "tremor", "jumpy", "helper", "facing", "feet_seen",
              "leg_seen", "hands_to_knee", "fps")  # fmt: skip


def scene(t_s: float) -> list[Pose]:
    person = seen(lying(20.0 + 60.0 * ease(t_s, 1.0, 3.0)), at_m=-0.6, noise_px=0.5, seed=seed_of(t_s))
    return [person, seen(upright(), at_m=1.3)]


@pytest.mark.parametrize("by", [0.5, 2.0, 1080 / 480])
def test_the_same_scene_at_another_scale_goes_on_as_if_nothing_had_happened(by: float) -> None:
    frames = shot(scene, steady(6.0, 30))
    changed = [one if one.t_s < 2.5 else scaled(one, by) for one in frames]
    assert {(one.width, one.height) for one in changed} == {(854, 480), (round(854 * by), round(480 * by))}
    plain, other = BodyTracker().extend(frames), BodyTracker().extend(changed)
    scale = np.where(plain.t_s < 2.5, 1.0, by)
    # The sides of a picture are whole numbers: half a pixel of them is all that may differ.
    np.testing.assert_allclose(other.points_px, plain.points_px * scale[:, None, None], rtol=2e-3)
    np.testing.assert_allclose(other.raw_px, plain.raw_px * scale[:, None, None], rtol=1e-9)
    np.testing.assert_allclose(other.depth_px, plain.depth_px * scale[:, None], rtol=1e-9)
    np.testing.assert_allclose(other.own_leg_px, plain.own_leg_px * scale, rtol=2e-3)
    np.testing.assert_array_equal(other.picture_px[[0, -1]], [(854, 480), (round(854 * by), round(480 * by))])
    first, second = Measurer().extend(plain), Measurer().extend(other)
    for name in SCALE_FREE:
        np.testing.assert_allclose(getattr(second, name), getattr(first, name), rtol=0.01, atol=0.05, err_msg=name)
    assert (second.leg_seen[-1] == Reason.SEEN).all()


@pytest.mark.parametrize(("down_px", "reason"), [(0.0, Reason.SEEN), (90.0, Reason.FEET_OUT)])
def test_what_is_in_the_picture_is_a_matter_of_each_picture(down_px: float, reason: Reason) -> None:
    frames = shot(lambda _t: [moved(seen(upright()), range(33), (0.0, down_px))], steady(2.0, 30))
    mixed = [scaled(one, 0.5 if one.index % 2 else 2.0) for one in frames]
    assert (Measurer().extend(BodyTracker().extend(mixed)).feet_seen == reason).all()


def turned(one: PoseFrame) -> PoseFrame:
    """The frame as a phone on its side would have seen it: narrower, the same person elsewhere and smaller."""
    people = tuple(replace(pose, points_px=pose.points_px * 0.6 - (130.0, -200.0)) for pose in one.people)
    return replace(one, width=one.height, height=one.width, people=people)


def test_a_phone_that_is_turned_is_followed_at_once_and_smoothed_anew() -> None:
    frames = shot(lambda t: scene(t)[:1], steady(6.0, 30))
    body = BodyTracker().extend([one if one.t_s < 4.0 else turned(one) for one in frames])
    seen_px = np.array([(one if one.t_s < 4.0 else turned(one)).people[0].points_px for one in frames])
    assert not np.isnan(body.points_px).any()
    np.testing.assert_array_equal(body.points_px[120], seen_px[120])  # nothing of the time before is in it
    assert np.hypot(*np.moveaxis(body.points_px - seen_px, -1, 0)).max() < 30.0
    assert body.own_leg_px[121] == pytest.approx(0.6 * body.own_leg_px[119], rel=0.05)
    np.testing.assert_array_equal(body.picture_px[[119, 120]], [(854, 480), (480, 854)])


def test_turned_and_turned_back_within_a_block_is_the_same_as_picture_by_picture() -> None:
    frames = [turned(one) if 1.0 < one.t_s < 2.0 else one for one in shot(scene, steady(3.0, 30))]
    whole, tracker = BodyTracker().extend(frames), BodyTracker()
    single = [tracker.extend([one]).points_px for one in frames]
    np.testing.assert_allclose(whole.points_px, np.concatenate(single))


def test_a_block_keeps_the_size_of_each_frame() -> None:
    frames = shot(lambda _t: [seen(upright())], steady(0.2, 30))
    frames[3:] = [scaled(one, 2.0) for one in frames[3:]]
    block = PoseBlock.of(frames)
    np.testing.assert_array_equal(block.picture_px[[2, 3]], [(WIDTH, 480), (2 * WIDTH, 960)])
    for one, again in zip(frames, block.frames(), strict=True):
        assert (again.width, again.height) == (one.width, one.height)
        np.testing.assert_array_equal(again.people[0].points_px, one.people[0].points_px)
    assert PoseBlock.of([]).picture_px.shape == (0, 2)
