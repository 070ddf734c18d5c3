"""Times, values and outcomes as people read them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from formcheck.core.clock import clock
from formcheck.core.reached import ProgressResult
from formcheck.core.reasons import REASON_TEXT, Reason
from formcheck.core.rules import Level
from formcheck.reports.summary import reached_words, with_error

LEVEL_WORDS: Final = {Level.UNSAFE: "unsafe", Level.WARN: "warning", Level.HINT: "hint"}
NO_VALUE: Final = "\u2013"
_SPACE: Final = "\u00a0"  # numbers and their units stay on one line

# What to do so that the camera sees more next time; where the reason says it already, nothing is added.
_HELP: Final = {
    Reason.NO_PERSON: "Stay in the picture, with light on you rather than behind you.",
    Reason.NOT_SIDE_ON: "Put the camera to your side: stand or lie along the picture, not towards it.",
    Reason.FEET_OUT: "Move the camera back until a hand's width is free around your feet.",
    Reason.HEAD_OUT: "Move the camera back until a hand's width is free around your head.",
    Reason.BODY_OUT: "Move the camera back until all of you fits in.",
    Reason.LEG_HIDDEN: "Turn so that the leg is nearer to the camera, or move what is in front of it.",
    Reason.TRUNK_HIDDEN: "Wear something close-fitting and keep arms and furniture away from hips and shoulders.",
    Reason.HANDS_HIDDEN: "Keep your hands where the camera sees them.",
    Reason.HEAD_HIDDEN: "Keep hair and arms away from your ear.",
    Reason.LEG_UNSURE: "Close-fitting clothes, more light and a plain background help.",
    Reason.LENGTHS_OFF: "More light and a plain background help.",
    Reason.TOO_SLOW: "Record with 30 pictures a second; more light often does it.",
    Reason.TOO_SHALLOW: "This is only judged deeper in the stretch. There is no need to go there.",
    Reason.LEGS_TOGETHER: "This is only judged once one leg is well above the other.",
    Reason.SUPPORTED: "Fine as it is: with support there is no balance to judge.",
    Reason.BACK_COVERED: "Wear something close-fitting, tie up long hair, keep the arm away from the back.",
    Reason.NOT_LEFT: "Keep recording until you are out of the stretch.",
    Reason.NOT_HERE: "",
    Reason.TOO_SHORT: "Hold it a little longer: a rule needs a second or more of the hold.",
    Reason.TOO_NOISY: "More light and a camera that stands still help.",
    Reason.CAMERA_MOVES: "Swings and shaking cannot be told apart from those of a camera in somebody's hand.",
    Reason.TOO_DARK: "Put on a lamp in front of you, and do not stand before a window.",
    Reason.BLURRED: "Wipe the lens, and tap on yourself in the camera's picture so that it focuses on you.",
    Reason.TOO_SMALL: "Come closer or zoom in: standing, you should take up half of the height of the picture.",
    Reason.NOT_LEARNT: "Stand or lie still for a few seconds before you begin.",
}
_HELP_BY_TEXT: Final = {REASON_TEXT[reason]: words for reason, words in _HELP.items()}
_UNITS: Final = {
    "leg length": (1.0, 2, f"{_SPACE}leg lengths"),
    "times": (1.0, 1, f"{_SPACE}times"),
    "s": (1.0, 1, f"{_SPACE}s"),
    "share": (100.0, 0, f"{_SPACE}%"),
    "ratio": (1.0, 2, ""),
    "sagitta/chord": (1.0, 2, ""),
}


def what_helps(why_unseen: str) -> str:
    """What to do about a reason for not being seen; empty where nothing can be done."""
    return _HELP_BY_TEXT.get(why_unseen, "")


def unit_format(unit: str) -> tuple[float, int, str]:
    """How values of a unit are written: what they are multiplied by, decimals, what stands behind them."""
    if unit.startswith("deg"):
        return 1.0, 0, f"\u00b0{unit[3:]}"
    return _UNITS.get(unit, (1.0, 2, f"{_SPACE}{unit}"))


def amount(value: float | None, unit: str) -> str:
    """A value with its unit; a dash where it is not known."""
    if value is None or math.isnan(value):
        return NO_VALUE
    factor, places, behind = unit_format(unit)
    number = f"{value * factor:.{places}f}"
    sign = "\u2212" if float(number) < 0 else ""
    return f"{sign}{number.lstrip('-')}{behind}"


def known_to(value: float, error: float | None, unit: str) -> str:
    """A value with its unit and, where it is known, its plus or minus."""
    return with_error(value, error, lambda one: amount(one, unit))


def progress_words(one: ProgressResult) -> str:
    """A progress value: "raise 85 degrees (80 to 90 degrees)"."""
    return f"{one.name} {amount(one.value, one.unit)}{f' ({one.text})' if one.text else ''}"


def far_words(one: ProgressResult, value: float, *, still: bool) -> str:
    """A progress value of each side and when it was reached; `value` is that of `one`, which is known."""
    told = replace(one, t_s=None) if still else one
    return f"{one.name} {reached_words(told, value, lambda some: amount(some, one.unit), clock)}"


def limit_words(level: Level, bad_when: str, value: float | None, unit: str) -> str:
    """A limit as a label: "hint below 150 degrees"."""
    return f"{LEVEL_WORDS[level]} {bad_when} {amount(value, unit) if value is not None else 'this line'}"
