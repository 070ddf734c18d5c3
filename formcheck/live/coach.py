"""What a live session says and when: one thing at a time, seldom, and never over itself."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

from formcheck.core.feedback import Feedback, State
from formcheck.core.names import capital
from formcheck.core.rules import Level
from formcheck.core.side import Side
from formcheck.core.stretch import Stretch

Tone = Literal["start", "done"]

DARK = 40.0  # mean brightness of 255 below which the model misses people
SMALL = 0.16  # leg length as a share of the picture's height below which angles get coarse
_SETTLE_S = 0.7  # an instruction must be due for so long before it is shown
_COUNT_S = 3.0
_AGAIN_S = 12.0  # the same cue is not said again sooner
_PAUSE_S = 4.0  # nothing is said so soon after anything else
_PRAISE_S = 5.0  # how long a target that was reached is praised on the picture
_NEW_S = 2.5  # a hold that is older goes on after a pause and is not announced again
_AGAIN_UNSAFE_S = 5.0  # but sooner when it is unsafe


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureQuality:
    """What getting ready needs to know of a picture: brightness 0 to 255, leg length as a share of its height."""

    brightness: float
    leg_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Coaching:
    """What to show and play now. `say` and `tone` are there only in the frame in which they are due."""

    instruction: str | None = None
    countdown: int | None = None
    say: str | None = None
    tone: Tone | None = None
    praise: str | None = None
    held_s: dict[Side, float] = field(default_factory=dict)
    best_deg: float = math.nan


class Coach:
    """Turns feedback into instructions, spoken cues and tones."""

    def __init__(self) -> None:
        self._due: tuple[str, float] | None = None
        self._ready_s = math.nan
        self._counted = False
        self._state = State.NO_PERSON
        # When each cue and prompt was spoken last, and what to go back to where the last one was not spoken after all.
        self._said: dict[str, float] = {}
        self._spoke_s = self._began_s = -math.inf
        self._before: tuple[dict[str, float], float] = ({}, -math.inf)
        self._praise_until_s = -math.inf
        self._praise = ""
        self._best_deg = math.nan
        self._stretch: Stretch | None = None

    def update(
        self, feedback: Feedback, stretch: Stretch | None, quality: PictureQuality, holds: dict[Side, float]
    ) -> Coaching:
        """Take in a frame. `holds` are the seconds held so far on each side, the running hold included."""
        t_s = feedback.t_s
        if stretch is not self._stretch:
            self._stretch, self._best_deg = stretch, math.nan
        before, self._state = self._state, feedback.state
        holding = feedback.state in (State.HOLD, State.DONE)
        instruction = None if holding else self._instruct(t_s, feedback, quality)
        if holding and not math.isnan(feedback.depth_deg):
            self._best_deg = max(feedback.depth_deg, -math.inf if math.isnan(self._best_deg) else self._best_deg)
        tone: Tone | None = None
        if holding and before not in (State.HOLD, State.DONE) and feedback.hold_s < _NEW_S:
            tone = "start"
        elif feedback.state == State.DONE and before == State.HOLD:
            tone = "done"
        say = self._speak(t_s, tone, feedback, holds)
        return Coaching(
            instruction=instruction,
            countdown=self._count(t_s, feedback, instruction),
            say=say,
            tone=tone,
            praise=self._praise if t_s < self._praise_until_s else None,
            held_s=holds,
            best_deg=self._best_deg,
        )

    def spoken(self, t_s: float, words: str | None) -> None:
        """Somebody else decided what is spoken in the last frame, None for nothing: what was not is due again."""
        self._said, self._spoke_s = self._before
        if words is not None:
            self._spoke_s = t_s

    def _speak(self, t_s: float, tone: Tone | None, feedback: Feedback, holds: dict[Side, float]) -> str | None:
        """The one thing to say in this frame. Only what is spoken counts as said."""
        self._before = (self._said.copy(), self._spoke_s)
        if tone == "done":
            self._spoke_s = t_s
            return self._reward(t_s, feedback, holds)
        if tone == "start":
            return self._announce(t_s)
        if t_s - self._spoke_s < _PAUSE_S:
            return None
        return self._cue(t_s, feedback) or self._ask(t_s, feedback)

    def _mark(self, key: str, t_s: float) -> None:
        self._said[key] = self._spoke_s = t_s

    def _announce(self, t_s: float) -> str:
        """A hold has begun; what belongs to its start is recalled once a session."""
        self._began_s = self._spoke_s = t_s
        asked = self._stretch.asked if self._stretch else ()
        fresh = [prompt.words for prompt in asked if prompt.at_start and prompt.words not in self._said]
        for words in fresh:
            self._mark(words, t_s)
        return " ".join(["Hold.", *fresh])

    def _instruct(self, t_s: float, feedback: Feedback, quality: PictureQuality) -> str | None:
        """The one thing to change before anything can be judged, once it is due for a moment."""
        due = None
        if quality.brightness < DARK:
            due = "It is too dark: switch on a light"
        elif feedback.state == State.NO_PERSON:
            lying = self._stretch is not None and self._stretch.lying
            due = "I cannot see you: sit up, then lie down again" if lying else "Step into the picture"
        elif feedback.advice:
            due = capital(feedback.advice)
        elif quality.leg_share < SMALL:
            due = "Come a little closer"
        if due is None:
            self._due = None
            return None
        if self._due is None or self._due[0] != due:
            self._due = (due, t_s)
        return due if t_s - self._due[1] >= _SETTLE_S else None

    def _count(self, t_s: float, feedback: Feedback, instruction: str | None) -> int | None:
        """A short countdown, once, when somebody is there and nothing is to be changed."""
        if self._counted or feedback.state in (State.READY, State.HOLD, State.DONE):
            self._counted = self._counted or feedback.state != State.READY
            return None
        if instruction is not None or self._due is not None:
            self._ready_s = math.nan
            return None
        self._ready_s = t_s if math.isnan(self._ready_s) else self._ready_s
        left_s = _COUNT_S - (t_s - self._ready_s)
        if left_s <= 0:
            self._counted = True
            return None
        return math.ceil(left_s)

    def _cue(self, t_s: float, feedback: Feedback) -> str | None:
        """The fault that matters most, if it was not said lately."""
        if not feedback.alerts:
            return None
        alert = feedback.alerts[0]
        again_s = _AGAIN_UNSAFE_S if alert.level == Level.UNSAFE else _AGAIN_S
        if t_s - self._said.get(alert.rule, -math.inf) < again_s:
            return None
        self._mark(alert.rule, t_s)
        return alert.message

    def _reward(self, t_s: float, feedback: Feedback, holds: dict[Side, float]) -> str:
        words = f"{feedback.target_s:g} seconds. Well done."
        if self._stretch is not None and self._stretch.one_sided:
            left, right = holds.get("left", 0.0), holds.get("right", 0.0)
            behind = min(left, right) < feedback.target_s - 0.5
            words += " Now switch sides." if behind else " Both sides are done."
        self._praise, self._praise_until_s = words, t_s + _PRAISE_S
        return words

    def _ask(self, t_s: float, feedback: Feedback) -> str | None:
        """What is asked again and again, counted from the start of the hold."""
        if self._stretch is None or feedback.state not in (State.HOLD, State.DONE):
            return None
        for prompt in self._stretch.asked:
            last_s = max(self._said.get(prompt.words, -math.inf), self._began_s)
            if prompt.every_s is not None and t_s - last_s >= prompt.every_s:
                self._mark(prompt.words, t_s)
                return prompt.words
        return None
