"""Where a report comes from: which program, which model, which file, and when it was recorded."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from formcheck import __version__
from formcheck.capture.recorded import Recorded, recorded
from formcheck.core.feedback import Provenance
from formcheck.estimators.bundle import BUNDLE_SHA256

_ENGINE: Final = "mediapipe"  # the only one there was when recordings did not name it yet
_ID_DIGITS: Final = 12  # of the hash, in the name of a model


def header_fields(*, engine: str, model_sha256: str, at: Recorded | None) -> dict[str, str | None]:
    """What a pose recording keeps in its header, beside the name of the model, so that judging it again knows it."""
    return {
        "engine": engine,
        "model_sha256": model_sha256,
        "recorded_at": _text(at.at) if at else None,
        "recorded_from": at.told_by if at else None,
    }


def provenance_of(header: Mapping[str, object], judged: Path | None) -> Provenance:
    """Where a report made just now comes from.

    header  the first line of the pose recording, as a mapping: `model` (its name and the beginning of its hash) and,
            where they are known, the `header_fields`.
    judged  the file the user handed in: a video, a photo, or a pose recording; None for a live session.
    """
    name, _, begin = str(header.get("model") or "").rpartition(":")
    sha256 = _word(header, "model_sha256")
    if sha256 is None and begin == BUNDLE_SHA256[: len(begin)] and len(begin) == _ID_DIGITS:
        sha256 = BUNDLE_SHA256
    at, told_by = _word(header, "recorded_at"), _word(header, "recorded_from")
    if at is None and judged is not None and (found := recorded(judged)) is not None:
        at, told_by = _text(found.at), found.told_by
    return Provenance(
        formcheck=__version__,
        engine=_word(header, "engine") or _ENGINE,
        model=name or begin or None,
        model_sha256=sha256,
        source_sha256=_sha256(judged) if judged is not None else None,
        made_at=_text(datetime.now().astimezone()),
        recorded_at=at,
        recorded_from=told_by,
    )


def _word(header: Mapping[str, object], name: str) -> str | None:
    value = header.get(name)
    return value if isinstance(value, str) else None


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _sha256(path: Path) -> str | None:
    """The hash of a file, read piece by piece; None when it is gone since it was judged."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
