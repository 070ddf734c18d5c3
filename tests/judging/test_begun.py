"""When a stretch is taken to have been begun, picture by picture, and how much of the past is judged as that one."""

from __future__ import annotations

import pytest

from formcheck.chain import Chain
from formcheck.core.poses import Pose, PoseFrame
from formcheck.stretches import all_stretches
from tests.figures import Figure, ease, folded, in_and_out, lying, on_one_leg, upright
from tests.judged import report_of
from tests.perspective import seed_of, seen, shot, steady

FPS = 15


def scene(down_s: float, down: Figure, up: Figure, seconds: float = 8.0) -> list[PoseFrame]:
    """Somebody who is `down` for that long, from 2 s on."""

    def people(t_s: float) -> list[Pose]:
        figure = down if 2.0 <= t_s < 2.0 + down_s else up
        return [seen(figure, at_m=0.5, noise_px=0.3, seed=seed_of(t_s))]

    return shot(people, steady(seconds, FPS))


def begun(frames: list[PoseFrame]) -> list[str]:
    """The stretches that were at hand while the frames came one by one."""
    chain, found = Chain(all_stretches()), []
    for frame in frames:
        chain.extend([frame])
        if chain.stretch and chain.stretch.slug not in found:
            found.append(chain.stretch.slug)
    return found


DOWN = {
    "toe-touch": (folded(110.0, setback=0.14), upright()),
    "supine": (lying(80.0, stretched=1), lying(-6.0, stretched=1)),
}


@pytest.mark.parametrize(("down_s", "shown"), [(0.6, False), (0.9, False), (1.3, True)])
@pytest.mark.parametrize("slug", list(DOWN))
def test_picking_something_up_is_not_shown_as_a_stretch_that_was_begun(
    slug: str, down_s: float, *, shown: bool
) -> None:
    assert begun(scene(down_s, *DOWN[slug])) == ([slug] if shown else [])


@pytest.mark.parametrize(("down_s", "counts"), [(1.2, False), (1.7, False), (2.6, True)])
@pytest.mark.parametrize("slug", list(DOWN))
def test_a_stay_of_less_than_two_seconds_is_not_booked_as_a_stretch(slug: str, down_s: float, *, counts: bool) -> None:
    report = report_of(scene(down_s, *DOWN[slug]))
    assert report.stretch == (slug if counts else None)
    assert len(report.holds) == counts


@pytest.mark.parametrize("slug", list(DOWN))
def test_a_stretch_that_is_recognised_is_judged_from_its_beginning_as_one_that_was_named(slug: str) -> None:
    def people(t_s: float) -> list[Pose]:
        depth = ease(t_s, 4.0, 5.0) - ease(t_s, 11.0, 12.0)
        figure = folded(1 + 114 * depth, setback=0.14 * depth) if slug == "toe-touch" else lying(-6 + 86 * depth)
        return [seen(figure, at_m=0.5, noise_px=0.3, seed=seed_of(t_s))]

    frames = shot(people, steady(15.0, 30))
    recognised, named = report_of(frames), report_of(frames, slug)
    assert recognised.stretch == slug
    assert recognised.holds == named.holds
    assert recognised.rules == named.rules
    assert {rule.id: rule.outcome for rule in named.rules}["steady"] == "ok"


def test_a_hold_counts_from_when_the_body_came_to_rest_and_not_from_when_it_was_recognised() -> None:
    def people(t_s: float) -> list[Pose]:
        depth = ease(t_s, 2.0, 3.0) - ease(t_s, 15.0, 16.0)
        # Raised with the knee drawn in, which may become anything, and straightened seconds later.
        knee_deg = 178.0 - 75.0 * (ease(t_s, 2.0, 3.0) - ease(t_s, 8.0, 9.0))
        return [seen(lying(-6.0 + 86.0 * depth, knee_deg, stretched=1), at_m=0.5, noise_px=0.3, seed=seed_of(t_s))]

    frames = shot(people, steady(18.0, FPS))
    recognised, named = report_of(frames), report_of(frames, "supine")
    assert recognised.stretch == "supine"
    assert [hold.held_s for hold in recognised.holds] == [pytest.approx(12.0, abs=0.6)]
    assert recognised.holds == named.holds
    assert recognised.alerts == named.alerts
    assert {alert.rule for alert in recognised.alerts} == {"stretched-knee-straight"}


@pytest.mark.parametrize(("squat_s", "slug"), [(3.2, "bench"), (4.2, "bench"), (6.4, "bench-squat")])
def test_a_hold_of_two_shapes_belongs_to_the_one_that_clearly_lasted_longer(squat_s: float, slug: str) -> None:
    """Five seconds on a straight leg, then sinking into a squat: all of it is one hold."""

    def people(t_s: float) -> list[Pose]:
        depth = in_and_out(t_s, 5.0 + squat_s)
        sunk = ease(t_s, 7.8, 8.2)
        return [on_one_leg(2.0 + 40.0 * depth, -10.0, 174.0, -90.0, 176.0 - 52.0 * sunk).pose(back=-0.05)]

    report = report_of(shot(people, steady(11.0 + squat_s, FPS)))
    assert [one.stretch for one in report.sections] == [slug]
    assert [hold.held_s for hold in report.holds] == [pytest.approx(5.0 + squat_s, abs=0.5)]
