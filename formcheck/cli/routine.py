"""`formcheck routine`: a session of several stretches in front of a camera."""

from __future__ import annotations

import math
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli import options
from formcheck.cli.common import command_settings, find_stretch, model_choice, one_line_errors, say
from formcheck.cli.ends import let_go_of_closed_pipes
from formcheck.cli.live import events_file
from formcheck.core.bounds import LEAST_HOLDS, LONGEST_HOLD_S, LONGEST_REST_S, MOST_HOLDS, SHORTEST_HOLD_S
from formcheck.core.names import how_many

if TYPE_CHECKING:
    from formcheck.pose.engines import ModelChoice
    from formcheck.routine.plan import Plan
    from formcheck.routine.progress import ProgressFile, SavedProgress
    from formcheck.settings import Settings

_Resume = Annotated[
    bool | None,
    typer.Option(
        "--resume/--restart",
        help="Go on with an interrupted session however old, or begin anew; default: go on within 12 hours.",
        show_default=False,
    ),
]

_Rest = Annotated[
    float | None, typer.Option(metavar="SECONDS", min=0, max=LONGEST_REST_S, help="How long to rest; default 15.")
]
_Example = Annotated[bool, typer.Option("--example", help="Print an example of a plan, or write it to PLAN.toml.")]


def routine(
    plan: Annotated[
        Path | None, typer.Argument(metavar="[PLAN.toml]", help="A plan you wrote; default: a plan without furniture.")
    ] = None,
    stretch: Annotated[
        list[str] | None,
        typer.Option(metavar="SLUG", help=f"A stretch of the session, may be given again ({options.SLUGS_HELP})."),
    ] = None,
    holds: Annotated[
        int | None, typer.Option(metavar="2..4", min=LEAST_HOLDS, max=MOST_HOLDS, help="Holds on each side; default 2.")
    ] = None,
    hold: Annotated[
        float | None,
        typer.Option(metavar="SECONDS", min=SHORTEST_HOLD_S, max=LONGEST_HOLD_S, help="How long to hold; default 30."),
    ] = None,
    rest: _Rest = None,
    mirrored: options.MirroredOption = False,
    camera: options.CameraOption = None,
    voice: options.VoiceOption = None,
    window: options.WindowOption = True,
    events: options.EventsOption = None,
    record: options.RecordOption = None,
    resume: _Resume = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the schedule and how long it takes.")] = False,
    example: _Example = False,
    model: options.ModelOption = None,
    engine: options.EngineOption = None,
) -> None:
    """Lead through a session: several stretches, holds, rests, in an order that spares getting up and down."""
    if plan is not None and stretch:
        raise typer.BadParameter("a plan names its stretches itself; give one or the other", param_hint="--stretch")

    try:
        with one_line_errors():
            if example:
                _example(plan)
                return
            settings = command_settings(camera=camera, voice=voice)
            chosen = _plan(settings, plan, stretch or [], holds, hold, rest)
            if dry_run:
                _schedule(chosen)
                return
            code = _run(
                settings, chosen, window, events, record, resume, model_choice(engine, model), mirrored=mirrored
            )
    finally:
        let_go_of_closed_pipes()
    if code:
        raise typer.Exit(code)


def _plan(
    settings: Settings,
    path: Path | None,
    slugs: list[str],
    holds: int | None,
    hold_s: float | None,
    rest_s: float | None,
) -> Plan:
    """The plan of the file or of the options; options win over the file, the file over the settings."""
    from dataclasses import replace

    from formcheck.routine.plan import DEFAULT_SLUGS, default_plan
    from formcheck.routine.plan_file import read_plan

    for slug in slugs:
        find_stretch(slug, "--stretch", settings.stretches)
    for option, seconds in (("--hold", hold_s), ("--rest", rest_s)):
        if seconds is not None and math.isnan(seconds):  # which is within any range
            raise typer.BadParameter("'nan' is no number of seconds", param_hint=option)
    plan = read_plan(path) if path else default_plan(slugs or DEFAULT_SLUGS)
    hold_s = settings.hold_s if hold_s is None and path is None else hold_s
    entries = tuple(
        replace(
            entry,
            stretch=settings.by_slug(entry.stretch.slug),
            holds=entry.holds if holds is None else holds,
            hold_s=entry.hold_s if hold_s is None else hold_s,
        )
        for entry in plan.entries
    )
    return replace(plan, entries=entries, rest_s=plan.rest_s if rest_s is None else rest_s)


def _run(
    settings: Settings,
    plan: Plan,
    window: bool,
    events: str | None,
    record: Path | None,
    resume: bool | None,
    model: ModelChoice,
    *,
    mirrored: bool,
) -> int:
    """Run the session; returns the exit code: what is not done to its end counts as interrupted."""
    from formcheck.cli.routine_run import RoutineRun
    from formcheck.routine.progress import ProgressFile

    progress = ProgressFile(plan)
    with events_file(events) as events_to:
        kept = _kept(progress, resume)
        run = RoutineRun(
            settings, plan, progress, kept, mirrored=mirrored, record=record, window=window, events=events_to,
            model=model,
        )  # fmt: skip
        code = run.run()
    if code == 1:
        return code
    return 0 if run.complete else code or 130


def _kept(progress: ProgressFile, resume: bool | None) -> SavedProgress | None:
    """What to go on from, None to begin anew; says which."""
    from formcheck.core.errors import InputError
    from formcheck.routine.progress import FRESH_S

    if resume is False:
        progress.remove()
        return None
    try:
        kept = progress.read(time.time())
    except InputError as error:
        say(f"{error}; starting anew")
        return None
    if kept is None:
        if resume:
            say("there is no interrupted session of this plan; starting from the beginning")
        return None
    hours = kept.age_s / 3600
    if kept.age_s > FRESH_S and not resume:
        say(f"the session that was interrupted {hours:.0f} hours ago is over; starting anew (--resume goes on with it)")
        return None
    when = f"{kept.age_s / 60:.0f} minutes" if hours < 2 else f"{hours:.0f} hours"
    say(f"going on after {how_many(kept.holds_done, 'hold')}, the last one {when} ago; --restart begins anew")
    return kept


def _schedule(plan: Plan) -> None:
    from rich.console import Console

    from formcheck.cli.routine_run import print_schedule

    print_schedule(Console(highlight=False), plan)


def _example(path: Path | None) -> None:
    """Print the example, or write it where nothing is yet."""
    from formcheck.core.errors import OutputError, in_words
    from formcheck.routine.plan_file import EXAMPLE

    if path is None:
        typer.echo(EXAMPLE, nl=False)
        return
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(EXAMPLE)
    except FileExistsError:
        raise OutputError(f"{path} is there already; name another file") from None
    except OSError as error:
        raise OutputError(f"cannot write {path}: {in_words(error)}") from error
    say(f"wrote {path}; change it as you like, then: formcheck routine {path}")
