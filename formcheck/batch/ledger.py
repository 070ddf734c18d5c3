"""The record in a folder of results: what they were made from, and whether that is still so."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, Self

from formcheck import files
from formcheck.analysis.folder import RECORD

SCHEMA: Final = "formcheck.batch-record/1"
Status = Literal["done", "partial", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What a file is. Its content is only looked at again where its time has changed."""

    size_bytes: int
    mtime_ns: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> Self:
        """The fingerprint of a file; raises OSError."""
        with path.open("rb") as file:
            known = path.stat()  # before its content: what is written later makes it another file
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return cls(size_bytes=known.st_size, mtime_ns=known.st_mtime_ns, sha256=digest)

    def still(self, path: Path) -> bool:
        """Whether the file is what it was, be it copied or touched; False when it cannot be read."""
        try:
            now = path.stat()
            if now.st_size != self.size_bytes:
                return False
            return now.st_mtime_ns == self.mtime_ns or Fingerprint.of(path).sha256 == self.sha256
        except OSError:
            return False


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRecord:
    """What is known of one input of a batch.

    status   done; partial: only a part of the input could be read; failed.
    path     absolute name of the input.
    order    what was asked for, see `BatchOptions.judged_by`.
    files    sizes in bytes of the results, by name.
    message  what was wrong, empty when nothing was.
    lasting  for a failure: whether it lies in the file.
    told     whether the history was told of it.
    """

    status: Status
    path: str
    input: Fingerprint
    order: Mapping[str, Any]
    files: Mapping[str, int] = field(default_factory=dict)
    message: str = ""
    lasting: bool = False
    told: bool = False

    @property
    def finished(self) -> bool:
        """Whether there are results."""
        return self.status != "failed"

    def write(self, folder: Path) -> None:
        """Put it into a folder, whole or not at all; raises OSError."""
        values = {"schema": SCHEMA, **asdict(self)}
        files.sweep(folder / RECORD, older_than_s=0.0)  # only one batch at a time writes here
        files.write_text(folder / RECORD, json.dumps(values, indent=1, ensure_ascii=False) + "\n")

    def holds(self, folder: Path, path: Path, order: Mapping[str, Any]) -> bool:
        """Whether the results in a folder are those of this input and this order, and are all there."""
        return self.finished and self.order == order and self._whole(folder) and self.input.still(path)

    def forbids(self, path: Path, order: Mapping[str, Any]) -> bool:
        """Whether trying again is of no use: it failed for what is in the file, and that is the same."""
        same = self.order.get("version") == order.get("version")
        return not self.finished and self.lasting and same and self.input.still(path)

    def _whole(self, folder: Path) -> bool:
        # After a power cut a file may be there and be empty.
        try:
            return "report.json" in self.files and all(
                (folder / name).stat().st_size == size for name, size in self.files.items()
            )
        except OSError:
            return False


def read(folder: Path) -> LedgerRecord | None:
    """The record of a folder; None when there is none that can be used."""
    try:
        values = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        if values.pop("schema") != SCHEMA:
            return None
        record = LedgerRecord(**{**values, "input": Fingerprint(**values["input"])})
        sound = record.status in ("done", "partial", "failed") and isinstance(record.order, dict)
        sound = sound and isinstance(record.files, dict) and isinstance(record.message, str)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return record if sound else None


def remember_failure(folder: Path, record: LedgerRecord) -> None:
    """Note a failure; results of an earlier time stay where they are. A disk that is full only costs another try."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        record.write(folder)


def sizes(folder: Path) -> dict[str, int]:
    """The files of a folder with their sizes in bytes."""
    return {file.name: file.stat().st_size for file in sorted(folder.iterdir()) if file.is_file()}
