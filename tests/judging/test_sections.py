"""A film of several stretches: what it is said to be, and each of its parts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.core.feedback import Report
from formcheck.core.poses import Pose
from formcheck.core.side import Side
from formcheck.judging.findings import JudgedHold
from formcheck.judging.sections import confidence, side_of
from formcheck.judging.side import SideBelief
from formcheck.stretches import by_slug
from tests.figures import folded, in_and_out, lying
from tests.judged import judged
from tests.judging.test_faults import HELD
from tests.perspective import seed_of, seen, shot, steady

EACH_S = 16.0


def evening(*holds: tuple[str, float], slug: str | None = None) -> Report:
    """One hold of each stretch, so many seconds long."""

    def people(t_s: float) -> list[Pose]:
        number, within_s = divmod(t_s, EACH_S)
        what, hold_s = holds[int(number)]
        depth = in_and_out(within_s, hold_s)
        figure = lying(-6.0 + 86.0 * depth, stretched=1) if what == "supine" else folded(1 + 114 * depth)
        return [seen(figure, at_m=0.4, noise_px=0.3, seed=seed_of(t_s))]

    return judged(shot(people, steady(len(holds) * EACH_S, 15)), slug, target_s=4.0).report


@pytest.mark.parametrize(("second_s", "longest"), [(6.0, "toe-touch"), (10.5, "supine")])
def test_each_has_its_section_and_the_film_is_called_after_what_was_held_longest_in_all(
    second_s: float, longest: str
) -> None:
    report = evening(("toe-touch", 5.0), ("supine", second_s), ("toe-touch", 4.5))
    assert report.stretch == longest
    assert [(one.stretch, one.side) for one in report.sections] == [
        ("toe-touch", "both"), ("supine", "right"), ("toe-touch", "both"),
    ]  # fmt: skip
    assert [len(one.holds) for one in report.sections] == [1, 1, 1]
    for number, one in enumerate(report.sections):
        assert number * EACH_S < one.start_s < one.end_s < (number + 1) * EACH_S
        assert one.confidence is not None and one.confidence > 0.9
        assert one.changed_limits == ()
        (hold_time,) = [rule for rule in one.rules if rule.id == "hold-time"]
        assert (hold_time.limit, hold_time.outcome) == (4.0, "ok")
    assert report.confidence is not None and report.confidence > 0.9


def test_two_holds_of_one_stretch_that_was_named_are_one_section_without_a_guess() -> None:
    report = evening(("toe-touch", 5.0), ("toe-touch", 4.5), slug="toe-touch")
    (one,) = report.sections
    assert (len(one.holds), one.confidence, report.confidence) == (2, None, None)


def hold(side: Side, *, held_s: float = 10.0, claimed_s: float = 10.0, sure: float = 0.95) -> JudgedHold:
    return JudgedHold(
        stretch=by_slug("supine"),
        hold=replace(HELD, side=side, held_s=held_s),
        claimed_s=claimed_s,
        confidence=sure,
        clocks={},
        best=(),
    )


@pytest.mark.parametrize(
    ("sides", "told"),
    [
        ([], None),
        (["left"], "left"),
        (["unsure"], "unsure"),
        (["left", "left"], "left"),
        (["left", "right"], "both"),
        (["left", "unsure"], "unsure"),
        (["unsure", "right", "left"], "both"),
    ],
)
def test_both_sides_are_told_only_where_both_were_surely_done(sides: list[Side], told: Side | None) -> None:
    assert side_of([hold(side) for side in sides]) == told


def test_how_sure_it_is_is_what_was_clearly_seen_of_it() -> None:
    two = [hold("left", claimed_s=9.0, sure=0.8), hold("left", held_s=20.0, claimed_s=3.0, sure=0.96)]
    assert confidence(two) == pytest.approx(0.84)
    assert confidence([]) == 0.0


def test_a_side_that_was_named_is_kept_whatever_is_seen() -> None:
    belief = SideBelief()
    belief.name(1)
    belief.update(0, 4.0, 1.0)
    assert belief.side() == "right"
