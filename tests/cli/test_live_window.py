"""The keys of the window, with a film as camera and a window that nobody sees."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from formcheck.analysis import judging
from formcheck.chain import Chain
from formcheck.cli import live_window
from formcheck.core.poses import PoseFrame
from formcheck.core.side import Side
from formcheck.judging.judged_block import JudgedBlock
from formcheck.render.live_view import WHICH_LEG
from tests.live.fake_live import Film, install, toe_touch
from tests.test_end_to_end import formcheck


class Doubtful(Chain):
    """Cannot tell the leg until somebody says which it is."""

    named: list[int]
    side: Side

    def extend(self, frames: Sequence[PoseFrame]) -> JudgedBlock:
        block = super().extend(frames)
        for said in block.said:
            if said is not None and said[0].sides[said[1]] is not None:
                said[0].sides[said[1]] = self.side
        return block

    def name_leg(self, leg: int) -> None:
        Doubtful.named.append(leg)
        Doubtful.side = ("left", "right")[leg]  # type: ignore[assignment]


class Blind:
    """A window in which one key is pressed all the time."""

    answer = ""

    def show(self, _: np.ndarray) -> str:
        return Blind.answer

    def close(self) -> None:
        pass


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The question of each picture shown."""
    install(monkeypatch, Film(toe_touch()))
    questions: list[str | None] = []

    def compose(*what: object) -> np.ndarray:
        questions.append(what[-1].ask)  # type: ignore[attr-defined]
        return np.zeros((2, 2, 3), dtype=np.uint8)

    monkeypatch.setattr(live_window.picture_of, "compose", compose)
    monkeypatch.setattr(live_window, "DisplayWindow", Blind)
    monkeypatch.setattr(judging, "Chain", Doubtful)
    Doubtful.named = []
    return questions


def live() -> int:
    return formcheck("live", "toe-touch", "--hold", "3", "--camera", "film", "--no-voice")[0]


@pytest.mark.parametrize(("key", "leg"), [("l", 0), ("r", 1)])
def test_the_leg_is_asked_for_once_and_a_key_answers(
    shown: list[str | None], monkeypatch: pytest.MonkeyPatch, key: str, leg: int
) -> None:
    Doubtful.side = "unsure"
    monkeypatch.setattr(Blind, "answer", key)
    assert live() == 0
    assert Doubtful.named == [leg]
    assert WHICH_LEG in shown
    assert set(shown[shown.index(WHICH_LEG) + 1 :]) == {None}


def test_the_question_stays_until_it_is_answered(shown: list[str | None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever lies on the floor comes to the keys after the hold."""
    Doubtful.side = "unsure"
    monkeypatch.setattr(Blind, "answer", "")
    assert live() == 0
    assert Doubtful.named == []
    assert shown[-1] == WHICH_LEG
    assert set(shown[shown.index(WHICH_LEG) :]) == {WHICH_LEG}


@pytest.mark.parametrize("side", ["left", "both"])
def test_a_leg_that_is_known_is_not_asked_for_and_cannot_be_changed(
    shown: list[str | None], monkeypatch: pytest.MonkeyPatch, side: Side
) -> None:
    Doubtful.side = side
    monkeypatch.setattr(Blind, "answer", "r")
    assert live() == 0
    assert Doubtful.named == []
    assert set(shown) == {None}
