"""Files that people write, as pydantic models, and what settings and plans say alike when something is wrong."""

from __future__ import annotations

import reprlib
from collections.abc import Callable

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo


class Written(BaseModel):
    """A table as somebody may write it: nothing unknown, nothing of another type, no nan."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


def number_words(field: FieldInfo) -> str:
    """What a number with a lowest and a highest value may be, as in "a whole number from 2 to 4"."""
    bounds = {name: getattr(one, name) for one in field.metadata for name in ("ge", "le") if hasattr(one, name)}
    return f"a {'whole ' * (field.annotation is int)}number from {bounds['ge']:g} to {bounds['le']:g}"


def quoted(value: object, how: Callable[[object], str] = reprlib.repr) -> str:
    """A value of the file as it may stand in one line."""
    try:
        return how(value)
    except (ValueError, RecursionError):  # thousands of digits; hundreds of tables within each other
        return "a value too long to show"


def name_of(key: str) -> str:
    """A key of the file as it may stand in one line."""
    return key if key.isprintable() else repr(key)
