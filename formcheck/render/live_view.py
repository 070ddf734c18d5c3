"""The picture of a live session: mirrored, with the overlay, a meter for depth, the sides, and what to do next."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from formcheck.core.clock import held_words
from formcheck.core.feedback import Feedback, State
from formcheck.core.poses import Floats
from formcheck.core.side import LEGS, Side
from formcheck.core.stretch import Stretch
from formcheck.render import overlay, text
from formcheck.render import routine_view as plan_of
from formcheck.render.overlay import GOOD, INK, PANEL, QUIET
from formcheck.render.routine_view import PlanView
from formcheck.render.stamp import Pixels

KEYS: Final = "space pause   n next   s side   f full screen   q quit"
WHICH_LEG: Final = "Which leg is it?  l left, r right"
LEG_KEYS: Final = ("l", "r")
"""The keys that answer it, left and right as for the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveView:
    """What to show beside the feedback. Seconds held by side; `trouble` is what is wrong with the camera.

    `praise` or `next_time` are words on a target that was reached, `prompt` is what only the person can know.
    `plan` is where a routine is; the sides are then told by it. `ask` is a question to be answered with a key.
    """

    instruction: str | None
    countdown: int | None
    praise: str | None
    trouble: str | None
    paused: bool
    held_s: dict[Side, float]
    best_deg: float
    keys: bool
    plan: PlanView | None = None
    ask: str | None = None
    next_time: str | None = None
    prompt: str | None = None


def compose(
    rgb: Pixels, stretch: Stretch | None, feedback: Feedback, points_px: Floats, visibility: Floats, view: LiveView
) -> Pixels:
    """The picture as in a mirror with everything on it. `points_px` (33, 2) belong to the picture before mirroring.

    With a plan its strip is put above the picture.
    """
    unit = overlay.scale_of(rgb)
    canvas = overlay.with_bar(rgb, mirrored=True)
    picture = canvas[: rgb.shape[0]]
    if not math.isnan(points_px[0, 0]):
        points = points_px.copy()
        points[:, 0] = rgb.shape[1] - 1 - points[:, 0]
        overlay.skeleton(picture, unit, points, visibility, feedback.marked, feedback.alerts)
    plan = view.plan
    overlay.state_panel(
        picture, unit, stretch.title if stretch else "formcheck", feedback, plan.state_words if plan else None
    )
    overlay.ring(picture, unit, feedback)
    if stretch is not None:
        _meter(picture, unit, stretch, feedback, view.best_deg)
        if stretch.one_sided and plan is None:
            _sides(picture, unit, feedback, view.held_s)
    if view.countdown is not None:
        _countdown(picture, unit, view.countdown)
    if view.ask is not None:
        _question(picture, unit, view.ask)
    _message(canvas, unit, feedback, view)
    if view.keys and not feedback.state.holding:
        _keys(picture, unit, plan_of.KEYS if plan else KEYS)
    return canvas if plan is None else np.concatenate([plan_of.strip(rgb.shape[1], rgb.shape[0], plan), canvas])


def _message(canvas: Pixels, unit: float, feedback: Feedback, view: LiveView) -> None:
    """The one line that matters now."""
    if view.trouble:
        overlay.banner(canvas, unit, "\u26a0", view.trouble, overlay.LOOK_WARN)
    elif view.paused:
        overlay.banner(canvas, unit, "\u2016", "Paused \u2013 space goes on", QUIET)
    elif view.praise:
        overlay.banner(canvas, unit, overlay.GOOD_SIGN, view.praise, GOOD)
    elif view.next_time:
        overlay.banner(canvas, unit, overlay.NEXT_TIME_SIGN, view.next_time, overlay.LOOK_HINT)
    elif view.instruction:
        overlay.banner(canvas, unit, "\u27a4", view.instruction, overlay.LOOK_HINT)
    elif view.prompt and not feedback.alerts:
        overlay.banner(canvas, unit, overlay.PROMPT_SIGN, view.prompt, overlay.PROMPT)
    else:
        said = overlay.cue(feedback)
        if said is None and feedback.state == State.HOLD:
            said = (overlay.GOOD_SIGN, "Keep breathing", GOOD)
        if said is not None and (feedback.alerts or feedback.missing or feedback.state.holding):
            overlay.banner(canvas, unit, *said)


def _meter(picture: Pixels, unit: float, stretch: Stretch, feedback: Feedback, best_deg: float) -> None:
    """How deep the stretch is, on a scale that does not move, with the best of this session as a mark."""
    low, high = stretch.meter_deg
    wide, tall = round(14 * unit), round(190 * unit)
    left = picture.shape[1] - round(60 * unit) - wide // 2
    top = round(160 * unit)
    if top + tall > picture.shape[0] - round(8 * unit) or math.isnan(feedback.depth_deg):
        return
    overlay.panel(
        picture, left - round(6 * unit), top - round(6 * unit), wide + round(12 * unit), tall + round(12 * unit)
    )

    def y_of(degrees: float) -> int:
        share = min(1.0, max(0.0, (degrees - low) / (high - low)))
        return top + round(tall * (1.0 - share))

    cv2.rectangle(picture, (left, y_of(feedback.depth_deg)), (left + wide, top + tall), GOOD, -1)
    if not math.isnan(best_deg):
        y = y_of(best_deg)
        cv2.line(picture, (left - round(5 * unit), y), (left + wide + round(5 * unit), y), INK, max(2, round(3 * unit)))


def _sides(picture: Pixels, unit: float, feedback: Feedback, held_s: dict[Side, float]) -> None:
    """Seconds held on each side, below the state."""
    size, gap = round(20 * unit), round(10 * unit)
    # In the mirror the left leg is on the left.
    target_s = feedback.target_s
    left, right = (held_words(held_s.get(side, 0.0), target_s) for side in LEGS)
    words = f"L {left}/{target_s:g}   R {right}/{target_s:g}"
    top = round(92 * unit)
    overlay.panel(picture, gap, top, text.width_px(words, size) + 2 * gap, round(size * 1.3) + gap)
    text.draw(picture, words, 2 * gap, top + gap // 2, size, INK)


def _question(picture: Pixels, unit: float, words: str) -> None:
    """Bottom left, so that the cue can still be read below it."""
    gap = round(10 * unit)
    size = text.fitting(words, round(24 * unit), picture.shape[1] - 4 * gap)
    high = round(size * 1.3) + gap
    top = picture.shape[0] - high - gap
    overlay.panel(picture, gap, top, text.width_px(words, size) + 2 * gap, high)
    text.draw(picture, words, 2 * gap, top + gap // 2, size, overlay.LOOK_HINT)


def _keys(picture: Pixels, unit: float, words: str) -> None:
    """Bottom right, above the bar, where it covers no words."""
    gap = round(8 * unit)
    size = text.fitting(words, round(15 * unit), picture.shape[1] - 4 * gap)
    wide, high = text.width_px(words, size, bold=False) + 2 * gap, round(size * 1.3) + gap
    left, top = picture.shape[1] - wide - gap, picture.shape[0] - high - gap
    overlay.panel(picture, left, top, wide, high)
    text.draw(picture, words, left + gap, top + gap // 2, size, QUIET, bold=False)


def _countdown(picture: Pixels, unit: float, number: int) -> None:
    size = round(150 * unit)
    words = str(number)
    x = (picture.shape[1] - text.width_px(words, size)) // 2
    y = (picture.shape[0] - round(size * 1.2)) // 2
    text.draw(picture, words, x + round(3 * unit), y + round(3 * unit), size, PANEL)
    text.draw(picture, words, x, y, size, INK)


def waiting(width: int, height: int, words: str) -> Pixels:
    """A picture for as long as there is none."""
    canvas = np.full((height, width, 3), PANEL, dtype=np.uint8)
    size = text.fitting(words, round(26 * min(width, height) / 480), width - 40)
    text.draw(canvas, words, (width - text.width_px(words, size)) // 2, (height - size) // 2, size, INK)
    return canvas
