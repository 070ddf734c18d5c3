"""Reading the settings: command line before environment before file before defaults."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

import platformdirs
from pydantic import GetPydanticSchema
from pydantic_core import core_schema

from formcheck.core.errors import SettingsError, in_words
from formcheck.core.stretch import Stretch
from formcheck.settings.keys import KEYS, SettingValue, SettingValues, values_of
from formcheck.settings.limits import with_limits
from formcheck.stretches import all_stretches, by_slug

VARIABLE: Final = "FORMCHECK_CONFIG"
"""The environment variable that names another settings file."""
_AS_IT_IS: Final = GetPydanticSchema(lambda _source, _handler: core_schema.any_schema())


class Origin(StrEnum):
    """Where the value of a setting comes from."""

    DEFAULT = "default"
    FILE = "file"
    ENVIRONMENT = "environment"
    COMMAND_LINE = "command line"


class Settings(SettingValues):
    """All settings, checked; see `KEYS` for what they mean.

    path       the settings file, whether it is there or not.
    stretches  all stretches, with the user's limits in them.
    origins    where each value comes from, by key.
    """

    path: Path
    stretches: Annotated[tuple[Stretch, ...], _AS_IT_IS]
    origins: Annotated[Mapping[str, Origin], _AS_IT_IS]

    def by_slug(self, slug: str) -> Stretch:
        """The stretch of that slug, with the user's limits; KeyError when there is none."""
        return by_slug(slug, self.stretches)

    def given(self, origin: Origin = Origin.COMMAND_LINE, /, **values: SettingValue | None) -> Settings:
        """The settings with what was said, if nothing else on the command line; None stands for what was not said."""
        said: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
        return self.model_copy(update=said | {"origins": {**self.origins, **dict.fromkeys(said, origin)}})


def config_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the settings file is, or would be."""
    named = environment.get(VARIABLE)
    if named:
        return Path(named).expanduser()
    return Path(platformdirs.user_config_dir("formcheck", appauthor=False)) / "config.toml"


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings that hold. Raises SettingsError when the file cannot be read or anything in it cannot be used."""
    path = config_path(environment)
    table = parse(path, read(path))
    try:
        settings = check(table, path)
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from error
    found: dict[str, SettingValue] = {}
    for key in KEYS.values():
        text = environment.get(key.variable)
        if text:
            try:
                found[key.name] = getattr(values_of({key.name: key.from_text(text)}), key.name)
            except SettingsError as error:
                raise SettingsError(f"the environment variable {key.variable} for {error}") from error
    return settings.given(Origin.ENVIRONMENT, **found)


def read(path: Path) -> str:
    """The text of the settings file, empty when there is none."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: this is no text in UTF-8; mend it or remove it") from error
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: the settings cannot be read: {in_words(error)}") from error


def parse(path: Path, text: str) -> dict[str, Any]:
    """The settings as TOML has them, not checked yet."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        why = str(error).splitlines()[0]
        raise SettingsError(f"{path}: this is no valid TOML: {why}; mend it or remove it") from error


def check(table: Mapping[str, object], path: Path) -> Settings:
    """The settings of a file. Raises SettingsError whose message begins with the key."""
    values = values_of({name: value for name, value in table.items() if name != "limits"})
    stretches = with_limits(all_stretches(), table.get("limits", {}))
    origins = {name: Origin.FILE if name in table else Origin.DEFAULT for name in KEYS}
    return Settings(path=path, stretches=stretches, origins=origins, **dict(values))
