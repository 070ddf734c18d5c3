"""From pose frames to a report, block by block, so that memory does not grow with the length of a recording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from formcheck.core.feedback import Feedback, Report, State
from formcheck.core.measures import Measures
from formcheck.core.poses import Body, Bools, PoseBlock, PoseFrame, SourceInfo
from formcheck.core.stretch import Stretch
from formcheck.measures.body import Measurer
from formcheck.pipeline.options import Options
from formcheck.rules.feedback import FeedbackBlock
from formcheck.rules.judge import Judge
from formcheck.rules.recognition import Recogniser, recognise_photo
from formcheck.rules.verdict import ChosenBy, report_nothing, report_photo, report_recording
from formcheck.rules.view import ViewTally
from formcheck.tracking.body import BodyTracker


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedBlock:
    """Everything known of some frames. `feedback` is None where no stretch was recognised, and of a photo."""

    body: Body
    measures: Measures
    feedback: FeedbackBlock | None
    states: Sequence[State]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Everything known of one input once it is judged, all frames of it in memory."""

    report: Report
    body: Body
    measures: Measures
    feedback: Sequence[Feedback]
    stretch: Stretch | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which stretch to judge, who says so, and how sure that is."""

    stretch: Stretch | None
    chosen_by: ChosenBy
    confidence: float | None


class Follow:
    """The tracker and the measurer of one recording: pose blocks in, bodies and measures out."""

    def __init__(self, options: Options) -> None:
        self._tracker = BodyTracker(prefer_lying=options.stretch is None or options.stretch.lying)
        self._measurer = Measurer()

    def extend(self, block: PoseBlock) -> tuple[Body, Measures]:
        """Take in further frames."""
        body = self._tracker.extend(block)
        return body, self._measurer.extend(body)


def choose(blocks: Iterable[PoseBlock], options: Options) -> Choice:
    """The stretch that the user named, or that is recognised in these blocks. Reads them only if it must."""
    if options.stretch is not None:
        return Choice(stretch=options.stretch, chosen_by="user", confidence=None)
    follow, recogniser = Follow(options), Recogniser(options.stretches)
    for block in blocks:
        recogniser.extend(follow.extend(block)[1])
    found = recogniser.finish()
    return Choice(stretch=found.stretch, chosen_by="recognised", confidence=found.confidence)


@dataclass(slots=True)
class Judging:
    """Judges blocks of frames in order and ends in a report."""

    choice: Choice
    options: Options
    frames: int = 0
    frames_with_person: int = 0
    _judge: Judge | None = None
    _view: ViewTally = field(default_factory=ViewTally)
    _follow: Follow = field(init=False)
    _last_s: float = 0.0

    def __post_init__(self) -> None:
        self._follow = Follow(self.options)
        if self.choice.stretch is not None:
            self._judge = Judge(self.choice.stretch, target_s=self.options.target_s, leg=self.options.leg)

    def extend(self, block: PoseBlock) -> JudgedBlock:
        """Judge further frames."""
        body, measures = self._follow.extend(block)
        there = ~np.isnan(body.points_px[:, 0, 0])
        self.frames += len(block)
        self.frames_with_person += int(there.sum())
        self._last_s = float(block.t_s[-1]) if len(block) else self._last_s
        if self._judge is None:
            self._view.add(measures, there)
            return JudgedBlock(body=body, measures=measures, feedback=None, states=_plain_states(there))
        feedback = self._judge.extend(measures)
        return JudgedBlock(body=body, measures=measures, feedback=feedback, states=feedback.states)

    def finish(self, source: SourceInfo) -> Report:
        """The report of all that was judged."""
        # A picture lasts until the next one would come.
        length_s = self._last_s * (self.frames / (self.frames - 1)) if self.frames > 1 else self._last_s
        source = replace(source, frames=self.frames, duration_s=length_s)
        if self._judge is None:
            return report_nothing(
                source,
                frames_with_person=self.frames_with_person,
                confidence=self.choice.confidence or 0.0,
                view=self._view,
            )
        self._judge.finish()
        return report_recording(
            self._judge,
            source,
            frames_with_person=self.frames_with_person,
            chosen_by=self.choice.chosen_by,
            confidence=self.choice.confidence,
        )


def judge_photo(block: PoseBlock, source: SourceInfo, options: Options) -> tuple[Report, JudgedBlock, Stretch | None]:
    """Judge a single picture."""
    body, measures = Follow(options).extend(block)
    source = replace(source, frames=len(block), duration_s=None)
    found = recognise_photo(options.stretches, measures)
    stretch = options.stretch or found.stretch
    there = ~np.isnan(body.points_px[:, 0, 0])
    if stretch is None:
        view = ViewTally()
        view.add(measures, there)
        report = report_nothing(source, frames_with_person=int(there.sum()), confidence=found.confidence, view=view)
    else:
        chosen_by: ChosenBy = "user" if options.stretch else "recognised"
        report = report_photo(stretch, measures, source, leg=options.leg, chosen_by=chosen_by, recognised=found)
    judged = JudgedBlock(body=body, measures=measures, feedback=None, states=_plain_states(there))
    return report, judged, stretch


def _plain_states(there: Bools) -> list[State]:
    """What can be said where no stretch is judged: whether somebody is there (T,)."""
    return [State.POSITION if here else State.NO_PERSON for here in there.tolist()]


def judge(frames: PoseBlock | Sequence[PoseFrame], info: SourceInfo, options: Options) -> Judged:
    """Judge pose frames that are all in memory; the same frames always give the same result."""
    block = PoseBlock.of(frames)
    if info.still:
        report, judged, stretch = judge_photo(block, info, options)
    else:
        choice = choose([block], options)
        judging = Judging(choice, options)
        judged = judging.extend(block)
        report, stretch = judging.finish(info), choice.stretch
    said = judged.feedback if judged.feedback is not None else ()
    return Judged(report=report, body=judged.body, measures=judged.measures, feedback=said, stretch=stretch)
