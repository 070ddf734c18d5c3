"""`formcheck batch`: many files, in a run that can be stopped and gone on with."""

from __future__ import annotations

import json as json_module
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from formcheck.cli import json_file, options
from formcheck.cli.common import (
    command_settings,
    find_leg,
    find_stretch,
    keep_in_history,
    model_choice,
    one_line_errors,
    say,
)

if TYPE_CHECKING:
    from formcheck.batch.inputs import BatchInput
    from formcheck.batch.orders import BatchOptions, Task
    from formcheck.batch.run import Batch, BatchEntry, BatchFolder, TaskRunner
    from formcheck.core.feedback import Report


def batch(
    inputs: options.BatchInputs = None,
    listed: options.ListOption = None,
    out: options.OutOption = None,
    stretch: options.StretchOption = None,
    side: options.SideOption = None,
    mirrored: options.MirroredOption = False,
    hold: options.HoldOption = None,
    jobs: options.ProcessesOption = None,
    scheduler: options.SchedulerOption = None,
    video: options.VideoOption = None,
    report: options.PageOption = None,
    exports: options.ExportsOption = None,
    recursive: options.RecursiveOption = False,
    retry_failed: options.RetryFailedOption = False,
    json: options.JsonOption = None,
    model: options.ModelOption = None,
    engine: options.EngineOption = None,
) -> None:
    """Judge many files; what is finished is never done again, so a run that was stopped goes on where it was."""
    if not inputs and listed is None:
        raise typer.BadParameter("name files or folders, or a list with --from", param_hint="INPUT")
    if scheduler is not None and jobs is not None:
        raise typer.BadParameter("the workers of the scheduler are as many as they are", param_hint="--jobs")
    settings = command_settings(hold_s=hold, out=out, video=video, report=report, exports=exports, jobs=jobs)
    if stretch is not None:
        find_stretch(stretch, "--stretch", settings.stretches)
    find_leg(side)
    from formcheck.analysis.parallel import cores
    from formcheck.batch.orders import BatchOptions, changed_limits

    order = BatchOptions(
        stretch=stretch,
        side=side,
        mirrored=mirrored,
        hold_s=settings.hold_s,
        video=settings.video,
        report=settings.report,
        exports=settings.exports,
        limits=changed_limits(settings.stretches),
        model=str(model.absolute()) if model else None,
        engine=model_choice(engine, model).engine,
    )
    run = _BatchRun(settings.out, json, settings.jobs or cores(), scheduler, retry_failed=retry_failed)
    with one_line_errors():
        json_file.check(json)
        found, wrong = _found(inputs or (), listed, settings.out, recursive=recursive)
        failed = run.run(found, _with_model(order, found)) if found else 0
    if failed or wrong:
        raise typer.Exit(1)


def _found(inputs: Sequence[Path], listed: str | None, out: Path, *, recursive: bool) -> tuple[list[BatchInput], bool]:
    """The files to judge, and whether something was wrong with what was named, which is told."""
    from formcheck.batch.inputs import find, read_list

    paths = [*inputs, *(read_list(listed) if listed else ())]
    found, wrong = find(paths, out, recursive=recursive)
    lines = [*map(str, wrong), *(() if paths else [f"{listed}: the list is empty; write one path a line"])]
    for line in lines:
        say(line)
    return found, bool(lines)


def _with_model(order: BatchOptions, inputs: Sequence[BatchInput]) -> BatchOptions:
    """The order with the model that will be used, if any input needs one. Raises ModelError."""
    from formcheck.media.inputs import is_poses

    if all(is_poses(one.path) for one in inputs):
        return order
    return replace(order, model_id=order.chosen().model_id())


class _BatchRun:
    """One run over a batch: what is to do is done and told, then the table of all is made."""

    def __init__(self, out: Path, json: str | None, jobs: int, scheduler: str | None, *, retry_failed: bool) -> None:
        self._out = out
        self._json = json
        self._jobs = jobs
        self._scheduler = scheduler
        self._retry_failed = retry_failed
        self._history: Counter[str] = Counter()

    def run(self, inputs: Sequence[BatchInput], order: BatchOptions) -> int:
        """Returns how many inputs failed."""
        from formcheck.batch.run import Batch, BatchFolder

        with BatchFolder(self._out) as place:
            batch = Batch(inputs, place, order, retry_failed=self._retry_failed)
            tasks = batch.tasks()
            self._tell_known(batch)
            try:
                if tasks:
                    self._work(batch, tasks, order, place)
            except (KeyboardInterrupt, SystemExit) as stop:
                done = batch.count_finished()
                say(
                    f"interrupted; {done} of {len(inputs)} finished and kept in {self._out}; "
                    "run the same again to go on"
                )
                raise typer.Exit(130 if isinstance(stop, KeyboardInterrupt) else 143) from None
            finally:
                for line, times in self._history.items():
                    say(f"{times} times: {line}" if times > 1 else line)
            self._finish(batch, place)
        return sum(entry.record is None or entry.record.status != "done" for entry in batch.entries)

    def _tell_known(self, batch: Batch) -> None:
        """What there is from before, with the history of what was stopped between its results and its history."""
        from formcheck import history
        from formcheck.batch.table import report_text
        from formcheck.core.errors import FormcheckError

        known = [entry for entry in batch.entries if entry.record is not None]
        if known:
            say(f"{len(known)} of {len(batch.entries)} are known from before and are not done again")
        for entry in known:
            if entry.record is not None and entry.record.message:
                again = "" if entry.finished else " (as last time; --retry-failed tries again)"
                say(f"{entry.record.message}{again}")
            if not entry.finished or entry.record is None or entry.record.told:
                continue
            try:
                held = history.exists(history.location()) and json_module.loads(report_text(entry))["holds"]
                self._remember(batch, entry, batch.report_again(entry) if held else None)
            except FormcheckError as error:
                say(str(error))

    def _work(self, batch: Batch, tasks: Sequence[Task], order: BatchOptions, place: BatchFolder) -> None:
        from formcheck.cli.batch_view import BatchBar

        with BatchBar(len(tasks)) as bar, self._engine(order, place, bar.say) as engine:
            for entry, report in batch.run(engine, tasks):
                bar.finished(entry, report)
                if entry.record is not None and entry.record.message:
                    bar.say(entry.record.message)
                if entry.finished:
                    self._remember(batch, entry, report)

    def _engine(
        self, order: BatchOptions, place: BatchFolder, tell: Callable[[str], None]
    ) -> AbstractContextManager[TaskRunner]:
        if self._scheduler is not None:
            from formcheck.batch.remote import DaskRunner

            return DaskRunner(self._scheduler, order, place.lease, tell)
        from formcheck.batch.local import LocalRunner

        return LocalRunner(self._jobs)

    def _remember(self, batch: Batch, entry: BatchEntry, report: Report | None) -> None:
        """Tell the history, once; lines for the user are told at the end, each once."""
        if report is not None:
            recording = batch.recording(entry)
            keep_in_history([report], of=entry.input.path, recording=recording, tell=self._note)
        batch.told(entry)

    def _note(self, line: str) -> None:
        self._history[line] += 1

    def _finish(self, batch: Batch, place: BatchFolder) -> None:
        from formcheck.batch import table
        from formcheck.cli.batch_view import print_table

        rows = list(table.rows(batch.entries, place.out))
        path = table.write(rows, place.out)
        print_table(rows, path, to_stderr=self._json == "-")
        if self._json is not None:
            reports = (json_module.loads(table.report_text(entry)) for entry in batch.entries if entry.finished)
            text = "".join(json_module.dumps(report, ensure_ascii=False) + "\n" for report in reports)
            json_file.write(self._json, text)
