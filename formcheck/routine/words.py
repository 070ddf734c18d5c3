"""What a routine says: short on the picture, in whole sentences when spoken."""

from __future__ import annotations

from typing import Final

from formcheck.core.clock import held_words
from formcheck.core.names import capital
from formcheck.core.posture import Posture
from formcheck.core.side import Side
from formcheck.routine.plan import PlannedHold

_GET_INTO: Final = {
    Posture.STANDING: "stand up",
    Posture.SEATED: "sit down",
    Posture.KNEELING: "kneel down",
    Posture.LYING: "lie down",
}


def leg(side: Side) -> str:
    """The leg as people call it."""
    return "both legs" if side == "both" else f"{side} leg"


def what(step: PlannedHold) -> str:
    """Stretch and leg."""
    return f"{step.stretch.title} \u00b7 {leg(step.side)}"


def change(step: PlannedHold, before: PlannedHold | None) -> str:
    """What is to be changed to get into this hold after the one before, None before the first."""
    which = "" if step.side == "both" else f": {leg(step.side)}"
    if before is None or before.stretch.posture != step.stretch.posture:
        return posture(step) + which
    if before.stretch is not step.stretch:
        return f"next stretch{which}"
    if before.side != step.side:
        return f"switch sides{which}"
    return f"once more{which}"


def posture(step: PlannedHold) -> str:
    """What to do to begin it from any other posture."""
    return _GET_INTO[step.stretch.posture]


def get_into(step: PlannedHold, before: PlannedHold | None) -> str:
    """The instruction on the picture."""
    if before is None:
        return "Begin when you like" if step.side == "both" else f"Begin when you like: {leg(step.side)}"
    return capital(change(step, before))


HOLD_STILL: Final = "That is it: now hold still"


def call(step: PlannedHold, before: PlannedHold | None) -> str:
    """What is spoken when a hold is to be begun; the stretch is told when it is a new one."""
    if before is not None and before.stretch is step.stretch:
        return f"{capital(change(step, before))}."
    first = f"{capital(posture(step))}. " if before is None or before.stretch.posture != step.stretch.posture else ""
    which = "" if step.side == "both" else f", {leg(step.side)}"
    return f"{first}{step.stretch.title}{which}. {step.stretch.summary}"


def rest(step: PlannedHold, before: PlannedHold) -> str:
    """The line on the picture in a rest, about the hold that comes next."""
    return f"Rest, then {change(step, before)}"


def counted(
    held_s: float, target_s: float, step: PlannedHold | None, before: PlannedHold, next_time: str | None = None
) -> str:
    """What is spoken when a hold counts; `step` comes next, None when it was the last.

    Of a target that was reached: how to come out of it, and that it was well done, or what to mind next time.
    """
    said = [f"{held_words(held_s, target_s)} seconds."]
    if held_s >= target_s - 0.05:
        out = [prompt.words for prompt in before.stretch.asked if prompt.at_done]
        said = [f"{target_s:g} seconds.", *out, "Well done." if next_time is None else minding(next_time)]
    elif next_time is not None:
        said.append(minding(next_time))
    pause = f"Rest for {before.rest_s:.0f} seconds, then" if before.rest_s else "Now"
    said.append("That was the last one." if step is None else f"{pause} {change(step, before)}.")
    return " ".join(said)


def minding(next_time: str) -> str:
    """What to mind next time, as a sentence."""
    return f"Next time: {next_time}."


def too_short(held_s: float, step: PlannedHold) -> str:
    """A hold that does not count, told kindly."""
    seconds = f"{held_words(held_s, step.hold_s)} seconds: a start" if held_s >= 1.0 else "No matter"
    return f"{seconds}. Once more when you are ready, {leg(step.side)}."


def wrong_side(step: PlannedHold, side: Side) -> str:
    """The other leg than the one that is due."""
    return f"That is the {leg(side)}: the {leg(step.side)} is next"


def wrong_stretch(step: PlannedHold, title: str) -> str:
    """Another stretch than the one that is due."""
    return f"That looks like: {title}. Next is: {step.stretch.title}"


def finished(done: int, planned: int, next_time: str | None = None) -> str:
    """The end; well done where all holds were done and there is nothing to mind next time."""
    said = "All done" if done == planned else f"The end: {done} of {planned} holds done"
    if next_time is not None:
        return f"{said}. {minding(next_time)}"
    return f"{said}. Well done!" if done == planned else said
