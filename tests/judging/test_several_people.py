"""Where nothing was recognised and there were several people, the report says so."""

from __future__ import annotations

from collections.abc import Sequence

from formcheck.core.poses import Pose
from tests.figures import upright
from tests.judged import report_of
from tests.perspective import seed_of, seen, shot, steady


def standing(t_s: float, at_m: float) -> Pose:
    return seen(upright(), at_m=at_m, noise_px=0.3, seed=seed_of(t_s) + (at_m > 0))


def test_it_says_that_there_were_several() -> None:
    def two(t_s: float) -> Sequence[Pose]:
        return [standing(t_s, -0.8), standing(t_s, 0.9)]

    assert "several people were in the picture" in report_of(shot(two, steady(5.0, 10.0))).notes[-1]


def test_it_says_nothing_of_one_who_was_alone_but_for_a_glimpse() -> None:
    def glimpse(t_s: float) -> Sequence[Pose]:
        return [standing(t_s, -0.8), *([standing(t_s, 0.9)] if t_s < 0.3 else [])]

    report = report_of(shot(glimpse, steady(5.0, 10.0)))
    assert report.stretch is None
    assert not any("several" in note for note in report.notes)
