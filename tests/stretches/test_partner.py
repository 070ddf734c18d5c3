"""Every rule of the partner-assisted stretch, and who of the two is judged."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from formcheck.core.poses import PoseFrame
from tests.figures import LEFT, frame, in_and_out, kneeling, lying, with_hands_at
from tests.judged import alerted, judged, report_of, result

RAISED_LEG = (25, 27, 29, 31)


def helped(
    raise_at: Callable[[float], float] | None = None, knee_deg: float = 174.0, hidden: tuple[int, ...] = (),
    shake_cm: float = 0.0, helper_s: tuple[float, float] = (0.0, 99.0), found: float = 1.0, fps: float = 30.0,
    facing: int = 1, *, watches: bool = False,
) -> list[PoseFrame]:  # fmt: skip
    """A helper with both hands on the shin; first in the list of people and larger than the one who lies.

    `found` is the share of pictures in which the model finds the helper; who `watches` lets the arms hang.
    """
    generator, losing = np.random.default_rng(2), np.random.default_rng(3)
    frames = []
    for index in range(round(17 * fps)):
        t_s = index / fps
        depth = in_and_out(t_s)
        up = -6.0 + depth * 84.0 if raise_at is None else raise_at(t_s)
        person = lying(up, 178.0 + depth * (knee_deg - 178.0), stretched=LEFT).pose(hidden=hidden, facing=facing)
        points = person.points_px + generator.normal(0.0, 0.3, (33, 2))
        shake = shake_cm / 100 * 170 * math.sin(2 * math.pi * 6 * t_s) * (6 < t_s < 10)
        points[25, 0] += shake / 2
        points[[27, 29, 31], 0] += shake
        person = type(person)(points_px=points, depth_px=person.depth_px, visibility=person.visibility)
        helper = kneeling(15.0).pose(shift_px=(facing * 95.0, -20.0), facing=-facing)
        helper = with_hands_at(helper, 0.3 * points[25] + 0.7 * points[27]) if not watches else helper
        here = helper_s[0] <= t_s < helper_s[1] and losing.random() < found
        frames.append(frame(index, t_s, *((helper, person) if here else (person,))))
    return frames


def test_the_lying_one_is_judged_and_it_is_recognised_by_the_helper() -> None:
    one = judged(helped(), None)
    assert one.report.stretch == "partner"
    assert one.report.alerts == ()
    assert one.report.side == "left"
    assert [hold.held_s for hold in one.report.holds] == [pytest.approx(12.0, abs=1.2)]
    assert one.measures.lying[60:].all()
    for rule in ("stretched-knee-straight", "gentle-push", "steady"):
        assert result(one.report, rule).outcome == "ok", rule


@pytest.mark.parametrize("fps", [5, 15, 30])
@pytest.mark.parametrize("found", [0.3, 0.5, 0.7])
@pytest.mark.parametrize("facing", [1, -1])
def test_it_is_recognised_also_where_the_model_loses_the_helper(fps: float, found: float, facing: int) -> None:
    report = report_of(helped(found=found, fps=fps, facing=facing))
    assert report.stretch == "partner"
    assert len(report.holds) == 1


@pytest.mark.parametrize("helper_s", [(6.0, 99.0), (0.0, 6.0), (2.5, 15.0)], ids=["late", "early", "the hold"])
def test_a_helper_who_comes_late_or_goes_early_was_one(helper_s: tuple[float, float]) -> None:
    assert report_of(helped(helper_s=helper_s)).stretch == "partner"


def test_a_helper_may_take_the_leg_over_the_head() -> None:
    report = report_of(helped(lambda t_s: -6.0 + in_and_out(t_s) * 174.0), None)
    assert (report.stretch, report.side) == ("partner", "left")
    assert [hold.held_s for hold in report.holds] == [pytest.approx(12.0, abs=1.2)]
    assert report.progress[0].value == pytest.approx(168.0, abs=3.0)


def test_somebody_who_touches_the_leg_for_a_moment_or_only_watches_is_no_helper() -> None:
    assert report_of(helped(helper_s=(7.0, 7.8))).stretch == "supine"
    assert report_of(helped(watches=True)).stretch == "supine"


def test_a_bent_knee_is_named_and_unseen_when_hidden() -> None:
    assert alerted(report_of(helped(knee_deg=130.0), "partner")) == {"stretched-knee-straight"}
    hidden = report_of(helped(knee_deg=130.0, hidden=RAISED_LEG), "partner")
    assert result(hidden, "stretched-knee-straight").outcome == "unseen"
    assert result(hidden, "gentle-push").outcome == "unseen"


@pytest.mark.parametrize(
    ("degrees", "seconds", "level"), [(9.0, 0.35, "warn"), (11.0, 0.15, "unsafe"), (6.0, 0.3, "warn")]
)
def test_a_push_is_named(degrees: float, seconds: float, level: str) -> None:
    def push(t_s: float) -> float:
        return -6.0 + in_and_out(t_s) * 80.0 + degrees * min(1.0, max(0.0, (t_s - 9.0) / seconds))

    report = report_of(helped(push), "partner")
    assert [(alert.rule, alert.level) for alert in report.alerts] == [("gentle-push", level)]
    assert report.alerts[0].start_s == pytest.approx(9.0, abs=0.6)


def test_raising_the_leg_slowly_further_is_fine() -> None:
    def slowly(t_s: float) -> float:
        return -6.0 + in_and_out(t_s) * 80.0 + 8.0 * min(1.0, max(0.0, (t_s - 6.0) / 5.0))

    assert report_of(helped(slowly), "partner").alerts == ()


def test_a_shaking_leg_is_named() -> None:
    assert alerted(report_of(helped(shake_cm=3.0), "partner")) == {"steady"}


def test_the_pressure_is_asked_for_not_judged() -> None:
    report = report_of(helped(), "partner")
    assert any("0 to 10" in prompt for prompt in report.prompts)
