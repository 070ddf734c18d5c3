"""What the user handed in: files, and folders of files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from formcheck.core.errors import InputError, in_words

PHOTO_ENDINGS: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff"})
VIDEO_ENDINGS: Final = frozenset(
    {".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".wmv", ".3gp", ".mts", ".m2ts", ".ogv", ".flv"}
)
POSES_ENDINGS: Final = (".jsonl.gz", ".jsonl")


def is_photo(path: Path) -> bool:
    """Whether the name is that of a photo."""
    return path.suffix.lower() in PHOTO_ENDINGS


def is_poses(path: Path) -> bool:
    """Whether the name is that of a pose recording."""
    return path.name.lower().endswith(POSES_ENDINGS)


def is_media(path: Path) -> bool:
    """Whether a file in a folder is one to judge."""
    # Files that begin with a dot are companions that some systems put beside a picture.
    known = is_photo(path) or path.suffix.lower() in VIDEO_ENDINGS
    return known and not path.name.startswith(".") and path.is_file()


def expand(paths: Iterable[Path]) -> tuple[list[Path], list[InputError]]:
    """Files to judge, each once, folders replaced by the videos and photos in them; and what is wrong with the rest."""
    files: list[Path] = []
    wrong: list[InputError] = []
    for path in paths:
        try:
            if path.is_dir():
                inside = sorted(one for one in path.iterdir() if is_media(one))
                files.extend(inside)
                if not inside:
                    wrong.append(InputError(f"{path}: no videos or photos in this folder; name another one"))
            elif not path.exists():
                wrong.append(InputError(f"{path}: no such file; check the name"))
            else:
                files.append(path)
        except OSError as error:
            wrong.append(InputError(f"{path}: cannot be read ({in_words(error)})"))
    return list(dict.fromkeys(files)), wrong


def result_names(files: Iterable[Path]) -> list[str]:
    """A folder name for the results of each file: its name without the ending, numbered when taken."""
    taken: set[str] = set()
    names = []
    for file in files:
        stem = result_name(file)
        name, number = stem, 1
        while name.lower() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name.lower())
        names.append(name)
    return names


def result_name(file: Path) -> str:
    """The folder name that a file's results would have if no other file took it: its name without the ending."""
    for ending in POSES_ENDINGS:
        if file.name.lower().endswith(ending):
            # Not the folder the recording lies in: judging again must not write over the first result.
            parent = file.resolve().parent.name
            return f"{parent}-again" if file.name.lower().startswith("poses.") and parent else file.name[: -len(ending)]
    return file.stem
