"""`formcheck demo`: a sample, played as if it were a camera."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from formcheck.cli import options
from formcheck.cli.common import command_settings, find_stretch, one_line_errors, say, shipped
from formcheck.cli.live import run_live

if TYPE_CHECKING:
    from formcheck.core.stretch import Stretch

_HOLD_S: Final = 10.0  # every sample holds for 12
_GOOD: Final = "good"


@dataclass(frozen=True)
class Sample:
    """A film that comes with the program. Its file is named after the stretch and what it shows."""

    path: Path
    slug: str
    shows: str
    """`good`, or the fault in words."""

    @property
    def good(self) -> bool:
        """Whether there is nothing to correct in it."""
        return self.shows == _GOOD


def demo(
    slug: Annotated[
        str | None, typer.Argument(metavar="[SLUG]", help="Of which stretch; default: list what there is.")
    ] = None,
    fault: Annotated[bool, typer.Option("--fault/--good", help="With a fault to correct, or well done.")] = False,
    voice: options.VoiceOption = None,
    window: options.WindowOption = True,
    events: options.EventsOption = None,
) -> None:
    """Play a sample as if it were a camera: a live session to look at before your own."""
    settings = command_settings(hold_s=_HOLD_S, voice=voice)
    with one_line_errors():
        known = samples(settings.stretches)
    if slug is None:
        _list(known, settings.stretches)
        return
    find_stretch(slug, "SLUG", settings.stretches)
    sample = _chosen(known, slug, good=not fault)
    say(f"this is a rendered film, played as if it were a camera: {sample.path.name}")

    from formcheck.analysis import Options

    settings = settings.given(camera=str(sample.path))
    asked = Options.asked(settings.stretches, hold_s=settings.hold_s, stretch=slug)
    # Nobody has stretched, so nothing is added to anybody's history.
    run_live(settings, asked, events, window=window, remember=False)


def samples(stretches: Sequence[Stretch]) -> list[Sample]:
    """The samples of these stretches, in their order, the good ones first. Raises InputError when they are missing."""
    from formcheck.core.errors import InputError

    slugs = [stretch.slug for stretch in stretches]
    found = [_read(path, slugs) for path in sorted(shipped("samples").glob("*.mp4"))]
    known = [one for one in found if one is not None]
    if not known:
        raise InputError("the samples are missing: install formcheck again")
    return sorted(known, key=lambda one: (slugs.index(one.slug), not one.good))


def _read(path: Path, slugs: Sequence[str]) -> Sample | None:
    """What a file is by its name; None when it is of none of these stretches."""
    of = [slug for slug in slugs if path.stem.startswith(f"{slug.replace('-', '_')}_")]
    if not of:
        return None
    slug = max(of, key=len)  # bench_squat_good is no bench
    return Sample(path=path, slug=slug, shows=path.stem[len(slug) + 1 :].replace("_", " "))


def _chosen(known: Sequence[Sample], slug: str, *, good: bool) -> Sample:
    for one in known:
        if one.slug == slug and one.good == good:
            return one
    there = ", ".join(dict.fromkeys(one.slug for one in known if one.good == good))
    raise typer.BadParameter(f"there is no such sample of '{slug}'; choose one of: {there}", param_hint="SLUG")


def _list(known: Sequence[Sample], stretches: Sequence[Stretch]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    table = Table(box=None, padding=(0, 3, 0, 0), pad_edge=False)
    for name in ("SLUG", "stretch", "with --fault"):
        table.add_column(name, header_style="bright_black")
    for stretch in stretches:
        faults = [one.shows for one in known if one.slug == stretch.slug and not one.good]
        if any(one.slug == stretch.slug for one in known):
            table.add_row(f"[bold]{stretch.slug}[/]", escape(stretch.title), ", ".join(faults))
    console.print(table)
    console.print("\n`formcheck demo SLUG` plays one of them, well done unless told `--fault`.", style="bright_black")
