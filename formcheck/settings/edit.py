"""Changing the settings file: one key at a time, the rest of it as the user wrote it."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import InlineTable

from formcheck import files
from formcheck.core.errors import OutputError, SettingsError, in_words
from formcheck.core.limits import nearest
from formcheck.settings.keys import key_named, number_or_text, values_of
from formcheck.settings.load import VARIABLE, check, parse
from formcheck.settings.written import name_of

TomlTable = MutableMapping[str, Any]


def with_value(path: Path, text: str, key: str, value: str) -> str:
    """The text of a settings file with a key set; checked. Raises SettingsError whose message begins with a key."""
    document = _document(text)
    *tables, name = key.split(".")
    if not tables and name != "limits":
        known = key_named(name).from_text(value)
        values_of({name: known})
    elif tables and tables[0] == "limits":
        known = number_or_text(value)
    else:
        raise SettingsError(f"{key}: there is no such setting; limits are named limits.RULE.LIMIT")
    table: TomlTable = document
    for place, part in enumerate(tables):
        if part not in table:
            inline = isinstance(table, InlineTable)
            table[part] = tomlkit.inline_table() if inline else tomlkit.table(is_super_table=place + 1 < len(tables))
        table = _table(table[part], ".".join(tables[: place + 1]))
    table[name] = known
    changed = _checked(path, document)
    if parse(path, changed) != _with(parse(path, text), [*tables, name], known):
        raise SettingsError(f"{key}: the settings file is written so that this cannot be set; change it by hand")
    return changed


def without(path: Path, text: str, key: str) -> str:
    """The text of a settings file with a key, or a whole table, taken out; checked if it could be used before."""
    document = _document(text)
    *tables, name = key.split(".")
    way: list[tuple[TomlTable, str]] = []
    table: TomlTable = document
    for place, part in enumerate(tables):
        if part not in table:
            raise SettingsError(_not_set(key, table, part))
        way.append((table, part))
        table = _table(table[part], ".".join(tables[: place + 1]))
    if name not in table:
        raise SettingsError(_not_set(key, table, name))
    del table[name]
    for outer, part in reversed(way):
        inner = outer[part]
        if len(inner) == 0 and not inner.as_string().strip():  # an empty table that holds a comment stays
            del outer[part]
    try:
        check(parse(path, text), path)
    except SettingsError:  # taking out one mistake must not wait for all others to be mended
        return tomlkit.dumps(document)
    return _checked(path, document)


def write(path: Path, text: str) -> None:
    """Write the settings file whole or not at all. Raises OutputError."""
    try:
        path.resolve().parent.mkdir(parents=True, exist_ok=True)  # of the file that a link names
        files.write_text(path, text, private=True)
    except (OSError, RuntimeError) as error:
        raise OutputError(
            f"cannot write {path}: {in_words(error)}; {VARIABLE}=FILE chooses another settings file"
        ) from error


def _document(text: str) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(text)
    except TOMLKitError as error:
        raise SettingsError(f"the settings file cannot be changed here, only by hand: {error}") from error


def _with(table: dict[str, Any], parts: list[str], value: object) -> dict[str, Any]:
    """What the file must say once a value is set in it."""
    inner = table
    for part in parts[:-1]:
        inner = inner.setdefault(part, {})
    inner[parts[-1]] = value
    return table


def _checked(path: Path, document: tomlkit.TOMLDocument) -> str:
    text = tomlkit.dumps(document)
    check(parse(path, text), path)
    return text


def _table(value: object, name: str) -> TomlTable:
    if not isinstance(value, MutableMapping):
        raise SettingsError(f"{name}: this is no table in the settings file; mend it by hand")
    return value


def _not_set(key: str, table: TomlTable, part: str) -> str:
    known = [name_of(name) for name in table]
    return f"{key}: this is not set in the settings file" + (f"; {nearest(part, known)}" if known else "")
