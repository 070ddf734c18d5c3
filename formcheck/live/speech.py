"""What was said and when, and when the voice is free for more."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Final

from formcheck.core.stretch import Prompt

_CHARACTERS_S: Final = 14.0  # about what the voices of pyttsx3 speak in a second
_LEAST_S: Final = 1.0  # the shortest word, with the moment in which a voice begins
_PAUSE_S: Final = 4.0  # what can wait is not said so soon after anything else
_BREATH_S: Final = 0.5  # ... nor so soon after its end


def spoken_s(words: str) -> float:
    """About how many seconds it takes to say the words."""
    return max(_LEAST_S, len(words) / _CHARACTERS_S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What was said so far. A value, so that what was not spoken after all can be taken back.

    at_s    when each thing was said last, by the id of its rule or the words of its prompt.
    free_s  when the voice is done with all it was given.
    calm_s  from when on something is said that can wait.
    """

    at_s: Mapping[Hashable, float] = field(default_factory=dict)
    free_s: float = -math.inf
    calm_s: float = -math.inf

    def words_of(self, prompt: Prompt, since_s: float) -> str:
        """What to say for a prompt: shorter where it was said since then."""
        return prompt.again if prompt.again and self.last_s(prompt.words) >= since_s else prompt.words

    def after(self, t_s: float, words: str, *keys: Hashable) -> Speech:
        """What was said once these words are, too, which stand for those things. They wait for their turn."""
        begin_s = max(t_s, self.free_s)
        free_s = begin_s + spoken_s(words)
        return Speech(
            at_s={**self.at_s, **dict.fromkeys(keys, t_s)},
            free_s=free_s,
            calm_s=max(begin_s + _PAUSE_S, free_s + _BREATH_S),
        )

    def last_s(self, key: Hashable) -> float:
        """When that was said last, minus infinity for never."""
        return self.at_s.get(key, -math.inf)
