"""A routine over prepared bodies, judged one frame after the other as a live session does it."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

from formcheck.analysis.judging import session_report
from formcheck.chain import Chain
from formcheck.core.poses import Pose, PoseFrame
from formcheck.criteria.shared import COMFORT
from formcheck.live.grabber import Grabber
from formcheck.live.routine_guide import RoutineGuide
from formcheck.live.session import JudgedPicture, LiveSession
from formcheck.pose.pool import EstimatorPool
from formcheck.routine.plan import Plan, PlannedStretch
from formcheck.routine.progress import ProgressFile
from formcheck.routine.session import Routine
from formcheck.routine.values import Phase
from formcheck.stretches import all_stretches, by_slug
from tests.figures import SOURCE, film, folded, in_and_out, lying
from tests.live.test_prompting import COME_UP, SITTING_BONES
from tests.live.test_session import PICTURE, FakeModel, FakeSource

FPS = 20.0


def one_after_the_other(*films: list[PoseFrame], fps: float = FPS) -> list[PoseFrame]:
    frames: list[PoseFrame] = []
    for one in films:
        start_s = frames[-1].t_s + 1 / fps if frames else 0.0
        frames += [
            PoseFrame(index=len(frames) + i, t_s=start_s + f.t_s, width=f.width, height=f.height, people=f.people)
            for i, f in enumerate(one)
        ]
    return frames


def touch(hold_s: float = 4.5) -> list[PoseFrame]:
    return film(
        lambda t: folded(1 + 119 * in_and_out(t, hold_s), setback=0.14 * in_and_out(t, hold_s)).pose(), 12.0, FPS
    )


def raised(leg: int, hold_s: float = 4.5) -> list[PoseFrame]:
    return film(lambda t: lying(-6 + 86 * in_and_out(t, hold_s), stretched=leg).pose(), 10.0, FPS)


class Session:
    """A live session with a guide and no threads."""

    def __init__(self, frames: list[PoseFrame], plan: Plan, folder: Path) -> None:
        self.routine = Routine(plan.steps())
        self.moments: list[JudgedPicture] = []
        self.complaints: list[str] = []
        self.progress = ProgressFile(plan, folder)
        first = self.routine.steps[0].stretch
        lying = any(step.stretch.lying for step in self.routine.steps)
        chain = Chain(all_stretches(), first, prefer_lying=lying)
        self.guide = RoutineGuide(self.routine, chain, self.progress, self.complaints.append)
        self._grabber = Grabber(FakeSource(0, ends=True))
        self._frames = frames
        pool = EstimatorPool(lambda: FakeModel(frames), 1)
        self.session = LiveSession(self._grabber, pool, chain, [self.moments.append], guide=self.guide)

    def run(self, until_s: float = 1e9) -> None:
        for frame in self._frames[self._grabber.count :]:
            if frame.t_s > until_s:
                return
            self._grabber._keep(frame.t_s, PICTURE)
            newest = self._grabber.newest(-1, 0.0)
            assert newest is not None
            self.session.judge([(newest, frame)])

    def said(self) -> str:
        return " | ".join(moment.coaching.say for moment in self.moments if moment.coaching.say)


def plan(*slugs: str) -> Plan:
    return Plan(title="", entries=tuple(PlannedStretch(stretch=by_slug(s), hold_s=4.0) for s in slugs), rest_s=2.0)


def test_from_one_stretch_to_the_next_with_a_report_of_each(tmp_path: Path) -> None:
    frames = one_after_the_other(touch(), touch(), raised(0), raised(0), raised(1), raised(1))
    session = Session(frames, plan("toe-touch", "supine"), tmp_path)
    session.run(until_s=22.0)
    kept = session.progress.read(0.0)
    assert kept is not None and kept.holds_done == 2
    session.run()
    session.guide.finish()
    session.session.chain.finish()
    assert session.routine.complete
    assert list(tmp_path.iterdir()) == []
    report = session_report(session.session.chain, SOURCE, leg=None)
    assert [(one.stretch, one.side, len(one.holds)) for one in report.sections] == [
        ("toe-touch", "both", 2), ("supine", "both", 4),
    ]  # fmt: skip
    assert all(hold.reached for one in report.sections for hold in one.holds)
    said = session.said()
    assert "free of pain" in said
    assert "then lie down: left leg" in said
    assert "Well done. Now switch sides" not in said  # the routine says itself what comes next


def test_another_stretch_and_the_wrong_leg_do_not_count(tmp_path: Path) -> None:
    session = Session(one_after_the_other(touch(), raised(1), raised(0)), plan("supine"), tmp_path)
    session.run()
    assert "That looks like: Toe touch. Next is: Supine leg raise" in session.said()
    assert "That is the right leg: the left leg is next" in session.said()
    assert [(index, held.skipped) for index, held in session.routine.held.items()] == [(0, False)]
    tones = [moment.coaching.tone for moment in session.moments if moment.coaching.tone]
    assert tones == ["start", "done"]  # of the one hold that counts


def test_skipping_ends_the_hold_and_pausing_does_not_shorten_the_rest(tmp_path: Path) -> None:
    session = Session(one_after_the_other(touch(), touch()), plan("toe-touch"), tmp_path)
    session.run(until_s=4.5)
    assert session.routine.phase == Phase.HOLD
    session.guide.skip()
    session.run(until_s=4.6)
    assert session.routine.held[0].skipped
    assert session.moments[-1].coaching.instruction is not None
    session.run(until_s=10.5)
    assert session.routine.complete  # what is left of the hold is the second one

    session = Session(one_after_the_other(touch(), touch()), plan("toe-touch"), tmp_path)
    session.run(until_s=8.5)
    assert session.routine.phase == Phase.REST
    before = session.moments[-1].coaching.countdown
    session.guide.paused()
    session._grabber.count = len(session._frames) - 20
    session.run(until_s=19.2)
    assert session.routine.phase == Phase.REST
    assert session.moments[-1].coaching.countdown == before


def test_a_full_disk_is_told_once_and_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    session = Session(one_after_the_other(touch(), touch()), plan("toe-touch"), tmp_path / "file")
    session.run()
    assert session.routine.complete
    assert len(session.complaints) == 1
    assert "cannot be kept" in session.complaints[0]


SLOW_FPS = 6.0


def slow(scene: Callable[[float], Pose], hold_s: float) -> list[PoseFrame]:
    """Into the stretch, a hold, and out of it; `scene` is the body by how far it is in, 0 to 1."""
    return film(lambda t: scene(in_and_out(t, hold_s, 1.0)), hold_s + 6.0, SLOW_FPS)


def hold_plan(*slugs: str, hold_s: float) -> Plan:
    entries = tuple(PlannedStretch(stretch=by_slug(slug), hold_s=hold_s) for slug in slugs)
    return Plan(title="", entries=entries, rest_s=2.0)


def sentences(session: Session) -> list[str]:
    return [moment.coaching.say for moment in session.moments if moment.coaching.say]


def test_what_only_the_person_can_know_is_said_in_a_routine(tmp_path: Path) -> None:
    # The hold begins while the routine still tells what to do; when the voice is free, that is no news any more.
    frames = slow(lambda depth: folded(1 + 119 * depth, setback=0.14 * depth).pose(), 15.0)
    session = Session(frames, hold_plan("toe-touch", hold_s=14.0), tmp_path)
    session.run()
    comfort, bones, come_up = COMFORT.words, SITTING_BONES, COME_UP
    said = sentences(session)
    assert said[1:] == [
        comfort, bones, f"14 seconds. {come_up} Well done. Rest for 2 seconds, then once more.", "Once more.",
    ]  # fmt: skip  # the voice was still busy when the seconds of the rest were due
    shown = [one.coaching.told for one in session.moments]
    own = (comfort, bones, come_up)
    assert [what for what, _ in itertools.groupby(shown) if what in own] == list(own)


def test_each_side_of_a_routine_is_reminded_of_comfort_and_begins_with_a_tone(tmp_path: Path) -> None:
    left, right = (slow(lambda depth, leg=leg: lying(-6 + 86 * depth, stretched=leg).pose(), 9.0) for leg in (0, 1))
    session = Session(one_after_the_other(left, right, fps=SLOW_FPS), hold_plan("supine", hold_s=8.0), tmp_path)
    session.run(until_s=left[-1].t_s)
    session.guide.skip()  # the second hold on the left
    session.run()
    comfort, said = COMFORT.words, session.said()
    assert said.count(comfort) == 2
    assert said.index("right leg") < said.rindex(comfort)
    assert [one.coaching.tone for one in session.moments if one.coaching.tone] == ["start", "done"] * 2


def test_a_routine_praises_only_what_was_good(tmp_path: Path) -> None:
    behind = slow(lambda depth: folded(1 + 119 * depth, setback=0.34 * depth).pose(), 4.5)
    session = Session(one_after_the_other(behind, behind, fps=SLOW_FPS), plan("toe-touch"), tmp_path)
    session.run()
    assert session.routine.complete
    said = session.said()
    assert "ell done" not in said
    assert said.count("or a table if you like. Next time: hips over the feet.") == 2
    assert said.endswith("All done. Next time: hips over the feet.")
    assert session.moments[-1].coaching.instruction == "All done. Next time: hips over the feet."
