"""What can be set besides limits: names, defaults, what is allowed, and what it means."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field, ValidationError
from pydantic.fields import FieldInfo

from formcheck.core.bounds import HOLD_S, LONGEST_HOLD_S, MOST_JOBS, SHORTEST_HOLD_S
from formcheck.core.errors import SettingsError
from formcheck.core.limits import nearest
from formcheck.settings.written import Written, name_of, number_words, quoted

Value = float | int | bool | str | Path
_SWITCH: Final = {
    **dict.fromkeys(("true", "yes", "on", "1"), True),
    **dict.fromkeys(("false", "no", "off", "0"), False),
}
_ALLOWED: Final[Mapping[Any, str]] = {
    bool: "true or false",
    str: "a camera's number, an address or a file",
    Path: "a folder's name",
}


def _line(value: object) -> object:
    if isinstance(value, str) and not (value.strip() and value.isprintable()):
        raise ValueError
    return value


def _camera(value: object) -> object:
    number = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return str(value) if number else _line(value)


def _folder(value: object) -> object:
    try:
        return Path(value).expanduser() if isinstance(value, str) and _line(value) else value
    except RuntimeError as error:  # ~ of somebody who is not known here
        raise ValueError from error


class Values(Written):
    """What can be set. A key is declared here and nowhere else."""

    hold_s: float = Field(HOLD_S, ge=SHORTEST_HOLD_S, le=LONGEST_HOLD_S, description="seconds to hold each stretch")
    voice: bool = Field(True, description="whether `live` speaks the cues")
    camera: Annotated[str, BeforeValidator(_camera)] = Field("0", description="the camera of `live`")
    out: Annotated[Path, BeforeValidator(_folder)] = Field(
        Path("formcheck-results"), description="where `analyze` puts its results, one folder per input"
    )
    video: bool = Field(True, description="whether `analyze` writes annotated.mp4")
    report: bool = Field(True, description="whether `analyze` writes report.html")
    exports: bool = Field(True, description="whether `analyze` writes landmarks.trc and angles.mot")
    jobs: int = Field(0, ge=0, le=MOST_JOBS, description="how many processor cores `analyze` uses, 0 for all")


@dataclass(frozen=True, slots=True)
class Key:
    """One setting as it is shown: `kind` is the type of its value, `allowed` says in words what that may be."""

    name: str
    kind: Any
    default: Value
    meaning: str
    allowed: str

    @property
    def option(self) -> str:
        """What says the same on the command line."""
        option = f"--{self.name.removesuffix('_s')}"
        return f"{option}/--no-{self.name}" if self.kind is bool else option

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"FORMCHECK_{self.name.upper()}"

    def from_text(self, text: str) -> object:
        """A value as TOML would have it, from the command line or the environment; to be checked."""
        if self.kind is bool:
            return _SWITCH.get(text.lower(), text)
        return text if self.kind is Path else number_or_text(text)


def _key(name: str, field: FieldInfo) -> Key:
    allowed = _ALLOWED.get(field.annotation) or number_words(field)
    return Key(name, field.annotation, field.default, str(field.description), allowed)


KEYS: Final = {name: _key(name, field) for name, field in Values.model_fields.items()}


def values_of(table: Mapping[str, object]) -> Values:
    """The values that a table of TOML sets. Raises SettingsError, that of the first key that cannot be used."""
    try:
        return Values.model_validate(table)
    except ValidationError as error:
        wrong = {one["loc"][0] for one in error.errors(include_url=False)}
    name = next(name for name in table if name in wrong)
    raise SettingsError(f"{name}: {quoted(table[name])} cannot be used; allowed is {key_named(name).allowed}")


def number_or_text(text: str) -> int | float | str:
    """A number where the text is one, else the text."""
    for kind in (int, float):
        with contextlib.suppress(ValueError):
            return kind(text)
    return text


def key_named(name: str) -> Key:
    """The key of that name; SettingsError when there is none."""
    if name not in KEYS:
        raise SettingsError(f"{name_of(name)}: there is no such setting; {nearest(name, [*KEYS, 'limits'])}")
    return KEYS[name]
