"""The pose model: taken from the installed mediapipe package, put together once, kept in the user's cache."""

from __future__ import annotations

import hashlib
import importlib.util
import tempfile
import zipfile
from pathlib import Path
from typing import Final

import platformdirs

from formcheck import files
from formcheck.core.errors import ModelError

# SHA-256 of the files inside the mediapipe 0.10.21 wheel, and of the bundle made of them.
DETECTOR_SHA256: Final = "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c"
LANDMARKS_SHA256: Final = "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f"
BUNDLE_SHA256: Final = "6467e25dd41214775665f2796677e20130879c0476cb627e8d7fb79254b51642"
_PARTS: Final = (
    # path in the package's modules, name in the bundle, hash, mean and standard deviation of the input, outputs
    ("pose_detection/pose_detection.tflite", "pose_detector.tflite", DETECTOR_SHA256, 127.5, 127.5, 2),
    ("pose_landmark/pose_landmark_full.tflite", "pose_landmarks_detector.tflite", LANDMARKS_SHA256, 0.0, 255.0, 5),
)  # fmt: skip
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def model_bytes(path: Path | None = None) -> bytes:
    """The `.task` bundle to use: the user's own, or the one of the installed mediapipe package.

    Raises ModelError when it is missing, damaged or no bundle.
    """
    if path is None:
        return _cached()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"cannot read the model {path}: {error.strerror}") from error
    if not zipfile.is_zipfile(path):
        raise ModelError(f"{path} is no MediaPipe .task bundle")
    return content


def model_id(content: bytes, path: Path | None = None) -> str:
    """Name and hash of a model, as recordings tell it; `path` is the user's own file, None for that of mediapipe."""
    return f"{path.name if path else 'mediapipe-0.10.21-full'}:{sha256(content)}"


def short(model_id: str) -> str:
    """Name and the beginning of the hash, for people."""
    name, colon, digest = model_id.rpartition(":")
    return f"{name}{colon}{digest[:12]}"


def cache_path() -> Path:
    """Where the bundle is kept."""
    return Path(platformdirs.user_cache_dir("formcheck")) / f"pose-full-{BUNDLE_SHA256[:12]}.task"


def sha256(content: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(content).hexdigest()


def _cached() -> bytes:
    path = cache_path()
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    if sha256(content) == BUNDLE_SHA256:
        return content
    content = _assemble()
    if sha256(content) != BUNDLE_SHA256:
        raise ModelError("the pose model does not match its hash: reinstall mediapipe==0.10.21")
    _keep(path, content)
    return content


def _keep(path: Path, content: bytes) -> None:
    """Write to the cache; a cache that cannot be written only costs time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write_bytes(path, content)
    except OSError:
        return


def _assemble() -> bytes:
    """Add the input metadata that the Tasks API wants and bundle both models, the same bytes every time."""
    from mediapipe.tasks.python.metadata.metadata_writers import metadata_writer, model_asset_bundle_utils

    spec = importlib.util.find_spec("mediapipe")
    if spec is None or spec.origin is None:
        raise ModelError("mediapipe is not installed: pip install mediapipe==0.10.21")
    root = Path(spec.origin).parent / "modules"
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "pose.task"
        with model_asset_bundle_utils.AlignZipFile(str(bundle), mode="w", alignment=4) as archive:
            for part, name, digest, mean, deviation, outputs in _PARTS:
                try:
                    content = (root / part).read_bytes()
                except OSError as error:
                    raise ModelError(f"mediapipe has no {part}: install mediapipe==0.10.21") from error
                if sha256(content) != digest:
                    raise ModelError(f"{part} is not that of mediapipe 0.10.21: reinstall mediapipe==0.10.21")
                writer = metadata_writer.MetadataWriter.create(bytearray(content))
                writer.add_general_info(name, "")
                writer.add_image_input([mean], [deviation])
                for k in range(outputs):
                    writer.add_feature_output(f"output{k}", "")
                archive.writestr(zipfile.ZipInfo(name, _EPOCH), bytes(writer.populate()[0]))
        return bundle.read_bytes()
