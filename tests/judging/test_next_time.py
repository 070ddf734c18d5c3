"""What to mind next time: a warning that was on through too much of a hold."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from formcheck.chain import Chain
from formcheck.core.feedback import State
from formcheck.core.rules import Level, Rule, Verdict
from formcheck.judging.faults import FaultClock, Observation, next_time
from formcheck.stretches import all_stretches, by_slug
from tests.figures import film, folded, in_and_out, lying
from tests.judged import judged

FPS = 20.0
RULE = Rule(id="knee", level=Level.WARN, title="Knee straight", measure="knee", unit="deg", source="", cue="Bend less")


def clock_of(*spells: tuple[Verdict, float], rule: Rule = RULE, fps: float = FPS) -> FaultClock:
    """A clock that was fed verdicts for so many seconds each."""
    clock, i = FaultClock(rule), 0
    for verdict, seconds in spells:
        for _ in range(round(seconds * fps)):
            badness = {Verdict.OK: -5.0, Verdict.UNSEEN: math.nan}.get(verdict, 5.0)
            clock.update(i / fps, 1 / fps, 0.3, Observation(verdict, badness, 0.0, badness))
            i += 1
    return clock


OK, HINT, WARN, UNSAFE, UNSEEN = Verdict.OK, Verdict.HINT, Verdict.WARN, Verdict.UNSAFE, Verdict.UNSEEN


@pytest.mark.parametrize(
    ("spells", "warned_s"),
    [
        ([(OK, 3.0), (WARN, 4.0), (OK, 3.0)], 4.5),  # it lingers for half a second
        ([(OK, 3.0), (UNSAFE, 4.0), (OK, 3.0)], 4.5),
        ([(OK, 3.0), (HINT, 4.0), (OK, 3.0)], 0.0),
        ([(WARN, 0.8), (OK, 3.0), (WARN, 0.8)], 0.0),  # never for long enough
        ([(HINT, 4.0), (WARN, 3.0)], 3.0),  # what was only a hint does not count
        ([(WARN, 3.0), (UNSEEN, 4.0), (OK, 3.0)], 3.0),
    ],
)
@pytest.mark.parametrize("fps", [5.0, 20.0])
def test_the_seconds_of_a_warning_have_the_time_it_had_to_last_in_them(
    spells: list[tuple[Verdict, float]], warned_s: float, fps: float
) -> None:
    assert clock_of(*spells, fps=fps).warned_s == pytest.approx(warned_s, abs=1.1 / fps)


def test_it_is_the_warning_that_was_on_longest_and_for_more_than_a_third_or_so() -> None:
    other = replace(RULE, id="back", title="Back straight")
    short, long = clock_of((OK, 6.0), (WARN, 4.0)), clock_of((OK, 5.0), (WARN, 5.0), rule=other)
    assert next_time([short, long], 10.0) == "back straight"
    assert next_time([short], 10.0) == "knee straight"
    assert next_time([clock_of((OK, 7.5), (WARN, 2.5))], 10.0) is None
    assert next_time([clock_of((HINT, 10.0))], 10.0) is None
    assert next_time([], 10.0) is None


def test_what_was_unsafe_is_never_praised_and_goes_before_a_longer_warning() -> None:
    jerk = clock_of((OK, 8.0), (UNSAFE, 1.5), (OK, 0.5))
    assert next_time([jerk], 10.0) == "knee straight"
    long = clock_of((WARN, 10.0), rule=replace(RULE, id="back", title="Back straight"))
    assert next_time([long, jerk], 10.0) == "knee straight"


def test_good_form_is_not_told_while_a_fault_has_not_lasted_yet() -> None:
    behind = film(lambda t: folded(1 + 119 * in_and_out(t), setback=0.34 * in_and_out(t)).pose(), 17.0, 20.0)
    found = [one for one in judged(behind, "toe-touch").feedback if one.state == State.HOLD]
    assert found[5].alerts == ()
    assert not any(one.good for one in found)


def test_whoever_comes_out_of_a_hold_lacks_nothing() -> None:
    frames = film(lambda t: folded(1 + 119 * in_and_out(t, 5.0), setback=0.14 * in_and_out(t, 5.0)).pose(), 20.0, 20.0)
    found = judged(frames, "toe-touch", target_s=4.0).feedback
    assert {one.missing for one in found if 8.5 <= one.t_s <= 9.5} == {None}
    assert {one.missing for one in found if one.t_s < 1.0 or one.t_s > 14.0} == {"folded forward"}


def told(
    slug: str | None, setback: float, until: float, size: int, hold_s: float = 6.0
) -> tuple[list[str | None], str | None]:
    """What is told frame by frame of a toe touch with the hips so far back up to a share of it, and of the hold."""

    def body(t_s: float):
        depth = in_and_out(t_s, hold_s, 1.0)
        return folded(1 + 119 * depth, setback=(setback if t_s < until else 0.14) * depth).pose()

    frames = film(body, hold_s + 6.0, 10.0)
    chain, blocks = Chain(all_stretches(), by_slug(slug) if slug else None, target_s=5.0), []
    for start in range(0, len(frames), size):
        chain.extend(frames[start : start + size])
        blocks += chain.settled()
    blocks += chain.finish()
    return [one.next_time for block in blocks for one in block], chain.holds[0].hold.next_time


@pytest.mark.parametrize("slug", ["toe-touch", None])
def test_it_is_the_same_in_blocks_of_any_size_and_in_the_recording(slug: str | None) -> None:
    whole, of_hold = told(slug, 0.34, 99.0, 1000)
    assert of_hold == "hips over the feet"
    assert set(whole) == {None, of_hold}
    for size in (1, 7):
        assert told(slug, 0.34, 99.0, size) == (whole, of_hold)


def test_what_is_set_right_early_enough_is_forgotten_and_good_form_has_none() -> None:
    early, of_hold = told("toe-touch", 0.34, 5.2, 1000, hold_s=14.0)
    assert "hips over the feet" in early
    assert set(early[-60:]) == {None}
    assert of_hold is None
    assert set(told("toe-touch", 0.14, 99.0, 1000)[0]) == {None}


def test_it_stands_in_the_report_and_only_within_the_hold() -> None:
    frames = film(lambda t: lying(-6 + 76 * in_and_out(t, 5.0, 1.0), knee_deg=130.0).pose(), 11.0, 10.0)
    found = judged(frames, "supine", target_s=4.0)
    assert [hold.next_time for hold in found.report.holds] == ["raised knee straight"]
    for one in found.feedback:
        assert one.next_time is None or one.state in (State.HOLD, State.DONE)
