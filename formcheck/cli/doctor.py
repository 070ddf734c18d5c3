"""`formcheck doctor`: what works on this machine, and what to do about what does not."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import typer

Check = tuple[bool, str]
"""Whether it works, and the fact or the advice to show."""


def doctor() -> None:
    """Say what works here: model, codecs, cache, fonts; and what to do about what does not."""
    from rich.console import Console
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    broken = 0
    for name, check in _CHECKS:
        try:
            works, fact = check()
        except Exception as error:
            works, fact = False, f"{type(error).__name__}: {error}"
        broken += not works
        table.add_row("[green]\u2714[/]" if works else "[red]\u2716[/]", name, fact)
    Console(highlight=False).print(table)
    if broken:
        raise typer.Exit(1)


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    if (3, 11) <= sys.version_info[:2] <= (3, 12):
        return True, version
    return False, f"{version}: use Python 3.11 or 3.12, mediapipe 0.10.21 has no build for others"


def _model() -> Check:
    import time

    import numpy as np

    from formcheck.core.poses import Picture
    from formcheck.estimators.mediapipe_pose import MediaPipePose

    rgb = np.zeros((480, 640, 3), dtype=np.uint8)
    with MediaPipePose() as model:
        start = time.perf_counter()
        for index in range(5):
            model.estimate(Picture(index=index, t_s=0.0, rgb=rgb, width=640, height=480))
        each_ms = (time.perf_counter() - start) / 5 * 1000
        return True, f"{model.model_id}, {each_ms:.0f} ms for a picture with nobody in it"


def _cache() -> Check:
    from formcheck.estimators.bundle import cache_path

    path = cache_path()
    if path.exists():
        return True, str(path)
    return True, f"{path.parent} cannot be written; the model is put together anew at every start"


def _codecs() -> Check:
    import numpy as np

    from formcheck.capture.video import VideoFile
    from formcheck.render.video import VideoWriter

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


_CHECKS: tuple[tuple[str, Callable[[], Check]], ...] = (
    ("Python", _python),
    ("Pose model", _model),
    ("Model cache", _cache),
    ("Video codecs", _codecs),
    ("Typeface", _fonts),
    ("Results", _out),
)
