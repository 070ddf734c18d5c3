"""Plans as small TOML files that people write."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

from formcheck.core.errors import InputError, in_words
from formcheck.core.limits import nearest
from formcheck.core.side import LEGS
from formcheck.routine.plan import (
    HOLD_S,
    HOLDS,
    LEAST_HOLDS,
    LONGEST_HOLD_S,
    LONGEST_REST_S,
    MOST_HOLDS,
    REST_S,
    Plan,
    PlannedStretch,
)
from formcheck.stretches import all_stretches, by_slug

_PLAN_KEYS: Final = ("title", "hold_s", "rest_s", "holds", "order", "stretch")
_STRETCH_KEYS: Final = ("slug", "holds", "hold_s", "side_first")
_ORDERS: Final = ("fewest-changes", "as-written")
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


def _plan(table: dict[str, Any], name: str) -> Plan:
    _known_keys(table, _PLAN_KEYS, name)
    stem = Path(name).stem
    title = _text(table, "title", name) if "title" in table else stem if stem.isprintable() else "Routine"
    hold_s = _number(table, "hold_s", name, HOLD_S, 1.0, LONGEST_HOLD_S)
    rest_s = _number(table, "rest_s", name, REST_S, 0.0, LONGEST_REST_S)
    holds = _whole(table, "holds", name, HOLDS)
    order: Any = _one_of(table, "order", name, _ORDERS)
    entries = table.get("stretch", [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(f"{name}: stretch: write [[stretch]], with two brackets on each side, before each one")
    if not entries:
        raise InputError(f"{name}: there is no stretch in it; add a [[stretch]] with its slug")
    if len(entries) > _MOST_ENTRIES:
        raise InputError(f"{name}: stretch: {len(entries)} of them; more than {_MOST_ENTRIES} are too many for one day")
    planned = (
        _entry(entry, f"{name}: stretch {number}", holds, hold_s) for number, entry in enumerate(entries, start=1)
    )
    return Plan(title=title, entries=tuple(planned), rest_s=rest_s, order=order)


def _entry(table: dict[str, Any], where: str, holds: int, hold_s: float) -> PlannedStretch:
    _known_keys(table, _STRETCH_KEYS, where)
    if "slug" not in table:
        raise InputError(f"{where}: slug is missing; `formcheck stretches` lists them")
    slug = _one_of(table, "slug", where, [stretch.slug for stretch in all_stretches()])
    stretch = by_slug(slug)
    if "side_first" in table and not stretch.one_sided:
        raise InputError(f"{where}: side_first: {slug} stretches both legs at once; leave it out")
    side: Any = _one_of(table, "side_first", where, LEGS)
    return PlannedStretch(
        stretch=stretch,
        holds=_whole(table, "holds", where, holds),
        hold_s=_number(table, "hold_s", where, hold_s, 1.0, LONGEST_HOLD_S),
        side_first=side,
    )


def _known_keys(table: dict[str, Any], known: Collection[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise InputError(f"{where}: unknown key {_quoted(key)}; {_nearest(key, known)}")


def _nearest(word: str, known: Collection[str]) -> str:
    return nearest(word, known, listed="`formcheck stretches` lists them")


def _quoted(value: object) -> str:
    """A value of the file as it may stand in one line."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _one_of(table: dict[str, Any], key: str, where: str, known: Collection[str]) -> str:
    """One of the known words, the first when not said."""
    value = table.get(key, next(iter(known)))
    if not isinstance(value, str):
        raise InputError(f"{where}: {key} must be text, not {_quoted(value)}; choose one of: {', '.join(known)}")
    if value not in known:
        raise InputError(f"{where}: {key}: {_quoted(value)} is unknown; {_nearest(value, known)}")
    return value


def _text(table: dict[str, Any], key: str, where: str) -> str:
    value = table[key]
    if not isinstance(value, str):
        raise InputError(f"{where}: {key} must be text in quotes, not {_quoted(value)}")
    if len(value) > _LONGEST_TITLE or not value.isprintable():
        raise InputError(f"{where}: {key} must be one line of at most {_LONGEST_TITLE} characters")
    return value


def _number(table: dict[str, Any], key: str, where: str, default: float, low: float, high: float) -> float:
    value = table.get(key, default)
    # TOML knows true, nan and inf, none of which is a number of seconds.
    good = isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value)
    if not good or not low <= value <= high:
        raise InputError(f"{where}: {key} must be a number from {low:g} to {high:g} (seconds), not {_quoted(value)}")
    return float(value)


def _whole(table: dict[str, Any], key: str, where: str, default: int) -> int:
    value = table.get(key, default)
    if not isinstance(value, int) or isinstance(value, bool) or not LEAST_HOLDS <= value <= MOST_HOLDS:
        raise InputError(
            f"{where}: {key} must be a whole number from {LEAST_HOLDS} to {MOST_HOLDS}, not {_quoted(value)}"
        )
    return value
