"""`formcheck history`: the weeks, and what is kept."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck import files
from formcheck.cli.common import command_settings, find_leg, find_stretch, one_line_errors, say, unwritable
from formcheck.cli.options import SLUGS_HELP
from formcheck.core.names import how_many
from formcheck.core.side import LEGS

if TYPE_CHECKING:
    from formcheck.history.store import Store

app = typer.Typer(
    help="Your weeks, kept on this machine only if you say so: `formcheck history on`.", rich_markup_mode=None
)

_WEEKS = 12


@app.callback(invoke_without_command=True)
def weeks(
    context: typer.Context,
    stretch: Annotated[str | None, typer.Option(metavar="SLUG", help=f"Only this stretch ({SLUGS_HELP}).")] = None,
    count: Annotated[int, typer.Option("--weeks", metavar="N", min=1, max=5200, help="The last N weeks.")] = _WEEKS,
    picture: Annotated[Path | None, typer.Option(metavar="FILE.png", help="Also draw them.", dir_okay=False)] = None,
    json: Annotated[bool, typer.Option("--json", help="Print them as JSON instead.")] = False,
) -> None:
    """Show the weeks: how far each side went, how long it was held, what was pointed out most."""
    if context.invoked_subcommand is not None:
        return
    slug = find_stretch(stretch, "--stretch", command_settings().stretches).slug if stretch else None
    if picture is not None and picture.suffix.lower() != ".png":
        raise typer.BadParameter(f"'{picture}' does not end in .png", param_hint="--picture")

    from formcheck.cli import history_view

    with one_line_errors():
        store = _store()
        keeping, sessions = store.keeping(), store.sessions()
        view = history_view.choose(sessions, slug, count)
        if json:
            history_view.print_json(view, keeping=keeping)
        else:
            history_view.print_weeks(view, keeping=keeping)
        if picture is not None:
            history_view.draw(view, picture)


@app.command("on")
def switch_on() -> None:
    """Keep the sessions from now on; says what is kept, and where."""
    with one_line_errors():
        store = _store()
        store.switch(on=True)
    typer.echo(
        "Your history is on. Each analyzed recording and each live session now adds:\n"
        "when, the name of the file, the stretch, your holds, how far you went, how the\n"
        "rules went and what was pointed out. No pictures, no body points.\n\n"
        f"It is kept in {store.path}\n"
        "on this machine, and sent nowhere.\n\n"
        "`formcheck history off` stops adding; `formcheck history delete --all` deletes\n"
        "everything."
    )


@app.command("off")
def switch_off() -> None:
    """Add nothing from now on; what is there stays."""
    with one_line_errors():
        store = _store()
        store.switch(on=False)
        left = len(store.sessions())
    typer.echo("Your history is off: nothing is added any more.")
    if left:
        kept = how_many(left, "session")
        typer.echo(f"{kept} kept until now stay there; `formcheck history delete --all` deletes them.")


@app.command("list")
def list_sessions() -> None:
    """List the sessions with their numbers."""
    from formcheck.cli import history_sessions

    with one_line_errors():
        store = _store()
        history_sessions.print_sessions(store.sessions(), keeping=store.keeping())


@app.command("export")
def export(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help=".json: everything; .csv: a table; .sqlite3: a copy; - prints the JSON."),
    ],
) -> None:
    """Write everything that is kept to a file."""
    from formcheck.history.export import sessions_csv, sessions_json

    ending = ".json" if str(file) == "-" else file.suffix.lower()
    if ending not in (".json", ".csv", ".sqlite3"):
        raise typer.BadParameter(f"'{file}' does not end in .json, .csv or .sqlite3", param_hint="FILE")
    with one_line_errors():
        store = _store()
        sessions = store.sessions()
        if str(file) == "-":
            typer.echo(sessions_json(sessions), nl=False)
            return
        with _writing(file) as part:
            if ending == ".sqlite3":
                store.copy_to(part)
            else:
                text = sessions_json(sessions) if ending == ".json" else sessions_csv(sessions)
                part.write_text(text, encoding="utf-8")
    typer.echo(f"{how_many(len(sessions), 'session')} written to {file}")


@app.command("delete")
def delete(
    ids: Annotated[
        list[int] | None, typer.Argument(metavar="[ID]...", help="Numbers that `formcheck history list` shows.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Delete every session.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before deleting all.")] = False,
) -> None:
    """Delete sessions for good."""
    if bool(ids) == everything:
        raise typer.BadParameter("say either the numbers of sessions or --all", param_hint="ID")
    with one_line_errors():
        store = _store()
        if not everything:
            missing = store.delete(ids or ())
            if missing:
                numbers = ", ".join(str(one) for one in missing)
                say(f"no session {numbers}; nothing was deleted, `formcheck history list` shows the numbers")
                raise typer.Exit(1)
            typer.echo(f"{how_many(len(set(ids or ())), 'session')} deleted.")
            return
        count = len(store.sessions())
        if count and not yes and not _agreed(f"Delete {how_many(count, 'session')} for good? [y/N] "):
            say("nothing was deleted; add --yes to delete without being asked")
            raise typer.Exit(1)
        typer.echo(f"{how_many(store.delete_all(), 'session')} deleted.")
        if store.keeping():
            typer.echo("Your history is still on; `formcheck history off` stops it.")


@app.command("fix")
def fix(
    number: Annotated[int, typer.Argument(metavar="ID", help="A number that `formcheck history list` shows.")],
    stretch: Annotated[
        str | None, typer.Option(metavar="SLUG", help=f"The stretch it really was ({SLUGS_HELP}).")
    ] = None,
    side: Annotated[
        str | None, typer.Option(metavar="left|right", help="The leg it was, where that was not known or is wrong.")
    ] = None,
) -> None:
    """Set right the leg or the stretch of a session; it stays so when the recording is judged again."""
    if stretch is None and side is None:
        raise typer.BadParameter("say --side, --stretch or both", param_hint="ID")
    known = find_stretch(stretch, "--stretch", command_settings().stretches) if stretch else None
    leg = find_leg(side)
    if known is not None and leg is not None and not known.one_sided:
        raise typer.BadParameter(f"{known.slug} has no sides", param_hint="--side")
    from formcheck.cli import history_sessions
    from formcheck.history.fixing import Fix, UnfixableError

    told = Fix(
        stretch=known.slug if known else None,
        one_sided=known is not None and known.one_sided,
        side=None if leg is None else LEGS[leg],
    )
    with one_line_errors():
        try:
            session = _store().fix(number, told)
        except UnfixableError as error:
            say(f"session {number} stays as it is: {error}")
            raise typer.Exit(1) from None
    if session is None:
        say(f"no session {number}; nothing was changed, `formcheck history list` shows the numbers")
        raise typer.Exit(1)
    history_sessions.print_fixed(session, judged=known is None or bool(session.rules))


def _store() -> Store:
    from formcheck.history import location
    from formcheck.history.store import Store

    return Store(location())


@contextlib.contextmanager
def _writing(file: Path) -> Iterator[Path]:
    """Gives an empty file to write to, which takes the place of `file` once it is whole."""
    try:
        with files.replacing(file) as part:
            yield part
    except OSError as error:
        raise unwritable(file, error) from error


def _agreed(question: str) -> bool:
    typer.echo(question, nl=False, err=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
