"""What is wrong with the pictures is followed over time: late to begin, late to end, and never of what is not known."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from formcheck.core.picture_quality import UNKNOWN_QUALITY, PictureQuality
from formcheck.core.reasons import Reason
from formcheck.tracking.picture_watch import PictureWatch, WatchedPictures

FINE = PictureQuality(light=120.0, blur_px=0.5, noise=0.003, camera_px=0.0, camera_deg=0.0)
LEG_PX = 150.0


def watched(
    quality: Callable[[float], PictureQuality], seconds: float = 5.0, *, leg_px: float = LEG_PX, fps: float = 10.0
) -> WatchedPictures:
    t_s = np.arange(0.0, seconds, 1.0 / fps)
    told = np.array([quality(now_s) for now_s in t_s.tolist()])
    return PictureWatch().extend(t_s, told, np.full((len(t_s), 2), (960, 540)), np.full(len(t_s), leg_px))


@pytest.mark.parametrize(
    ("changed", "poor", "spoilt"),
    [
        ({}, Reason.SEEN, Reason.SEEN),
        ({"light": 35.0}, Reason.TOO_DARK, Reason.SEEN),
        ({"light": 15.0}, Reason.TOO_DARK, Reason.TOO_DARK),
        ({"noise": 0.08}, Reason.TOO_NOISY, Reason.SEEN),
        ({"noise": 0.2}, Reason.TOO_NOISY, Reason.TOO_NOISY),
        ({"blur_px": 0.02 * LEG_PX}, Reason.BLURRED, Reason.SEEN),
        ({"blur_px": 0.05 * LEG_PX}, Reason.BLURRED, Reason.BLURRED),
        ({"noise": 0.2, "light": 15.0}, Reason.TOO_DARK, Reason.TOO_DARK),  # light helps against both
    ],
)
def test_what_is_poor_and_what_spoils(changed: dict[str, float], poor: Reason, spoilt: Reason) -> None:
    told = watched(lambda _: FINE._replace(**changed))
    assert (told.poor[-1], told.spoilt[-1]) == (poor, spoilt)


@pytest.mark.parametrize(
    ("leg_px", "poor", "spoilt"),
    [
        (30.0, Reason.SEEN, Reason.SEEN),
        (20.0, Reason.TOO_SMALL, Reason.SEEN),
        (8.0, Reason.TOO_SMALL, Reason.TOO_SMALL),
    ],
)
def test_somebody_who_is_small_in_the_picture(leg_px: float, poor: Reason, spoilt: Reason) -> None:
    told = watched(lambda _: FINE._replace(blur_px=0.0), leg_px=leg_px)
    assert (told.poor[-1], told.spoilt[-1]) == (poor, spoilt)


@pytest.mark.parametrize(("legs_s", "deg_s", "moves"), [(0.3, 0.0, False), (0.7, 0.0, True), (0.0, 8.0, True)])
def test_a_camera_that_moves(legs_s: float, deg_s: float, *, moves: bool) -> None:
    step = {"camera_px": legs_s * LEG_PX / 10.0, "camera_deg": -deg_s / 10.0}
    told = watched(lambda _: FINE._replace(**step))
    assert told.camera_moves[-1] == moves
    assert told.spoilt[-1] == Reason.SEEN


def test_one_bad_picture_is_nothing_and_a_light_that_goes_out_is_told_within_two_seconds() -> None:
    assert not watched(lambda t_s: FINE._replace(noise=0.2 if round(10 * t_s) == 20 else 0.003)).spoilt.any()
    told = watched(lambda t_s: FINE._replace(noise=0.3 if t_s > 2.0 else 0.003))
    assert not told.spoilt[:21].any()
    assert told.spoilt[40:].all()


def test_what_sways_about_the_limit_does_not_flicker() -> None:
    told = watched(lambda t_s: FINE._replace(noise=0.12 + 0.006 * math.sin(2 * math.pi * 0.3 * t_s)), 20.0)
    assert np.count_nonzero(np.diff(told.spoilt)) == 1


def test_nothing_is_known_any_more_of_what_was_measured_long_ago() -> None:
    told = watched(lambda t_s: FINE._replace(light=10.0) if t_s < 2.0 else UNKNOWN_QUALITY)
    assert told.spoilt[29] == Reason.TOO_DARK
    assert told.spoilt[40] == Reason.SEEN


def test_recordings_that_tell_nothing_of_it_are_taken_to_be_fine() -> None:
    told = watched(lambda _: UNKNOWN_QUALITY)
    assert not (told.spoilt.any() or told.poor.any() or told.camera_moves.any())


@pytest.mark.parametrize("cut", [1, 7, 30])
def test_pictures_may_come_in_any_chunks(cut: int) -> None:
    t_s = np.arange(0.0, 6.0, 0.1)
    told = np.array([FINE._replace(noise=0.3 if 2.0 < now_s < 4.0 else 0.003) for now_s in t_s.tolist()])
    sizes, legs = np.full((len(t_s), 2), (960, 540)), np.full(len(t_s), LEG_PX)
    whole, watch = PictureWatch().extend(t_s, told, sizes, legs), PictureWatch()
    parts = [
        watch.extend(t_s[i : i + cut], told[i : i + cut], sizes[i : i + cut], legs[i : i + cut])
        for i in range(0, len(t_s), cut)
    ]
    np.testing.assert_array_equal(np.concatenate([part.spoilt for part in parts]), whole.spoilt)
