"""No network, by what the system is asked for from the first moment to the last, of native code as well."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import av
import pytest

PICTURES = 30
ENGINES = {"litert": "ai_edge_litert", "mediapipe": "mediapipe"}


def internet_calls(trace: Path, *arguments: str | Path) -> list[str]:
    """The calls that a run of Python, with all that it starts, makes for the internet, version 4 or 6."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed (apt-get install strace)")
    traced = [strace, "--follow-forks", "--trace=network,execve", "--output", trace, "--seccomp-bpf"]
    done = subprocess.run([*traced, sys.executable, *arguments], capture_output=True, text=True, check=False)
    calls = trace.read_text(encoding="utf-8").splitlines() if trace.exists() else []
    if not any("execve(" in call for call in calls):
        pytest.skip(f"strace may not look at processes here: {done.stderr.strip()[-200:]}")
    assert done.returncode == 0, done.stderr
    return [call for call in calls if re.search(r"AF_INET|sin6?_addr", call)]


@pytest.fixture(scope="module")
def film(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The beginning of a sample, in which somebody lies: every part of an engine is asked."""
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    with av.open(str(samples / "supine_good.mp4")) as whole, av.open(str(path), "w") as part:
        stream = whole.streams.video[0]
        kept = part.add_stream_from_template(stream)
        for _, packet in zip(range(PICTURES), whole.demux(stream), strict=False):
            packet.stream = kept
            part.mux(packet)
    return path


def test_a_trace_shows_what_asks_for_the_network(tmp_path: Path) -> None:
    code = "import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)"
    assert internet_calls(tmp_path / "trace", "-c", code)


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_of_an_analysis_asks_for_the_network(engine: str, film: Path, tmp_path: Path) -> None:
    if importlib.util.find_spec(ENGINES[engine]) is None:
        pytest.skip(f"{ENGINES[engine]} is not installed")
    report = tmp_path / "report.json"
    options = ["--engine", engine, "--no-video", "--no-report", "--out", tmp_path / "out", "--json", report]
    assert not internet_calls(tmp_path / "trace", "-m", "formcheck", "analyze", film, *options)
    source = json.loads(report.read_text(encoding="utf-8"))["source"]
    assert source["frames_with_person"] == PICTURES
