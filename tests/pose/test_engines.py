"""Which engine runs which model, and what it is called in recordings."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from formcheck.core.errors import ModelError
from formcheck.pose import model_files
from formcheck.pose.engines import ENGINES, LITERT, MEDIAPIPE, ModelChoice


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have only these packages installed."""

    def only(*packages: str, mediapipe: str = "0.10.21") -> None:
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: name in packages or None)
        monkeypatch.setattr(importlib.metadata, "version", lambda _name: mediapipe)

    return only


@pytest.mark.parametrize(
    ("packages", "used"),
    [
        (["ai_edge_litert", "mediapipe"], LITERT),
        (["ai_edge_litert"], LITERT),
        (["mediapipe"], MEDIAPIPE),
    ],
)
def test_litert_is_used_where_it_is_there(packages: list[str], used: str, installed: Callable[..., None]) -> None:
    installed(*packages)
    assert ModelChoice().used() == used


def test_where_there_is_none_it_is_said_what_to_install(installed: Callable[..., None]) -> None:
    installed()
    with pytest.raises(ModelError, match="install formcheck again"):
        ModelChoice().estimator()


@pytest.mark.parametrize("choice", [ModelChoice(MEDIAPIPE), ModelChoice()])
def test_another_release_of_mediapipe_is_not_used(choice: ModelChoice, installed: Callable[..., None]) -> None:
    """Later ones look up a host, and have other models."""
    installed("mediapipe", mediapipe="0.10.30")
    for ask in (choice.estimator, choice.model_id):
        with pytest.raises(ModelError, match=r"mediapipe 0\.10\.30 is another one.*pip install mediapipe==0\.10\.21"):
            ask()


def test_mediapipe_is_asked_for_where_it_is_not(installed: Callable[..., None]) -> None:
    installed("ai_edge_litert")
    with pytest.raises(ModelError, match="MediaPipe is not installed; leave --engine away"):
        ModelChoice(MEDIAPIPE).estimator()


@pytest.mark.parametrize("engine", ENGINES)
def test_the_one_asked_for_is_used(engine: str, installed: Callable[..., None]) -> None:
    installed("ai_edge_litert", "mediapipe")
    assert ModelChoice(engine).used() == engine


@pytest.mark.parametrize(
    ("engine", "package", "told"),
    [
        (LITERT, "ai_edge_litert", f"litert:pose_landmark_full:{model_files.LANDMARKS_SHA256}"),
        (MEDIAPIPE, "mediapipe", f"mediapipe-0.10.21-full:{model_files.BUNDLE_SHA256}"),
    ],
)
def test_recordings_tell_which_model_it_was(engine: str, package: str, told: str) -> None:
    pytest.importorskip(package)
    choice = ModelChoice(engine)
    assert choice.model_id() == told
    with choice.estimator() as estimator:
        assert estimator.model_id == told


def test_of_the_users_own_model_they_tell_the_file(tmp_path: Path) -> None:
    pytest.importorskip("ai_edge_litert")
    own = tmp_path / "heavy.tflite"
    own.write_bytes(model_files.load().landmarks + b"\0")
    choice = ModelChoice(LITERT, own)
    told = f"litert:heavy.tflite:{model_files.sha256(own.read_bytes())}"
    assert choice.model_id() == told
    with choice.estimator() as estimator:
        assert estimator.model_id == told


def test_a_network_of_another_kind_is_told_when_it_is_loaded(tmp_path: Path) -> None:
    pytest.importorskip("ai_edge_litert")
    own = tmp_path / "own.tflite"
    own.write_bytes(model_files.detector())
    with pytest.raises(ModelError, match=r"the pose model own\.tflite is a network of another kind"):
        ModelChoice(LITERT, own).estimator()


def zipped(detector: bytes, landmarks: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        file.writestr("pose_detector.tflite", detector)
        file.writestr("pose_landmarks_detector.tflite", landmarks)
    return content.getvalue()


def blanked(network: bytes) -> bytes:
    """The same with the weights in its middle lost: as long as before, and a network as before."""
    third = len(network) // 3
    return network[:third] + bytes(third) + network[2 * third :]


@pytest.mark.parametrize("lost", ["landmarks", "landmarks in a bundle", "detector in a bundle"])
def test_a_network_that_lost_its_weights_is_told_when_it_is_loaded(lost: str, tmp_path: Path) -> None:
    pytest.importorskip("ai_edge_litert")
    detector, landmarks = model_files.detector(), model_files.load().landmarks
    own = tmp_path / ("own.task" if "bundle" in lost else "own.tflite")
    if lost == "landmarks":
        own.write_bytes(blanked(landmarks))
    elif lost == "landmarks in a bundle":
        own.write_bytes(zipped(detector, blanked(landmarks)))
    else:
        own.write_bytes(zipped(blanked(detector), landmarks))
    with pytest.raises(ModelError, match=r"own\.(task|tflite).* it is damaged"):
        ModelChoice(LITERT, own).estimator()


def test_of_a_bundle_with_a_wrong_detector_the_file_is_told(tmp_path: Path) -> None:
    pytest.importorskip("ai_edge_litert")
    own = tmp_path / "own.task"
    landmarks = model_files.load().landmarks
    own.write_bytes(zipped(landmarks, landmarks))
    with pytest.raises(ModelError, match=r"^the detector of the pose model own\.task is a network of another kind"):
        ModelChoice(LITERT, own).estimator()


def test_mediapipe_tells_of_a_bundle_with_wrong_networks_in_one_line(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("mediapipe")
    own = tmp_path / "own.task"
    own.write_bytes(zipped(model_files.load().landmarks, model_files.detector()))
    with pytest.raises(ModelError, match=r"^MediaPipe cannot use the model .*own\.task: it is damaged"):
        ModelChoice(MEDIAPIPE, own).estimator()
    assert capfd.readouterr().err == ""
