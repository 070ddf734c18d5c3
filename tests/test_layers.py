"""Who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "formcheck"

# The rooms, each of which may import itself and these.
MAY_IMPORT: dict[str, set[str]] = {
    # Values, and what many need to work on them.
    "core": set(),
    "files": set(),
    "typeface": set(),
    "geometry": {"core"},
    "signals": {"core"},
    # A picture on its way to what is said of it.
    "media": {"core"},
    "quality": {"core"},
    "pose": {"core", "files", "geometry", "quality"},
    "tracking": {"core", "geometry", "signals"},
    "kinematics": {"core", "geometry", "signals"},
    "criteria": {"core"},
    "stretches": {"core", "criteria"},
    "judging": {"core", "signals"},
    "chain": {"core", "tracking", "kinematics", "judging"},
    # What is made of that.
    "render": {"core", "typeface"},
    "reports": {"core"},
    "history": {"core", "files", "typeface"},
    "settings": {"core", "files", "stretches"},
    "routine": {"core", "files", "stretches", "settings"},
    # What drives the chain.
    "analysis": {"core", "files", "media", "pose", "stretches", "judging", "chain", "render", "reports"},
    "live": {"core", "media", "pose", "quality", "judging", "chain", "render", "routine", "analysis"},
    "batch": {"core", "files", "media", "pose", "stretches", "analysis"},
    # Who uses the drivers.
    "api": {"core", "pose", "stretches", "settings", "reports", "analysis"},
    "cli": {
        "core", "files", "media", "pose", "stretches", "chain", "render", "reports", "history", "settings", "routine",
        "analysis", "live", "batch",
    },
    "__init__": {"core", "api"},
    "__main__": {"cli"},
}  # fmt: skip
# Outside packages, and in which rooms they may be imported. None: everywhere.
ONLY_IN: dict[str, set[str] | None] = {
    "numpy": None,
    "av": {"media"},
    "PIL": {"media", "typeface", "render", "history"},
    "cv2": {"media", "pose", "quality", "render"},
    "ai_edge_litert": {"pose"},
    "mediapipe": {"pose"},
    "orjson": {"pose"},
    "jinja2": {"reports"},
    "markupsafe": {"reports"},
    "sqlalchemy": {"history"},
    "sqlite3": {"history"},
    "alembic": {"history"},
    "pydantic": {"settings", "routine"},
    "pydantic_core": {"settings", "routine"},
    "tomllib": {"settings", "routine"},
    "tomlkit": {"settings"},
    "platformdirs": {"pose", "history", "settings", "routine"},
    "pyttsx3": {"live"},
    "sounddevice": {"live"},
    "filelock": {"batch"},
    "typer": {"cli"},
    "rich": {"cli"},
}

MODULES = sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


NAMES = {dotted(path) for path in MODULES}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def statements(tree: ast.AST, *, for_types: bool) -> Iterator[ast.AST]:
    """All nodes; without `for_types` none that only a type checker runs."""
    for node in ast.iter_child_nodes(tree):
        if for_types or not is_type_checking(node):
            yield node
            yield from statements(node, for_types=for_types)


def imports(path: Path, *, for_types: bool = True) -> set[str]:
    """The modules that one imports, wherever it does: of ours the module itself, not the package it lies in."""
    names: set[str] = set()
    for node in statements(ast.parse(path.read_text()), for_types=for_types):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            parts = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= parts & NAMES
            if parts - NAMES:
                names.add(node.module)
    return names


def test_every_room_is_in_the_table_and_no_other() -> None:
    assert {room(path) for path in MODULES} == set(MAY_IMPORT)
    assert {one for may in MAY_IMPORT.values() for one in may} <= set(MAY_IMPORT)


def test_every_outside_package_is_in_the_table_and_no_other() -> None:
    used = {name.split(".")[0] for path in MODULES for name in imports(path)} - {"formcheck"}
    assert {name for name in used if name not in sys.stdlib_module_names} <= set(ONLY_IN)
    assert set(ONLY_IN) <= used


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_rooms_import_only_what_they_may(path: Path) -> None:
    mine = room(path)
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "formcheck" and len(parts) > 1:
            assert parts[1] in MAY_IMPORT[mine] | {mine}, f"{mine} imports {name}"
        elif (only := ONLY_IN.get(parts[0])) is not None:
            assert mine in only, f"{mine} imports {name}"


def test_no_room_may_import_more_than_it_does() -> None:
    """A line of the table that nothing needs would let in what nobody thought of."""
    used = {name: set[str]() for name in MAY_IMPORT}
    for path in MODULES:
        used[room(path)] |= {name.split(".")[1] for name in imports(path) if name.startswith("formcheck.")}
    assert {name: may - used[name] for name, may in MAY_IMPORT.items() if may - used[name]} == {}


def circles(edges: dict[str, set[str]]) -> list[list[str]]:
    """Ways through the graph that come back to where they began: one for every step that closes a circle."""
    found: list[list[str]] = []
    done: set[str] = set()

    def visit(name: str, way: list[str]) -> None:
        if name in way:
            found.append([*way[way.index(name) :], name])
        elif name not in done:
            for other in sorted(edges.get(name, set())):
                visit(other, [*way, name])
            done.add(name)

    for name in sorted(edges):
        visit(name, [])
    return found


def test_a_circle_would_be_found() -> None:
    assert circles({"a": {"b", "d"}, "b": {"c"}, "c": {"a"}, "d": set()}) == [["a", "b", "c", "a"]]
    assert circles({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    edges = {dotted(path): imports(path, for_types=False) & NAMES - {dotted(path)} for path in MODULES}
    assert circles(edges) == []


def test_no_rooms_import_each_other_in_a_circle() -> None:
    assert circles(MAY_IMPORT) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_files_and_functions_stay_readable(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 250
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 50, node.name


def names_of_types(tree: ast.Module) -> Iterator[str]:
    """Classes wherever they are, and names that a module gives to types; type variables are of no account."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(name := node.targets[0], ast.Name):
            variable = isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "TypeVar"
            if name.id.lstrip("_")[:1].isupper() and not name.id.isupper() and not variable:
                yield name.id


def test_no_name_of_a_type_means_two_things() -> None:
    """A leading underscore makes no other name: whoever reads `Step` in one room must not think of that of another."""
    rooms: dict[str, list[str]] = {}
    for path in MODULES:
        for name in names_of_types(ast.parse(path.read_text())):
            rooms.setdefault(name.lstrip("_"), []).append(dotted(path))
    assert {name: where for name, where in rooms.items() if len(where) > 1} == {}


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
