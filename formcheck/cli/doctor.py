"""`formcheck doctor`: what works on this machine, and what to do about what does not."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import typer

_CAMERA_S = 1.5
Check = tuple[bool, str]
"""Whether it works, and the fact or the advice to show. A check gives None where it does not matter here."""


def doctor() -> None:
    """Say what works here: model, codecs, camera, window, voice; and what to do about what does not."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from formcheck.core.errors import FormcheckError

    table = Table.grid(padding=(0, 2))
    broken = 0
    for name, check in _CHECKS:
        try:
            found = check()
        except FormcheckError as error:
            found = False, str(error)
        except Exception as error:
            found = False, f"{type(error).__name__}: {error}"
        if found is None:
            continue
        works, fact = found
        broken += not works and name in _NEEDED
        bad = "[red]\u2716[/]" if name in _NEEDED else "[yellow]\u26a0[/]"
        table.add_row("[green]\u2714[/]" if works else bad, name, Text(fact))
    Console(highlight=False).print(table)
    if broken:
        raise typer.Exit(1)


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return sys.version_info >= (3, 11), version


def _model() -> Check:
    from formcheck.analysis.parallel import cores
    from formcheck.pose.engines import LITERT, ModelChoice
    from formcheck.pose.model_files import short
    from formcheck.pose.pace import read_s

    choice = ModelChoice()
    engine = choice.used()
    # MediaPipe does not ask how many threads it may have.
    threads = (1, 2) if engine == LITERT and cores() > 1 else (1,)
    took = []
    for count in threads:
        with choice.estimator(count) as model:
            name = short(model.model_id).removeprefix(f"{LITERT}:")
            took.append(f"{read_s(model) * 1000:.0f} ms")
    on = " on one core" + (f", {took[1]} on two" if len(took) > 1 else "")
    return True, f"{engine}, {name}: somebody is read in {took[0]}{on if engine == LITERT else ''}"


def _cache() -> Check | None:
    """Only MediaPipe needs one."""
    from formcheck.core.errors import in_words
    from formcheck.files import check_writable
    from formcheck.pose.bundle import cache_path
    from formcheck.pose.engines import MEDIAPIPE, ModelChoice

    if ModelChoice().used() != MEDIAPIPE:
        return None
    path = cache_path()
    if path.is_file():
        return True, str(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        check_writable(path)
    except OSError as error:
        why = f"{path.parent} cannot be written ({in_words(error)})"
        return False, f"{why}; the model is put together anew at every start"
    return True, f"{path.parent} can be written"


def _codecs() -> Check:
    import numpy as np

    from formcheck.media.video import VideoFile
    from formcheck.media.writer import VideoWriter

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test.mp4"
        with VideoWriter(path, 64, 48, 30.0) as writer:
            for index in range(5):
                writer.write(index / 30, np.zeros((48, 64, 3), dtype=np.uint8))
        read = sum(1 for _ in VideoFile(path).pictures())
    if read == 5:
        return True, "H.264 is written and read"
    return False, "H.264 does not work: pip install --force-reinstall av"


def _fonts() -> Check:
    from formcheck.render.text import width_px

    return width_px("\u2714 \u26a0", 20) > 0, "DejaVu Sans"


def _out() -> Check:
    if os.access(Path.cwd(), os.W_OK):
        return True, "results can be written to this folder"
    return False, "this folder cannot be written; use --out DIR"


def _settings() -> Check:
    from formcheck.core.errors import SettingsError
    from formcheck.settings import load

    try:
        settings = load()
    except SettingsError as error:
        return False, str(error)
    if not settings.path.exists():
        return True, f"{settings.path} is not there: defaults hold"
    changed = sum(len(stretch.limit_changes()) for stretch in settings.stretches)
    return True, f"{settings.path}, {changed} limits changed"


def _stretches() -> Check:
    from formcheck.stretches import all_stretches, plug_ins

    wrong = [f"{one.package}: {one.problem}; update or uninstall it" for one in plug_ins() if one.problem]
    if wrong:
        return False, "; ".join(wrong)
    added = [f"{one.stretch.slug} of {one.package}" for one in plug_ins() if one.stretch]
    return True, ", ".join([f"{len(all_stretches())} stretches", *added])


def _camera() -> Check:
    from formcheck.core.errors import InputError
    from formcheck.media.camera import Webcam

    try:
        taken: list[float] = []
        for _, rgb in Webcam(0).pictures():
            taken.append(time.monotonic())
            shape = rgb.shape
            if taken[-1] - taken[0] > _CAMERA_S:
                break
    except InputError as error:
        return False, f"{error} (recorded videos work without one)"
    if len(taken) < 2:
        return False, "camera 0 gives no picture; close other programs that use it"
    rate = (len(taken) - 1) / (taken[-1] - taken[0])
    return True, f"camera 0, {shape[1]} x {shape[0]}, {rate:.0f} pictures a second"


def _window() -> Check:
    from formcheck.core.errors import OutputError
    from formcheck.render.window import DisplayWindow

    try:
        DisplayWindow().close()
    except OutputError as error:
        return False, str(error)
    return True, "a window can be opened"


def _voice() -> Check:
    from formcheck.live.voice import voice_problem

    problem = voice_problem()
    return problem is None, problem or "the system's voice"


def _tones() -> Check:
    from formcheck.live.voice import tone_problem

    problem = tone_problem()
    return problem is None, problem or "the system's sound device"


def _pace() -> Check:
    """What a session does between the model and the window, on a made-up picture."""
    import numpy as np

    from formcheck.core.feedback import Feedback, State
    from formcheck.render import live_view

    feedback = Feedback(
        t_s=0.0, state=State.HOLD, hold_s=1.0, target_s=30.0, alerts=(), marked=(), good=("x",), unseen=(), advice=None,
        depth_deg=80.0,
    )  # fmt: skip
    view = live_view.LiveView(
        instruction=None, countdown=None, praise=None, trouble=None, paused=False, held_s={}, best_deg=0.0, keys=True
    )
    rgb = np.zeros((720, 1280, 3), dtype=np.uint8)
    points, visibility = np.full((33, 2), 100.0), np.ones(33)
    times = []
    for _ in range(20):
        start = time.perf_counter()
        live_view.compose(rgb, None, feedback, points, visibility, view)
        times.append(time.perf_counter() - start)
    return True, f"{sorted(times)[10] * 1000:.0f} ms to draw a picture of 1280 x 720; `live` tells its delay at the end"


# What judging a recording needs, and what only a live session needs.
_NEEDED = frozenset({"Python", "Pose model", "Video codecs", "Typeface", "Results", "Settings", "Stretches"})
_CHECKS: tuple[tuple[str, Callable[[], Check | None]], ...] = (
    ("Python", _python),
    ("Pose model", _model),
    ("Model cache", _cache),
    ("Video codecs", _codecs),
    ("Typeface", _fonts),
    ("Results", _out),
    ("Settings", _settings),
    ("Stretches", _stretches),
    ("Camera", _camera),
    ("Window", _window),
    ("Voice", _voice),
    ("Tones", _tones),
    ("Drawing", _pace),
)
