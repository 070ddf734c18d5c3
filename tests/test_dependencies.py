"""pyproject.toml names what the program imports."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import packages_distributions, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT
from tests.test_layers import MODULES, imports

DECLARED = [
    Requirement(line)
    for line in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
]


def declared(python: str) -> set[str]:
    """The distributions that pip installs with the program on a version of Python."""
    return {
        canonicalize_name(one.name)
        for one in DECLARED
        if one.marker is None or one.marker.evaluate({"python_version": python})
    }


def test_every_import_is_declared() -> None:
    """What only comes along with another package may stay away with its next release."""
    here = declared(f"{sys.version_info.major}.{sys.version_info.minor}")
    brought_by = packages_distributions()
    ours = {"formcheck", *sys.stdlib_module_names}
    outside = {name.split(".")[0] for path in MODULES for name in imports(path)} - ours
    brought = {name: {canonicalize_name(one) for one in brought_by.get(name, ())} for name in sorted(outside)}
    assert {name: by for name, by in brought.items() if not by & here} == {}


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_there_is_one_opencv(python: str) -> None:
    """They install the same files, so a second one, or its removal, breaks the first."""
    found = {name for name in declared(python) if name.startswith("opencv")}
    assert len(found) == 1
    of_mediapipe = {re.split(r"[^\w-]", line)[0] for line in requires("mediapipe") or () if line.startswith("opencv")}
    if python < "3.13":
        assert found == of_mediapipe
