"""What a live session says and when: one thing at a time, seldom, and never over itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from formcheck.core.feedback import Alert, Feedback, State
from formcheck.core.names import capital
from formcheck.core.rules import Level
from formcheck.core.side import Side
from formcheck.core.stretch import Prompt, Stretch
from formcheck.live.prompting import Prompting
from formcheck.live.speech import Speech, spoken_s

Tone = Literal["start", "done"]

SMALL = 0.16  # leg length as a share of the picture's height below which angles get coarse
_SETTLE_S = 0.7  # an instruction must be due for so long before it is shown
_COUNT_S = 3.0
_AGAIN_S = 12.0  # the same cue is not said again sooner
_AGAIN_UNSAFE_S = 5.0  # but sooner when it is unsafe
_OWED_S = 6.0  # what was unsafe while the voice was busy is said so long afterwards, though it is over
_NEW_S = 2.5  # a hold that was first seen so long ago is not announced any more
_OPENING = "Hold."
_REWARD_S = 5.0  # how long the words on a target that was reached stand on the picture
_WAY_OUT_S = 4.0  # how long it stands there before that how to come up
_SHOWN_S = 5.0  # how long a prompt stands there at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Coaching:
    """What to show and play now. `say` and `tone` are there only in the frame in which they are due.

    praise, next_time   words on a target that was reached: one of the two, as the hold was good or not.
    way_out             how to come out of a hold that has just reached its target.
    prompt              what only the person can know, for as long as it is shown.
    speaking            whether the voice is still busy with what came before this frame.
    """

    instruction: str | None = None
    countdown: int | None = None
    say: str | None = None
    tone: Tone | None = None
    praise: str | None = None
    next_time: str | None = None
    way_out: str | None = None
    prompt: str | None = None
    speaking: bool = False
    held_s: dict[Side, float] = field(default_factory=dict)
    best_deg: float = math.nan

    @property
    def told(self) -> str | None:
        """What the picture tells or asks."""
        return self.way_out or self.instruction or self.prompt


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """Words on the picture for a while."""

    words: str
    from_s: float = -math.inf
    until_s: float = -math.inf
    good: bool = True

    def at(self, t_s: float) -> str | None:
        """The words, None when it is not their time."""
        return self.words if self.words and self.from_s <= t_s < self.until_s else None


_NOTHING = _Shown(words="")


class Coach:
    """Turns feedback into instructions, spoken cues and tones."""

    def __init__(self) -> None:
        self._due: tuple[str, float] | None = None
        self._ready_s = math.nan
        self._counted = False
        self._state = State.NO_PERSON
        self._prompting = Prompting()
        # What was said and is shown of it, and what to go back to where the last words were not spoken after all.
        self._speech, self._prompt = Speech(), _NOTHING
        self._tone_due = False
        self._owed: tuple[Alert, float] | None = None
        self._before: tuple[Speech, _Shown, bool, tuple[Alert, float] | None] = (self._speech, _NOTHING, False, None)
        self._reward = self._way_out = _NOTHING
        self._best_deg = math.nan
        self._stretch: Stretch | None = None

    def update(
        self, feedback: Feedback, stretch: Stretch | None, leg_share: float, holds: dict[Side, float]
    ) -> Coaching:
        """Take in a frame, whose height the person's leg takes up by `leg_share`.

        `holds` are the seconds held so far on each side, the running hold included.
        """
        t_s = feedback.t_s
        if stretch is not self._stretch:
            self._stretch, self._best_deg = stretch, math.nan
        before, self._state = self._state, feedback.state
        holding = feedback.state.holding
        instruction = None if holding else self._instruct(t_s, feedback, leg_share)
        if holding and not math.isnan(feedback.depth_deg):
            self._best_deg = max(feedback.depth_deg, -math.inf if math.isnan(self._best_deg) else self._best_deg)
        self._tone_due |= self._prompting.watch(feedback, stretch, self._speech)
        if feedback.alerts or not holding:
            self._prompt = _NOTHING
        if feedback.alerts and feedback.alerts[0].level == Level.UNSAFE:
            self._owed = feedback.alerts[0], t_s
        speaking = t_s < self._speech.free_s
        self._before = self._speech, self._prompt, self._tone_due, self._owed
        reached = feedback.state == State.DONE and before == State.HOLD
        tone: Tone | None = "done" if reached else self._start(t_s, feedback)
        say = self._rewarded(t_s, feedback, holds) if reached else self._speak(t_s, feedback)
        reward = self._reward.at(t_s)
        return Coaching(
            instruction=instruction,
            way_out=self._way_out.at(t_s),
            countdown=self._count(t_s, feedback, instruction),
            say=say,
            tone=tone,
            praise=reward if self._reward.good else None,
            next_time=None if self._reward.good else reward,
            prompt=None if feedback.alerts or reward else self._prompt.at(t_s),
            speaking=speaking,
            held_s=holds,
            best_deg=self._best_deg,
        )

    def spoken(self, t_s: float, words: str | None) -> None:
        """Somebody else decided what is spoken in the last frame, None for nothing: what was not is due again."""
        self._speech, self._prompt, self._tone_due, self._owed = self._before
        self._speech = self._speech if words is None else self._speech.after(t_s, words)

    def _speak(self, t_s: float, feedback: Feedback) -> str | None:
        """The one thing to say in this frame. Only what is spoken counts as said."""
        if t_s < self._speech.free_s:
            return None
        if self._is_new(t_s, feedback) and self._speech.last_s(_OPENING) < self._prompting.began_s:
            return self._ask(t_s, self._prompting.opening(self._speech), _OPENING)
        alert = self._cue(t_s, feedback)
        if alert is None:
            return self._ask(t_s, self._prompting.due(feedback, self._speech))
        if t_s < self._speech.calm_s and alert.level != Level.UNSAFE:
            return None
        self._speech, self._owed = self._speech.after(t_s, alert.message, alert.rule), None
        return alert.message

    def _start(self, t_s: float, feedback: Feedback) -> Tone | None:
        """The tone of a hold that has begun, once."""
        due, self._tone_due = self._tone_due and self._is_new(t_s, feedback), False
        return "start" if due else None

    def _is_new(self, t_s: float, feedback: Feedback) -> bool:
        """Whether it is time to say that the hold at hand has begun."""
        return feedback.state.holding and t_s - self._prompting.began_s <= _NEW_S

    def _ask(self, t_s: float, prompts: Sequence[Prompt], *first: str) -> str | None:
        """Say prompts, after the words that come first, and show them."""
        asked = " ".join(self._speech.words_of(prompt, self._prompting.began_s) for prompt in prompts)
        words = _joined(*first, asked)
        if not words:
            return None
        self._speech = self._speech.after(t_s, words, *first, *(prompt.words for prompt in prompts))
        if first or any(prompt.at_start for prompt in prompts):
            self._prompting.opened(self._speech.free_s)
        if prompts:
            until_s = max(t_s + _SHOWN_S, self._speech.free_s)
            self._prompt = _Shown(words=asked, until_s=until_s)
        return words

    def _instruct(self, t_s: float, feedback: Feedback, leg_share: float) -> str | None:
        """The one thing to change before anything can be judged, once it is due for a moment."""
        due = None
        if feedback.advice:
            due = capital(feedback.advice)
        elif feedback.state == State.NO_PERSON:
            lying = self._stretch is not None and self._stretch.lying
            due = "I cannot see you: sit up, then lie down again" if lying else "Step into the picture"
        elif leg_share < SMALL:
            due = "Come a little closer"
        if due is None:
            self._due = None
            return None
        if self._due is None or self._due[0] != due:
            self._due = (due, t_s)
        return due if t_s - self._due[1] >= _SETTLE_S else None

    def _count(self, t_s: float, feedback: Feedback, instruction: str | None) -> int | None:
        """A short countdown, once, when somebody is there and nothing is to be changed."""
        if self._counted or feedback.state == State.READY or feedback.state.holding:
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

    def _cue(self, t_s: float, feedback: Feedback) -> Alert | None:
        """The fault that matters most, if it was not said lately."""
        owed, since_s = self._owed or (None, -math.inf)
        alert = feedback.alerts[0] if feedback.alerts else owed if t_s - since_s <= _OWED_S else None
        if alert is None:
            return None
        again_s = _AGAIN_UNSAFE_S if alert.level == Level.UNSAFE else _AGAIN_S
        return alert if t_s - self._speech.last_s(alert.rule) >= again_s else None

    def _rewarded(self, t_s: float, feedback: Feedback, holds: dict[Side, float]) -> str:
        """The target is reached: how to come out of it, whether that was well done, and what is next."""
        regret, stretch = feedback.next_time, self._stretch
        seconds, verdict = f"{feedback.target_s:g} seconds.", f"Next time: {regret}." if regret else "Well done."
        out = " ".join(prompt.words for prompt in stretch.asked if prompt.at_done) if stretch else ""
        then = ""
        if stretch is not None and stretch.one_sided:
            left, right = holds.get("left", 0.0), holds.get("right", 0.0)
            behind = min(left, right) < feedback.target_s - 0.5
            then = "Now switch sides." if behind else "Both sides are done."
        # People come up as soon as they hear that it is over: first of all they hear how.
        from_s = t_s + (max(_WAY_OUT_S, spoken_s(out)) if out else 0.0)
        self._prompt = _NOTHING
        self._way_out = _Shown(words=out, until_s=from_s)
        self._reward = _Shown(
            words=_joined(seconds, verdict, then), from_s=from_s, until_s=from_s + _REWARD_S, good=regret is None
        )
        words = _joined(seconds, out, verdict, then)
        self._speech = self._speech.after(t_s, words)
        return words


def _joined(*sentences: str) -> str:
    return " ".join(one for one in sentences if one)
