"""The angle of the view under a camera with perspective, the person away from the middle of the picture."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.core.measures import Measures
from formcheck.core.poses import Pose
from formcheck.core.reasons import Reason
from formcheck.kinematics.measurer import Measurer
from formcheck.tracking.body import BodyTracker
from tests.figures import Figure, folded, in_and_out, lying, upright
from tests.judged import report_of, result
from tests.perspective import seed_of, seen, shot, steady


def measured(figure: Figure, **how: float) -> Measures:
    frames = shot(lambda t: [seen(figure, noise_px=1.0, seed=seed_of(t), **how)], steady(2.0, 30))
    return Measurer().extend(BodyTracker().extend(frames))


@pytest.mark.parametrize("at_m", [-1.2, -0.6, 0.6, 1.2])
@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("figure", [upright(), folded(60.0), lying(80.0)], ids=["upright", "folded", "lying"])
def test_side_on_is_side_on_wherever_in_the_picture(figure: Figure, facing: int, at_m: float) -> None:
    measures = measured(figure, facing=facing, at_m=at_m)
    assert measures.yaw_deg.max() < 10.0
    assert (measures.view_seen == Reason.SEEN).all()


@pytest.mark.parametrize("at_m", [-1.0, 0.0, 1.0])
@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("yaw", [25.0, 45.0])
def test_the_yaw_is_read_within_ten_degrees_wherever_in_the_picture(yaw: float, facing: int, at_m: float) -> None:
    # Turned so that the width of the shoulders shows on the near side, as with a camera in front of the person.
    measures = measured(upright(), facing=facing, at_m=at_m, yaw_deg=-yaw)
    assert np.median(measures.yaw_deg[30:]) == pytest.approx(yaw, abs=10.0)
    not_side_on = (measures.view_seen[30:] == Reason.NOT_SIDE_ON).mean()
    assert not_side_on == (1.0 if yaw > 40 else 0.0)


@pytest.mark.parametrize(("yaw", "outcome"), [(10.0, "off"), (45.0, "off"), (63.0, "unseen")])
def test_bouncing_is_not_judged_from_the_front(yaw: float, outcome: str) -> None:
    def scene(t_s: float) -> list[Pose]:
        depth = in_and_out(t_s)
        bounce = 6.0 * np.sin(2 * np.pi * 1.5 * t_s) if 4.0 < t_s < 13.0 else 0.0
        figure = folded(1.0 + depth * 114.0 + bounce, setback=0.14 * depth)
        return [seen(figure, yaw_deg=-yaw, noise_px=0.3, seed=seed_of(t_s))]

    report = report_of(shot(scene, steady(18.0, 30)), "toe-touch")
    assert result(report, "no-bounce").outcome == outcome
