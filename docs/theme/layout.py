# ruff: noqa: INP001 loaded by mkdocs from its path
"""Lays the site out as the checkout is, so that links between pages are right there and in the checkout.

MkDocs knows the pages of one folder only. Here `docs/x.md` keeps its folder, and the papers beside that folder join it;
`README.md` is the first page.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

_BESIDE: Final = (
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CODE_OF_CONDUCT.md",
    "CHANGELOG.md",
    "LICENSE",
    "formcheck/typeface/LICENSE_DEJAVU",
    "models/README.md",
    "samples/README.md",
    "examples/formcheck-seated/README.md",
    "samples/routine.toml",
)
# Pages of the project beside its files, as the form for vulnerabilities: they are only where the project is hosted.
_HOSTED: Final = re.compile(r"\[([^\]]+)\]\(\.\./\.\./security/[^)]*\)")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Let `mkdocs serve` notice when one of them changes."""
    config.watch.extend(str(path) for path in _beside(config))
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Name every page as it is named from the root of the checkout."""
    root = _root(config)
    pages = [file for file in files if file.src_dir == config.docs_dir]  # the others are the theme's
    for page in pages:
        files.remove(page)
    for path in [*(Path(config.docs_dir, page.src_uri) for page in pages), *_beside(config)]:
        name = path.relative_to(root).as_posix()
        files.append(File(name, str(root), config.site_dir, config.use_directory_urls))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Keep the words of links that lead to where the project is hosted."""
    return _HOSTED.sub(r"\1", markdown)


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).resolve().parent


def _beside(config: MkDocsConfig) -> list[Path]:
    return [_root(config) / name for name in _BESIDE]
