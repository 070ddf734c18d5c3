"""Who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "formcheck"

# A layer may import itself and these.
MAY_IMPORT = {
    "core": set(),
    "geometry": {"core"},
    "tracking": {"core", "geometry"},
    "measures": {"core", "geometry"},
    "stretches": {"core", "measures", "geometry"},
    "rules": {"core", "geometry"},
    "routine": {"core", "stretches", "settings"},
    "capture": {"core"},
    "estimators": {"core", "geometry"},
    "recording": {"core"},
    "chain": {"core", "tracking", "measures", "rules"},
    "results": {"core"},
    "sound": {"core"},
    "render": {"core"},
    "reports": {"core"},
    "parallel": set(),
    "settings": {"core", "stretches"},
    "history": {"core"},
    # Everything but what shows things to people.
    "batch": {"capture", "core", "estimators", "pipeline", "provenance", "recording", "results", "stretches"},
    "provenance": {"capture", "core", "estimators"},
}
# Outside packages that only these may import.
ONLY_IN = {
    "cv2": {"capture", "render"},
    "mediapipe": {"estimators"},
    "typer": {"cli"},
    "rich": {"cli"},
    "av": {"capture", "render"},
    "PIL": {"capture", "render", "pipeline"},
    "pyttsx3": {"sound"},
    "sounddevice": {"sound"},
    "scipy": {"tracking"},
    "orjson": {"recording"},
    "tomllib": {"settings", "routine"},
    "tomlkit": {"settings"},
    "pydantic": {"settings", "routine"},
    "pydantic_core": {"settings", "routine"},
    "sqlalchemy": {"history"},
    "alembic": {"history"},
    "jinja2": {"reports"},
    "markupsafe": {"reports"},
    "filelock": {"batch"},
}


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def layer(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_layers_import_only_what_lies_below(path: Path) -> None:
    mine = layer(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "formcheck" and len(parts) > 1 and mine in MAY_IMPORT:
            assert parts[1] in MAY_IMPORT[mine] | {mine}, f"{mine} imports {name}"
        if parts[0] in ONLY_IN:
            assert mine in ONLY_IN[parts[0]], f"{mine} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_and_functions_stay_readable(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 260
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= 60, node.name


def test_help_loads_neither_opencv_nor_mediapipe() -> None:
    code = (
        "import sys; sys.argv = ['formcheck', '--help']\n"
        "from formcheck.cli.app import app\n"
        "try: app()\n"
        "except SystemExit: pass\n"
        "print('loaded', sorted({'cv2', 'mediapipe', 'numpy', 'av'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "loaded []" in done.stdout
