from __future__ import annotations

import numpy as np
import pytest

from formcheck.core.poses import Pose, PoseFrame
from formcheck.kinematics.measurer import Measurer
from formcheck.tracking.body import BodyTracker
from tests.figures import film, folded, frame, in_and_out, lying, on_chair, seated_forward_fold, upright


def scene(t_s: float) -> Pose:
    depth = in_and_out(t_s)
    return folded(1 + depth * 120, setback=0.14 * depth).pose()


def test_blocks_of_any_size_give_the_same_measures() -> None:
    frames = film(scene, 8.0)
    whole = Measurer().extend(BodyTracker().extend(frames))
    for size in (1, 7, 100):
        tracker, measurer = BodyTracker(), Measurer()
        blocks = [measurer.extend(tracker.extend(frames[i : i + size])) for i in range(0, len(frames), size)]
        for name in ("knee_deg", "trunk_deg", "leg_lift_deg", "tremor", "fps", "com_on_foot", "leg_seen"):
            joined = np.concatenate([getattr(block, name) for block in blocks])
            np.testing.assert_allclose(joined, getattr(whole, name), err_msg=name)


def test_a_passer_by_does_not_become_the_person() -> None:
    def with_passer_by(index: int, t_s: float) -> PoseFrame:
        person = lying(80.0).pose(shift_px=(-100.0, 0.0))
        walker = upright().pose(shift_px=(400.0 - 250.0 * t_s, 0.0))
        # For half a second the walker hides the person altogether.
        people = (walker,) if 1.5 < t_s < 2.0 else (walker, person) if t_s > 0.5 else (person,)
        return frame(index, t_s, *people)

    body = BodyTracker().extend([with_passer_by(i, i / 30) for i in range(90)])
    measures = Measurer().extend(body)
    seen = ~np.isnan(body.points_px[:, 0, 0])
    assert measures.lying[seen].all()
    assert seen.sum() >= 70


def test_after_two_seconds_somebody_else_may_follow() -> None:
    first = [frame(i, i / 30, upright().pose(shift_px=(-250.0, 0.0))) for i in range(30)]
    second = [frame(i, i / 30, upright().pose(shift_px=(250.0, 0.0))) for i in range(30, 150)]
    body = BodyTracker().extend(first + second)
    assert np.isnan(body.points_px[40, 0, 0])
    assert not np.isnan(body.points_px[-1, 0, 0])


def test_nobody_is_not_a_number() -> None:
    body = BodyTracker().extend([frame(i, i / 30) for i in range(5)])
    assert np.isnan(body.points_px).all()
    assert np.isnan(Measurer().extend(body).trunk_deg).all()


@pytest.mark.parametrize("facing", [1, -1])
def test_facing_is_where_the_toes_point(facing: int) -> None:
    body = BodyTracker().extend([frame(i, i / 30, upright().pose(facing=facing)) for i in range(10)])
    assert (body.facing == facing).all()


def test_the_frame_rate_is_read_from_the_time_stamps() -> None:
    for fps in (12.5, 30.0, 59.94):
        body = BodyTracker().extend(film(scene, 3.0, fps))
        assert body.fps[-1] == pytest.approx(fps, rel=0.03)


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("trunk_deg", [-30.0, 0.0, 30.0, 60.0, 95.0])
@pytest.mark.parametrize("foot_deg", [70.0, 90.0, 110.0])
def test_somebody_seated_faces_where_the_legs_point(trunk_deg: float, foot_deg: float, facing: int) -> None:
    for figure in (seated_forward_fold(trunk_deg, foot_deg=foot_deg), on_chair(min(trunk_deg, 40.0))):
        frames = [frame(i, i / 30, figure.pose(facing=facing)) for i in range(10)]
        assert (BodyTracker().extend(frames).facing == facing).all()
