"""The command line. Commands import what they need when they run, so that `--help` answers at once."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import Annotated

import typer

from formcheck import __version__
from formcheck.cli import analyze, batch, config, demo, doctor, history, live, routine, stretches

app = typer.Typer(
    name="formcheck",
    help="Checks the form of hamstring stretches: in front of a webcam, or in recorded videos and photos.\n\n"
    "formcheck is no medical device and makes no diagnosis. Stretch only as far as is free of pain.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("analyze")(analyze.analyze)
app.command("batch")(batch.batch)
app.command("live")(live.live)
app.command("demo")(demo.demo)
app.command("routine")(routine.routine)
app.command("stretches")(stretches.stretches)
app.add_typer(config.config, name="config")
app.command("doctor")(doctor.doctor)
app.add_typer(history.app, name="history")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"formcheck {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    pass


def _keep_stderr() -> None:
    """Give what we say a way of its own: while the pose model starts, what native code says is held back."""
    try:
        own = os.dup(2)
    except OSError:  # closed: no file of ours may get its number, or native code would write into that
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        return
    with contextlib.suppress(OSError, ValueError, AttributeError):  # there may be a descriptor and no stream
        sys.stderr = os.fdopen(
            own, "w", encoding=sys.stderr.encoding, errors=sys.stderr.errors, buffering=1, closefd=False
        )


def main() -> None:
    """Run the command line."""
    _keep_stderr()
    # Ending a program this way must clean up as well as Ctrl-C does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
