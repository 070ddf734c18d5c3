"""`formcheck stretches`: what there is, which to choose, and how to do it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from formcheck.cli.common import command_settings, find_stretch, one_line_errors, say, shipped
from formcheck.core.names import capital, uncapital

if TYPE_CHECKING:
    from rich.console import Console

    from formcheck.core.shape import Condition
    from formcheck.core.stretch import Stretch, WayOn

_DIM: Final = "bright_black"
_LEVELS: Final = (
    "A gate says whether you are in the stretch, a hint is worth a try, a warning should be heeded, unsafe means "
    "ease off; progress is shown and never scolded."
)


def stretches(
    slug: Annotated[str | None, typer.Argument(metavar="[SLUG]", help="Tell all about this one.")] = None,
    rules: Annotated[
        bool, typer.Option("--rules", help="Of this one also every measure, limit, source and condition.")
    ] = False,
    why: Annotated[
        bool, typer.Option("--why", help="Tell why to stretch, why to hold still, and when to leave it.")
    ] = False,
) -> None:
    """List the stretches, the easy ones first; with a slug: whom it is for, how to do it, and what is watched."""
    from rich.console import Console

    console = Console(highlight=False)
    if why:
        if slug is not None or rules:
            raise typer.BadParameter("it is about all of the stretches: formcheck stretches --why", param_hint="--why")
        _tell_why(console)
    elif slug is not None:
        _show(console, find_stretch(slug, "SLUG", command_settings().stretches), rules=rules)
    elif rules:
        raise typer.BadParameter("say of which stretch: formcheck stretches SLUG --rules", param_hint="--rules")
    else:
        _list(console)


def _list(console: Console) -> None:
    from rich.markup import escape
    from rich.table import Table

    from formcheck.stretches import all_stretches, plug_ins

    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    for stretch in all_stretches():
        table.add_row(f"[bold]{stretch.slug}[/]", stretch.difficulty.value, escape(stretch.summary))
        if stretch.choose_when:
            table.add_row("", "", f"[green]For you if[/] {escape(uncapital(stretch.choose_when))}")
        if stretch.needs:
            table.add_row("", "", f"[{_DIM}]Needs: {escape('; '.join(stretch.needs))}[/]")
        table.add_row()
    console.print(table)
    for one in plug_ins():
        if one.problem:
            say(f"{one.package}: {one.problem}; update or uninstall it")
    console.print("`formcheck stretches SLUG` tells more about one of them.", style=_DIM)
    _print_why(console)


def _print_why(console: Console) -> None:
    console.print("`formcheck stretches --why`: why stretch, why hold still, and when to leave it", style=_DIM)


def _tell_why(console: Console) -> None:
    from rich.markdown import Markdown

    from formcheck.core.errors import InputError

    with one_line_errors():
        page = shipped("docs") / "why.md"
        if not page.is_file():
            raise InputError(f"{page.name} is missing: install formcheck again")
        # Addresses stand in the text, as not every terminal follows links.
        console.print(Markdown(page.read_text(encoding="utf-8"), hyperlinks=False))


def _show(console: Console, stretch: Stretch, *, rules: bool) -> None:
    from rich.markup import escape
    from rich.table import Table

    console.print(f"[bold]{escape(stretch.title)}[/]  [{_DIM}]{stretch.slug}[/]\n{escape(stretch.summary)}\n")
    facts = Table.grid(padding=(0, 2))
    facts.add_row("[bold]Level[/]", stretch.difficulty.value)
    if stretch.needs:
        facts.add_row("[bold]Needs[/]", escape("; ".join(stretch.needs)))
    if stretch.choose_when:
        facts.add_row("[bold]For you if[/]", escape(uncapital(stretch.choose_when)))
    console.print(facts)
    console.print("\n[bold]How to[/]")
    steps = Table.grid(padding=(0, 1))
    for number, step in enumerate(stretch.how_to, start=1):
        steps.add_row(f"  {number}.", escape(step))
    console.print(steps)
    console.print(f"\n[bold]Camera[/]  {escape(stretch.camera)}")
    if stretch.not_judged:
        console.print(f"\n[bold]Not judged[/]  {escape(stretch.not_judged)}")
    if rules:
        _print_conditions(console, stretch)
        _print_rules(console, stretch)
    else:
        _print_watched(console, stretch)
    console.print("\n[bold]To keep in mind[/]")
    _print_lines(console, stretch.prompts)
    _print_ways(console, stretch)
    console.print()
    _print_why(console)
    if not rules:
        console.print("`--rules` also shows every measure with its limits and sources.", style=_DIM)


def _print_lines(console: Console, lines: Iterable[str]) -> None:
    """Each with its further lines set in as far as the first."""
    from rich.markup import escape
    from rich.padding import Padding

    for line in lines:
        console.print(Padding(escape(line), (0, 0, 0, 2)))


def _print_watched(console: Console, stretch: Stretch) -> None:
    from rich.markup import escape

    console.print("\n[bold]What is watched[/]")
    for rule in stretch.rules:
        console.print(f"  {escape(rule.title)}  [{_DIM}]{rule.id}[/]", soft_wrap=True)
    if stretch.progress:
        names = ", ".join(one.name for one in stretch.progress)
        _print_lines(console, [f"How far you get is shown and never a fault: {names}"])


def _print_ways(console: Console, stretch: Stretch) -> None:
    from rich.markup import escape

    from formcheck.core.stretch import of_slug
    from formcheck.stretches import all_stretches

    known = [of_slug(slug, all_stretches()) for slug in stretch.leads_to]
    if next_ones := [one for one in known if one is not None]:
        console.print("\n[bold]What may come next[/]")
        for one in next_ones:
            console.print(f"  {escape(one.title)}  [{_DIM}]{one.slug}[/]", soft_wrap=True)
    titles = {rule.id: rule.title for rule in stretch.rules}
    others = [
        f"If \u201c{titles[way.after_fault]}\u201d is off most of the time: {_with_name(way)}"
        for way in stretch.ways_on
        if way.after_fault in titles
    ]
    if others:
        console.print("\n[bold]Another way[/]")
        _print_lines(console, others)


def _with_name(way: WayOn) -> str:
    """The words of a way on within a sentence, and the stretch that it leads to."""
    from formcheck.core.stretch import of_slug
    from formcheck.stretches import all_stretches

    stretch = of_slug(way.stretch, all_stretches())
    return uncapital(way.words) + (f" ({stretch.title}: `{stretch.slug}`)" if stretch else "")


def _print_conditions(console: Console, stretch: Stretch) -> None:
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


def _conditions(console: Console, conditions: Sequence[Condition]) -> None:
    for one in conditions:
        numbers = f": {one.numbers}" if one.numbers else ""
        console.print(f"  {one.words}{numbers}", soft_wrap=True)


def _print_rules(console: Console, stretch: Stretch) -> None:
    console.print("\n[bold]What is watched[/]")
    console.print(_LEVELS, style=_DIM)
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
