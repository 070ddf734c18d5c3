"""The pose model as MediaPipe wants it: both networks in a bundle, put together once, kept in the user's cache."""

from __future__ import annotations

import struct
import tempfile
import zipfile
from pathlib import Path
from typing import Final

import platformdirs

from formcheck import files
from formcheck.core.errors import ModelError
from formcheck.pose import model_files

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def model_bytes(path: Path | None = None) -> bytes:
    """The `.task` bundle to use: the user's own, or one made of the user's own landmark network or the shipped ones.

    Raises ModelError when the file is missing, damaged or of another kind, or where there is no mediapipe to bundle it.
    """
    if path is None:
        return _cached()
    content = model_files.read(path)
    if not model_files.is_tflite(content):
        model_files.load(path)  # tells what it lacks in plainer words than MediaPipe
        return content
    try:
        return _assemble(model_files.detector(), content)
    except (ValueError, struct.error) as error:  # its tables are not what they say
        raise ModelError(f"{path} is damaged, or a network of another kind; see models/README.md") from error


def model_id(content: bytes, path: Path | None = None) -> str:
    """Name and hash of a model, as recordings tell it; `path` is the user's own file, None for that of mediapipe."""
    return f"{path.name if path else 'mediapipe-0.10.21-full'}:{model_files.sha256(content)}"


def cache_path() -> Path:
    """Where the bundle is kept."""
    return Path(platformdirs.user_cache_dir("formcheck")) / f"pose-full-{model_files.BUNDLE_SHA256[:12]}.task"


def _cached() -> bytes:
    path = cache_path()
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    if model_files.sha256(content) == model_files.BUNDLE_SHA256:
        return content
    shipped = model_files.load()
    content = _assemble(shipped.detector, shipped.landmarks)
    if model_files.sha256(content) != model_files.BUNDLE_SHA256:
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


def _assemble(detector: bytes, landmarks: bytes) -> bytes:
    """Add the input metadata that the Tasks API wants and bundle both networks, the same bytes every time."""
    try:
        from mediapipe.tasks.python.metadata.metadata_writers import metadata_writer, model_asset_bundle_utils
    except ImportError as error:
        raise ModelError("mediapipe is not installed: pip install mediapipe==0.10.21") from error

    # network, name in the bundle, mean and standard deviation of the input, outputs
    parts = (
        (detector, "pose_detector.tflite", 127.5, 127.5, 2),
        (landmarks, "pose_landmarks_detector.tflite", 0.0, 255.0, 5),
    )
    with tempfile.TemporaryDirectory() as folder:
        bundle = Path(folder) / "pose.task"
        with model_asset_bundle_utils.AlignZipFile(str(bundle), mode="w", alignment=4) as archive:
            for content, name, mean, deviation, outputs in parts:
                writer = metadata_writer.MetadataWriter.create(bytearray(content))
                writer.add_general_info(name, "")
                writer.add_image_input([mean], [deviation])
                for k in range(outputs):
                    writer.add_feature_output(f"output{k}", "")
                archive.writestr(zipfile.ZipInfo(name, _EPOCH), bytes(writer.populate()[0]))
        return bundle.read_bytes()
