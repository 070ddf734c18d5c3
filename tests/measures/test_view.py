"""The angle of the view under a camera with perspective, the person away from the middle of the picture."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.core.measures import Measures, Reason
from formcheck.measures.body import Measurer
from formcheck.tracking.body import BodyTracker
from tests.figures import Figure, folded, lying, upright
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
