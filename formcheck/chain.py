"""THE chain: pose frames -> one body -> measures -> judge. Files, cameras, routines and programs all go through it."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from formcheck.core.feedback import State
from formcheck.core.measures import Measures
from formcheck.core.poses import Body, PoseBlock, PoseFrame
from formcheck.core.side import Side
from formcheck.core.stretch import Stretch
from formcheck.judging.feedback import FeedbackBlock
from formcheck.judging.findings import JudgedHold
from formcheck.judging.hold import lasting_gap_s
from formcheck.judging.judge import Judge
from formcheck.judging.judged_block import JudgedBlock
from formcheck.judging.nearest import NearMisses
from formcheck.judging.recognition import REPLAY_S, SHORTEST_S, Claims, Recogniser, StretchOnset
from formcheck.judging.view import ViewTally
from formcheck.kinematics.measurer import Measurer
from formcheck.tracking.body import BodyTracker

_INSTEAD_S = 0.3  # for so long after the last look another stretch still counts as being done


class Measuring:
    """The first half of the chain: pose frames in, one body and its measures out.

    Without `calibrated` the poses are of a model of whose errors nothing is known: angles stay as read, and how sure it
    is of a point tells as little as with an engine that keeps that to itself.
    """

    def __init__(self, *, prefer_lying: bool, calibrated: bool = True) -> None:
        self._calibrated = calibrated
        self._tracker = BodyTracker(prefer_lying=prefer_lying)
        self._measurer = Measurer(calibrated=calibrated)

    def extend(self, frames: PoseBlock | Sequence[PoseFrame]) -> tuple[Body, Measures]:
        """Take in further frames."""
        if not self._calibrated:
            block = PoseBlock.of(frames)
            frames = replace(block, confidence=np.full_like(block.confidence, np.nan))
        body = self._tracker.extend(frames)
        return body, self._measurer.extend(body)


class Chain:
    """Judges pose frames in order, any number at a time: the result does not depend on how many.

    With a `stretch` everything is judged as that one. Without, the body is watched for the shape of any of
    `stretches`, and each hold is judged as the stretch it is; `judges` has one for each stretch that was begun.
    """

    def __init__(
        self,
        stretches: Sequence[Stretch],
        stretch: Stretch | None = None,
        *,
        leg: int | None = None,
        target_s: float = 30.0,
        prefer_lying: bool | None = None,
        mirrored: bool = False,
        calibrated: bool = True,
    ) -> None:
        self.named = stretch
        self.calibrated = calibrated
        lying = stretch is None or stretch.lying if prefer_lying is None else prefer_lying
        self.judges: list[Judge] = []
        self.frames = 0
        self.frames_with_person = 0
        self.frames_with_several = 0
        self.view = ViewTally()
        self._measuring = Measuring(prefer_lying=lying, calibrated=calibrated)
        self._leg, self.target_s, self._mirrored = leg, target_s, mirrored
        self._recogniser = Recogniser(stretches) if stretch is None else None
        self._claims = Claims(stretches)
        self.near = NearMisses(stretches) if stretch is None else None
        self._instead: tuple[Stretch, float] | None = None
        self._blocks: deque[JudgedBlock] = deque()
        self._last_s = -math.inf
        self.judge: Judge | None = self._judge_of(stretch) if stretch else None

    @property
    def stretch(self) -> Stretch | None:
        """The stretch at hand."""
        return self.judge.stretch if self.judge else None

    @property
    def holds(self) -> list[JudgedHold]:
        """All holds that are over, in order of time."""
        return sorted((one for judge in self.judges for one in judge.holds), key=lambda one: one.hold.start_s)

    def extend(self, frames: PoseBlock | Sequence[PoseFrame]) -> JudgedBlock:
        """Judge further frames."""
        frames = PoseBlock.of(frames)
        body, measures = self._measuring.extend(frames)
        there = ~np.isnan(body.points_px[:, 0, 0])
        self.frames += len(there)
        self.frames_with_person += int(there.sum())
        self.frames_with_several += int((np.diff(frames.first) > 1).sum())
        self.view.add(measures, there)
        if self.near is not None:
            self.near.extend(measures)
        block = JudgedBlock(body=body, measures=measures, target_s=self.target_s, said=[None] * len(there))
        if len(block):
            self._blocks.append(block)
            self._last_s = float(measures.t_s[-1])
            self._follow(block)
        return block

    def settled(self) -> list[JudgedBlock]:
        """The blocks, each once and in order, of which nothing that was said can change any more."""
        until_s = self.judge.settled_s if self.judge else math.inf
        if self._recogniser is not None:
            until_s = min(until_s, max(self._last_s - REPLAY_S, self._recogniser.free_s))
        done = []
        while self._blocks and self._blocks[0].measures.t_s[-1] < until_s:
            done.append(self._blocks.popleft())
        return done

    def finish(self) -> list[JudgedBlock]:
        """The source has ended: close the hold that is going on; gives the blocks that are left."""
        for judge in self.judges:
            judge.finish()
        done = list(self._blocks)
        self._blocks.clear()
        return done

    def choose(self, stretch: Stretch, *, target_s: float) -> None:
        """Judge what follows as that stretch, with that target. Ends the hold at hand."""
        self.end_hold(leg=None)
        self.named, self.target_s, self._recogniser, self.near = stretch, target_s, None, None
        self.judge = self._judge_of(stretch)

    def end_hold(self, *, leg: int | None) -> None:
        """End the hold at hand; look at one leg from now on (0 left, 1 right), or at any."""
        self._leg = leg
        for judge in self.judges:
            judge.finish()
            judge.aim(judge.target_s, leg)
        if self._recogniser is not None:
            self._recogniser.end_hold(self._last_s)

    def name_leg(self, leg: int) -> None:
        """Somebody says which leg (0 left, 1 right) the hold at hand is of, or the last one was."""
        if self.judge is not None:
            self.judge.name_leg(leg)

    def instead(self, measures: Measures) -> Stretch | None:
        """Another stretch than the one at hand that the body has been in for a while; ask with every frame."""
        t_s = float(measures.t_s[-1])
        if self._claims.due(t_s):
            now = self._claims.claiming(self._claims.shapes(measures), len(measures) - 1)
            lasted, _ = self._claims.update(t_s, float(lasting_gap_s(measures.fps)[-1]), now)
            if lasted:
                self._instead = lasted[0], t_s
        if self._instead is None or t_s - self._instead[1] >= _INSTEAD_S:
            return None
        return self._instead[0] if self._instead[0] is not self.stretch else None

    def held_by_side(self) -> dict[Side, float]:
        """Seconds held on each side of the stretch at hand, the running hold included."""
        held: dict[Side, float] = {}
        if self.judge is None:
            return held
        for one in self.judge.holds:
            held[one.hold.side] = held.get(one.hold.side, 0.0) + one.hold.held_s
        running = self.judge.side_and_held
        if running is not None:
            held[running[0]] = held.get(running[0], 0.0) + running[1]
        return held

    def _judge_of(self, stretch: Stretch) -> Judge:
        judge = next((one for one in self.judges if one.stretch is stretch), None)
        if judge is None:
            claim_s = min(SHORTEST_S, self.target_s) if self.named is None else 0.0
            judge = Judge(stretch, target_s=self.target_s, leg=self._leg, claim_s=claim_s, mirrored=self._mirrored)
            self.judges.append(judge)
        judge.aim(self.target_s, self._leg)
        return judge

    def _follow(self, block: JudgedBlock) -> None:
        """Judge the frames of a block, each as the stretch that is at hand then."""
        start, count = 0, len(block)
        while start < count:
            recogniser = self._recogniser
            begun = recogniser.extend(block.measures, start) if recogniser else None
            stop = begun.i if begun else count
            if self.judge is not None and stop > start:
                self._say(block, start, self.judge.extend(block.measures.part(start, stop)))
            if begun is not None and recogniser is not None:
                self._change(recogniser, begun, float(block.measures.t_s[begun.i]))
            start = stop + 1

    def _change(self, recogniser: Recogniser, begun: StretchOnset, now_s: float) -> None:
        """Judge what is newer than `begun.from_s`, up to now, as another stretch."""
        leg = None
        if self.judge is not None:
            if self.judge.began_after(begun.from_s):
                leg = self.judge.drop()
            else:
                self.judge.finish()
        self.judge = self._judge_of(begun.stretch)
        from_s = max(begun.from_s, self.judge.held_until_s)
        if self.judge.last_s > from_s:  # it has judged them before, when they were taken for another stretch's
            self.judges[self.judges.index(self.judge)] = self.judge = self.judge.anew()
        parts = []
        for block in self._blocks:
            start, stop = np.searchsorted(block.measures.t_s, [from_s, now_s], side="right").tolist()
            if stop > start:
                parts.append((block, start, block.measures.part(start, stop)))
        again = Measures.joined([part for _, _, part in parts])
        said = self.judge.extend(again)
        done = 0
        for block, start, part in parts:
            way_out = {i: block.said[i] for i in range(start, start + len(part)) if _shown(block.said[i])}
            self._say(block, start, said, first=done, count=len(part))
            for i, before in way_out.items():
                if said.states[done + i - start] == State.POSITION:  # what was said of the way out still holds
                    block.said[i] = before
            done += len(part)
        if leg is not None:
            self.judge.name_leg(leg)
        recogniser.replayed(again)

    @staticmethod
    def _say(block: JudgedBlock, start: int, said: FeedbackBlock, *, first: int = 0, count: int | None = None) -> None:
        """Note where the frames of `block` from `start` on are told: in `said`, from `first` on."""
        count = len(said) if count is None else count
        block.said[start : start + count] = [(said, first + i) for i in range(count)]


def _shown(said: tuple[FeedbackBlock, int] | None) -> bool:
    """Whether a fault is shown there."""
    return said is not None and said[1] in said[0].faults
