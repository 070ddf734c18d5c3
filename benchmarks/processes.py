"""Whole processes, timed from start to end by the system's own count of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Run:
    """What a process took: seconds by the clock, seconds of processor, peak memory in MiB, and what it said last."""

    wall_s: float
    processor_s: float
    peak_mib: float
    last_line: str

    @property
    def told(self) -> dict[str, Any]:
        """The last line as JSON."""
        told: dict[str, Any] = json.loads(self.last_line)
        return told


def timed(*arguments: str | Path, under: tuple[str, ...] = ()) -> Run:
    """Run Python with these arguments, `under` another command where one is given; ends the program where it fails.

    Settings and history of whoever measures have no part in it.
    """
    with tempfile.TemporaryDirectory() as none, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        own = {name: value for name, value in os.environ.items() if not name.startswith("FORMCHECK_")}
        own |= {"FORMCHECK_CONFIG": str(Path(none) / "config.toml"), "FORMCHECK_DATA_DIR": none}
        start = time.perf_counter()
        process = subprocess.Popen(
            [*under, sys.executable, *map(str, arguments)], stdout=out, stderr=errors, stdin=subprocess.DEVNULL, env=own
        )
        _, status, used = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            sys.exit(f"{' '.join(map(str, arguments))}: {errors.read().decode(errors='replace')[-2000:]}")
        out.seek(0)
        lines = out.read().decode().splitlines()
    unit = 1024.0 if sys.platform != "darwin" else 1024.0**2
    return Run(wall_s, used.ru_utime + used.ru_stime, used.ru_maxrss / unit, lines[-1] if lines else "")


def formcheck(*arguments: str | Path) -> Run:
    """Run the command line of formcheck."""
    return timed("-m", "formcheck", *arguments)
