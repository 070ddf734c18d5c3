"""formcheck for programs: a few typed functions. `import formcheck; formcheck.analyze("clip.mp4")`."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from formcheck.analysis import Options, Workers, analyze_file
from formcheck.analysis.parallel import cores
from formcheck.core.errors import FormcheckError
from formcheck.core.feedback import Report
from formcheck.core.side import Leg
from formcheck.core.stretch import Stretch
from formcheck.reports.measures_csv import Column, read_measures
from formcheck.reports.report_json import alert_dict, as_dict, hold_dict, rule_dict, section_dict
from formcheck.settings.keys import values_of
from formcheck.settings.limits import with_limits
from formcheck.stretches import all_stretches


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Analysis:
    """What was found in one recording or photo.

    report    the verdict, as typed values; times in seconds from the first frame. What stands beside its `stretch` is
              of the stretch that was held longest, `sections` has every one; `provenance` tells where it comes from.
    measures  columns of equal length, one row a frame, named as in `measures.csv`: `t_s` in seconds, `state`, and
              numbers whose unit is in their name, NaN where formcheck says unseen. `pandas.DataFrame(a.measures)`.
    problem   what was wrong with the file when only a part of it could be judged, else None.
    """

    report: Report
    measures: Mapping[str, Column]
    problem: FormcheckError | None = None

    @property
    def sections(self) -> list[dict[str, Any]]:
        """One row an unbroken run of a stretch, in order of time, as in `report.json`.

        Each has `stretch`, `side`, `start_s` and `end_s` in seconds, and its own `holds`, `rules`, `alerts` and
        `progress`. The lists beside this one are of the stretch that was held longest.
        """
        return [section_dict(section) for section in self.report.sections]

    @property
    def holds(self) -> list[dict[str, Any]]:
        """One row a hold, as in `report.json`; its `side` is `unsure` where left and right cannot be told apart."""
        return [hold_dict(hold) for hold in self.report.holds]

    @property
    def rules(self) -> list[dict[str, Any]]:
        """One row a rule, as in `report.json`."""
        return [rule_dict(rule) for rule in self.report.rules]

    @property
    def alerts(self) -> list[dict[str, Any]]:
        """One row an alert, as in `report.json`."""
        return [alert_dict(alert) for alert in self.report.alerts]

    def as_dict(self) -> dict[str, Any]:
        """The report as plain values, as in `report.json`."""
        return as_dict(self.report)


def analyze(
    path: str | Path,
    *,
    stretch: str | Stretch | None = None,
    side: Leg | None = None,
    mirrored: bool = False,
    hold_s: float = 30.0,
    limits: Mapping[str, Mapping[str, float]] | None = None,
    out: str | Path | None = None,
    jobs: int | None = None,
) -> Analysis:
    """Judge a video, a photo or a pose recording.

    stretch  slug of the stretch, or a `Stretch` of your own; None: recognise it.
    side     the stretched leg; None: the body tells.
    mirrored the pictures are mirrored: the left leg looks like the right one.
    limits   other limits, laid out as under `[limits]` in the settings file, e.g.
             `{"stretched-knee-straight": {"warn": 140.0}}`. The settings file itself is not read.
    out      folder for the files that `formcheck analyze` writes; None: no files are kept.
    jobs     processor cores to use; None: all.

    Raises InputError when the file cannot be judged, OutputError when `out` cannot be written, SettingsError for
    limits, a hold or jobs that cannot be used, and ValueError for a stretch or a side that there is none of.
    """
    given = values_of({"hold_s": hold_s, "jobs": jobs or 0})
    jobs, kept = given.jobs or cores(), out is not None
    slug = stretch.slug if isinstance(stretch, Stretch) else stretch
    options = Options.asked(
        with_limits(_known(stretch), limits or {}),
        hold_s=given.hold_s,
        stretch=slug,
        side=side,
        mirrored=mirrored,
        video=kept,
        page=kept,
        exports=kept,
    )
    from formcheck.pose.engines import ModelChoice
    from formcheck.pose.pool import EstimatorPool

    with (
        TemporaryDirectory(prefix="formcheck-") as scratch,
        EstimatorPool(ModelChoice().estimator, jobs) as pool,
        ThreadPoolExecutor(jobs) as executor,
    ):
        folder = Path(out) if out is not None else Path(scratch) / "results"
        workers = Workers(pool=pool, executor=executor)
        report, problem = analyze_file(Path(path), folder, options, workers, lambda _what, _done, _total: None)
        return Analysis(report=report, measures=read_measures(folder / "measures.csv"), problem=problem)


def _known(own: str | Stretch | None) -> tuple[Stretch, ...]:
    """All stretches, with the caller's own among them."""
    if not isinstance(own, Stretch):
        return all_stretches()
    return (*(one for one in all_stretches() if one.slug != own.slug), own)
