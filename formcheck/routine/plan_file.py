"""Plans as small TOML files that people write."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Any, Final, get_args

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails

from formcheck.core.bounds import HOLD_S, LEAST_HOLDS, LONGEST_HOLD_S, LONGEST_REST_S, MOST_HOLDS, SHORTEST_HOLD_S
from formcheck.core.errors import InputError, in_words
from formcheck.core.limits import nearest
from formcheck.core.side import Leg
from formcheck.routine.plan import HOLDS, REST_S, HoldOrder, Plan, PlannedStretch
from formcheck.settings.written import Written, number_words, quoted
from formcheck.stretches import all_stretches, by_slug

_LONGEST_BYTES = 100_000
_MOST_ENTRIES = 50
_LONGEST_TITLE = 80

EXAMPLE: Final = """\
# A plan for `formcheck routine`. Lines that begin with # are remarks.
title = "After running"

# Seconds to hold and to rest. 30 and 15 are what formcheck takes when you say nothing.
hold_s = 30
rest_s = 15

# How often: on each side, 2 to 4.
holds = 2

# "fewest-changes" keeps what is done standing together, and what is done lying; it begins with the posture of your
# first stretch. "as-written" keeps your order.
order = "fewest-changes"

# One block for each stretch. `formcheck stretches` lists the slugs.
[[stretch]]
slug = "standing"

[[stretch]]
slug = "toe-touch"        # both legs at once: 2 holds altogether

[[stretch]]
slug = "supine"
holds = 3                 # here 3 on each side
hold_s = 20               # and shorter ones
side_first = "right"      # else the left leg begins
"""


def read_plan(path: Path) -> Plan:
    """The plan of a file. Raises InputError with one line that names the file and the key when it is not good."""
    try:
        with path.open("rb") as file:
            data = file.read(_LONGEST_BYTES + 1)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; `formcheck routine --example` shows how a plan looks") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({in_words(error)})") from error
    if len(data) > _LONGEST_BYTES:
        raise InputError(f"{path}: too long for a plan; `formcheck routine --example` shows how one looks")
    try:
        # Some editors put a mark before the text.
        table = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError(f"{path}: not a plan in UTF-8 text; save it as UTF-8") from None
    except ValueError as error:  # also of a number with thousands of digits
        raise InputError(f"{path}: not valid TOML: {error}") from None
    except RecursionError:
        raise InputError(f"{path}: not valid TOML: nested too deeply") from None
    return _plan(table, str(path))


def _title(title: str) -> str:
    if len(title) > _LONGEST_TITLE or not title.isprintable():
        raise ValueError(f"title must be one line of at most {_LONGEST_TITLE} characters")
    return title


def _slug(slug: object) -> object:
    known = [stretch.slug for stretch in all_stretches()]
    if slug not in known:
        raise ValueError(_no_choice("slug", slug, known))
    return slug


def _one_leg(side: object, info: ValidationInfo) -> object:
    slug = info.data.get("slug")
    if slug is not None and not by_slug(slug).one_sided:
        raise ValueError(f"side_first: {slug} stretches both legs at once; leave it out")
    return side


_Seconds = Annotated[float, Field(ge=SHORTEST_HOLD_S, le=LONGEST_HOLD_S)]
_Holds = Annotated[int, Field(ge=LEAST_HOLDS, le=MOST_HOLDS)]


class _StretchTable(Written):
    slug: Annotated[str, BeforeValidator(_slug)]
    holds: _Holds = HOLDS
    hold_s: _Seconds = HOLD_S
    side_first: Annotated[Leg, BeforeValidator(_one_leg)] = "left"


class _PlanTable(Written):
    title: Annotated[str, AfterValidator(_title)] = ""
    hold_s: _Seconds = HOLD_S
    rest_s: float = Field(default=REST_S, ge=0, le=LONGEST_REST_S)
    holds: _Holds = HOLDS
    order: HoldOrder = "fewest-changes"
    stretch: list[_StretchTable] = Field(default=[], validate_default=True, min_length=1, max_length=_MOST_ENTRIES)


def _plan(table: dict[str, Any], name: str) -> Plan:
    try:
        said = _PlanTable.model_validate(table)
    except ValidationError as error:
        raise InputError(_told(error, name)) from None
    stem = Path(name).stem
    title = said.title if "title" in table else stem if stem.isprintable() else "Routine"
    usual = {"holds": said.holds, "hold_s": said.hold_s}
    planned = (
        PlannedStretch(stretch=by_slug(one.slug), **usual | one.model_dump(exclude={"slug"}, exclude_unset=True))
        for one in said.stretch
    )
    return Plan(title=title, entries=tuple(planned), rest_s=said.rest_s, order=said.order)


def _told(error: ValidationError, name: str) -> str:
    """The first mistake of a plan: of all of it before that of a stretch, unknown keys before values."""
    mistakes = error.errors(include_url=False)
    first = min(mistakes, key=lambda one: (len(one["loc"]) > 2, one["loc"][1:2], one["type"] != "extra_forbidden"))
    place = first["loc"][1:-1]
    return f"{name}: stretch {int(place[0]) + 1}: {_mistake(first)}" if place else f"{name}: {_mistake(first)}"


def _mistake(one: ErrorDetails) -> str:
    """What is wrong and what is allowed."""
    kind, key, value = one["type"], str(one["loc"][-1]), one["input"]
    fields = (_StretchTable if len(one["loc"]) > 2 else _PlanTable).model_fields
    match kind:
        case "extra_forbidden":
            return f"unknown key {_short(key)}; {_nearest(key, fields)}"
        case "missing":
            return "slug is missing; `formcheck stretches` lists them"
        case "list_type" | "model_type":
            return "stretch: write [[stretch]], with two brackets on each side, before each one"
        case "too_short":
            return "there is no stretch in it; add a [[stretch]] with its slug"
        case "too_long":
            return f"stretch: {len(value)} of them; more than {_MOST_ENTRIES} are too many for one day"
        case "literal_error":
            return _no_choice(key, value, get_args(fields[key].annotation))
        case "string_type":
            return f"{key} must be text in quotes, not {_short(value)}"
        case "value_error":
            return str(one["ctx"]["error"])
    unit = " (seconds)" if key.endswith("_s") else ""
    return f"{key} must be {number_words(fields[key])}{unit}, not {_short(value)}"


def _nearest(word: str, known: Collection[str]) -> str:
    return nearest(word, known, listed="`formcheck stretches` lists them")


def _no_choice(key: str, value: object, known: Collection[str]) -> str:
    if not isinstance(value, str):
        return f"{key} must be text, not {_short(value)}; choose one of: {', '.join(known)}"
    return f"{key}: {_short(value)} is unknown; {_nearest(value, known)}"


def _short(value: object) -> str:
    """A value of the file as it may stand in one line."""
    text = quoted(value, repr)
    return text if len(text) <= 60 else text[:57] + "..."
