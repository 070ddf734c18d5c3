"""The hook of the build: what it lays into the wheel, from where, and what it says where it cannot."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import tomllib
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from formcheck.pose import model_files
from tests.conftest import ROOT

NETWORKS = {"a.tflite": b"finds people", "b.tflite": b"finds points"}
LICENCE = {"LICENSE": b"may be passed on", "NOTICE": b"by others"}


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree whose manifest asks for two small files of a package that nobody has."""
    (tmp_path / "models").mkdir()
    (tmp_path / "formcheck" / "pose").mkdir(parents=True)
    told = '[source]\npackage = "formcheck-nobody"\nversion = "1"\npython = "3.11"\nplatform = "any"\n'
    for name, content in NETWORKS.items():
        digest = hashlib.sha256(content).hexdigest()
        told += f'[[model]]\nfile = "{name}"\npath = "nobody/{name}"\nsha256 = "{digest}"\n'
    (tmp_path / "models" / "manifest.toml").write_text(told, encoding="utf-8")
    for name, content in LICENCE.items():
        (tmp_path / "models" / name).write_bytes(content)
    return tmp_path


@pytest.fixture(autouse=True)
def _no_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)


def wheel(path: Path, networks: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in networks.items():
            archive.writestr(f"nobody/{name}", content)


def laid(tree: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (tree / "formcheck" / "pose" / "models").iterdir()}


def test_the_manifest_names_what_is_loaded() -> None:
    manifest = tomllib.loads((ROOT / "models" / "manifest.toml").read_text(encoding="utf-8"))
    assert {each["file"]: each["sha256"] for each in manifest["model"]} == {
        model_files.DETECTOR: model_files.DETECTOR_SHA256,
        model_files.LANDMARKS: model_files.LANDMARKS_SHA256,
    }
    assert {each["licence"] for each in manifest["model"]} == {"Apache-2.0"}
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert f"{manifest['source']['package']}=={manifest['source']['version']}" in asked["mediapipe"][0]


def test_from_a_wheel_beside_the_manifest(hook: ModuleType, tree: Path) -> None:
    (tree / "models" / "broken.whl").write_bytes(b"no zip")
    wheel(tree / "models" / "formcheck_nobody-1-py3-none-any.whl", NETWORKS)
    hook.put_models(tree)
    assert laid(tree) == {**NETWORKS, **LICENCE}


def test_from_what_pip_finds(hook: ModuleType, tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = tmp_path / "store"
    store.mkdir()
    path = store / "formcheck_nobody-1-py3-none-any.whl"
    wheel(path, NETWORKS)
    with zipfile.ZipFile(path, "a") as archive:
        about = "Metadata-Version: 2.1\nName: formcheck-nobody\nVersion: 1\n"
        archive.writestr("formcheck_nobody-1.dist-info/METADATA", about)
        archive.writestr("formcheck_nobody-1.dist-info/WHEEL", "Wheel-Version: 1.0\n")
    monkeypatch.setenv("PIP_FIND_LINKS", str(store))
    hook.put_models(tree)
    assert laid(tree) == {**NETWORKS, **LICENCE}


def test_what_lies_there_is_not_fetched_again(hook: ModuleType, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tree / "formcheck" / "pose" / "models"
    folder.mkdir()
    for name, content in NETWORKS.items():
        (folder / name).write_bytes(content)
    monkeypatch.setattr(hook.subprocess, "run", None)
    hook.put_models(tree)
    assert laid(tree) == {**NETWORKS, **LICENCE}


def test_the_wheel_takes_these_files_and_no_other(hook: ModuleType) -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    names = (model_files.DETECTOR, model_files.LANDMARKS, *hook._LICENCE)
    assert sorted(built["targets"]["wheel"]["artifacts"]) == sorted(f"/formcheck/pose/models/{name}" for name in names)


@pytest.mark.parametrize("step", ["chmod", "replace"])
def test_a_build_that_fails_halfway_leaves_no_part(
    hook: ModuleType, tree: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    wheel(tree / "models" / "formcheck_nobody-1-py3-none-any.whl", NETWORKS)
    old = tree / "formcheck" / "pose" / "models" / "a.tflite"
    old.parent.mkdir()
    old.write_bytes(b"another one")
    done = getattr(Path, step)

    def stopped(path: Path, *to: object) -> object:
        if path.parent == old.parent and path.read_bytes() in NETWORKS.values():
            raise KeyboardInterrupt
        return done(path, *to)

    monkeypatch.setattr(Path, step, stopped)
    with pytest.raises(KeyboardInterrupt):
        hook.put_models(tree)
    assert laid(tree) == {"a.tflite": b"another one", **LICENCE}


def test_a_tree_that_has_the_files_is_only_read(hook: ModuleType, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tree / "formcheck" / "pose" / "models"
    folder.mkdir()
    for name, content in (NETWORKS | LICENCE).items():
        (folder / name).write_bytes(content)
    with monkeypatch.context() as patch:
        patch.setattr(hook.tempfile, "mkstemp", None)  # rights keep nothing from an administrator
        hook.put_models(tree)
    (folder / "NOTICE").write_bytes(b"an old one")
    hook.put_models(tree)
    assert laid(tree) == NETWORKS | LICENCE


def test_files_that_are_others_are_not_taken(hook: ModuleType, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel(tree / "models" / "formcheck_nobody-1-py3-none-any.whl", {**NETWORKS, "b.tflite": b"somebody's own"})
    monkeypatch.setattr(hook.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, stderr="WARNING"))
    with pytest.raises(hook.BuildError, match="which cannot be had: the files in it are others"):
        hook.put_models(tree)
    assert laid(tree) == LICENCE


def test_without_a_network_it_is_told_what_to_do(hook: ModuleType, tree: Path) -> None:
    with pytest.raises(hook.BuildError) as told:
        hook.put_models(tree)
    first, _, command, last = str(told.value).splitlines()
    assert "the wheel of formcheck-nobody==1, which cannot be had: ERROR: No matching distribution" in first
    assert "pip download" in command
    assert command.endswith("--dest models formcheck-nobody==1")
    assert last.endswith(f"or put a.tflite and b.tflite into {tree / 'formcheck' / 'pose' / 'models'} yourself.")
