"""From pose frames to a report, block by block, so that memory does not grow with the length of a recording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from formcheck.analysis.options import Options
from formcheck.chain import Chain, Measuring
from formcheck.core.feedback import NOT_CORRECTED, Feedback, Report
from formcheck.core.measures import Measures
from formcheck.core.poses import Body, PoseBlock, PoseFrame, SourceInfo
from formcheck.core.stretch import Stretch
from formcheck.judging.judged_block import JudgedBlock
from formcheck.judging.nearest import NearMisses
from formcheck.judging.photo_report import report_photo
from formcheck.judging.recognition import recognise_photo
from formcheck.judging.report import ChosenBy, JudgedSession, report_nothing, report_session
from formcheck.judging.view import ViewTally


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedInput:
    """Everything known of one input once it is judged, all frames of it in memory."""

    report: Report
    body: Body
    measures: Measures
    feedback: Sequence[Feedback]
    stretch: Stretch | None


def chain_for(options: Options) -> Chain:
    """The chain that judges one recording as the user asked for."""
    return Chain(
        options.stretches,
        options.stretch,
        leg=options.leg,
        target_s=options.target_s,
        mirrored=options.mirrored,
        calibrated=options.calibrated,
    )


def measuring_for(options: Options) -> Measuring:
    """The first half of that chain alone."""
    lying = options.stretch is None or options.stretch.lying
    return Measuring(prefer_lying=lying, calibrated=options.calibrated)


class RecordingJudge:
    """Judges blocks of frames in order and ends in a report."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._chain = chain_for(options)
        self._first_s: float | None = None
        self._last_s = 0.0

    def extend(self, block: PoseBlock) -> list[JudgedBlock]:
        """Judge further frames; gives the blocks that nothing can change any more."""
        self._chain.extend(block)
        if len(block):
            self._first_s = float(block.t_s[0]) if self._first_s is None else self._first_s
            self._last_s = float(block.t_s[-1])
        return self._chain.settled()

    def end(self) -> list[JudgedBlock]:
        """The source has ended; gives the blocks that are left."""
        return self._chain.finish()

    def report(self, source: SourceInfo) -> Report:
        """The report of all that was judged."""
        # A picture lasts until the next one would come.
        frames = self._chain.frames
        length_s = self._last_s - (self._first_s or 0.0)
        length_s *= frames / (frames - 1) if frames > 1 else 1.0
        return session_report(self._chain, replace(source, frames=frames, duration_s=length_s), leg=self._options.leg)


def session_report(chain: Chain, source: SourceInfo, *, leg: int | None) -> Report:
    """The report of what a chain that has come to its end was fed with; `leg` is the one that was asked for."""
    report = report_session(
        JudgedSession(
            source=source,
            frames_with_person=chain.frames_with_person,
            frames_with_several=chain.frames_with_several,
            named=chain.named,
            leg=leg,
            target_s=chain.target_s,
            judges=chain.judges,
            holds=chain.holds,
            view=chain.view,
            near=chain.near,
        )
    )
    return _noted(report, calibrated=chain.calibrated)


def _noted(report: Report, *, calibrated: bool) -> Report:
    """The same report, which says so where the model is one that nothing is known of."""
    return report if calibrated else replace(report, notes=(NOT_CORRECTED, *report.notes))


def judge_photo(block: PoseBlock, source: SourceInfo, options: Options) -> tuple[Report, JudgedBlock, Stretch | None]:
    """Judge a single picture."""
    body, measures = measuring_for(options).extend(block)
    source = replace(source, frames=len(block), duration_s=None)
    found = recognise_photo(options.stretches, measures)
    stretch = options.stretch or found.stretch
    there = ~np.isnan(body.points_px[:, 0, 0])
    if stretch is None:
        view = ViewTally()
        view.add(measures, there)
        near = NearMisses(options.stretches, still=True)
        near.extend(measures)
        report = report_nothing(source, frames_with_person=int(there.sum()), view=view, nearest=near.nearest)
    else:
        chosen_by: ChosenBy = "user" if options.stretch else "recognised"
        report = report_photo(
            stretch, measures, source, leg=options.leg, chosen_by=chosen_by, recognised=found, mirrored=options.mirrored
        )
    judged = JudgedBlock(body=body, measures=measures, target_s=options.target_s, said=[None] * len(block))
    return _noted(report, calibrated=options.calibrated), judged, stretch


def judge(frames: PoseBlock | Sequence[PoseFrame], info: SourceInfo, options: Options) -> JudgedInput:
    """Judge pose frames that are all in memory; the same frames always give the same result."""
    block = PoseBlock.of(frames)
    said: Sequence[Feedback] = ()
    if info.still:
        report, judged, stretch = judge_photo(block, info, options)
    else:
        judging = RecordingJudge(options)
        blocks = [*judging.extend(block), *judging.end()]
        report = judging.report(info)
        judged = blocks[0] if blocks else judge_photo(block, info, options)[1]
        stretch = options.of_slug(report.stretch)
        said = list(judged)
    return JudgedInput(report=report, body=judged.body, measures=judged.measures, feedback=said, stretch=stretch)
