"""The options that several commands have, each with its words and its bounds in one place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from formcheck.core.bounds import LONGEST_HOLD_S, MOST_JOBS, SHORTEST_HOLD_S

SLUGS_HELP = "`formcheck stretches` lists them"
_SETTINGS = "or what the settings say"

SideOption = Annotated[str | None, typer.Option(metavar="left|right", help="Which leg is stretched.")]
StretchOption = Annotated[
    str | None, typer.Option(metavar="SLUG", help=f"Which stretch it is ({SLUGS_HELP}); default: recognise it.")
]
MirroredOption = Annotated[
    bool, typer.Option("--mirrored", help="The pictures are mirrored, as those of some front cameras are.")
]
HoldOption = Annotated[
    float | None,
    typer.Option(
        metavar="SECONDS",
        min=SHORTEST_HOLD_S,
        max=LONGEST_HOLD_S,
        help="How long to hold.",
        show_default="30, or hold_s of the settings",
    ),
]
ModelOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Another MediaPipe pose model: a bundle (.task), or the landmark network (.tflite)."
    ),
]
EngineOption = Annotated[
    str | None,
    typer.Option(
        metavar="litert|mediapipe", help="What runs the pose model.", show_default="litert where it is installed"
    ),
]

OutOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Where the results go, one folder per input.",
        show_default="formcheck-results, or out of the settings",
    ),
]
JsonOption = Annotated[
    str | None, typer.Option(metavar="FILE|-", help="Also write the report here; - is standard output.")
]
VideoOption = Annotated[
    bool | None,
    typer.Option("--video/--no-video", help="Write annotated.mp4.", show_default=f"video, {_SETTINGS}"),
]
PageOption = Annotated[
    bool | None, typer.Option("--report/--no-report", help="Write report.html.", show_default=f"report, {_SETTINGS}")
]
ExportsOption = Annotated[
    bool | None,
    typer.Option(
        "--exports/--no-exports",
        help="Write landmarks.trc and angles.mot.",
        show_default=f"exports, {_SETTINGS}",
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        metavar="N", min=1, max=MOST_JOBS, help="Processor cores to use.", show_default="all, or jobs of the settings"
    ),
]

BatchInputs = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[INPUT]...", help="Videos, photos, folders of them, or poses.jsonl.gz.", readable=False),
]
ListOption = Annotated[
    str | None, typer.Option("--from", metavar="LIST", help="A file with one input a line; - is standard input.")
]
RecursiveOption = Annotated[bool, typer.Option("--recursive", help="Also look into the folders in a folder.")]
RetryFailedOption = Annotated[
    bool, typer.Option("--retry-failed", help="Try again what could not be judged last time.")
]
ProcessesOption = Annotated[
    int | None,
    typer.Option(metavar="N", min=1, help="Files to judge at once.", show_default="one for each processor core"),
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Leave the work to the workers of this Dask scheduler, as tcp://host:8786."),
]

CameraOption = Annotated[
    str | None,
    typer.Option(
        metavar="0|URL|FILE",
        help="A camera's number, a network camera, or a file.",
        show_default="0, or camera of the settings",
    ),
]
VoiceOption = Annotated[
    bool | None,
    typer.Option("--voice/--no-voice", help="Speak the cues.", show_default=f"voice, {_SETTINGS}"),
]
RecordOption = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Keep the session: the files that analyze writes.")
]
WindowOption = Annotated[bool, typer.Option("--window/--no-window", help="Show the window.")]
EventsOption = Annotated[
    str | None,
    typer.Option(metavar="FILE|-", help="Write what happens, one JSON object a line; - is standard output."),
]
