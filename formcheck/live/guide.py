"""Who may lead a live session."""

from __future__ import annotations

from typing import Protocol

from formcheck.core.feedback import Feedback
from formcheck.core.measures import Measures
from formcheck.live.coach import Coaching


class Guide(Protocol):
    """Somebody who leads the session: hears of every judged frame before anybody else, and has the last word."""

    def lead(self, feedback: Feedback, measures: Measures, coaching: Coaching) -> Coaching:
        """What is to be said and shown instead. May change what is followed."""
        ...

    def finish(self) -> None:
        """The session has stopped, its last hold is not closed yet."""
        ...
