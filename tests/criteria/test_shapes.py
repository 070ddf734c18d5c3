"""Shapes: where they hold, and what they say is missing."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.core.feedback import State
from formcheck.core.landmarks import points_of
from formcheck.core.reasons import REASON_TEXT, Reason, further_reason
from formcheck.core.rules import Target
from formcheck.stretches import by_slug
from tests.figures import Figure, film, folded, lying, on_one_leg, upright
from tests.judged import judged, measured, why_not


@pytest.mark.parametrize(
    ("slug", "figure", "missing"),
    [
        ("supine", upright(), "lying on your back"),
        ("supine", lying(raise_deg=10.0), "one leg up"),
        ("supine", lying(raise_deg=60.0, trunk_up_deg=31.0), "trunk flat"),
        ("toe-touch", lying(), "on your feet"),
        ("toe-touch", folded(trunk_deg=30.0), "folded forward"),
        ("standing", folded(trunk_deg=40.0), "one heel forward"),
        ("bench", on_one_leg(raised_deg=-75.0), "one heel or ankle up on something"),
        ("bench", on_one_leg(trunk_deg=3.0), "leaning forward"),
        ("bench", on_one_leg(trunk_deg=140.0, hand=np.array([0.5, 0.3])), "a smaller lean"),
    ],
)
def test_it_says_what_keeps_a_body_from_being_in_position(slug: str, figure: Figure, missing: str) -> None:
    stretch, measures = by_slug(slug), measured(figure.pose())
    assert not stretch.in_position(measures, Target())[-1]
    told = stretch.position.missing(measures, stretch.stretched(measures, Target()))
    assert told[0] == missing
    assert f"missing: {missing}" in why_not(figure, slug)


def test_nothing_is_missing_in_position() -> None:
    stretch, measures = by_slug("supine"), measured(lying().pose())
    assert stretch.in_position(measures, Target())[-1]
    assert stretch.position.missing(measures, stretch.stretched(measures, Target())) == ()


def test_what_cannot_be_measured_is_not_called_missing() -> None:
    """Nobody is told to raise a leg that the camera does not see."""
    stretch, measures = by_slug("supine"), measured(lying().pose())
    measures.leg_deg[:] = np.nan
    assert not stretch.in_position(measures, Target())[-1]
    assert stretch.position.missing(measures, stretch.stretched(measures, Target())) == ()


def test_feedback_says_it_only_while_somebody_is_not_in_position() -> None:
    frames = film(lambda t_s: (upright() if t_s < 2.0 else lying()).pose(), 6.0)
    said = {one.state: one.missing for one in judged(frames, "supine").feedback}
    assert said[State.POSITION] == "lying on your back"
    assert said[State.HOLD] is None


def test_reasons_and_marked_points_of_ones_own() -> None:
    code = further_reason("the wall hides the feet: move back")
    assert code == further_reason("the wall hides the feet: move back")
    assert code not in set(Reason)
    assert REASON_TEXT[code].startswith("the wall")
    assert further_reason(REASON_TEXT[Reason.FEET_OUT]) == Reason.FEET_OUT
    assert points_of((11, 13), 0, 1) == (11, 13)
