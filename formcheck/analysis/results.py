"""From an input file to its folder of results.

Everything is made from the pose recording: the pictures are looked at once and their poses written down, then the
recording is judged block by block, so that judging it again can only give the same verdict.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from formcheck.analysis import provenance
from formcheck.analysis.drawing import Pictures, draw_photo, draw_video
from formcheck.analysis.estimating import PictureSource, record_poses
from formcheck.analysis.folder import ResultFolder
from formcheck.analysis.judging import RecordingJudge, judge_photo
from formcheck.analysis.options import Advance, Options
from formcheck.analysis.page import timeline_of, write_page
from formcheck.analysis.turned import turned_note
from formcheck.core.errors import CutShortError, FormcheckError
from formcheck.core.feedback import Report
from formcheck.core.poses import PoseBlock, SourceInfo
from formcheck.core.stretch import Stretch
from formcheck.judging.judged_block import JudgedBlock
from formcheck.media.inputs import is_photo, is_poses
from formcheck.media.photo import PhotoFile
from formcheck.media.video import VideoFile
from formcheck.pose.pool import EstimatorPool
from formcheck.pose.pose_file import PoseFile
from formcheck.reports.measures_csv import MeasuresWriter
from formcheck.reports.opensim import MotWriter, TrcWriter
from formcheck.reports.report_json import as_text

TableWriter = Callable[[JudgedBlock], None]


class _ReportedStretch(NamedTuple):
    report: Report
    stretch: Stretch | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Workers:
    """What does the work: estimators of the pose model, threads to use them and to draw; `files` share them."""

    pool: EstimatorPool
    executor: Executor
    files: int = 1


Seal = Callable[[Path, FormcheckError | None], None]
"""Told the folder in which all results lie before they are moved to their place, and what was wrong with the input."""


def analyze_file(
    path: Path, folder: Path, options: Options, workers: Workers, advance: Advance, *, seal: Seal | None = None
) -> tuple[Report, FormcheckError | None]:
    """Judge one file and put its results into `folder`; `seal` may add a file to them.

    Files appear in the folder only when all of them are whole. Returns the report, and what was wrong with the
    input if only a part of it could be read. Raises FormcheckError when nothing could be judged or written.
    """
    with ResultFolder(folder).closing() as work:
        report, cut = _analyze_into(work, path, options, workers, advance)
        if seal is not None:
            seal(work, cut)
        return report, cut


def _analyze_into(
    work: Path, path: Path, options: Options, workers: Workers, advance: Advance
) -> tuple[Report, FormcheckError | None]:
    if is_poses(path):
        recording = PoseFile(path)
        shutil.copyfile(path, work / ("poses.jsonl.gz" if path.suffix == ".gz" else "poses.jsonl"))
        return judge_recording(recording, recording.info, work, options, judged=path, advance=advance)
    source: PictureSource = PhotoFile(path) if is_photo(path) else VideoFile(path)
    poses = work / "poses.jsonl.gz"
    cut = record_poses(source, workers.pool, workers.executor, poses, advance, files=workers.files)
    pictures = Pictures(source=source, executor=workers.executor)
    recording = PoseFile(poses)
    return judge_recording(
        recording, source.info, work, options, judged=path, advance=advance, pictures=pictures, cut=cut
    )


def judge_recording(
    recording: PoseFile,
    info: SourceInfo,
    work: Path,
    options: Options,
    *,
    judged: Path | None = None,
    advance: Advance = lambda _what, _done, _total: None,
    pictures: Pictures | None = None,
    cut: CutShortError | None = None,
) -> tuple[Report, CutShortError | None]:
    """Judge a recording and write into `work` what is made of it.

    `info` is the source to name in the report, `judged` the file that was handed in (None for a live session),
    `pictures` those the recording was made from if they are at hand, and `cut` what was wrong with them. Returns the
    report, and what was wrong with the source or the recording.
    """
    options = options.for_model(recording.model_id)
    reading = _ReadableRecording(recording, advance)
    judge = _judge_photo if info.still else _judge_video
    report, stretch = judge(reading, info, work, options, pictures)
    asked = turned_note(lambda: reading.blocks(None), info, report, options)
    if asked is not None:
        report = replace(report, notes=(asked, *report.notes))
    cut = cut or reading.cut
    if cut is not None:
        report = replace(report, notes=(*report.notes, str(cut)))
    report = replace(report, provenance=provenance.provenance_of(recording.model_id, info, judged))
    if options.page:
        source = pictures.source if pictures is not None else None
        timeline = None
        if stretch is not None and not info.still:
            timeline = timeline_of(stretch, reading.blocks("Writing the report"), options)
        write_page(
            work / "report.html", report, stretch, timeline, reading.blocks("Writing the report"), source, options
        )
    (work / "report.json").write_text(as_text(report) + "\n", encoding="utf-8")
    return report, cut


def _judge_photo(
    reading: _ReadableRecording, info: SourceInfo, work: Path, options: Options, pictures: Pictures | None
) -> _ReportedStretch:
    block = next(reading.blocks("Judging"), PoseBlock.of([]))
    report, judged, stretch = judge_photo(block, info, options)
    with MeasuresWriter(work / "measures.csv") as measures:
        measures.write(judged.measures, judged.states)
    if options.video and pictures is not None:
        draw_photo(pictures.source, judged, report, stretch, work / "annotated.png")
    return _ReportedStretch(report, stretch)


def _judge_video(
    reading: _ReadableRecording, info: SourceInfo, work: Path, options: Options, pictures: Pictures | None
) -> _ReportedStretch:
    judging = RecordingJudge(options)
    draw = _drawing(pictures, work / "annotated.mp4", reading) if options.video else None
    with _tables(work, info, options) as tables:
        noted = _noting(_judged(judging, reading.blocks(None if draw else "Judging")), tables)
        if draw is not None:
            draw(noted)
        for _ in noted:
            pass
    report = judging.report(info)
    return _ReportedStretch(report, options.of_slug(report.stretch))


def _judged(judging: RecordingJudge, blocks: Iterator[PoseBlock]) -> Iterator[JudgedBlock]:
    """The judged blocks, each when nothing that is said of it can change any more."""
    for block in blocks:
        yield from judging.extend(block)
    yield from judging.end()


def _drawing(
    pictures: Pictures | None, path: Path, reading: _ReadableRecording
) -> Callable[[Iterator[JudgedBlock]], None] | None:
    """What writes the annotated video while it takes in judged blocks; None where there is nothing to draw on."""
    if pictures is None or pictures.executor is None:
        return None
    return partial(
        draw_video,
        source=pictures.source,
        executor=pictures.executor,
        path=path,
        drawn_one=lambda done: reading.tell("Drawing", done),
    )


class _ReadableRecording:
    """A recording that may be damaged: what can be read is read, as often as it is asked for."""

    def __init__(self, recording: PoseFile, advance: Advance) -> None:
        self._recording = recording
        self._advance = advance
        self._frames: int | None = None
        self.cut: CutShortError | None = None

    def blocks(self, what: str | None) -> Iterator[PoseBlock]:
        """All blocks; `what` is being done with them, None where somebody else tells how far that is."""
        done = 0
        try:
            for block in self._recording.blocks():
                yield block
                done += len(block)
                if what is not None:
                    self.tell(what, done)
        except CutShortError as cut:
            self.cut = cut
        self._frames = done

    def tell(self, what: str, done: int) -> None:
        """Say how far it is."""
        self._advance(what, done, self._frames)


@contextlib.contextmanager
def _tables(work: Path, info: SourceInfo, options: Options) -> Iterator[Sequence[TableWriter]]:
    """What takes in the judged blocks one after the other and ends as files with a row for each frame."""
    with contextlib.ExitStack() as stack:
        measures = stack.enter_context(MeasuresWriter(work / "measures.csv"))
        tables: list[TableWriter] = [lambda block: measures.write(block.measures, block.states)]
        if options.exports:
            trc = stack.enter_context(TrcWriter(work / "landmarks.trc", info))
            pixels = stack.enter_context(TrcWriter(work / "landmarks_px.trc", info, y_down=True))
            mot = stack.enter_context(MotWriter(work / "angles.mot"))
            tables += [
                lambda block: trc.write(block.body),
                lambda block: pixels.write(block.body),
                lambda block: mot.write(block.body, block.measures),
            ]
        yield tables


def _noting(blocks: Iterator[JudgedBlock], tables: Sequence[TableWriter]) -> Iterator[JudgedBlock]:
    """The same blocks, written down on their way."""
    for block in blocks:
        for table in tables:
            table(block)
        yield block
