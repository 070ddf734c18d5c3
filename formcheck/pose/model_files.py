"""The two networks that find people and their points: those that formcheck ships, or the user's own.

Only the files are looked at here. Whether a network takes and gives what is wanted of it is asked by the engine that
runs it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from formcheck.core.errors import ModelError, in_words

DETECTOR: Final = "pose_detection.tflite"
LANDMARKS: Final = "pose_landmark_full.tflite"
# SHA-256 of the files in the mediapipe 0.10.21 wheel; models/manifest.toml has them for the build.
DETECTOR_SHA256: Final = "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c"
LANDMARKS_SHA256: Final = "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f"
BUNDLE_SHA256: Final = "6467e25dd41214775665f2796677e20130879c0476cb627e8d7fb79254b51642"
"""Of the bundle that `bundle.py` makes of both for MediaPipe."""
SHORT: Final = 12
"""Digits of a hash that are shown to people, and that recordings of before tell."""

_SHIPPED: Final = Path(__file__).with_name("models")
# Where mediapipe keeps them, below its folder of modules.
_IN_MEDIAPIPE: Final = {DETECTOR: "pose_detection", LANDMARKS: "pose_landmark"}
# What they are called in a MediaPipe bundle.
_DETECTOR_IN_BUNDLE: Final = "pose_detector.tflite"
_LANDMARKS_IN_BUNDLE: Final = "pose_landmarks_detector.tflite"
_TFLITE: Final = b"TFL3"  # bytes 4 to 7 of every TensorFlow Lite file
_ZIP: Final = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class PoseModel:
    """Two networks as bytes of TensorFlow Lite files.

    name       of the landmark network, or of the user's file.
    detector   finds where people are.
    landmarks  finds the points of one of them.
    sha256     of the landmark network that is shipped, or of the user's file.
    """

    name: str
    detector: bytes
    landmarks: bytes
    sha256: str

    @property
    def model_id(self) -> str:
        """Name and hash, as recordings tell it."""
        return f"litert:{self.name}:{self.sha256}"


def load(path: Path | None = None) -> PoseModel:
    """The networks to use: the shipped ones, or those of the user's own file.

    That is a MediaPipe `.task` bundle, which has both, or a `.tflite` file of the landmark network, which goes with the
    shipped detector. Raises ModelError when one is missing, cut short or of another kind.
    """
    if path is None:
        landmarks = _shipped(LANDMARKS, LANDMARKS_SHA256)
        return PoseModel(LANDMARKS.removesuffix(".tflite"), detector(), landmarks, LANDMARKS_SHA256)
    content = read(path)
    if is_tflite(content):
        return PoseModel(path.name, detector(), content, sha256(content))
    return PoseModel(path.name, *_unpacked(path, content), sha256(content))


def detector() -> bytes:
    """The shipped network that finds people."""
    return _shipped(DETECTOR, DETECTOR_SHA256)


def read(path: Path) -> bytes:
    """The user's own file: a bundle, or a whole network. Raises ModelError when it is neither."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"cannot read the model {path}: {in_words(error)}") from error
    if is_tflite(content):
        _check_whole(content, str(path))
    elif not zipfile.is_zipfile(io.BytesIO(content)):
        if content.startswith(_ZIP):
            raise ModelError(f"the model {path} is damaged or cut short: fetch it again")
        raise ModelError(f"{path} is no MediaPipe .task bundle and no .tflite network")
    return content


def is_tflite(content: bytes) -> bool:
    """Whether it is a network by itself. Asked before anything else: with metadata it ends like a zip file."""
    return content[4:8] == _TFLITE


def sha256(content: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(content).hexdigest()


def short(model_id: str) -> str:
    """Name of a model and the beginning of its hash, for people; `model_id` is what recordings tell."""
    name, colon, digest = model_id.rpartition(":")
    return f"{name}{colon}{digest[:SHORT]}"


def is_full(model_id: str) -> bool:
    """Whether it is the full model, by whatever engine; of before there is no other, whatever recordings say or not."""
    digest = model_id.rpartition(":")[2]
    told = re.fullmatch(f"[0-9a-f]{{{SHORT},64}}", digest)
    return told is None or any(full.startswith(digest) for full in (LANDMARKS_SHA256, BUNDLE_SHA256))


def _shipped(name: str, digest: str) -> bytes:
    """A file that formcheck ships, or that of an installed mediapipe: the first that is what it should be."""
    damaged = False
    for place in _places(name):
        try:
            content = place.read_bytes()
        except OSError:
            continue
        if sha256(content) == digest:
            return content
        damaged = True
    wrong = "does not match its hash" if damaged else "is missing"
    raise ModelError(f"the pose model {name} {wrong}: install formcheck again (in a checkout: pip install -e .)")


def _places(name: str) -> Iterator[Path]:
    yield _SHIPPED / name
    mediapipe = importlib.util.find_spec("mediapipe")  # it is looked for, not imported
    for folder in (mediapipe and mediapipe.submodule_search_locations) or ():
        yield Path(folder) / "modules" / _IN_MEDIAPIPE[name] / name


def _unpacked(path: Path, content: bytes) -> tuple[bytes, bytes]:
    """The detector and the landmark network of a bundle."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            found = tuple(bundle.read(name) for name in (_DETECTOR_IN_BUNDLE, _LANDMARKS_IN_BUNDLE))
    except KeyError as error:
        raise ModelError(
            f"{path} is no pose model: a bundle of it has {_DETECTOR_IN_BUNDLE} and {_LANDMARKS_IN_BUNDLE}"
        ) from error
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        raise ModelError(f"the model {path} is damaged: fetch it again") from error
    for network in found:
        if not is_tflite(network):
            raise ModelError(f"{path} is no pose model: what it bundles are no TensorFlow Lite networks")
        _check_whole(network, str(path))
    return found[0], found[1]


def _check_whole(network: bytes, named: str) -> None:
    """Raises ModelError when a network ends before its weights do: a download broke off, or they are told wrongly."""
    try:
        whole = _end_of_weights(network) <= len(network)
    except struct.error:
        whole = False
    if not whole:
        raise ModelError(f"the model {named} is damaged or cut short: fetch it again")


def _end_of_weights(network: bytes) -> int:
    """How long the file must be at least; raises struct.error where it ends before it says so.

    It is a FlatBuffer: tables point to their fields by way of a list of distances, and field 4 of the first table is
    the vector of buffers, whose field 0 is a vector of bytes (the schema of TensorFlow Lite).
    """

    def follow(at: int) -> int:
        return at + int(struct.unpack_from("<I", network, at)[0])

    def field(table: int, number: int) -> int | None:
        distances = table - struct.unpack_from("<i", network, table)[0]
        size = struct.unpack_from("<H", network, distances)[0]
        place = 4 + 2 * number
        distance = struct.unpack_from("<H", network, distances + place)[0] if place < size else 0
        return table + distance if distance else None

    buffers = field(follow(0), 4)
    if buffers is None:
        return 0
    first = follow(buffers)
    count = struct.unpack_from("<I", network, first)[0]
    end = first + 4 + 4 * count
    if end > len(network):
        return int(end)
    for at in range(first + 4, end, 4):
        data = field(follow(at), 0)
        if data is not None:
            start = follow(data)
            end = max(end, start + 4 + struct.unpack_from("<I", network, start)[0])
    return int(end)
