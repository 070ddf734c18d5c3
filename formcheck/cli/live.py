"""`formcheck live`: the webcam. Not in this version; the name is taken so that scripts get a clear answer."""

from __future__ import annotations

from typing import Annotated

import typer

from formcheck.cli.common import say


def live(
    slug: Annotated[str | None, typer.Argument(metavar="[SLUG]", help="Which stretch.")] = None,
) -> None:
    """Judge the webcam (not in this version)."""
    del slug
    say("live feedback is not in this version yet; record a video and run: formcheck analyze VIDEO")
    raise typer.Exit(1)
