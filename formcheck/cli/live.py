"""`formcheck live`: stretching in front of a camera."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Annotated

import typer

from formcheck.cli.common import SLUGS_HELP, find_leg, find_stretch, say


def live(
    slug: Annotated[
        str | None, typer.Argument(metavar="[SLUG]", help=f"Which stretch ({SLUGS_HELP}); default: follow what you do.")
    ] = None,
    camera: Annotated[
        str, typer.Option(metavar="0|URL|FILE", help="A camera's number, a network camera, or a file.")
    ] = "0",
    side: Annotated[str | None, typer.Option(metavar="left|right", help="Which leg is stretched.")] = None,
    hold: Annotated[float, typer.Option(metavar="SECONDS", min=1, max=3600, help="How long to hold.")] = 30.0,
    voice: Annotated[bool, typer.Option("--voice/--no-voice", help="Speak the cues.")] = True,
    record: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep the session: the files that analyze writes.")
    ] = None,
    window: Annotated[bool, typer.Option("--window/--no-window", help="Show the window.")] = True,
    events: Annotated[
        str | None,
        typer.Option(metavar="FILE|-", help="Write what happens, one JSON object a line; - is standard output."),
    ] = None,
    model: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Another MediaPipe pose landmarker (.task).")
    ] = None,
) -> None:
    """Judge the webcam, a network camera or a file played as if it were a camera."""
    chosen = find_stretch(slug, "SLUG") if slug else None
    leg = find_leg(side)

    from formcheck.cli.live_run import LiveRun
    from formcheck.core.errors import FormcheckError

    try:
        with events_file(events) as events_to:
            run = LiveRun(
                camera, chosen, leg=leg, target_s=hold, voice=voice, record=record, window=window, events=events_to,
                model=model,
            )  # fmt: skip
            interrupted = run.run()
    except FormcheckError as error:
        say(str(error))
        raise typer.Exit(1) from None
    if interrupted:
        raise typer.Exit(130)


@contextlib.contextmanager
def events_file(events: str | None) -> Iterator[IO[str] | None]:
    """The file of `--events`, None for none. Raises OutputError when it cannot be written."""
    from formcheck.core.errors import OutputError

    if events is None:
        yield None
    elif events == "-":
        yield sys.stdout
    else:
        try:
            file: IO[str] = Path(events).open("w", encoding="utf-8")  # noqa: SIM115 closed below
        except OSError as error:
            raise OutputError(f"cannot write {events}: {(error.strerror or str(error)).lower()}") from error
        with file:
            yield file
