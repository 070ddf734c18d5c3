"""Every rule of the two bench stretches: good, off, unseen."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from formcheck.core.poses import PoseFrame
from formcheck.core.rules import Target
from formcheck.stretches import by_slug
from tests.figures import LEFT, RIGHT, film, in_and_out, on_one_leg
from tests.judged import alerted, measured, report_of, result


def heel_over_hips(raised_deg: float) -> float:
    """How far the heel is above the hips of somebody who stands straight, in heights of the hips."""
    return math.sin(math.radians(raised_deg)) * 0.82 / 0.89


RAISED_LEG, STANDING_LEG, FEET = (25, 27, 29, 31), (26, 28, 30, 32), (27, 28, 29, 30, 31, 32)


def bench(
    *, hidden: tuple[int, ...] = (), stretched: int = LEFT, yaw_deg: float = 0.0, sway_m: float = 0.0, **deep: float
) -> list[PoseFrame]:
    """The heel up from the start, then a lean of 12 s that reaches the given values."""
    trunk, raised, knee = deep.get("trunk_deg", 42.0), deep.get("raised_deg", -8.0), deep.get("knee_deg", 174.0)
    support, back = deep.get("support_deg", 174.0), deep.get("back", -0.05)

    def scene(t_s: float):
        depth = in_and_out(t_s)
        figure = on_one_leg(
            2.0 + depth * (trunk - 2.0), raised, knee, -90.0, 176.0 + depth * (support - 176.0), stretched
        )
        swing = sway_m * math.sin(2 * math.pi * 0.9 * t_s) * (5.0 < t_s < 13.0)
        for joint in (figure.hip, figure.shoulder, figure.ear, figure.wrist):
            joint[0] += swing
        return figure.pose(hidden=hidden, yaw_deg=yaw_deg, back=-0.06 + depth * (back + 0.06))

    return film(scene, 17.0)


def squat(**options) -> list[PoseFrame]:
    return bench(**{"support_deg": 120.0, "raised_deg": -16.0, **options})


@pytest.mark.parametrize("stretched", [LEFT, RIGHT])
def test_a_good_bench_stretch_has_no_alert(stretched: int) -> None:
    report = report_of(bench(stretched=stretched), "bench")
    assert report.alerts == ()
    assert [hold.held_s for hold in report.holds] == [pytest.approx(12.0, abs=1.2)]
    assert report.side == ("left", "right")[stretched]
    for rule in ("back-straight", "stretched-knee-straight", "heel-height", "no-bounce", "steady"):
        assert result(report, rule).outcome == "ok", rule


def test_a_good_bench_squat_has_no_alert() -> None:
    report = report_of(squat(), "bench-squat")
    assert report.alerts == ()
    assert [hold.held_s for hold in report.holds] == [pytest.approx(12.0, abs=1.2)]
    for rule in ("back-straight", "stretched-knee-straight", "support-knee-bent", "balance"):
        assert result(report, rule).outcome == "ok", rule


def test_they_are_told_apart_by_the_standing_knee() -> None:
    assert report_of(bench()).stretch == "bench"
    assert report_of(squat()).stretch == "bench-squat"


@pytest.mark.parametrize("slug", ["bench", "bench-squat"])
def test_a_rounded_back_is_named(slug: str) -> None:
    film_of = bench if slug == "bench" else squat
    report = report_of(film_of(back=0.11), slug)
    assert alerted(report) == {"back-straight"}
    assert report.alerts[0].level == "warn"


@pytest.mark.parametrize("slug", ["bench", "bench-squat"])
def test_a_bent_raised_knee_is_named_and_unseen_when_hidden(slug: str) -> None:
    film_of = bench if slug == "bench" else squat
    assert "stretched-knee-straight" in alerted(report_of(film_of(knee_deg=130.0), slug))
    hidden = report_of(film_of(knee_deg=130.0, hidden=RAISED_LEG), slug)
    assert result(hidden, "stretched-knee-straight").outcome == "unseen"


@pytest.mark.parametrize(("film_of", "slug"), [(bench, "bench"), (squat, "bench-squat")])
def test_a_bench_too_high_is_a_warning(film_of: Callable[..., list[PoseFrame]], slug: str) -> None:
    report = report_of(film_of(raised_deg=25.0))
    assert (report.stretch, alerted(report)) == (slug, {"heel-height"})
    alert = report.alerts[0]
    assert alert.level == "warn"
    assert alert.value == pytest.approx(1.0 + heel_over_hips(25.0), abs=0.06 if slug == "bench" else 0.2)
    assert alert.message == "Too high: find something lower"


@pytest.mark.parametrize(("film_of", "slug"), [(bench, "bench"), (squat, "bench-squat")])
def test_a_heel_below_half_of_the_hips_hears_that_higher_is_fine(
    film_of: Callable[..., list[PoseFrame]], slug: str
) -> None:
    report = report_of(film_of(raised_deg=-41.0 if film_of is bench else -37.0))
    assert (report.stretch, alerted(report)) == (slug, {"heel-height"})
    assert report.alerts[0].level == "hint"
    assert report.alerts[0].message.startswith("Higher is fine")
    assert 0.35 < report.alerts[0].value < 0.5


def test_a_heel_too_low_for_a_bench_is_told_what_is_missing() -> None:
    """0.27 of the height of the hips."""
    report = report_of(bench(raised_deg=-53.0), "bench")
    assert report.holds == ()
    measures, stretch = measured(on_one_leg(42.0, -53.0).pose()), by_slug("bench")
    told = stretch.position.missing(measures, stretch.stretched(measures, Target()))
    assert told == ("one heel or ankle up on something",)


def test_sinking_into_a_deep_squat_does_not_make_a_bench_too_high() -> None:
    """The heel as high as the hips were when standing: the sunk hips are 22 % lower."""
    report = report_of(squat(support_deg=100.0, raised_deg=13.5), "bench-squat")
    assert result(report, "heel-height").outcome == "ok"
    assert result(report, "heel-height").worst == pytest.approx(1.0, abs=0.06)


@pytest.mark.parametrize(("film_of", "slug"), [(bench, "bench"), (squat, "bench-squat")])
def test_heel_height_is_unseen_without_feet(film_of: Callable[..., list[PoseFrame]], slug: str) -> None:
    report = report_of(film_of(raised_deg=25.0, hidden=FEET), slug)
    assert result(report, "heel-height").outcome == "unseen"


def test_the_standing_knee_of_the_bench_is_neither_asked_to_be_straight_nor_judged() -> None:
    report = report_of(bench(support_deg=135.0), "bench")
    assert report.alerts == ()
    assert not any("both legs straight" in step.lower() for step in by_slug("bench").how_to)


def test_standing_too_straight_for_a_squat_is_a_warning() -> None:
    report = report_of(squat(support_deg=165.0), "bench-squat")
    assert alerted(report) == {"support-knee-bent"}
    assert report.alerts[0].level == "warn"


def test_squatting_too_deep_is_a_warning() -> None:
    report = report_of(squat(support_deg=62.0, raised_deg=-5.0), "bench-squat")
    assert "support-knee-bent" in alerted(report)


def test_the_standing_knee_is_unseen_when_hidden() -> None:
    report = report_of(squat(support_deg=165.0, hidden=STANDING_LEG), "bench-squat")
    assert result(report, "support-knee-bent").outcome == "unseen"


def test_swaying_hips_are_out_of_balance() -> None:
    report = report_of(squat(sway_m=0.03), "bench-squat")
    assert "balance" in alerted(report)
    alert = next(alert for alert in report.alerts if alert.rule == "balance")
    assert 5.0 <= alert.start_s <= 8.0


def test_balance_is_unseen_without_feet() -> None:
    report = report_of(squat(sway_m=0.03, hidden=FEET), "bench-squat")
    assert result(report, "balance").outcome == "unseen"


def test_a_leg_raised_without_leaning_is_no_bench_stretch() -> None:
    assert report_of(bench(trunk_deg=2.0)).stretch is None


def test_sides_are_told_apart_and_timed_each() -> None:
    one, two = bench(stretched=LEFT), bench(stretched=RIGHT)
    both = one + [
        type(frame)(
            index=frame.index + 510, t_s=frame.t_s + 20.0, width=frame.width, height=frame.height, people=frame.people
        )
        for frame in two
    ]
    report = report_of(both, "bench")
    assert [hold.side for hold in report.holds] == ["left", "right"]
    assert [hold.held_s for hold in report.holds] == [pytest.approx(12.0, abs=1.2)] * 2
    assert report.side == "both"
