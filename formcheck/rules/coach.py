"""What a live session says and when: one thing at a time, seldom, and never over itself."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal, cast

from formcheck.core.feedback import Feedback, Side, State
from formcheck.core.rules import Level
from formcheck.core.stretch import Stretch

Tone = Literal["start", "done"]

DARK = 40.0  # mean brightness of 255 below which the model misses people
SMALL = 0.16  # leg length as a share of the picture's height below which angles get coarse
_SETTLE_S = 0.7  # an instruction must be due for so long before it is shown
_COUNT_S = 3.0
_AGAIN_S = 12.0  # the same cue is not said again sooner
_PAUSE_S = 4.0  # nothing is said so soon after anything else
_NEW_S = 2.5  # a hold that is older goes on after a pause and is not announced again
_ASK_S = 10.0  # how often a helper's pull is asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What getting ready needs to know of a picture: brightness 0 to 255, leg length as a share of its height."""

    brightness: float
    leg_share: float
    yaw_deg: float


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
        self._said: dict[str, float] = {}
        self._spoke_s = -math.inf
        self._asked_s = -math.inf
        self._praise_until_s = -math.inf
        self._praise = ""
        self._best_deg = math.nan
        self._stretch: Stretch | None = None

    def update(self, feedback: Feedback, stretch: Stretch | None, sight: Sight, holds: dict[Side, float]) -> Coaching:
        """Take in a frame. `holds` are the seconds held so far on each side, the running hold included."""
        t_s = feedback.t_s
        if stretch is not self._stretch:
            self._stretch, self._best_deg = stretch, math.nan
        before, self._state = self._state, feedback.state
        holding = feedback.state in (State.HOLD, State.DONE)
        instruction = None if holding else self._instruct(t_s, feedback, sight)
        if holding and not math.isnan(feedback.depth_deg):
            self._best_deg = max(feedback.depth_deg, -math.inf if math.isnan(self._best_deg) else self._best_deg)
        say, tone = self._cue(t_s, feedback), cast("Tone | None", None)
        if holding and before not in (State.HOLD, State.DONE) and feedback.hold_s < _NEW_S:
            tone, say = "start", "Hold. " + stretch.prompts[0] if stretch and "comfort" not in self._said else "Hold."
            self._said["comfort"] = t_s
            self._spoke_s = self._asked_s = t_s
        if feedback.state == State.DONE and before == State.HOLD:
            tone, say = "done", self._reward(t_s, feedback, stretch, holds)
        if say is None and holding and stretch is not None and stretch.slug == "partner":
            say = self._ask(t_s, stretch)
        return Coaching(
            instruction=instruction,
            countdown=self._count(t_s, feedback, instruction),
            say=say,
            tone=tone,
            praise=self._praise if t_s < self._praise_until_s else None,
            held_s=holds,
            best_deg=self._best_deg,
        )

    def _instruct(self, t_s: float, feedback: Feedback, sight: Sight) -> str | None:
        """The one thing to change before anything can be judged, once it is due for a moment."""
        due = None
        if sight.brightness < DARK:
            due = "It is too dark: switch on a light"
        elif feedback.state == State.NO_PERSON:
            due = "Step into the picture"
            if self._stretch is not None and "supine" in self._stretch.slug:
                due = "I cannot see you: sit up, then lie down again"
        elif feedback.advice:
            due = feedback.advice[0].upper() + feedback.advice[1:]
        elif sight.leg_share < SMALL:
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
        """The fault that matters most, if it was not said lately and nothing else was."""
        if not feedback.alerts or t_s - self._spoke_s < _PAUSE_S:
            return None
        alert = feedback.alerts[0]
        again_s = 5.0 if alert.level == Level.UNSAFE else _AGAIN_S
        if t_s - self._said.get(alert.rule, -math.inf) < again_s:
            return None
        self._said[alert.rule] = self._spoke_s = t_s
        return alert.message

    def _reward(self, t_s: float, feedback: Feedback, stretch: Stretch | None, holds: dict[Side, float]) -> str:
        words = f"{feedback.target_s:.0f} seconds. Well done."
        if stretch is not None and stretch.one_sided:
            left, right = holds.get("left", 0.0), holds.get("right", 0.0)
            behind = min(left, right) < feedback.target_s - 0.5
            words += " Now switch sides." if behind else " Both sides are done."
        self._praise, self._praise_until_s, self._spoke_s = words, t_s + 5.0, t_s
        return words

    def _ask(self, t_s: float, stretch: Stretch) -> str | None:
        if t_s - self._asked_s < _ASK_S or t_s - self._spoke_s < _PAUSE_S:
            return None
        self._asked_s = self._spoke_s = t_s
        return stretch.prompts[1]
