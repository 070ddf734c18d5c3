"""`formcheck config`: what is set, where it comes from, and how to change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from formcheck.cli.common import command_settings, say

if TYPE_CHECKING:
    from rich.console import Console

    from formcheck.settings import Settings

config = typer.Typer(
    help="Show what is set and where it comes from; set and unset it.", no_args_is_help=False, rich_markup_mode=None
)


@config.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Every limit of every rule, not only the changed ones.")] = False,
    json: Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")] = False,
) -> None:
    """Show what is set and where it comes from; set and unset it."""
    if context.invoked_subcommand is not None:
        return
    settings = command_settings()
    if json:
        import json as codec

        typer.echo(codec.dumps(_as_dict(settings, every=every), indent=2, ensure_ascii=False))
        return
    from rich.console import Console

    console = Console(highlight=False)
    there = "" if settings.path.exists() else "  (not there: defaults hold)"
    console.print(f"Settings file: {settings.path}{there}\n", soft_wrap=True, markup=False)
    _print_settings(console, settings)
    _print_limits(console, settings, every=every)


@config.command("path")
def path() -> None:
    """Print where the settings file is, or would be."""
    from formcheck.settings import config_path

    typer.echo(config_path())


@config.command("set", context_settings={"ignore_unknown_options": True})
def set_(
    key: Annotated[str, typer.Argument(help="As in hold_s, or limits.RULE.LIMIT, or limits.STRETCH.RULE.LIMIT.")],
    value: Annotated[str, typer.Argument(help="The value; `formcheck config --all` shows what is allowed.")],
) -> None:
    """Set one value in the settings file; everything else in it stays as it is."""
    _change(key, value)
    say(f"{key} = {value}")


@config.command("unset")
def unset(
    key: Annotated[str, typer.Argument(help="A key, or a whole table as in limits.head-down.")],
) -> None:
    """Take one value out of the settings file, so that its default holds again."""
    _change(key, None)
    say(f"{key} is unset")


def _change(key: str, value: str | None) -> None:
    """Set a key, or unset it with None. What the user wrote is wrong usage, what is wrong with the file a failure."""
    from formcheck.core.errors import FormcheckError, SettingsError
    from formcheck.settings import config_path
    from formcheck.settings.edit import with_value, without, write
    from formcheck.settings.load import check, parse, read

    file = config_path()
    try:
        text = read(file)
        table = parse(file, text)
        if value is not None:
            try:
                check(table, file)
            except SettingsError as error:
                raise SettingsError(f"{file}: {error}") from None
        try:
            text = without(file, text, key) if value is None else with_value(file, text, key, value)
        except SettingsError as error:
            say(str(error))
            raise typer.Exit(2) from None
        write(file, text)
    except FormcheckError as error:
        say(str(error))
        raise typer.Exit(1) from None


def _print_settings(console: Console, settings: Settings) -> None:
    from rich.table import Table

    from formcheck.settings import KEYS, Origin

    table = Table("setting", "value", "from", "meaning", box=None, padding=(0, 2, 0, 0), header_style="bright_black")
    for key in KEYS.values():
        origin = settings.origins[key.name]
        style = "bold" if origin != Origin.DEFAULT else ""
        table.add_row(key.name, _told(getattr(settings, key.name)), origin.value, key.meaning, style=style)
    console.print(table)


def _print_limits(console: Console, settings: Settings, *, every: bool) -> None:
    from rich.table import Table

    from formcheck.settings.limits import limit_groups

    if not every and not any(stretch.limit_changes() for stretch in settings.stretches):
        console.print("\nEvery limit is at its default; `formcheck config --all` lists them.")
        return
    console.print(f"\n[bold]{'Limits' if every else 'Changed limits'}[/]  the value, what is allowed, what it means")
    for group in limit_groups(settings.stretches):
        limits = [limit for limit in group.rule.limit_values if every or limit.changed]
        if not limits:
            continue
        where = "every stretch" if len(group.stretches) == len(settings.stretches) else ", ".join(group.stretches)
        console.print(f"\n[bold]{group.rule.id}[/]  {group.rule.measure} ({group.rule.unit}), {where}", soft_wrap=True)
        table = Table.grid(padding=(0, 2, 0, 0))
        for width in (13, 5, 13, 12):
            table.add_column(min_width=width, no_wrap=True)
        for limit in limits:
            default = f"default {limit.default:g}" if limit.changed else ""
            unit = f" ({limit.unit})" if limit.unit else ""
            style = "bold" if limit.changed and every else ""
            row = (f"  {limit.name}", f"{limit.value:g}", default, limit.allowed, limit.meaning + unit)
            table.add_row(*row, style=style)
        console.print(table)
    if every:
        console.print("\nChange one with `formcheck config set limits.RULE.LIMIT VALUE`.", style="bright_black")


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _as_dict(settings: Settings, *, every: bool) -> dict[str, Any]:
    from pathlib import Path

    from formcheck.settings import KEYS

    values = {name: getattr(settings, name) for name in KEYS}
    return {
        "path": str(settings.path),
        "settings": {
            name: {
                "value": str(value) if isinstance(value, Path) else value,
                "origin": settings.origins[name].value,
                "meaning": KEYS[name].meaning,
            }
            for name, value in values.items()
        },
        "limits": [
            {
                "stretch": stretch.slug,
                "rule": rule.id,
                "limit": limit.name,
                "value": limit.value,
                "default": limit.default,
                "lowest": limit.lowest,
                "highest": limit.highest,
                "unit": limit.unit or rule.unit,
                "origin": "default" if limit.changed_to is None else "file",
                "meaning": limit.meaning,
            }
            for stretch in settings.stretches
            for rule in stretch.rules
            for limit in rule.limit_values
            if every or limit.changed
        ],
    }
