"""What several commands share."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from formcheck.core.side import LEGS

if TYPE_CHECKING:
    from formcheck.core.errors import OutputError
    from formcheck.core.feedback import Report
    from formcheck.core.stretch import Stretch
    from formcheck.pose.engines import ModelChoice
    from formcheck.settings import Settings


def say(message: str) -> None:
    """One line on standard error; where nobody reads that, nothing."""
    with contextlib.suppress(OSError):
        typer.echo(f"formcheck: {message}", err=True)


def shipped(folder: str) -> Path:
    """Where a folder of files that come with the program is: a wheel has it in the package, a checkout beside it."""
    package = Path(__file__).parent.parent
    return next((one for one in (package / folder, package.parent / folder) if one.is_dir()), package / folder)


def once_is_enough() -> None:
    """After a first interrupt: let what is half done be removed in peace."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)


@contextlib.contextmanager
def one_line_errors() -> Iterator[None]:
    """An error that a user can do something about ends the program with its message, in one line."""
    from formcheck.core.errors import FormcheckError

    try:
        yield
    except FormcheckError as error:
        say(str(error))
        raise typer.Exit(1) from None


def command_settings(**given: float | str | bool | Path | None) -> Settings:
    """The settings that hold, with what the command line says; ends the program when the file cannot be used."""
    from formcheck.settings import load

    with one_line_errors():
        return load().given(**given)


def find_stretch(slug: str, option: str, stretches: Sequence[Stretch]) -> Stretch:
    """The one of the stretches of that slug; wrong usage when there is none."""
    from formcheck.core.stretch import of_slug

    if (found := of_slug(slug, stretches)) is not None:
        return found
    known = ", ".join(stretch.slug for stretch in stretches)
    raise typer.BadParameter(f"'{slug}' is no stretch; choose one of: {known}", param_hint=option)


def find_leg(side: str | None) -> int | None:
    """0 for left, 1 for right, None when not said."""
    if side is None:
        return None
    if side not in LEGS:
        raise typer.BadParameter(f"'{side}' is neither left nor right", param_hint="--side")
    return LEGS.index(side)


def model_choice(engine: str | None, model: Path | None) -> ModelChoice:
    """What `--engine` and `--model` ask for."""
    from formcheck.pose.engines import ENGINES, ModelChoice

    if engine is not None and engine not in ENGINES:
        raise typer.BadParameter(f"'{engine}' is none; choose one of: {', '.join(ENGINES)}", param_hint="--engine")
    return ModelChoice(engine, model)


def unwritable(file: Path, error: OSError) -> OutputError:
    """What to tell the user about a file that cannot be written."""
    from formcheck.core.errors import OutputError, in_words

    return OutputError(f"cannot write {file}: {in_words(error)}; choose another file")


def keep_in_history(
    reports: Sequence[Report], *, of: Path | None, recording: Path | None = None, tell: Callable[[str], None] = say
) -> None:
    """Add what was held to the history if there is one; what goes wrong is told and ends nothing.

    `of` is the file that was judged, None for a live session of just now, `recording` the poses that were kept of it.
    `tell` is given the line for the user.
    """
    from formcheck import history
    from formcheck.core.errors import OutputError

    if not any(report.holds for report in reports):
        return
    try:
        if of is not None:
            lines = [history.remember_file(report, of, poses=recording) for report in reports]
        else:
            also = [history.key_of(recording)] if recording is not None and recording.exists() else []
            key, when = history.live_key(), datetime.now().astimezone()
            lines = [history.remember(reports, when=when, key=key, also=also)]
    except OutputError as error:
        lines = [f"not added to your history: {error}"]
    for line in filter(None, lines):
        tell(line)
