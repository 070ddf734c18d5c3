"""`formcheck live`: stretching in front of a camera."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from formcheck.cli import options
from formcheck.cli.common import command_settings, find_leg, find_stretch, model_choice, one_line_errors
from formcheck.cli.ends import let_go_of_closed_pipes

if TYPE_CHECKING:
    from formcheck.analysis import Options
    from formcheck.pose.engines import ModelChoice
    from formcheck.settings import Settings


def live(
    slug: Annotated[
        str | None,
        typer.Argument(metavar="[SLUG]", help=f"Which stretch ({options.SLUGS_HELP}); default: follow what you do."),
    ] = None,
    camera: options.CameraOption = None,
    side: options.SideOption = None,
    mirrored: options.MirroredOption = False,
    hold: options.HoldOption = None,
    voice: options.VoiceOption = None,
    record: options.RecordOption = None,
    window: options.WindowOption = True,
    events: options.EventsOption = None,
    model: options.ModelOption = None,
    engine: options.EngineOption = None,
) -> None:
    """Judge the webcam, a network camera or a file played as if it were a camera."""
    settings = command_settings(camera=camera, hold_s=hold, voice=voice)
    if slug:
        find_stretch(slug, "SLUG", settings.stretches)
    find_leg(side)
    chosen = model_choice(engine, model)

    from formcheck.analysis import Options

    asked = Options.asked(
        settings.stretches, hold_s=settings.hold_s, stretch=slug or None, side=side, mirrored=mirrored
    )
    run_live(settings, asked, events, record=record, window=window, model=chosen)


def run_live(
    settings: Settings, asked: Options, events: str | None, *, window: bool, record: Path | None = None,
    model: ModelChoice | None = None, remember: bool = True,
) -> None:  # fmt: skip
    """Run a session to its end; with `remember` it goes into the history if that is on. Exits unless all is well."""
    from formcheck.cli.live_window import LiveRun

    try:
        with one_line_errors(), events_file(events) as events_to:
            run = LiveRun(
                settings, asked, record=record, window=window, events=events_to, model=model, remember=remember
            )
            code = run.run()
    finally:
        let_go_of_closed_pipes()
    if code:
        raise typer.Exit(code)


@contextlib.contextmanager
def events_file(events: str | None) -> Iterator[IO[str] | None]:
    """The file of `--events`, None for none. Raises OutputError when it cannot be written."""
    from formcheck.core.errors import OutputError, in_words

    if events is None:
        yield None
    elif events == "-":
        yield sys.stdout
    else:
        try:
            file: IO[str] = Path(events).open("w", encoding="utf-8")  # noqa: SIM115 closed below
        except OSError as error:
            raise OutputError(f"cannot write {events}: {in_words(error)}") from error
        try:
            yield file
        finally:
            with contextlib.suppress(OSError):  # told when it was written: every line is, at once
                file.close()
