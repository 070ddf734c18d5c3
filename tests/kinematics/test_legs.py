"""Whether the labels of the legs are right, on bodies filmed by a camera with perspective."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.landmarks import ANKLES, EXCHANGED_LEGS, HEELS, HIPS, KNEES, SHOULDERS, TOES
from formcheck.core.poses import Body, Floats, Pose, PoseFrame
from formcheck.judging.side import SURE, SideBelief
from formcheck.kinematics.legs import LegLabels
from formcheck.kinematics.measurer import Measurer
from formcheck.tracking.body import BodyTracker
from tests.figures import HEIGHT, LEFT, RIGHT, WIDTH, ease, frame, in_and_out, lying, on_one_leg
from tests.judged import judged
from tests.kinematics.filmed import filmed
from tests.perspective import seed_of, seen, shot, steady

_SURE_ODDS = math.log(SURE / (1 - SURE))


def raised(
    leg: int, exchanged: Callable[[float], bool] = lambda _t_s: False, *,
    seconds: float = 10.0, fps: float = 30.0, from_s: float = 0.0, height: float = 0.8,
) -> list[PoseFrame]:  # fmt: skip
    """On the back; 1 s of rest, 2 s up, held to the end; filmed from `from_s` on."""
    frames = []
    for index in range(round(seconds * fps)):
        t_s = index / fps
        if t_s < from_s:
            continue
        figure = lying(raise_deg=-6.0 + 88.0 * ease(t_s, 1.0, 3.0), stretched=leg)
        pose = filmed(figure, exchanged=exchanged(t_s), noise_px=1.0, seed=index, height=height)
        frames.append(frame(len(frames), t_s, pose))
    return frames


def body_of(frames: Sequence[PoseFrame]) -> Body:
    return BodyTracker().extend(frames)


def believed(body: Body, *, after_s: float = 3.0) -> SideBelief:
    """The belief over the hold: the leg that is higher in the picture is the stretched one."""
    labels, belief, last_s = LegLabels().extend(body), SideBelief(), math.nan
    for i in np.flatnonzero(body.t_s >= after_s).tolist():
        leg = int(np.argmin(body.points_px[i, ANKLES, 1]))
        belief.update(leg, float(labels[i]), 0.0 if math.isnan(last_s) else float(body.t_s[i]) - last_s)
        last_s = float(body.t_s[i])
    return belief


def mirrored(body: Body) -> Body:
    """The same body in the mirror: it faces left, and its left side is its right one."""
    swapped = [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(i + 1 if i % 2 else i - 1 for i in range(11, 33))]
    points = (body.raw_px * (-1, 1) + (WIDTH, 0))[:, swapped]
    return replace(
        body, raw_px=points, points_px=points, facing=-body.facing, depth_px=body.depth_px[:, swapped],
        visibility=body.visibility[:, swapped],
    )  # fmt: skip


@pytest.mark.parametrize("fps", [3.0, 10.0, 30.0, 120.0])
@pytest.mark.parametrize(("leg", "side"), [(RIGHT, "right"), (LEFT, "left")])
def test_near_and_far_legs_are_told_at_every_rate(leg: int, side: str, fps: float) -> None:
    assert believed(body_of(raised(leg, fps=fps))).side() == side


@pytest.mark.parametrize("way", ["film", "mirror"])
def test_the_way_in_is_remembered_when_the_legs_are_exchanged_for_the_whole_hold(way: str) -> None:
    body = body_of(raised(RIGHT, lambda t_s: t_s > 2.8))
    if way == "mirror":
        body = mirrored(body)
    assert believed(body).side() == ("right" if way == "film" else "left")


def test_exchanged_legs_are_found_out_after_the_repair_has_given_in() -> None:
    """The repair follows a model that insists; the log odds turn negative with it, and the side stays."""
    body = body_of(raised(RIGHT, lambda t_s: t_s > 2.8, seconds=12.0))
    labels = LegLabels().extend(body)
    called = np.argmin(body.points_px[:, ANKLES, 1], axis=1)
    late = body.t_s > 9.0
    assert (called[late] == LEFT).all(), "the repair has given in, else this shows nothing"
    assert (labels[late] < 0.0).all()


def test_a_film_that_begins_in_the_hold_with_exchanged_legs_is_not_sure() -> None:
    belief = believed(body_of(raised(RIGHT, lambda _: True, from_s=3.2)), after_s=3.2)
    assert belief.side() != "left"


def test_a_wrong_repair_is_undone() -> None:
    """The points of the legs are exchanged with the depth the model gave them: only their labels are wrong."""
    right = body_of(raised(RIGHT))
    wrong = replace(
        right,
        raw_px=right.raw_px[:, EXCHANGED_LEGS],
        points_px=right.points_px[:, EXCHANGED_LEGS],
        depth_px=right.depth_px[:, EXCHANGED_LEGS],
    )
    assert (LegLabels().extend(wrong)[-30:] < -_SURE_ODDS).all()
    assert believed(wrong).side() == "right"


def without_depth_of_legs(body: Body) -> Body:
    depth = body.depth_px.copy()
    depth[:, np.concatenate([HIPS, KNEES, ANKLES])] = 0.0
    return replace(body, depth_px=depth)


def odds_near(body: Body, leg: int) -> float:
    """Log odds that the raised leg is near (the right one), at the end."""
    labels = LegLabels().extend(body)
    return float(labels[-1]) * (1.0 if leg == RIGHT else -1.0)


def test_the_leg_on_the_floor_tells_without_any_label() -> None:
    assert odds_near(without_depth_of_legs(body_of(raised(RIGHT, height=1.2))), RIGHT) > 0.5
    assert odds_near(without_depth_of_legs(body_of(raised(LEFT, height=1.2))), LEFT) < -1.5


def test_seen_from_the_floor_the_floor_tells_nothing() -> None:
    odds = odds_near(without_depth_of_legs(body_of(raised(LEFT, height=0.1))), LEFT)
    assert -1.0 <= odds < -0.2  # what the shanks tell


def test_in_the_mirror_the_floor_tells_the_same() -> None:
    body = without_depth_of_legs(body_of(raised(RIGHT, height=1.2)))
    np.testing.assert_allclose(LegLabels().extend(mirrored(body)), LegLabels().extend(body), atol=1e-9)


def test_a_small_picture_tells_the_same() -> None:
    body = body_of(raised(LEFT, seconds=5.0))
    small = replace(
        body, raw_px=body.raw_px / 8, points_px=body.points_px / 8, depth_px=body.depth_px / 8,
        own_leg_px=body.own_leg_px / 8, picture_px=np.tile([WIDTH // 8 + 1, HEIGHT // 8], (len(body), 1)),
    )  # fmt: skip
    np.testing.assert_allclose(LegLabels().extend(small), LegLabels().extend(body), atol=1e-9)


def test_a_leg_that_is_hardly_raised_is_told_by_the_model_alone() -> None:
    poses = [filmed(lying(raise_deg=-6.0 + 26.0 * ease(i / 30, 1.0, 2.0), stretched=RIGHT)) for i in range(90)]
    body = without_depth_of_legs(body_of([frame(i, i / 30, pose) for i, pose in enumerate(poses)]))
    assert LegLabels().extend(body)[-1] == 0.0


def test_bent_legs_are_none_to_learn_the_floor_from() -> None:
    """Both knees bent at rest, feet on the floor; then the near leg goes up and the far one down."""
    poses = []
    for index in range(180):
        share = ease(index / 30, 1.0, 3.0)
        knee_deg = 80.0 + 96.0 * share
        figure = lying(-6.0 + 88.0 * share, knee_deg=knee_deg, other_knee_deg=knee_deg, stretched=RIGHT)
        poses.append(frame(index, index / 30, filmed(figure)))
    assert odds_near(without_depth_of_legs(body_of(poses)), RIGHT) > 0.0


def test_a_bent_leg_is_none_to_tell_the_floor_from() -> None:
    """The far leg goes up and the near knee bends, so that it is higher than any leg on the floor."""
    poses = []
    for index in range(180):
        share = ease(index / 30, 1.0, 3.0)
        figure = lying(-6.0 + 88.0 * share, other_knee_deg=176.0 - 96.0 * share, stretched=LEFT)
        poses.append(frame(index, index / 30, filmed(figure)))
    assert odds_near(without_depth_of_legs(body_of(poses)), LEFT) < 0.0


def test_a_lifted_leg_is_none_on_the_floor() -> None:
    """A far leg is raised and the near one lifted by 20 degrees: as high in the picture as a far one on the floor."""
    frames = []
    for index in range(240):
        t_s = index / 30
        share = ease(t_s, 1.0, 3.0)
        figure = lying(raise_deg=-6.0 + 88.0 * share, other_deg=-6.0 + 20.0 * share, stretched=LEFT)
        frames.append(frame(index, t_s, filmed(figure)))
    assert odds_near(without_depth_of_legs(body_of(frames)), LEFT) < 0.5


def test_the_nearer_shank_is_the_longer_one() -> None:
    """From the height of the floor and from the hold on there is nothing else to tell from."""
    near, far = (
        odds_near(without_depth_of_legs(body_of(raised(leg, from_s=3.2, height=0.1))), leg) for leg in (RIGHT, LEFT)
    )
    assert near > far + 1.0


def static(leg: int, **changes: Floats | tuple[int, int]) -> float:
    """Log odds that the labels are right of a film of 4 s that begins in the hold."""
    body = body_of(raised(leg, seconds=7.2, from_s=3.2))
    return float(LegLabels().extend(replace(body, **changes) if changes else body)[-1])  # type: ignore[arg-type]


@pytest.mark.parametrize("edge", ["right", "left"])
def test_far_counts_less_than_near_and_less_still_with_the_other_foot_cut_off(edge: str) -> None:
    body = body_of(raised(LEFT, seconds=7.2, from_s=3.2))
    foot_px = float(body.raw_px[:, [ANKLES[1], HEELS[1], TOES[1]], 0].min())
    if edge == "left":
        body = mirrored(body)
        body = replace(body, raw_px=body.raw_px - (WIDTH - foot_px, 0.0))
    else:
        body = replace(body, picture_px=np.tile([int(foot_px), HEIGHT], (len(body), 1)))
    cut = float(LegLabels().extend(body)[-1])
    assert static(LEFT) < static(RIGHT)
    assert cut < _SURE_ODDS
    assert cut < static(LEFT) - 1.3  # the model's word for far, and the shank that is not there


def test_where_the_two_looks_differ_near_counts_less_and_far_not_at_all() -> None:
    visibility = body_of(raised(LEFT, seconds=7.2, from_s=3.2)).visibility.copy()
    visibility[:, np.concatenate([KNEES, ANKLES])] = 0.55
    assert static(RIGHT, visibility=visibility) == pytest.approx(static(RIGHT) - 1.0, abs=0.1)
    assert static(LEFT, visibility=visibility) == pytest.approx(static(LEFT) - 1.2, abs=0.1)


def test_legs_that_the_model_puts_equally_far_away_say_little() -> None:
    body = body_of(raised(RIGHT, seconds=7.2, from_s=3.2))
    depth = body.depth_px.copy()
    depth[:, np.concatenate([HIPS, KNEES, ANKLES])] *= 0.1
    assert static(RIGHT, depth_px=depth) < static(RIGHT) - 1.0


def test_a_trunk_that_turns_the_other_side_to_the_camera_leaves_it_open() -> None:
    depth = body_of(raised(RIGHT, seconds=7.2, from_s=3.2)).depth_px.copy()
    depth[:, SHOULDERS] = depth[:, SHOULDERS[::-1]]
    assert static(RIGHT, depth_px=depth) == 0.0


def test_a_recording_without_depth_leaves_it_open() -> None:
    assert static(RIGHT, depth_px=np.full((120, 33), np.nan)) == 0.0


def test_one_frame_is_less_than_a_second() -> None:
    """In a film, that is: a photo, which no other picture follows, stands for itself."""
    labels = LegLabels().extend(body_of(raised(RIGHT, fps=30.0)))
    first = np.flatnonzero(~np.isnan(labels))[0]
    assert 0.0 < labels[first] < 0.5
    photo = LegLabels().extend(body_of(raised(RIGHT, from_s=5.0)[:1]))
    assert photo[0] > _SURE_ODDS


@pytest.mark.parametrize("fps", [4, 30])
def test_legs_together_begin_anew(fps: int) -> None:
    """The far leg after the near one: what was seen of the first says nothing of the second."""
    frames = []
    for index in range(fps * 16):
        t_s = index / fps
        leg = RIGHT if t_s < 8 else LEFT
        share = ease(t_s % 8, 1.0, 3.0) - ease(t_s % 8, 5.0, 7.0)
        frames.append(frame(index, t_s, filmed(lying(raise_deg=-6.0 + 88.0 * share, stretched=leg), noise_px=0.5)))
    body = body_of(frames)
    labels = LegLabels().extend(body)
    for start_s in (3.0, 11.0):
        held = (body.t_s > start_s + 0.5) & (body.t_s < start_s + 2.0)
        assert (labels[held] > _SURE_ODDS).all()
    assert np.isnan(labels[(body.t_s > 7.5) & (body.t_s < 8.5)]).all()


def test_somebody_new_after_a_gap_begins_anew() -> None:
    frames = raised(RIGHT, seconds=6.0)
    later = [frame(len(frames) + i, 9.0 + i / 30, filmed(lying(raise_deg=82.0, stretched=LEFT))) for i in range(3)]
    labels = LegLabels().extend(body_of([*frames, *later]))
    assert labels[len(frames) - 1] > _SURE_ODDS
    assert 0.0 < labels[len(frames)] == pytest.approx(LegLabels().extend(body_of(later))[0], abs=0.05)


def test_standing_legs_are_told_by_the_depth_alone() -> None:
    for leg in (RIGHT, LEFT):
        frames = [frame(i, i / 30, filmed(on_one_leg(stretched=leg, raised_deg=-10.0), height=1.0)) for i in range(60)]
        assert LegLabels().extend(body_of(frames))[-1] > _SURE_ODDS


def test_walking_tells_nothing_of_the_next_step() -> None:
    """Legs that cross are other legs: the evidence of a step ends with it."""
    frames = []
    for index in range(90):
        swing_deg = 25.0 * math.sin(2 * math.pi * index / 30)
        leg = RIGHT if swing_deg > 0 else LEFT
        figure = on_one_leg(
            trunk_deg=5.0, raised_deg=-90.0 + abs(swing_deg), support_deg=-90.0 - abs(swing_deg), stretched=leg
        )
        frames.append(frame(index, index / 30, filmed(figure, height=1.0)))
    labels = LegLabels().extend(body_of(frames))
    assert (labels[~np.isnan(labels)] > 0).all()
    assert np.nanmax(labels) < 3.4  # two heights, a third of a second each; never the sum over the steps


def test_frame_by_frame_is_the_same_as_one_block() -> None:
    body = body_of(raised(RIGHT, lambda t_s: 4.0 < t_s < 4.5, seconds=6.0, fps=10.0))
    labels, one = LegLabels().extend(body), LegLabels()
    parts = [one.extend(_row(body, i)) for i in range(len(body))]
    np.testing.assert_array_equal(np.concatenate(parts), labels)


def _row(body: Body, i: int) -> Body:
    fields = {name: getattr(body, name) for name in Body.__dataclass_fields__}
    rows = {name: value[i : i + 1] if isinstance(value, np.ndarray) else value for name, value in fields.items()}
    return Body(**rows)


def test_a_first_picture_is_not_believed_for_ever() -> None:
    body = body_of(raised(RIGHT, seconds=9.0, from_s=3.2))
    depth = body.depth_px.copy()
    depth[0] = depth[0, EXCHANGED_LEGS]
    assert LegLabels().extend(replace(body, depth_px=depth))[-1] > _SURE_ODDS


def test_everything_together_is_bounded() -> None:
    slow = [
        frame(i, i / 10, filmed(lying(raise_deg=-6.0 + 100.0 * ease(i / 10, 1.0, 20.0), stretched=RIGHT)))
        for i in range(400)
    ]
    assert np.nanmax(LegLabels().extend(body_of(slow))) <= 6.5


def test_one_frame_that_seems_turned_round_changes_nothing_and_a_second_does() -> None:
    body = body_of(raised(RIGHT, seconds=9.0))
    facing = body.facing.copy()
    facing[200] = -1.0
    labels = LegLabels().extend(replace(body, facing=facing))
    assert math.isnan(labels[200])
    assert labels[201] == pytest.approx(LegLabels().extend(body)[201], abs=0.2)
    facing[200:230] = -1.0
    labels = LegLabels().extend(replace(body, facing=facing))
    assert labels[229] == 0.0  # the trunk is turned the other way
    assert abs(labels[245]) < 3.5


def test_measures_hold_the_same() -> None:
    body = body_of(raised(RIGHT, seconds=4.0))
    np.testing.assert_array_equal(Measurer().extend(body).labels_right, LegLabels().extend(body))


@pytest.mark.parametrize("yaw_deg", [-25.0, 25.0])
@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("stretched", [LEFT, RIGHT])
def test_a_leg_over_the_head_of_who_lies_turned_is_never_taken_for_the_other_one(
    stretched: int, facing: int, yaw_deg: float
) -> None:
    def people(t_s: float) -> list[Pose]:
        figure = lying(-6.0 + 171.0 * in_and_out(t_s, 5.0), stretched=stretched)
        return [seen(figure, facing=facing, yaw_deg=yaw_deg, noise_px=0.5, seed=seed_of(t_s))]

    frames = shot(people, steady(10.0, 10))
    for begun_s in (0.0, 4.0):
        side = judged([one for one in frames if one.t_s >= begun_s], None).report.side
        assert side in ("unsure", ("left", "right")[stretched])
