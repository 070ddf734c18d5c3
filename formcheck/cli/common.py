"""What several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import typer

if TYPE_CHECKING:
    from formcheck.core.stretch import Stretch

SLUGS_HELP: Final = "`formcheck stretches` lists them"


def say(message: str) -> None:
    """One line on standard error."""
    typer.echo(f"formcheck: {message}", err=True)


def find_stretch(slug: str, option: str) -> Stretch:
    """The stretch of that slug; wrong usage when there is none."""
    from formcheck.stretches import all_stretches, by_slug

    try:
        return by_slug(slug)
    except KeyError:
        known = ", ".join(stretch.slug for stretch in all_stretches())
        raise typer.BadParameter(f"'{slug}' is no stretch; choose one of: {known}", param_hint=option) from None


def find_leg(side: str | None) -> int | None:
    """0 for left, 1 for right, None when not said."""
    if side is None:
        return None
    if side not in ("left", "right"):
        raise typer.BadParameter(f"'{side}' is neither left nor right", param_hint="--side")
    return ("left", "right").index(side)
