"""What is asked of a batch, in values that go to another process, another machine and into a record as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from formcheck import __version__
from formcheck.analysis import Options
from formcheck.batch.ledger import LedgerRecord
from formcheck.core.feedback import Report
from formcheck.core.stretch import Stretch
from formcheck.media.inputs import is_poses
from formcheck.pose.engines import ModelChoice
from formcheck.stretches import all_stretches, packages

LimitTable = Mapping[str, Mapping[str, Mapping[str, float]]]
"""The user's limits by stretch, rule and name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchOptions:
    """How every file of a batch is judged, and which files are written.

    stretch, side   slug and `left` or `right`; None: the body tells.
    mirrored        whether the pictures are.
    hold_s          seconds to hold.
    limits          those that differ from their defaults.
    model, engine   as in `ModelChoice`.
    model_id        name and hash of the model, empty where no input needs one.
    version         of formcheck.
    packages        other packages whose stretches are looked for, with their versions.
    """

    stretch: str | None = None
    side: str | None = None
    mirrored: bool = False
    hold_s: float = 30.0
    video: bool = True
    report: bool = True
    exports: bool = True
    limits: LimitTable = field(default_factory=dict)
    model: str | None = None
    engine: str | None = None
    model_id: str = ""
    version: str = __version__
    packages: str = field(default_factory=packages)

    def chosen(self) -> ModelChoice:
        """What finds people."""
        return ModelChoice(self.engine, Path(self.model) if self.model else None)

    def options(self) -> Options:
        """The same for the analysis, the limits put into the stretches."""
        stretches = tuple(one.with_limits(self.limits.get(one.slug, {})) for one in all_stretches())
        return Options.asked(
            stretches,
            hold_s=self.hold_s,
            stretch=self.stretch,
            side=self.side,
            mirrored=self.mirrored,
            video=self.video,
            page=self.report,
            exports=self.exports,
        )

    def judged_by(self, path: Path) -> dict[str, Any]:
        """All that decides what the results of a file are, as JSON values."""
        values = asdict(self)
        del values["model"], values["engine"]  # wherever it lies and however it is chosen: `model_id` counts
        if not self.packages:
            del values["packages"]
        if is_poses(path):
            del values["model_id"]
        return values


def changed_limits(stretches: tuple[Stretch, ...]) -> LimitTable:
    """The limits that differ from their defaults, in plain values."""
    table: dict[str, dict[str, dict[str, float]]] = {}
    for stretch in stretches:
        for change in stretch.limit_changes():
            table.setdefault(stretch.slug, {}).setdefault(change.rule, {})[change.limit] = change.value
    return table


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One input of a batch, with all that another process must know to judge it.

    number       its place in the batch.
    path, folder absolute names of the input and of the folder of its results.
    lease        name of a file that is there for as long as the batch wants its work done.
    """

    number: int
    path: str
    folder: str
    lease: str
    order: BatchOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why an input has no results.

    message  one line for the user.
    lasting  whether it lies in the file, so that trying again is of no use while the file stays as it is.
    stops    whether the whole batch must stop, as no other file could fare better.
    """

    message: str
    lasting: bool = False
    stops: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskResult:
    """What became of a task: a record and results in its folder, or a failure.

    report  None where it failed, and where the results were there already.
    """

    number: int
    record: LedgerRecord | None = None
    report: Report | None = None
    failure: Failure | None = None
