"""Whether to ask the person which leg it is."""

from __future__ import annotations

from formcheck.core.feedback import Feedback


class LegQuestion:
    """Asked from a hold whose side cannot be told, up to the answer or a hold whose side is clear."""

    def __init__(self) -> None:
        self.asked = False
        self._answered = False

    def update(self, feedback: Feedback) -> bool:
        """Take in a judged frame; whether to ask."""
        if feedback.side == "unsure":
            self.asked = not self._answered  # an answer is judged only with the next picture
        else:
            self._answered = False
            self.asked &= feedback.side is None
        return self.asked

    def answer(self) -> None:
        """Somebody has said it."""
        self.asked, self._answered = False, True
