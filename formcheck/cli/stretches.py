"""`formcheck stretches`: what there is, and how to do it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.common import command_settings, find_stretch, say
from formcheck.core.names import capital

if TYPE_CHECKING:
    from rich.console import Console

    from formcheck.core.shape import Condition
    from formcheck.core.stretch import Stretch


_LEVELS = (
    "A gate says whether you are in the stretch, a hint is worth a try, a warning should be heeded, unsafe means "
    "ease off; progress is shown and never scolded."
)


def stretches(
    slug: Annotated[str | None, typer.Argument(metavar="[SLUG]", help="Tell all about this one.")] = None,
) -> None:
    """List the stretches; with a slug: how to do it, where to put the camera, and every rule."""
    from rich.console import Console

    console = Console(highlight=False)
    if slug is None:
        _list(console)
    else:
        _show(console, find_stretch(slug, "SLUG", command_settings().stretches))


def _list(console: Console) -> None:
    from rich.markup import escape
    from rich.table import Table

    from formcheck.stretches import all_stretches, plug_ins

    table = Table.grid(padding=(0, 3))
    for stretch in all_stretches():
        table.add_row(f"[bold]{stretch.slug}[/]", escape(stretch.summary))
    console.print(table)
    for one in plug_ins():
        if one.problem:
            say(f"{one.package}: {one.problem}; update or uninstall it")
    console.print("\n`formcheck stretches SLUG` tells more about one of them.", style="bright_black")


def _conditions(console: Console, conditions: Sequence[Condition]) -> None:
    for one in conditions:
        numbers = f": {one.numbers}" if one.numbers else ""
        console.print(f"  {one.words}{numbers}", soft_wrap=True)


def _show(console: Console, stretch: Stretch) -> None:
    from rich.markup import escape
    from rich.table import Table

    console.print(f"[bold]{escape(stretch.title)}[/]  ({stretch.slug})\n{stretch.summary}\n")
    steps = Table.grid(padding=(0, 1))
    for number, step in enumerate(stretch.how_to, start=1):
        steps.add_row(f"  {number}.", step)
    console.print(steps)
    console.print(f"\n[bold]Camera[/]  {stretch.camera}")
    console.print("\n[bold]In position[/]  what the camera must see, all of it")
    _conditions(console, stretch.position.conditions)
    if stretch.position in stretch.recognised:
        console.print("\n[bold]Recognised[/]  in position")
    for number, shape in enumerate(stretch.recognised):
        whole = set(stretch.position.conditions) <= set(shape.conditions)
        further = [one for one in shape.conditions if not whole or one not in stretch.position.conditions]
        if further:
            words = ("if" if number == 0 else "or if") + (" also" if whole else " instead")
            console.print(f"\n[bold]Recognised[/]  {words}")
            _conditions(console, further)
    console.print("\n[bold]What is looked at[/]")
    console.print(_LEVELS, style="bright_black")
    for rule in stretch.rules:
        console.print(f"\n  [bold]{rule.title}[/]  {rule.id}, {rule.level.value}", soft_wrap=True)
        for name, value in (
            ("measure", f"{rule.measure} ({rule.unit})"),
            ("limits", rule.limits),
            ("unseen", rule.silent),
            ("source", rule.source),
        ):
            if value:
                console.print(f"    {name + ':':9}{value}", soft_wrap=True)
    for one in stretch.progress:
        console.print(f"\n  [bold]{capital(one.name)}[/]  progress in {one.unit}, never a fault")
    console.print("\n[bold]Only you can feel[/]")
    for prompt in stretch.prompts:
        console.print(f"  {prompt}")
