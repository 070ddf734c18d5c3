"""The networks: shipped ones only whole and unchanged, the user's own in both kinds of file, and one line where not."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from formcheck.core.errors import ModelError
from formcheck.pose import bundle, model_files
from formcheck.pose.model_files import DETECTOR, LANDMARKS, load, sha256

BUNDLED = ("pose_detector.tflite", "pose_landmarks_detector.tflite")


def zipped(**networks: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name, network in networks.items():
            file.writestr(f"{name}.tflite", network)
    return content.getvalue()


@pytest.fixture(scope="module")
def shipped() -> model_files.PoseModel:
    return load()


@pytest.fixture
def own(tmp_path: Path) -> Callable[[str, bytes], Path]:
    def write(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An installation without mediapipe, and its folder of models."""
    monkeypatch.setattr(model_files, "_SHIPPED", tmp_path / "models")
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    (tmp_path / "models").mkdir()
    return tmp_path / "models"


def test_the_shipped_networks_are_those_of_the_hashes(shipped: model_files.PoseModel) -> None:
    assert shipped.name == "pose_landmark_full"
    assert sha256(shipped.detector) == model_files.DETECTOR_SHA256
    assert shipped.sha256 == sha256(shipped.landmarks) == model_files.LANDMARKS_SHA256


def test_they_need_no_mediapipe(shipped: model_files.PoseModel, alone: Path) -> None:
    (alone / DETECTOR).write_bytes(shipped.detector)
    (alone / LANDMARKS).write_bytes(shipped.landmarks)
    assert load() == shipped


def test_a_shipped_network_that_was_changed_is_not_used(shipped: model_files.PoseModel, alone: Path) -> None:
    (alone / DETECTOR).write_bytes(shipped.detector)
    (alone / LANDMARKS).write_bytes(shipped.landmarks[:-1] + b"?")
    with pytest.raises(ModelError, match=f"^the pose model {LANDMARKS} does not match its hash: install "):
        load()


def test_without_networks_it_is_told_what_to_do(alone: Path) -> None:
    assert not list(alone.iterdir())
    with pytest.raises(ModelError, match="is missing: install formcheck again"):
        load()


def test_those_of_an_installed_mediapipe_do_as_well(
    shipped: model_files.PoseModel, alone: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    modules = tmp_path / "mediapipe" / "modules"
    for folder, name, content in (
        ("pose_detection", DETECTOR, shipped.detector),
        ("pose_landmark", LANDMARKS, shipped.landmarks),
    ):
        (modules / folder).mkdir(parents=True)
        (modules / folder / name).write_bytes(content)
    spec = importlib.util.spec_from_loader("mediapipe", None, is_package=True)
    assert spec is not None
    spec.submodule_search_locations = [str(tmp_path / "mediapipe")]
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: spec)
    (alone / LANDMARKS).write_bytes(b"a damaged one beside them")
    assert load() == shipped


def test_a_bundle_of_the_users(shipped: model_files.PoseModel, own: Callable[[str, bytes], Path]) -> None:
    content = zipped(pose_detector=shipped.detector, pose_landmarks_detector=shipped.landmarks)
    model = load(own("heavy.task", content))
    assert (model.name, model.sha256) == ("heavy.task", sha256(content))
    assert (model.detector, model.landmarks) == (shipped.detector, shipped.landmarks)


def test_a_network_of_the_users_goes_with_the_shipped_detector(
    shipped: model_files.PoseModel, own: Callable[[str, bytes], Path]
) -> None:
    # Metadata lie at the end of the file as a zip archive, which makes no bundle of it.
    content = shipped.landmarks + zipped(labels=b"left hip")
    model = load(own("heavy.tflite", content))
    assert (model.name, model.sha256, model.landmarks) == ("heavy.tflite", sha256(content), content)
    assert model.detector == shipped.detector


@pytest.mark.parametrize("whole", [5_000_000, 1000, 20, 8])
def test_a_network_that_is_cut_short(
    shipped: model_files.PoseModel, own: Callable[[str, bytes], Path], whole: int
) -> None:
    part = shipped.landmarks[:whole]
    for path in (
        own("own.tflite", part),
        own("own.task", zipped(pose_detector=shipped.detector, pose_landmarks_detector=part)),
    ):
        with pytest.raises(ModelError, match=r"^the model .*own\.t.* is damaged or cut short: fetch it again$"):
            load(path)


def test_a_bundle_that_is_cut_short_or_damaged(
    shipped: model_files.PoseModel, own: Callable[[str, bytes], Path]
) -> None:
    content = zipped(pose_detector=shipped.detector, pose_landmarks_detector=shipped.landmarks)
    with pytest.raises(ModelError, match="is damaged or cut short: fetch it again$"):
        load(own("short.task", content[:-1000]))
    middle = len(content) // 2
    with pytest.raises(ModelError, match="is damaged: fetch it again$"):
        load(own("damaged.task", content[:middle] + bytes(1000) + content[middle + 1000 :]))


def test_a_file_of_another_kind(shipped: model_files.PoseModel, own: Callable[[str, bytes], Path]) -> None:
    for name, content in (("notes.task", b"to do: stretch"), ("empty.tflite", b"")):
        with pytest.raises(ModelError, match=r"is no MediaPipe \.task bundle and no \.tflite network$"):
            load(own(name, content))
    with pytest.raises(ModelError, match=f"a bundle of it has {BUNDLED[0]} and {BUNDLED[1]}$"):
        load(own("hand.task", zipped(hand_detector=shipped.detector)))
    with pytest.raises(ModelError, match="are no TensorFlow Lite networks$"):
        load(own("text.task", zipped(pose_detector=shipped.detector, pose_landmarks_detector=b"to do: stretch")))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"^cannot read the model .*away\.task: no such file or directory$"):
        load(tmp_path / "away.task")


# The writer of mediapipe leaves its files for others to close.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_mediapipe_gets_a_bundle_of_a_network_by_itself(
    shipped: model_files.PoseModel, own: Callable[[str, bytes], Path]
) -> None:
    pytest.importorskip("mediapipe")
    path = own("again.tflite", shipped.landmarks)
    assert sha256(bundle.model_bytes(path)) == model_files.BUNDLE_SHA256
    with pytest.raises(ModelError, match=r"detector\.tflite is damaged, or a network of another kind"):
        bundle.model_bytes(own("detector.tflite", shipped.detector))
