"""From an input to its results: source, estimator, judge, files."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from formcheck.capture.inputs import is_photo, is_poses
from formcheck.capture.photo import PhotoFile
from formcheck.capture.video import VideoFile
from formcheck.core.errors import CutShortError, FormcheckError
from formcheck.core.feedback import Feedback, Report, State
from formcheck.core.measures import Measures
from formcheck.core.poses import Body, Picture, PoseFrame, SourceInfo
from formcheck.core.stretch import Stretch
from formcheck.estimators.port import PoseEstimator
from formcheck.measures.body import Measurer
from formcheck.recording import PoseFile, PoseWriter
from formcheck.reports.measures_csv import write_measures
from formcheck.reports.report_json import as_text
from formcheck.results import ResultFolder
from formcheck.rules.judge import Judge
from formcheck.rules.recognition import Recogniser, recognise_photo
from formcheck.rules.verdict import ChosenBy, report_nothing, report_photo, report_recording
from formcheck.stretches import all_stretches
from formcheck.tracking.body import BodyTracker

# The model itself looks at 256 x 256 pixels; larger pictures only cost time to convert.
_ESTIMATE_PX = 960
_DRAW_PX = 1280

Advance = Callable[[str, int, int | None], None]
"""Told (what is being done, frames done, frames in all or None)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user asked for. `stretch` None: recognise it among `stretches`, which have the user's limits."""

    stretch: Stretch | None = None
    leg: int | None = None
    target_s: float = 30.0
    video: bool = True
    stretches: tuple[Stretch, ...] = field(default_factory=all_stretches)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Everything known of one input once it is judged."""

    report: Report
    body: Body
    measures: Measures
    feedback: Sequence[Feedback]
    stretch: Stretch | None


class PictureSource(Protocol):
    """A file of pictures that can be read from its beginning."""

    @property
    def info(self) -> SourceInfo:
        """What is known of the source."""
        ...

    def pictures(self, longest_px: int | None = None) -> Iterator[Picture]:
        """All pictures in order, their longer side at most `longest_px`."""
        ...


def analyze_file(
    path: Path, folder: Path, options: Options, estimator: Callable[[], PoseEstimator], advance: Advance
) -> tuple[Report, FormcheckError | None]:
    """Judge one file and put its results into `folder`.

    Files appear in the folder only when all of them are whole. Returns the report, and what was wrong with the
    input if only a part of it could be read. Raises FormcheckError when nothing could be judged or written.
    """
    with ResultFolder(folder).closing() as work:
        if is_poses(path):
            recording = PoseFile(path)
            frames, cut = _drain(recording.frames())
            shutil.copyfile(path, work / ("poses.jsonl.gz" if path.suffix == ".gz" else "poses.jsonl"))
            judged = judge(frames, recording.info, options)
        else:
            source: PictureSource = PhotoFile(path) if is_photo(path) else VideoFile(path)
            frames, cut = _estimate(source, estimator(), work / "poses.jsonl.gz", advance)
            judged = judge(frames, source.info, options)
            if options.video and judged.stretch is not None and not source.info.still:
                _annotate(source, judged, work / "annotated.mp4", advance)
            elif options.video and judged.stretch is not None:
                _annotate_photo(source, judged, work / "annotated.png")
        if cut is not None:
            judged = replace(judged, report=replace(judged.report, notes=(*judged.report.notes, str(cut))))
        write_verdict(judged, work)
    return judged.report, cut


def write_verdict(judged: Judged, folder: Path) -> None:
    """Write `report.json` and `measures.csv`."""
    nobody = np.isnan(judged.measures.trunk_deg).tolist()
    plain = [State.NO_PERSON if gone else State.POSITION for gone in nobody]
    states = [one.state for one in judged.feedback] or plain
    write_measures(folder / "measures.csv", judged.measures, states)
    (folder / "report.json").write_text(as_text(judged.report) + "\n", encoding="utf-8")


def judge(frames: Sequence[PoseFrame], info: SourceInfo, options: Options) -> Judged:
    """Judge pose frames; the same frames always give the same result."""
    body = BodyTracker(prefer_lying=options.stretch is None or options.stretch.lying).extend(frames)
    measures = Measurer().extend(body)
    seen = int(np.sum(~np.isnan(body.points_px[:, 0, 0])))
    last_s = frames[-1].t_s if frames else 0.0
    # A picture lasts until the next one would come.
    length_s = last_s + (last_s / (len(frames) - 1) if len(frames) > 1 else 0.0)
    info = replace(info, frames=len(frames), duration_s=None if info.still else length_s)
    chosen_by: ChosenBy = "user" if options.stretch else "recognised"
    if info.still:
        return _judge_photo(body, measures, info, options, chosen_by)
    stretch, confidence = options.stretch, None
    if stretch is None:
        recogniser = Recogniser(options.stretches)
        recogniser.extend(measures)
        found = recogniser.finish()
        stretch, confidence = found.stretch, found.confidence
        if stretch is None:
            report = report_nothing(info, frames_with_person=seen, confidence=found.confidence, measures=measures)
            return Judged(report=report, body=body, measures=measures, feedback=(), stretch=None)
    one = Judge(stretch, target_s=options.target_s, leg=options.leg)
    feedback = one.extend(measures)
    one.finish()
    report = report_recording(one, info, frames_with_person=seen, chosen_by=chosen_by, confidence=confidence)
    return Judged(report=report, body=body, measures=measures, feedback=feedback, stretch=stretch)


def _judge_photo(body: Body, measures: Measures, info: SourceInfo, options: Options, chosen_by: ChosenBy) -> Judged:
    found = recognise_photo(options.stretches, measures)
    stretch = options.stretch or found.stretch
    if stretch is None:
        person = int(np.sum(~np.isnan(measures.trunk_deg)))
        report = report_nothing(info, frames_with_person=person, confidence=found.confidence, measures=measures)
    else:
        report = report_photo(stretch, measures, info, leg=options.leg, chosen_by=chosen_by, recognised=found)
    return Judged(report=report, body=body, measures=measures, feedback=(), stretch=stretch)


def _estimate(
    source: PictureSource, estimator: PoseEstimator, path: Path, advance: Advance
) -> tuple[list[PoseFrame], CutShortError | None]:
    info = source.info
    total = 1 if info.still else round(info.duration_s * info.fps) if info.duration_s and info.fps else None
    with PoseWriter(path, info, estimator.model_id) as writer:

        def estimated() -> Iterator[PoseFrame]:
            for picture in source.pictures(_ESTIMATE_PX):
                frame = estimator.estimate(picture)
                writer.write(frame)
                advance("Looking", frame.index + 1, total)
                yield frame

        return _drain(estimated())


def _drain(frames: Iterator[PoseFrame]) -> tuple[list[PoseFrame], CutShortError | None]:
    """All frames, and the error that ended them early if one did."""
    kept: list[PoseFrame] = []
    try:
        kept.extend(frames)
    except CutShortError as cut:
        return kept, cut
    return kept, None


def _annotate(source: PictureSource, judged: Judged, path: Path, advance: Advance) -> None:
    from formcheck.render import overlay
    from formcheck.render.video import VideoWriter

    assert judged.stretch is not None
    info, body = judged.report.source, judged.body
    scale = min(1.0, _DRAW_PX / max(info.width, info.height))
    size = (round(info.width * scale), round(info.height * scale))
    high = overlay.height_with_bar(size[1], size[0])
    with VideoWriter(path, size[0], high, info.fps) as writer, contextlib.suppress(CutShortError):
        for picture, feedback in zip(source.pictures(_DRAW_PX), judged.feedback, strict=False):
            shrink = picture.rgb.shape[1] / picture.width
            i = picture.index
            points = body.points_px[i] * shrink
            writer.write(
                picture.t_s, overlay.draw(picture.rgb, judged.stretch.title, feedback, points, body.visibility[i])
            )
            advance("Drawing", i + 1, info.frames)


def _annotate_photo(source: PictureSource, judged: Judged, path: Path) -> None:
    from PIL import Image

    from formcheck.render import overlay

    assert judged.stretch is not None
    report, picture = judged.report, next(source.pictures(_DRAW_PX))
    points = judged.body.points_px[0] * picture.rgb.shape[1] / picture.width
    near = int(judged.measures.near[0])
    drawn = overlay.draw_photo(picture.rgb, judged.stretch, report, points, judged.body.visibility[0], near)
    Image.fromarray(drawn).save(path)
