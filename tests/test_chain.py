"""The chain over films of several stretches, however they are cut, and what belongs to a hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formcheck.analysis.judging import session_report
from formcheck.chain import Chain
from formcheck.core.feedback import Report, State
from formcheck.core.poses import Pose, PoseFrame
from formcheck.stretches import all_stretches, by_slug
from tests.figures import (
    SOURCE,
    Figure,
    ease,
    film,
    folded,
    frame,
    in_and_out,
    lying,
    on_one_leg,
    seated_forward_fold,
    upright,
    with_hands_at,
)
from tests.invariants import check
from tests.judged import judged, report_of

Scene = Callable[[float], Pose]


def touch(t_s: float) -> Pose:
    depth = in_and_out(t_s, 6.0)
    return folded(1 + 119 * depth, setback=0.14 * depth).pose()


def raised(t_s: float, *, other_knee_deg: float = 176.0) -> Pose:
    return lying(-6 + 81 * in_and_out(t_s, 6.0), other_knee_deg=other_knee_deg, other_deg=-6.0).pose()


def on_bench(t_s: float, *, knee_deg: float = 176.0, raised_knee_deg: float = 176.0) -> Pose:
    depth = in_and_out(t_s, 6.0)
    if depth == 0.0:
        return upright().pose()
    knee = 176.0 - (176.0 - knee_deg) * min(1.0, 3 * depth)
    return on_one_leg(
        4.0 + 40.0 * depth, raised_deg=-10.0, support_knee_deg=knee, raised_knee_deg=raised_knee_deg
    ).pose(back=-0.06)


def one_after_the_other(*scenes: Scene, seconds: float = 12.0, fps: float = 30.0) -> list[PoseFrame]:
    frames: list[PoseFrame] = []
    for number, scene in enumerate(scenes):
        frames += [
            replace(one, index=one.index + len(frames), t_s=one.t_s + number * seconds)
            for one in film(scene, seconds, fps)
        ]
    return frames


def fed(frames: Sequence[PoseFrame], slug: str | None = None, *, size: int = 1) -> tuple[Report, list[State]]:
    """The report of a chain that is fed so many frames at a time, and the states of all frames."""
    chain, blocks = Chain(all_stretches(), by_slug(slug) if slug else None), []
    for start in range(0, len(frames), size):
        chain.extend(frames[start : start + size])
        blocks += chain.settled()
    blocks += chain.finish()
    return session_report(chain, SOURCE, leg=None), [state for block in blocks for state in block.states]


def test_every_stretch_of_a_film_has_its_section() -> None:
    squat = lambda t: on_bench(t, knee_deg=110.0)  # noqa: E731
    report = report_of(one_after_the_other(touch, raised, on_bench, squat, on_bench))
    assert [one.stretch for one in report.sections] == ["toe-touch", "supine", "bench", "bench-squat", "bench"]
    assert [one.start_s for one in report.sections] == [pytest.approx(3.1 + 12 * n, abs=0.5) for n in range(5)]
    assert report.stretch == "bench"
    assert len(report.holds) == 2


def test_a_hold_is_counted_once_though_the_next_stretch_has_its_shape_too() -> None:
    bent_raised = lambda t: on_bench(t, raised_knee_deg=125.0)  # noqa: E731
    squat = lambda t: on_bench(t, knee_deg=110.0)  # noqa: E731
    report = report_of(one_after_the_other(bent_raised, squat))
    first, second = report.sections
    assert (first.stretch, second.stretch) == ("bench", "bench-squat")
    assert [len(first.holds), len(second.holds)] == [1, 1]
    assert {alert.rule for alert in first.alerts} == {"stretched-knee-straight"}
    assert second.alerts == ()


def test_a_hold_belongs_to_the_shape_it_had_for_longest() -> None:
    def sinking(t_s: float) -> Pose:
        knee_deg = 176.0 if t_s < 5.0 else max(110.0, 176.0 - 60.0 * (t_s - 5.0))
        return on_one_leg(44.0 if t_s > 1.0 else 4.0, raised_deg=-10.0, support_knee_deg=knee_deg).pose(back=-0.06)

    report = report_of(film(sinking, 16.0))
    assert [one.stretch for one in report.sections] == ["bench-squat"]
    assert len(report.holds) == 1
    assert report.holds[0].start_s < 3.0


def test_a_hold_is_whole_though_it_looked_like_another_stretch_for_a_while() -> None:
    def between(t_s: float) -> Pose:
        bent = ease(t_s, 6.0, 6.5) - ease(t_s, 10.3, 10.8)
        trunk_deg = 4.0 + 40.0 * ease(t_s, 1.0, 2.5)
        return on_one_leg(trunk_deg, raised_deg=-10.0, support_knee_deg=176.0 - 40.0 * bent).pose(back=-0.06)

    report = report_of(film(between, 20.0))
    (section,) = report.sections
    assert section.stretch == "bench"
    assert section.holds[0].start_s == pytest.approx(2.5, abs=0.5)
    assert section.holds[0].held_s == pytest.approx(17.0, abs=1.0)


def test_a_leg_that_was_named_stays_named_when_the_stretch_turns_out_to_be_another() -> None:
    def bending(t_s: float) -> Pose:
        bent = ease(t_s, 6.0, 7.0)
        return lying(
            -6 + 81 * ease(t_s, 1.0, 3.0), other_knee_deg=176.0 - 86.0 * bent, other_deg=-6.0 + 20.0 * bent
        ).pose()

    chain = Chain(all_stretches())
    for one in film(bending, 16.0):
        chain.extend([one])
        if one.index == 165:
            chain.name_leg(1)
    chain.finish()
    assert [(one.stretch.slug, one.hold.side) for one in chain.holds] == [("beginner-supine", "right")]


def test_a_fast_way_up_is_shown_though_the_next_stretch_is_judged_from_before_it() -> None:
    def scene(t_s: float) -> Pose:
        if t_s < 12.0:
            depth = in_and_out(t_s, 6.0) if t_s < 9.0 else max(0.0, 1.0 - (t_s - 9.0) / 0.5)
            return folded(1 + 120 * depth, setback=0.14 * depth).pose()
        return raised(t_s - 12.0)

    one = judged(film(scene, 24.0), None)
    assert {alert.rule for alert in one.report.sections[0].alerts} == {"come-up-safely"}
    assert any(alert.rule == "come-up-safely" for feedback in one.feedback for alert in feedback.alerts)


def test_passing_through_a_shape_is_no_stretch() -> None:
    def short(t_s: float) -> Pose:
        depth = in_and_out(t_s, 1.6, way_s=1.0)
        return folded(1 + 119 * depth, setback=0.14 * depth).pose()

    report = report_of(film(short, 8.0))
    assert (report.stretch, report.sections, report.holds) == (None, (), ())


@pytest.mark.parametrize("slug", [None, "bench"])
def test_states_are_those_of_the_hold_that_is_told(slug: str | None) -> None:
    for size in (1, 1000):
        report, states = fed(one_after_the_other(on_bench), slug, size=size)
        (hold,) = report.holds
        held = [i / 30 for i, state in enumerate(states) if state in (State.HOLD, State.DONE)]
        assert held[0] == pytest.approx(hold.start_s, abs=0.04)
        assert held[-1] == pytest.approx(hold.end_s, abs=0.04)


def test_no_value_is_taken_on_the_way_out() -> None:
    def upwards(t_s: float) -> Pose:
        # Coming up, the leg on the bench is drawn in: the fold closes to 40 degrees, and the knee bends.
        depth = in_and_out(t_s, 6.0)
        out = max(0.0, min(1.0, t_s - 9.0))
        return on_one_leg(4.0 + 40.0 * depth, raised_deg=-10.0 + 45.0 * out, raised_knee_deg=176.0 - 66.0 * out).pose(
            back=-0.06
        )

    one = judged(film(upwards, 12.0), "bench")
    report = one.report
    (fold,) = report.progress
    assert fold.value == pytest.approx(one.measures.hip_deg[210, 0], abs=2.0)
    knee = next(rule for rule in report.rules if rule.id == "stretched-knee-straight")
    assert (knee.outcome, report.alerts) == ("ok", ())
    assert knee.worst is not None
    assert knee.worst > 165.0


def test_a_range_that_was_not_held_is_not_told() -> None:
    def peak(t_s: float) -> Pose:
        more = 9.0 * np.exp(-(((t_s - 7.0) / 0.25) ** 2))
        return lying(-6 + 76 * in_and_out(t_s, 8.0) + more).pose()

    progress, _ = report_of(film(peak, 14.0), "supine").progress
    assert progress.value == pytest.approx(70.0, abs=2.0)


def test_a_leg_may_be_named_after_the_hold_where_it_was_unsure() -> None:
    def held(frames: list[PoseFrame], *, leg: int | None = None, named: int | None = None) -> list[str]:
        chain = Chain(all_stretches(), by_slug("supine"), leg=leg)
        chain.extend(frames)
        chain.finish()
        if named is not None:
            chain.name_leg(named)
        return [one.hold.side for one in chain.holds]

    far = film(lambda _t: lying(75.0).pose(), 8.0)  # one picture all the time: a far leg, and no way in
    assert held(far) == ["unsure"]
    assert held(far, named=0) == ["left"]
    assert held(far, named=1) == ["right"]
    assert held(far, leg=0) == ["left"]
    assert held(film(raised, 12.0), named=1) == ["left"]


def test_what_was_no_hold_is_shown_as_none() -> None:
    def short(t_s: float) -> Pose:
        depth = in_and_out(t_s, 2.0, way_s=1.0)
        return folded(1 + 119 * depth, setback=0.14 * depth).pose()

    report, states = fed(film(short, 8.0), "toe-touch", size=1000)
    assert report.holds == ()
    assert State.READY in states
    assert State.HOLD not in states


def test_what_a_rate_cannot_carry_is_told_while_it_is_held() -> None:
    feedback = judged(film(raised, 12.0, 3.0), "supine").feedback[20]
    assert feedback.state == State.HOLD
    why = "too few pictures a second for this"
    assert feedback.unseen == (("no-bounce", why), ("steady", why))


def test_a_leg_that_is_named_is_that_of_the_hold() -> None:
    chain = Chain(all_stretches(), by_slug("supine"))
    chain.extend(film(raised, 6.0))
    chain.name_leg(1)
    chain.finish()
    assert [one.hold.side for one in chain.holds] == ["right"]


def test_ending_a_hold_by_hand_makes_no_other_section() -> None:
    frames = film(lambda t: lying(-6 + 81 * in_and_out(t, 8.0)).pose(), 13.0)
    chain = Chain(all_stretches())
    for one in frames:
        chain.extend([one])
        if one.index == 190:
            chain.end_hold(leg=None)
    chain.finish()
    report = session_report(chain, SOURCE, leg=None)
    assert [(section.stretch, len(section.holds)) for section in report.sections] == [("supine", 2)]
    assert report.holds[0].end_s <= 190 / 30 <= report.holds[1].start_s


def test_a_mirrored_film_shows_the_other_leg() -> None:
    frames = film(raised, 12.0)

    def sides(*, mirrored: bool, leg: int | None = None) -> list[str]:
        chain = Chain(all_stretches(), by_slug("supine"), leg=leg, mirrored=mirrored)
        chain.extend(frames)
        chain.finish()
        return [one.hold.side for one in chain.holds]

    assert sides(mirrored=False) == sides(mirrored=False, leg=0) == ["left"]
    assert sides(mirrored=True) == sides(mirrored=True, leg=1) == ["right"]
    assert sides(mirrored=False, leg=1) == sides(mirrored=True, leg=0) == []


RATES = [1.0, 2.0, 3.0, 7.5, 15.0, 30.0, 120.0]
SCENES: dict[str, Callable[[float], Figure]] = {
    "touch": lambda d: folded(1 + 119 * d, setback=0.14 * d),
    "back": lambda d: folded(1 + 119 * d, setback=0.34 * d),
    "supine": lambda d: lying(-6 + 81 * d),
    "bent": lambda d: lying(-6 + 81 * d, knee_deg=176 - 50 * d),
    "beginner": lambda d: lying(-6 + 76 * d, other_knee_deg=95.0, other_deg=20.0),
    "bench": lambda d: on_one_leg(4 + 40 * d, raised_deg=-10.0) if d else upright(),
    "squat": lambda d: on_one_leg(4 + 40 * d, raised_deg=-10.0, support_knee_deg=176 - 60 * d) if d else upright(),
    "seated": lambda d: seated_forward_fold(-40 + 130 * d),
}


@st.composite
def scenes(draw: st.DrawFn) -> list[PoseFrame]:
    """Films of one to three stretches with lost frames, gaps, a helper, and changes of size."""
    fps = draw(st.sampled_from(RATES))
    most = 3 if fps < 20 else 1
    names = draw(st.lists(st.sampled_from(sorted(SCENES)), min_size=1, max_size=most))
    rng = np.random.default_rng(draw(st.integers(0, 1000)))
    lost, gap_s = draw(st.sampled_from([0.0, 0.1, 0.4])), draw(st.sampled_from([0.0, 1.5, 3.0]))
    helped, larger = draw(st.booleans()), draw(st.booleans())
    seconds, start_s = 9.0, 0.0
    frames: list[PoseFrame] = []
    for name in names:
        for i in range(round(seconds * fps)):
            t_s = i / fps
            pose = SCENES[name](in_and_out(t_s, 4.0)).pose()
            pose = replace(pose, points_px=np.round(pose.points_px + rng.normal(0.0, 0.4, (33, 2)), 2))
            people = [] if rng.random() < lost else [pose]
            if helped:
                people.append(with_hands_at(upright().pose(shift_px=(60.0, 0.0)), pose.points_px[27]))
            one = frame(len(frames), start_s + t_s, *people)
            if larger and t_s > 4.5:
                people = [replace(p, points_px=p.points_px * 2, profile_px=p.profile_px * 2) for p in people]
                one = replace(one, width=one.width * 2, height=one.height * 2, people=tuple(people))
            frames.append(one)
        start_s += seconds + gap_s
    return frames


@given(scenes(), st.sampled_from([None, "supine", "toe-touch", "bench"]), st.integers(2, 200))
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_verdict_does_not_depend_on_how_a_film_is_cut(frames: list[PoseFrame], slug: str | None, size: int) -> None:
    whole = judged(frames, slug)
    check(whole.report)
    single, states = fed(frames, slug)
    blocks, block_states = fed(frames, slug, size=size)
    assert single == blocks == replace(whole.report, source=single.source)
    assert states == block_states == [one.state for one in whole.feedback]
