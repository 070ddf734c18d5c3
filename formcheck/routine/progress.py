"""What is kept of a routine that is under way, so that it can go on after an interruption."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import platformdirs

from formcheck import files
from formcheck.core.errors import InputError, OutputError, in_words
from formcheck.routine.plan import Plan, PlannedHold
from formcheck.routine.values import HoldOutcome

SCHEMA: Final = "formcheck.routine/1"
FRESH_S: Final = 12 * 3600.0  # what is older belongs to another day
_LONGEST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedProgress:
    """What became of the steps so far, and how many seconds ago that was written."""

    held: tuple[HoldOutcome, ...]
    age_s: float

    @property
    def holds_done(self) -> int:
        """How many holds count."""
        return sum(not one.skipped for one in self.held)


def state_folder() -> Path:
    """Where the state of this program is kept; FORMCHECK_STATE_DIR says otherwise."""
    chosen = os.environ.get("FORMCHECK_STATE_DIR")
    return Path(chosen) if chosen else platformdirs.user_state_path("formcheck", appauthor=False)


class ProgressFile:
    """The progress of one plan: a file named after what is to be done. `now_s` are seconds since 1970."""

    def __init__(self, plan: Plan, folder: Path | None = None) -> None:
        self._key = plan.key()
        self._steps = plan.steps()
        self.path = (folder or state_folder()) / f"routine-{self._key}.json"

    def read(self, now_s: float) -> SavedProgress | None:
        """What was kept, None when nothing was. Raises InputError when the file is damaged or not ours."""
        try:
            with self.path.open("rb") as file:
                data = file.read(_LONGEST_BYTES + 1)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise InputError(f"{self.path}: cannot be read ({in_words(error)})") from error
        try:
            kept = _kept(json.loads(data), self._key, self._steps, now_s)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise InputError(f"{self.path}: not the progress of this plan, or damaged") from error
        return kept if kept.held else None

    def write(self, held: Sequence[HoldOutcome], now_s: float) -> None:
        """Keep what became of the steps: whole or not at all. Raises OutputError when it cannot be written."""
        steps = [
            {
                "step": one.index,
                "stretch": self._steps[one.index].stretch.slug,
                "side": self._steps[one.index].side,
                "held_s": round(one.held_s, 2),
                "skipped": one.skipped,
                "faults_s": {rule: round(seconds, 2) for rule, seconds in one.faults_s.items()},
                "next_time": one.next_time,
            }
            for one in sorted(held, key=lambda one: one.index)
        ]
        text = json.dumps({"schema": SCHEMA, "plan": self._key, "saved_s": round(now_s, 3), "steps": steps})
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            files.write_text(self.path, text, private=True)
        except OSError as error:
            raise OutputError(f"the progress cannot be kept in {self.path.parent}: {in_words(error)}") from error

    def remove(self) -> None:
        """Forget it, if there is any. Raises OutputError when it cannot be removed."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"{self.path} cannot be removed: {in_words(error)}") from error


def _kept(table: Any, key: str, steps: Sequence[PlannedHold], now_s: float) -> SavedProgress:  # noqa: ANN401 anything may be in a file
    """Checks all of it. Raises ValueError, TypeError, KeyError or AttributeError for what is not ours."""
    if table["schema"] != SCHEMA or table["plan"] != key:
        raise ValueError("another schema or plan")
    held = tuple(_held(one, steps) for one in table["steps"])
    if len({one.index for one in held}) < len(held):
        raise ValueError("a step twice")
    # A clock that was set back makes it no older than now.
    return SavedProgress(held=held, age_s=max(0.0, now_s - _seconds(table["saved_s"])))


def _held(one: Any, steps: Sequence[PlannedHold]) -> HoldOutcome:  # noqa: ANN401 see above
    index, skipped = one["step"], one["skipped"]
    if type(index) is not int or type(skipped) is not bool or not 0 <= index < len(steps):
        raise ValueError("no step of this plan")
    stretch = steps[index].stretch
    faults_s = {stretch.rule(rule).id: _seconds(value) for rule, value in one["faults_s"].items()}
    next_time = one.get("next_time")  # older files have none
    if next_time is not None and type(next_time) is not str:
        raise ValueError("not words")
    return HoldOutcome(
        index=index, held_s=_seconds(one["held_s"]), skipped=skipped, faults_s=faults_s, next_time=next_time
    )


def _seconds(value: Any) -> float:  # noqa: ANN401 see above
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise ValueError("not seconds")
    return float(value)
