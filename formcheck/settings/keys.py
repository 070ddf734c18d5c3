"""What can be set besides limits: names, defaults, what is allowed, and what it means."""

from __future__ import annotations

import contextlib
import math
import reprlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from formcheck.core.errors import SettingsError
from formcheck.core.limits import nearest

Value = float | int | bool | str | Path
_SWITCH: Final = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One setting. `lowest` and `highest` bound numbers; `option` is what says the same on the command line."""

    name: str
    default: Value
    kind: Literal["number", "count", "switch", "camera", "folder"]
    meaning: str
    option: str
    lowest: float = -math.inf
    highest: float = math.inf

    @property
    def allowed(self) -> str:
        """What it may be set to, in words."""
        return {
            "number": f"a number from {self.lowest:g} to {self.highest:g}",
            "count": f"a whole number from {self.lowest:g} to {self.highest:g}",
            "switch": "true or false",
            "camera": "a camera's number, an address or a file",
            "folder": "a folder's name",
        }[self.kind]

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"FORMCHECK_{self.name.upper()}"

    def checked(self, value: object) -> Value:
        """A value as it is used, from one as TOML has it. Raises SettingsError with what is allowed."""
        found = self._found(value)
        if found is None:
            raise SettingsError(f"{self.name}: {reprlib.repr(value)} cannot be used; allowed is {self.allowed}")
        return found

    def _found(self, value: object) -> Value | None:
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        text = isinstance(value, str) and value.strip() != "" and value.isprintable()
        if self.kind == "switch":
            return value if isinstance(value, bool) else None
        if self.kind == "camera":
            return str(value) if text or (isinstance(value, int) and number and value >= 0) else None
        if self.kind == "folder":
            with contextlib.suppress(RuntimeError):  # ~ of somebody who is not known here
                return Path(str(value)).expanduser() if text else None
            return None
        if not isinstance(value, (int, float)) or not number or not self.lowest <= value <= self.highest:
            return None
        return float(value) if self.kind == "number" else value if isinstance(value, int) else None

    def from_text(self, text: str) -> object:
        """A value as TOML would have it, from the command line or the environment; to be checked."""
        if self.kind == "switch":
            return _SWITCH.get(text.lower(), text)
        return text if self.kind == "folder" else number_or_text(text)


def number_or_text(text: str) -> int | float | str:
    """A number where the text is one, else the text."""
    for kind in (int, float):
        with contextlib.suppress(ValueError):
            return kind(text)
    return text


_ALL: Final = (
    Key(
        name="hold_s", default=30.0, kind="number", lowest=1.0, highest=3600.0, option="--hold",
        meaning="seconds to hold each stretch",
    ),
    Key(
        name="voice", default=True, kind="switch", option="--voice/--no-voice",
        meaning="whether `live` speaks the cues",
    ),
    Key(name="camera", default="0", kind="camera", option="--camera", meaning="the camera of `live`"),
    Key(
        name="out", default=Path("formcheck-results"), kind="folder", option="--out",
        meaning="where `analyze` puts its results, one folder per input",
    ),
    Key(
        name="video", default=True, kind="switch", option="--video/--no-video",
        meaning="whether `analyze` writes annotated.mp4",
    ),
    Key(
        name="report", default=True, kind="switch", option="--report/--no-report",
        meaning="whether `analyze` writes report.html",
    ),
    Key(
        name="exports", default=True, kind="switch", option="--exports/--no-exports",
        meaning="whether `analyze` writes landmarks.trc and angles.mot",
    ),
    Key(
        name="jobs", default=0, kind="count", lowest=0, highest=256, option="--jobs",
        meaning="how many processor cores `analyze` uses, 0 for all",
    ),
)  # fmt: skip
KEYS: Final = {key.name: key for key in _ALL}


def key_named(name: str) -> Key:
    """The key of that name; SettingsError when there is none."""
    if name not in KEYS:
        raise SettingsError(f"{name}: there is no such setting; {nearest(name, [*KEYS, 'limits'])}")
    return KEYS[name]
