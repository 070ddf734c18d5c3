"""The folder of results: written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from formcheck import files
from formcheck.core.errors import OutputError, in_words

RECORD: Final = "batch-record.json"
"""In this file a batch notes what the other files of a folder were made from."""
_RESULTS = frozenset({"report.json", "measures.csv", "poses.jsonl.gz", "poses.jsonl", "annotated.mp4", "annotated.png",
    "report.html", "landmarks.trc", "landmarks_px.trc", "angles.mot"})  # fmt: skip


class ResultFolder:
    """A folder whose files appear only when all of them are whole; until then they lie in a hidden one beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._work: Path | None = None

    def open(self) -> Path:
        """The working folder. Raises OutputError when there can be none."""
        try:
            self.folder.parent.mkdir(parents=True, exist_ok=True)
            files.sweep(self.folder, older_than_s=files.DAY_S)
            self._work = Path(tempfile.mkdtemp(prefix=files.part_prefix(self.folder), dir=self.folder.parent))
        except OSError as error:
            raise self.error(error) from error
        return self._work

    @contextlib.contextmanager
    def closing(self) -> Iterator[Path]:
        """Gives the working folder; moves its files to their place if all went well, else removes them."""
        work = self._work or self.open()
        try:
            yield work
            self.folder.mkdir(exist_ok=True)
            fresh = {file.name for file in work.iterdir()}
            # The record vouches for all the others: it is the first to go and the last to come.
            (self.folder / RECORD).unlink(missing_ok=True)
            for name in sorted(fresh - {RECORD}):
                (work / name).replace(self.folder / name)
            for name in _RESULTS - fresh:  # of an earlier run
                (self.folder / name).unlink(missing_ok=True)
            if RECORD in fresh:
                (work / RECORD).replace(self.folder / RECORD)
        except OSError as error:
            raise self.error(error) from error
        finally:
            self.discard()

    def discard(self) -> None:
        """Remove the working folder."""
        if self._work is not None:
            shutil.rmtree(self._work, ignore_errors=True)
            self._work = None

    def error(self, error: OSError) -> OutputError:
        """What to tell the user about an error of the file system."""
        if error.errno == errno.ENOSPC:
            return OutputError(f"the disk is full: {self.folder} could not be written; make room and run again")
        return OutputError(f"cannot write to {self.folder}: {in_words(error)}; choose another folder")
