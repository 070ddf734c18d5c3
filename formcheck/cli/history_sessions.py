"""The sessions of the history in the terminal, one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import typer
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from formcheck.cli.history_view import empty, reached
from formcheck.core.clock import clock
from formcheck.core.side import NOT_KNOWN, SIDES, Side
from formcheck.history.session import Session

_SHORT: Final[dict[Side, str]] = {"unsure": "?"}
_WORDS: Final[dict[Side, str]] = {"left": "left leg", "right": "right leg", "unsure": NOT_KNOWN}


def print_sessions(sessions: Sequence[Session], *, keeping: bool) -> None:
    """One line for each session, the newest last."""
    console = Console(highlight=False)
    if not sessions:
        console.print(empty(keeping=keeping))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("ID", justify="right", no_wrap=True)
    table.add_column("When", no_wrap=True)
    table.add_column("Stretch", no_wrap=True)
    table.add_column("Side", no_wrap=True)
    table.add_column("Held", justify="right", no_wrap=True)
    table.add_column("Reached", no_wrap=True)
    # The only column that may wrap, so that no other one is cut.
    table.add_column("From", overflow="fold")
    runs = Counter(session.key for session in sessions)
    for session in sessions:
        table.add_row(
            str(session.id),
            f"{session.when:%Y-%m-%d %H:%M}",
            session.stretch,
            _sides(session),
            clock(sum(hold.held_s for hold in session.holds), fine=False),
            reached(sum(hold.reached for hold in session.holds), len(session.holds)),
            _from(session, several=runs[session.key] > 1),
        )
    console.print(table)
    if unsure := [session for session in sessions if session.unsure]:
        console.print(
            "Where the side is not known, say which it was: "
            f"`formcheck history fix {unsure[-1].id} --side left`, or right.",
            style="bright_black",
        )


def print_fixed(session: Session, *, judged: bool) -> None:
    """A session that was set right, and what to do where that is not all.

    `judged` tells whether it was judged as the stretch that it is now.
    """
    sides = [_WORDS[side] for side in SIDES if side in _WORDS and any(hold.side == side for hold in session.holds)]
    typer.echo(f"Session {session.id}: {', '.join([session.stretch, *sides])}.")
    if session.unsure:
        typer.echo(f"`formcheck history fix {session.id} --side left`, or right, says which leg it was.")
    if not judged:
        typer.echo(
            "How far you went and how the rules went was judged as another stretch and is left\n"
            f"out: analyze the recording again with --stretch {session.stretch} to have it judged."
        )


def _sides(session: Session) -> str:
    held = {hold.side for hold in session.holds}
    return " ".join(_SHORT.get(side, side) for side in SIDES if side in held)


def _from(session: Session, *, several: bool) -> str:
    """The recording, and where in it a stretch begins that is not the only one."""
    name = escape("live" if session.source_kind == "camera" else session.source_name)
    return f"{name}, at {clock(session.start_s, fine=False)}" if several else name
