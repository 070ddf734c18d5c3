"""`formcheck analyze`: judge recorded videos, photos and pose recordings."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli import json_file, options
from formcheck.cli.common import (
    command_settings,
    find_leg,
    find_stretch,
    keep_in_history,
    model_choice,
    once_is_enough,
    one_line_errors,
    say,
)

if TYPE_CHECKING:
    from formcheck.analysis import Options, Workers
    from formcheck.cli.summary import FileBars
    from formcheck.core.errors import FormcheckError
    from formcheck.core.feedback import Report
    from formcheck.pose.engines import ModelChoice

    _Result = tuple[Report, FormcheckError | None] | Exception


def analyze(
    inputs: Annotated[
        list[Path],
        typer.Argument(metavar="INPUT...", help="Videos, photos, folders of them, or poses.jsonl.gz.", readable=False),
    ],
    stretch: options.StretchOption = None,
    side: options.SideOption = None,
    mirrored: options.MirroredOption = False,
    out: options.OutOption = None,
    json: options.JsonOption = None,
    video: options.VideoOption = None,
    report: options.PageOption = None,
    exports: options.ExportsOption = None,
    jobs: options.JobsOption = None,
    hold: options.HoldOption = None,
    model: options.ModelOption = None,
    engine: options.EngineOption = None,
) -> None:
    """Judge recorded videos, photos, folders of them, or a pose recording."""
    settings = command_settings(hold_s=hold, out=out, video=video, report=report, exports=exports, jobs=jobs)
    if stretch:
        find_stretch(stretch, "--stretch", settings.stretches)
    find_leg(side)
    chosen = model_choice(engine, model)
    from formcheck.analysis import Options
    from formcheck.analysis.parallel import cores

    asked = Options.asked(
        settings.stretches,
        hold_s=settings.hold_s,
        stretch=stretch or None,
        side=side,
        mirrored=mirrored,
        video=settings.video,
        page=settings.report,
        exports=settings.exports,
    )
    with one_line_errors():
        failed = _AnalyzeRun(asked, settings.out, json, chosen, settings.jobs or cores()).run(inputs)
    if failed:
        raise typer.Exit(1)


class _AnalyzeRun:
    """Judges all inputs, several at a time; a bad one is named and does not stop the rest."""

    def __init__(self, options: Options, out: Path, json: str | None, model: ModelChoice, jobs: int) -> None:
        self._options = options
        self._out = out
        self._json = json
        self._model = model
        self._jobs = jobs
        self._reports: list[Report] = []
        self._told: set[str] = set()

    def run(self, inputs: list[Path]) -> int:
        """Returns how many inputs failed."""
        from formcheck.media.inputs import expand, result_names

        json_file.check(self._json)
        new = not self._out.exists()
        files, wrong = expand(inputs)
        for error in wrong:
            say(str(error))
        try:
            failed = self._all(
                [(file, self._out / name) for file, name in zip(files, result_names(files), strict=True)]
            )
        except (KeyboardInterrupt, SystemExit) as error:
            say(f"interrupted; {len(self._reports)} of {len(files)} finished and kept in {self._out}")
            raise typer.Exit(130 if isinstance(error, KeyboardInterrupt) else 143) from None
        finally:
            self._write_json(len(files) == 1)
            if new and self._out.is_dir() and not any(self._out.iterdir()):
                self._out.rmdir()
        return len(wrong) + failed

    def _all(self, files: list[tuple[Path, Path]]) -> int:
        """Judge all files; results are told in their order."""
        from formcheck.analysis import Workers
        from formcheck.analysis.parallel import in_order
        from formcheck.cli.summary import FileBars
        from formcheck.pose.pool import EstimatorPool

        failed, at_once = 0, min(self._jobs, len(files) or 1)
        with (
            EstimatorPool(self._model.estimator, self._jobs) as pool,
            ThreadPoolExecutor(self._jobs, "worker") as executor,
            ThreadPoolExecutor(at_once, "file") as readers,
            FileBars() as bars,
        ):
            workers = Workers(pool=pool, executor=executor, files=at_once)
            try:
                done = in_order(readers, lambda one: self._one(*one, workers, bars), files, 2 * self._jobs)
                for (file, folder), result in zip(files, done, strict=True):
                    with bars.aside():
                        failed += not self._tell(file, folder, result)
            except BaseException as error:
                if isinstance(error, (KeyboardInterrupt, SystemExit)):
                    once_is_enough()
                bars.stop()
                raise
        return failed

    def _one(self, file: Path, folder: Path, workers: Workers, bars: FileBars) -> _Result:
        from formcheck.analysis import analyze_file
        from formcheck.core.errors import ModelError

        try:
            with bars.of(file.name) as advance:
                return analyze_file(file, folder, self._options, workers, advance)
        except ModelError:
            raise
        except Exception as error:
            if os.environ.get("FORMCHECK_DEBUG"):
                raise
            return error

    def _tell(self, file: Path, folder: Path, result: _Result) -> bool:
        from formcheck.cli.summary import print_report
        from formcheck.core.errors import FormcheckError

        if isinstance(result, FormcheckError):
            say(str(result))
            return False
        if isinstance(result, Exception):
            say(f"{file}: {type(result).__name__}: {result}; this is a bug, FORMCHECK_DEBUG=1 shows where")
            return False
        report, cut = result
        self._reports.append(report)
        print_report(report, folder, to_stderr=self._json == "-", told=self._told)
        keep_in_history([report], of=file, recording=folder / "poses.jsonl.gz")
        if cut is not None:
            say(str(cut))
        return cut is None

    def _write_json(self, single: bool) -> None:
        if self._json is None or not self._reports:
            return
        from formcheck.reports.report_json import as_text

        if single and self._json != "-":
            text = as_text(self._reports[0]) + "\n"
        else:
            text = "".join(as_text(report, indent=None) + "\n" for report in self._reports)
        json_file.write(self._json, text)
