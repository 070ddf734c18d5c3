"""Where a report comes from: which program, which model, which file, and when it was recorded."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime
from pathlib import Path
from typing import Final

from formcheck import __version__
from formcheck.core.feedback import Provenance
from formcheck.core.poses import SourceInfo
from formcheck.media.recorded import dated
from formcheck.pose.engines import LITERT, MEDIAPIPE
from formcheck.pose.model_files import BUNDLE_SHA256, SHORT

_LITERT: Final = f"{LITERT}:"  # what recordings say before the name of the model; of MediaPipe they say nothing


def provenance_of(model_id: str, info: SourceInfo, judged: Path | None) -> Provenance:
    """Where a report made just now comes from.

    model_id  of the pose recording: the name of the model and its hash.
    info      the source of the report. Where that does not tell when it was recorded, as in recordings of before, the
              file that was judged does.
    judged    the file that the user handed in: a video, a photo, or a pose recording; None for a live session.
    """
    name, _, digest = model_id.rpartition(":")
    if not _aware(info.recorded_at) and judged is not None:
        info = dated(info, judged)
    at = info.recorded_at if _aware(info.recorded_at) else None
    return Provenance(
        formcheck=__version__,
        engine=LITERT if name.startswith(_LITERT) else MEDIAPIPE,
        model=name.removeprefix(_LITERT) or None,
        model_sha256=_whole(digest),
        source_sha256=_sha256(judged) if judged is not None else None,
        made_at=datetime.now().astimezone().isoformat(timespec="seconds"),
        recorded_at=at,
        recorded_from=info.recorded_from if at else None,
    )


def _aware(told: object) -> bool:
    """Whether it is a time with its UTC offset: recordings may have passed through other hands."""
    try:
        return isinstance(told, str) and datetime.fromisoformat(told).utcoffset() is not None
    except ValueError:
        return False


def _whole(digest: str) -> str | None:
    """The whole hash of a model; of before it is known only of the model of mediapipe."""
    if re.fullmatch("[0-9a-f]{64}", digest):
        return digest
    return BUNDLE_SHA256 if digest == BUNDLE_SHA256[:SHORT] else None


def _sha256(path: Path) -> str | None:
    """The hash of a file, read piece by piece; None when it is gone since it was judged."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
