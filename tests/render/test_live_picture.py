from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from formcheck.core.feedback import Alert, Feedback, State
from formcheck.core.rules import Level
from formcheck.render import live, overlay, routine
from formcheck.stretches import by_slug
from tests.figures import lying

STRETCH = by_slug("supine")


def feedback(**changes) -> Feedback:
    values = {
        "t_s": 1.0, "state": State.HOLD, "hold_s": 12.0, "target_s": 30.0, "alerts": (), "marked": (), "good": ("x",),
        "unseen": (), "advice": None, "depth_deg": 80.0,
    } | changes  # fmt: skip
    return Feedback(**values)


def view(**changes) -> live.LiveView:
    values = {
        "instruction": None, "countdown": None, "praise": None, "trouble": None, "paused": False,
        "held_s": {"left": 12.0}, "best_deg": 82.0, "keys": False,
    } | changes  # fmt: skip
    return live.LiveView(**values)


ALERT = Alert(
    rule="head-down", level=Level.WARN, start_s=0, end_s=1, measure="", value=1, limit=0, unit="", message="Head down"
)


def test_one_message_the_fault_before_the_view_before_praise() -> None:
    assert overlay.cue(feedback(alerts=(ALERT,), advice="turn"))[1] == "Head down"  # type: ignore[index]
    assert overlay.cue(feedback(advice="turn your side"))[1] == "Turn your side"  # type: ignore[index]
    assert "Good form" in overlay.cue(feedback())[1]  # type: ignore[index]
    assert "well done" in overlay.cue(feedback(state=State.DONE))[1]  # type: ignore[index]
    assert overlay.cue(feedback(state=State.POSITION)) is None


@pytest.mark.parametrize("size", [(480, 854), (480, 640), (720, 1280), (640, 360), (120, 160)])
def test_any_size_has_room_for_the_bar(size: tuple[int, int]) -> None:
    picture = np.zeros((*size, 3), dtype=np.uint8)
    pose = lying().pose()
    drawn = live.compose(
        picture, STRETCH, feedback(alerts=(ALERT,), marked=(25,)), pose.points_px, pose.visibility, view()
    )
    assert drawn.shape == (overlay.height_with_bar(*size), size[1], 3)
    assert drawn[size[0] :].max() > 150  # the cue is in the bar
    assert picture.max() == 0  # the camera's picture is left alone


def test_the_picture_is_mirrored_and_the_skeleton_with_it() -> None:
    picture = np.zeros((480, 854, 3), dtype=np.uint8)
    picture[:, :427] = (0, 0, 200)
    pose = lying().pose()
    drawn = live.compose(picture, None, feedback(), pose.points_px, pose.visibility, view())
    assert tuple(drawn[300, 800]) == (0, 0, 200)
    assert tuple(drawn[470, 20]) == (0, 0, 0)
    knee = pose.points_px[26]
    near = drawn[int(knee[1]) - 3 : int(knee[1]) + 4, 853 - int(knee[0]) - 3 : 853 - int(knee[0]) + 4]
    assert near.max() == 255


def test_without_a_person_there_is_no_skeleton() -> None:
    picture = np.zeros((480, 854, 3), dtype=np.uint8)
    nobody = np.full((33, 2), math.nan)
    drawn = live.compose(
        picture, None, feedback(state=State.NO_PERSON, depth_deg=math.nan), nobody, np.zeros(33), view()
    )
    assert drawn[200:400, 200:600].max() == 0


@pytest.mark.parametrize("size", [(480, 854), (480, 640), (720, 1280), (640, 360), (120, 160)])
def test_the_strip_of_a_routine_stands_above_the_picture_at_any_size(size: tuple[int, int]) -> None:
    picture = np.zeros((*size, 3), dtype=np.uint8)
    plan = routine.PlanView(
        what="Next: Partner-assisted leg raise \u00b7 right leg", hold="hold 2 of 4", then="then: rest 15 s",
        marks=("done", "skipped", "now", *["open"] * 25),
    )  # fmt: skip
    pose = lying().pose()
    shown = [
        live.compose(picture, STRETCH, feedback(), pose.points_px, pose.visibility, view(plan=one))
        for one in (plan, dataclasses.replace(plan, what="Toe touch", marks=("done",) * 28))
    ]
    high = shown[0].shape[0] - overlay.height_with_bar(*size)
    assert shown[0].shape[1] == size[1]
    assert shown[1].shape == shown[0].shape  # or the window would jump
    assert high % 2 == 0
    assert shown[0][: high // 3].max() > 200  # words
    done = [np.count_nonzero((one[:high] == overlay.GOOD).all(axis=2)) for one in shown]
    assert 0 < 10 * done[0] < done[1]  # one box of 28 is full, then all of them
    for one in shown:
        assert (one[:high, : size[1] // 100] == overlay.PANEL).all()  # nothing is cut off at the edge
