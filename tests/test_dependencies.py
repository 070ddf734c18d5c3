"""pyproject.toml names what the program imports."""

from __future__ import annotations

import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT
from tests.test_layers import MODULES, imports

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
DECLARED = [Requirement(line) for line in PROJECT["dependencies"]]
WITH_MEDIAPIPE = [*DECLARED, *map(Requirement, PROJECT["optional-dependencies"]["mediapipe"])]
# Machines as their own Python tells them.
MACHINES = {
    "Linux": {"sys_platform": "linux", "platform_machine": "x86_64"},
    "Linux on Arm": {"sys_platform": "linux", "platform_machine": "aarch64"},
    "Windows": {"sys_platform": "win32", "platform_machine": "AMD64"},
    "Mac": {"sys_platform": "darwin", "platform_machine": "arm64"},
    "Intel Mac": {"sys_platform": "darwin", "platform_machine": "x86_64"},
}
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]


def installed(requirements: list[Requirement], python: str, machine: str) -> set[str]:
    """The distributions that pip installs for these on a machine with a version of Python."""
    where = {"python_version": python, **MACHINES[machine]}
    return {canonicalize_name(one.name) for one in requirements if one.marker is None or one.marker.evaluate(where)}


def test_every_import_is_declared() -> None:
    """What only comes along with another package may stay away with its next release."""
    declared = {canonicalize_name(one.name) for one in WITH_MEDIAPIPE}
    brought_by = packages_distributions()
    ours = {"formcheck", *sys.stdlib_module_names}
    outside = {name.split(".")[0] for path in MODULES for name in imports(path)} - ours
    # What is not installed here is told by its own name.
    brought = {name: {canonicalize_name(one) for one in brought_by.get(name, (name,))} for name in sorted(outside)}
    assert {name: by for name, by in brought.items() if not by & declared} == {}


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("python", PYTHONS)
def test_there_is_one_opencv(python: str, machine: str) -> None:
    """They install the same files, so a second one, or its removal, breaks the first. MediaPipe asks for contrib."""
    found = {name for name in installed(DECLARED, python, machine) if name.startswith("opencv")}
    assert len(found) == 1
    if "mediapipe" in installed(WITH_MEDIAPIPE, python, machine):
        assert found == {"opencv-contrib-python"}


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("python", PYTHONS)
def test_there_is_an_engine_where_one_can_be(python: str, machine: str) -> None:
    """And MediaPipe, which brings jax, only where there is no other or somebody asks for it."""
    engines = installed(DECLARED, python, machine) & {"ai-edge-litert", "mediapipe"}
    asked = installed(WITH_MEDIAPIPE, python, machine) & {"ai-edge-litert", "mediapipe"}
    of_mediapipe = {"mediapipe"} if python < "3.13" else set()
    if machine == "Intel Mac":
        assert engines == asked == of_mediapipe
    else:
        assert engines == {"ai-edge-litert"}
        assert asked - engines == (set() if machine == "Linux on Arm" else of_mediapipe)
