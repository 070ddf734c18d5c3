from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from formcheck.core.feedback import Alert, Feedback, State
from formcheck.core.rules import Level
from formcheck.render import live_view, overlay, routine_view
from formcheck.stretches import all_stretches, by_slug
from tests.figures import lying

STRETCH = by_slug("supine")


def feedback(**changes) -> Feedback:
    values = {
        "t_s": 1.0, "state": State.HOLD, "hold_s": 12.0, "target_s": 30.0, "alerts": (), "marked": (), "good": ("x",),
        "unseen": (), "advice": None, "depth_deg": 80.0,
    } | changes  # fmt: skip
    return Feedback(**values)


def view(**changes) -> live_view.LiveView:
    values = {
        "instruction": None, "countdown": None, "praise": None, "trouble": None, "paused": False,
        "held_s": {"left": 12.0}, "best_deg": 82.0, "keys": False,
    } | changes  # fmt: skip
    return live_view.LiveView(**values)


ALERT = Alert(
    rule="head-down", level=Level.WARN, start_s=0, end_s=1, measure="", value=1, limit=0, unit="", message="Head down"
)


def test_one_message_the_fault_before_the_view_before_praise() -> None:
    assert overlay.cue(feedback(alerts=(ALERT,), advice="turn"))[1] == "Head down"  # type: ignore[index]
    assert overlay.cue(feedback(advice="turn your side"))[1] == "Turn your side"  # type: ignore[index]
    assert "Good form" in overlay.cue(feedback())[1]  # type: ignore[index]
    assert "well done" in overlay.cue(feedback(state=State.DONE))[1]  # type: ignore[index]
    assert overlay.cue(feedback(state=State.POSITION)) is None


def test_only_what_was_good_is_praised() -> None:
    for state in (State.HOLD, State.DONE):
        assert "ood form" not in str(overlay.cue(feedback(state=state, next_time="hips over the feet")))
        assert "ell done" not in str(overlay.cue(feedback(state=state, next_time="hips over the feet")))
    done = overlay.cue(feedback(state=State.DONE, next_time="hips over the feet"))
    assert done == (overlay.NEXT_TIME_SIGN, "Target reached \u2013 next time: hips over the feet", overlay.LOOK_HINT)


def written(monkeypatch: pytest.MonkeyPatch, shown: live_view.LiveView, **changes) -> list[str]:
    """What stands in the bar, sign and lines."""
    drawn: list[tuple[int, str]] = []
    draw = overlay.text.draw

    def note(picture: np.ndarray, words: str, x: int, y: int, *how: object, **more: object) -> None:
        drawn.append((y, words))
        draw(picture, words, x, y, *how, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(overlay.text, "draw", note)
    pose = lying().pose()
    live_view.compose(
        np.zeros((480, 854, 3), dtype=np.uint8), STRETCH, feedback(**changes), pose.points_px, pose.visibility, shown
    )
    return [words for y, words in drawn if y >= 480]


def test_a_prompt_is_shown_in_two_lines_and_gives_way_to_a_cue(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Let your sitting bones rise: only you can feel your pelvis."
    lines = ["Let your sitting bones rise:", "only you can feel your pelvis."]
    assert written(monkeypatch, view(prompt=words)) == [overlay.PROMPT_SIGN, *lines]
    assert written(monkeypatch, view(prompt=words), alerts=(ALERT,))[1:] == ["Head down"]
    assert written(monkeypatch, view(prompt=words, praise="30 seconds."))[1:] == ["30 seconds."]
    assert written(monkeypatch, view(prompt=words, next_time="30 seconds.")) == [overlay.NEXT_TIME_SIGN, "30 seconds."]
    assert written(monkeypatch, view())[1:] == ["Good form \u2013 keep breathing"]


@pytest.mark.parametrize("size", [(480, 854), (480, 640), (720, 1280), (640, 360)])
def test_every_prompt_fits_into_the_bar(size: tuple[int, int]) -> None:
    unit = min(size) / 480
    for words in {prompt for one in all_stretches() for prompt in one.prompts} | {"Straighten"}:
        canvas = overlay.with_bar(np.zeros((*size, 3), dtype=np.uint8))
        overlay.banner(canvas, unit, overlay.PROMPT_SIGN, words, overlay.PROMPT)
        assert not canvas[: size[0]].any()
        lit = (np.abs(canvas[size[0] + round(8 * unit) + 1 :].astype(int) - overlay.PANEL) > 60).any(axis=2)
        assert lit.any()
        assert not lit[:, [0, 1, -2, -1]].any()
        assert not lit[[0, -1]].any()


@pytest.mark.parametrize("size", [(480, 854), (480, 640), (720, 1280), (640, 360), (120, 160)])
def test_any_size_has_room_for_the_bar(size: tuple[int, int]) -> None:
    picture = np.zeros((*size, 3), dtype=np.uint8)
    pose = lying().pose()
    drawn = live_view.compose(
        picture, STRETCH, feedback(alerts=(ALERT,), marked=(25,)), pose.points_px, pose.visibility, view()
    )
    assert drawn.shape == (overlay.height_with_bar(*size), size[1], 3)
    assert drawn[size[0] :].max() > 150  # the cue is in the bar
    assert picture.max() == 0  # the camera's picture is left alone


def test_the_picture_is_mirrored_and_the_skeleton_with_it() -> None:
    picture = np.zeros((480, 854, 3), dtype=np.uint8)
    picture[:, :427] = (0, 0, 200)
    pose = lying().pose()
    drawn = live_view.compose(picture, None, feedback(), pose.points_px, pose.visibility, view())
    assert tuple(drawn[300, 800]) == (0, 0, 200)
    assert tuple(drawn[470, 20]) == (0, 0, 0)
    knee = pose.points_px[26]
    near = drawn[int(knee[1]) - 3 : int(knee[1]) + 4, 853 - int(knee[0]) - 3 : 853 - int(knee[0]) + 4]
    assert near.max() == 255


def test_without_a_person_there_is_no_skeleton() -> None:
    picture = np.zeros((480, 854, 3), dtype=np.uint8)
    nobody = np.full((33, 2), math.nan)
    drawn = live_view.compose(
        picture, None, feedback(state=State.NO_PERSON, depth_deg=math.nan), nobody, np.zeros(33), view()
    )
    assert drawn[200:400, 200:600].max() == 0


@pytest.mark.parametrize("size", [(480, 854), (480, 640), (720, 1280), (640, 360), (120, 160)])
def test_the_strip_of_a_routine_stands_above_the_picture_at_any_size(size: tuple[int, int]) -> None:
    picture = np.zeros((*size, 3), dtype=np.uint8)
    plan = routine_view.PlanView(
        what="Next: Partner-assisted leg raise \u00b7 right leg", hold="hold 2 of 4", then="then: rest 15 s",
        marks=("done", "skipped", "now", *["open"] * 25),
    )  # fmt: skip
    pose = lying().pose()
    shown = [
        live_view.compose(picture, STRETCH, feedback(), pose.points_px, pose.visibility, view(plan=one))
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


def clock(hold_s: float, target_s: float = 10.0, size: tuple[int, int] = (480, 854)) -> np.ndarray:
    """The picture of a running clock and nothing else."""
    picture = np.full((*size, 3), 90, dtype=np.uint8)
    overlay.ring(picture, overlay.scale_of(picture), feedback(hold_s=hold_s, target_s=target_s))
    return picture


def inside(picture: np.ndarray) -> np.ndarray:
    """What is written in the ring of a picture of 854 x 480."""
    return picture[40:115, 745:815]


def filled(picture: np.ndarray) -> float:
    return float(np.count_nonzero((picture == overlay.GOOD).all(axis=2)))


@pytest.mark.parametrize("size", [(480, 854), (720, 1280), (1080, 1920)])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.25, 0.5, 0.75, 0.97])
def test_the_ring_shows_the_share_that_was_held(share: float, size: tuple[int, int]) -> None:
    full = filled(clock(10.0, size=size))
    assert filled(clock(10.0 * share, size=size)) / full == pytest.approx(share, abs=0.012)


@pytest.mark.parametrize("size", [(480, 854), (640, 360), (120, 160)])
@pytest.mark.parametrize("hold_s", [9.7, 9.9, 9.999])
def test_the_ring_is_open_until_the_target_is_reached(hold_s: float, size: tuple[int, int]) -> None:
    full, nearly = filled(clock(10.0, size=size)), filled(clock(hold_s, size=size))
    assert nearly < 0.995 * full
    assert filled(clock(12.0, size=size)) == full


@pytest.mark.parametrize(("hold_s", "as_at"), [(9.7, 9.0), (9.999, 9.0), (0.99, 0.0), (29.6, 29.0)])
def test_whole_seconds_are_rounded_down(hold_s: float, as_at: float) -> None:
    np.testing.assert_array_equal(inside(clock(hold_s)), inside(clock(as_at)))
    assert (inside(clock(as_at)) != inside(clock(as_at + 1.0))).any()


def test_the_seconds_of_the_sides_are_rounded_down(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    draw = live_view.text.draw

    def note(picture: np.ndarray, words: str, *how: object, **more: object) -> None:
        drawn.append(words)
        draw(picture, words, *how, **more)

    monkeypatch.setattr(live_view.text, "draw", note)
    pose = lying().pose()
    held = {"left": 9.96, "right": 29.99}
    for target_s in (10.0, 7.5):
        live_view.compose(
            np.zeros((480, 854, 3), dtype=np.uint8), STRETCH, feedback(target_s=target_s), pose.points_px,
            pose.visibility, view(held_s=held),
        )  # fmt: skip
    assert "L 9/10   R 29/10" in drawn
    assert "L 9.9/7.5   R 29.9/7.5" in drawn
    assert "of 7.5 s" in drawn


@pytest.mark.parametrize("size", [(480, 854), (640, 360), (120, 160)])
def test_the_question_for_the_leg_leaves_the_cue_alone(size: tuple[int, int]) -> None:
    pose, picture = lying().pose(), np.zeros((*size, 3), dtype=np.uint8)
    asked, not_asked = (
        live_view.compose(picture, STRETCH, feedback(alerts=(ALERT,)), pose.points_px, pose.visibility, view(ask=ask))
        for ask in (live_view.WHICH_LEG, None)
    )
    changed = (asked != not_asked).any(axis=2)
    assert changed.any()
    assert not changed[size[0] :].any()
    assert not changed[: size[0] // 2].any()
    assert not changed[:, -size[1] // 100 :].any()  # nothing is cut off at the edge
