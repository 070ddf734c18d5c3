"""Whether a hand rests on something: a hand that is held, and hands that only look like it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.measures import Measures
from formcheck.core.poses import Pose
from formcheck.kinematics.measurer import Measurer
from formcheck.tracking.body import BodyTracker
from tests.figures import RIGHT, Figure, on_one_leg
from tests.perspective import moved, scaled, seed_of, seen, shot, steady

SQUAT = {"trunk_deg": 40.0, "raised_deg": -16.0, "support_knee_deg": 120.0, "stretched": RIGHT}
AHEAD = np.array([0.45, -0.30])  # from the shoulders to a hand at rest, metres
WRISTS = [15, 16]


def swaying(
    hand: Callable[[Figure, np.ndarray], np.ndarray],
    *,
    size_m: float = 0.03,
    noise_px: float = 0.4,
    hidden: bool = False,
) -> Callable[[float], list[Pose]]:
    """A bench squat that sways at 0.9 Hz from the second on; the hand is where `hand` puts it.

    It gets the figure as it is now and where its shoulders are at rest.
    """
    rest = on_one_leg(**SQUAT).shoulder.copy()

    def scene(t_s: float) -> list[Pose]:
        figure = on_one_leg(**SQUAT)
        swing = size_m * math.sin(2 * math.pi * 0.9 * t_s) * (t_s > 1.0)
        for joint in (figure.hip, figure.shoulder, figure.ear):
            joint[0] += swing
        figure.wrist = hand(figure, rest)
        pose = seen(figure, noise_px=noise_px, seed=seed_of(t_s))
        return [replace(pose, visibility=np.where(np.isin(np.arange(33), WRISTS), 0.3, 0.95))] if hidden else [pose]

    return scene


def measured(scene: Callable[[float], list[Pose]], seconds: float = 5.0, fps: float = 30.0) -> Measures:
    return Measurer().extend(BodyTracker().extend(shot(scene, steady(seconds, fps))))


def on_a_chair(_figure: Figure, shoulders: np.ndarray) -> np.ndarray:
    return shoulders + AHEAD


@pytest.mark.parametrize("fps", [5.0, 15.0, 30.0, 120.0])
def test_a_hand_that_stays_while_the_shoulders_sway_rests_on_something(fps: float) -> None:
    measures = measured(swaying(on_a_chair), fps=fps)
    since_s = measures.t_s[np.argmax(measures.supported)]
    assert 1.0 <= since_s <= 2.0
    assert measures.supported[measures.t_s >= since_s].all()


FREE = {
    "held out": lambda figure, _rest: figure.shoulder + AHEAD,
    "waving": lambda figure, rest: rest + AHEAD + 3.0 * (figure.shoulder - rest),
    "straight below the shoulders": lambda _figure, rest: rest + np.array([0.05, -0.30]),
    "on the own shin": lambda figure, _rest: (figure.knee[RIGHT] + figure.ankle[RIGHT]) / 2 + np.array([0.0, 0.09]),
    "at the own hip": lambda _figure, _rest: on_one_leg(**SQUAT).hip + np.array([0.05, 0.05]),
}


@pytest.mark.parametrize("hand", FREE.values(), ids=list(FREE))
def test_a_hand_that_moves_along_or_is_on_the_own_body_does_not(hand: Callable) -> None:
    assert not measured(swaying(hand)).supported.any()


def test_an_arm_held_out_by_somebody_who_does_not_move_is_not_taken_for_support() -> None:
    def scene(t_s: float) -> list[Pose]:
        (pose,) = swaying(on_a_chair, size_m=0.0, noise_px=0.0)(t_s)
        jitter = np.random.default_rng(seed_of(t_s)).normal(0.0, 1.5, 2)  # of shoulders that are followed badly
        return [moved(pose, (11, 12), tuple(jitter))]

    assert not measured(scene).supported.any()


def test_a_hand_that_is_badly_seen_is_not_supported() -> None:
    assert not measured(swaying(on_a_chair, hidden=True)).supported.any()


@pytest.mark.parametrize("then", ["waving", "held out"])
def test_who_lets_go_is_not_supported_any_more_and_who_stands_still_still_is(then: str) -> None:
    def scene(t_s: float) -> list[Pose]:
        hold = on_a_chair if t_s < 6.0 else FREE[then]
        return swaying(hold, size_m=0.03 if t_s < 3.0 or t_s >= 6.0 else 0.0)(t_s)

    measures = measured(scene, 9.0)
    assert measures.supported[(measures.t_s > 2.5) & (measures.t_s < 6.0)].all()
    assert not measures.supported[measures.t_s > 7.5].any()


def test_it_does_not_depend_on_how_the_frames_are_cut_and_begins_anew_with_other_pictures() -> None:
    frames = shot(swaying(on_a_chair), steady(4.0, 15.0))
    frames[37:] = [scaled(one, 0.5) for one in frames[37:]]

    def told(size: int) -> list[bool]:
        tracker, measurer = BodyTracker(), Measurer()
        blocks = (frames[i : i + size] for i in range(0, len(frames), size))
        return [bool(one) for block in blocks for one in measurer.extend(tracker.extend(block)).supported]

    whole = told(len(frames))
    assert told(1) == told(7) == whole
    assert whole[36] and not any(whole[43:52]) and whole[-1]
