"""Some pictures of each run are rated, whatever came before the run."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.core.picture_quality import PictureQuality
from formcheck.core.poses import PoseFrame
from formcheck.quality.meter import QualityMeter
from tests.quality.scenes import moved, picture, room


def _rated(meter: QualityMeter, count: int, step_px: float) -> list[PictureQuality]:
    told = []
    for i in range(count):
        one = picture(moved(room(light=90.0), by=(step_px * i, 0.0)), t_s=i / 30)
        frame = PoseFrame(index=i, t_s=one.t_s, width=one.width, height=one.height, people=())
        told.append(meter.rated(one, frame, key=i == 0).quality)
    return told


def test_of_four_pictures_one_is_rated_by_itself_and_the_next_against_it() -> None:
    told = _rated(QualityMeter(), 9, step_px=3.0)
    assert [not math.isnan(one.light) for one in told] == [True, False, False, False] * 2 + [True]
    assert [not math.isnan(one.camera_px) for one in told] == [False, True, False, False] * 2 + [False]
    assert told[0].light == pytest.approx(90.0, abs=2.0)
    assert [told[1].camera_px, told[5].camera_px] == pytest.approx([3.0, 3.0], abs=0.4)


def test_a_run_is_rated_the_same_whatever_came_before_it() -> None:
    meter = QualityMeter()
    _rated(meter, 6, step_px=0.0)
    again = _rated(meter, 3, step_px=3.0)
    np.testing.assert_equal(again, _rated(QualityMeter(), 3, step_px=3.0))
