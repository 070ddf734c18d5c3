"""What only the person can know: which prompt of a stretch is due in the hold at hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from formcheck.core.feedback import Feedback, State
from formcheck.core.side import Side
from formcheck.core.stretch import Prompt, Stretch
from formcheck.live.speech import Speech, spoken_s

_EARLY_S: Final = 12.0  # what belongs to the start of a hold is said so late at most
_LATER_S: Final = 3.0  # how much later than `after_s` a prompt may come
_TURN_S: Final = 1.25  # ... or after the opening words, where these took all of that time


class Prompting:
    """Follows the holds of a session, and knows what is to be asked or recalled in them.

    began_s  when the hold at hand was first seen, or the last one.
    """

    def __init__(self) -> None:
        self.began_s = -math.inf
        self._stretch: Stretch | None = None
        self._side: Side = "unsure"
        # What tells a new hold from one that goes on after a pause.
        self._holding, self._over = False, True
        self._held_s, self._last_s = 0.0, -math.inf
        self._began_deg = math.nan
        self._risen_s: dict[str, float] = {}
        self._opened_s = -math.inf  # when the opening words are over
        self._reminded: set[tuple[str, str, Side]] = set()

    def watch(self, feedback: Feedback, stretch: Stretch | None, speech: Speech) -> bool:
        """Take in a frame; returns whether a hold begins with it."""
        begins = self._begins(feedback)
        if not feedback.state.holding:
            return False
        if begins:
            self._remember(speech)
            self.began_s, self._began_deg = feedback.t_s, math.nan
            self._opened_s = -math.inf
            self._risen_s.clear()
        self._stretch, self._side = stretch, feedback.side or "unsure"
        if math.isnan(self._began_deg):
            self._began_deg = feedback.depth_deg
        for prompt in self._asked:
            far = prompt.rise_deg is not None and feedback.depth_deg - self._began_deg >= prompt.rise_deg
            if far and prompt.words not in self._risen_s:
                self._risen_s[prompt.words] = feedback.t_s
        return begins

    def opened(self, until_s: float) -> None:
        """The words that open the hold take until then."""
        self._opened_s = until_s

    def opening(self, speech: Speech) -> list[Prompt]:
        """What belongs to the first hold of this side of the stretch and was not said yet.

        While the side is not known, the first hold of all is taken for a first one, and a later one for none.
        """
        return [prompt for prompt in self._asked if prompt.at_start and self._fresh(prompt, speech)]

    def due(self, feedback: Feedback, speech: Speech) -> list[Prompt]:
        """What is to be said now that no cue is."""
        t_s = feedback.t_s
        if not feedback.state.holding or t_s < speech.free_s:
            return []
        if t_s - self.began_s <= _EARLY_S and (late := self.opening(speech)):
            return late
        due = [prompt for prompt in self._asked if self._is_due(prompt, feedback, speech)]
        left_s = feedback.target_s - feedback.hold_s
        # What is not over by then would keep somebody waiting for the word that the target is reached.
        return [one for one in due if not 0.0 < left_s < spoken_s(speech.words_of(one, self.began_s))][:1]

    @property
    def _asked(self) -> Sequence[Prompt]:
        return self._stretch.asked if self._stretch else ()

    def _is_due(self, prompt: Prompt, feedback: Feedback, speech: Speech) -> bool:
        t_s, last_s = feedback.t_s, speech.last_s(prompt.words)
        fresh = last_s < self.began_s
        if prompt.each_hold and fresh:
            return True
        if prompt.after_s is not None and fresh and self._in_time(prompt.after_s, feedback):
            return True
        # A question that is being asked is the one about a rise at that moment, too.
        risen_s = self._risen_s.get(prompt.words)
        if risen_s is not None and risen_s >= last_s + spoken_s(prompt.words):
            return True
        since_s = t_s - max(last_s, self.began_s)
        return prompt.every_s is not None and since_s >= prompt.every_s and t_s >= speech.calm_s

    def _in_time(self, after_s: float, feedback: Feedback) -> bool:
        """Whether it is the time of what comes in the course of a hold. A cue that is on leaves it no room."""
        if feedback.alerts or feedback.state == State.DONE or feedback.hold_s < after_s:
            return False
        return feedback.hold_s <= after_s + _LATER_S or feedback.t_s <= self._opened_s + _TURN_S

    def _fresh(self, prompt: Prompt, speech: Speech) -> bool:
        if self._stretch is None or speech.last_s(prompt.words) >= self.began_s:
            return False
        slug = self._stretch.slug
        sides = {side for words, of, side in self._reminded if (words, of) == (prompt.words, slug)}
        return self._side not in sides and (self._side != "unsure" or not sides)

    def _remember(self, speech: Speech) -> None:
        """The hold before is over: by now it is known which side it was."""
        for prompt in self._asked:
            if prompt.at_start and self._stretch and speech.last_s(prompt.words) >= self.began_s:
                self._reminded.add((prompt.words, self._stretch.slug, self._side))

    def _begins(self, feedback: Feedback) -> bool:
        """Whether a hold begins, and not one that goes on after a pause, which keeps its seconds."""
        holding, before = feedback.state.holding, self._holding
        if not (holding and before):
            self._over |= feedback.hold_s == 0.0 or feedback.hold_s < self._held_s
        begins = holding and not before and self._over and feedback.t_s - feedback.hold_s > self._last_s
        self._holding = holding
        if holding:
            self._over, self._last_s, self._held_s = False, feedback.t_s, feedback.hold_s
        return begins
