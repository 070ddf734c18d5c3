"""What is said where a stretch was asked for and no hold of it was seen: only what is so."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

import pytest

from tests.figures import Figure, film, in_and_out, lying
from tests.judged import report_of


def note(scene: Callable[[float], Figure], seconds: float = 14.0, fps: float = 15.0) -> str:
    report = report_of(film(lambda t_s: scene(t_s).pose(), seconds, fps), "supine")
    assert report.holds == ()
    (said,) = report.notes
    return said


def test_a_leg_that_never_rests_was_not_held_still() -> None:
    def scene(t_s: float) -> Figure:
        return lying(90.0 - 45.0 * math.cos(2 * math.pi * t_s / 7.0))

    assert note(scene) == "the stretch was not held still"


@pytest.mark.parametrize(
    ("deep", "missing"),
    [
        (lambda depth: lying(-6.0 + 206.0 * depth), "that leg less far over you"),
        (lambda depth: lying(-6.0 + 86.0 * depth, trunk_up_deg=45.0 * depth), "trunk flat"),
    ],
)
def test_a_still_body_that_is_out_of_the_shape_is_told_what_was_missing(
    deep: Callable[[float], Figure], missing: str
) -> None:
    said = note(lambda t_s: deep(in_and_out(t_s, 8.0)))
    assert said.startswith("the stretch was seen for ")
    assert said.endswith(f" s at a time at most; missing further in: {missing}")


def test_a_hold_that_was_too_short_is_told_to_be_that() -> None:
    said = note(lambda t_s: lying(-6.0 + 86.0 * in_and_out(t_s, 1.0)), 8.0)
    assert re.fullmatch(r"the stretch was held for [01]\.\d s; a hold lasts 2 s or more", said)


def test_too_few_pictures_are_the_reason_where_they_are() -> None:
    assert note(lambda _t_s: lying(80.0), 20.0, 0.4) == "too few pictures a second for this"
