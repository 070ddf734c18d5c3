"""What is drawn over a picture: the skeleton, the state, the hold, and the one thing that matters now."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import cv2
import numpy as np

from formcheck.core.clock import held_words, share_held
from formcheck.core.feedback import Alert, Feedback, Report, State
from formcheck.core.landmarks import points_of
from formcheck.core.names import capital, uncapital
from formcheck.core.poses import Floats
from formcheck.core.rules import Level
from formcheck.core.stretch import Stretch
from formcheck.render import stamp, text
from formcheck.render.bones import lines_between
from formcheck.render.dial import dial
from formcheck.render.stamp import Pixels, Rgb, Stamp

# Colours that people without full colour vision tell apart (Okabe and Ito), lightened for dark panels. No colour
# stands alone: each comes with its own symbol and words.
INK: Final[Rgb] = (255, 255, 255)
PANEL: Final[Rgb] = (18, 24, 33)
QUIET: Final[Rgb] = (176, 190, 205)
GOOD: Final[Rgb] = (60, 200, 150)
LOOK: Final[dict[Level, tuple[Rgb, str]]] = {
    Level.HINT: ((110, 190, 240), "\u2139"),
    Level.WARN: ((245, 170, 30), "\u26a0"),
    Level.UNSAFE: ((255, 110, 70), "\u2716"),
}
LOOK_HINT: Final = LOOK[Level.HINT][0]
LOOK_WARN: Final = LOOK[Level.WARN][0]
GOOD_SIGN: Final = "\u2714"
MISSING_SIGN: Final = "\u27a4"
BLIND_SIGN: Final = "\u25cc"
NEXT_TIME_SIGN: Final = "\u21bb"
PROMPT: Final[Rgb] = (228, 170, 212)
PROMPT_SIGN: Final = "\u2665"
_STATE_WORDS: Final = {
    State.NO_PERSON: "Nobody in the picture",
    State.POSITION: "Get into position",
    State.READY: "Hold still \u2026",
    State.HOLD: "Hold",
    State.DONE: "Done",
}
_BAR = 68.0
_JUDGED_S: Final = 2.0  # in a hold for less, most faults have not lasted yet
_LINE: Final = 1.2  # from line to line, in sizes of the letters
_GAP: Final = 0.012  # of a turn: about the least that is seen to be open, for as long as the target is not reached
_SHOWN_FROM = 0.3  # visibility below which a limb is only a guess and not drawn
_FULL_PX, _THINNEST = 160.0, 0.35  # somebody of this extent and more, at 480 px, is drawn with full lines


def draw(picture: Pixels, title: str, feedback: Feedback, points_px: Floats, visibility: Floats) -> Pixels:
    """The RGB picture with everything drawn on it, and below it a bar for the cue, so that no foot is covered.

    `points_px` (33, 2) and `visibility` (33,) belong to this picture at its own size; NaN where nobody was seen.
    """
    unit = scale_of(picture)
    canvas = with_bar(picture)
    picture = canvas[: picture.shape[0]]
    if not math.isnan(points_px[0, 0]):
        skeleton(picture, unit, points_px, visibility, feedback.marked, feedback.alerts)
    state_panel(picture, unit, title, feedback)
    ring(picture, unit, feedback)
    said = cue(feedback)
    if said is not None:
        banner(canvas, unit, *said)
    return canvas


def height_with_bar(height: int, width: int) -> int:
    """Height of a picture once the bar is below it; even, as video wants it."""
    high = height + round(_BAR * min(height, width) / 480.0)
    return high + high % 2


def scale_of(picture: Pixels) -> float:
    """Everything is designed for pictures whose shorter side is 480 px, and scales from there."""
    return min(picture.shape[:2]) / 480.0


def with_bar(picture: Pixels, *, mirrored: bool = False) -> Pixels:
    """A copy of the picture, or its mirror image, with the empty bar for the cue below it."""
    height, width = picture.shape[:2]
    canvas = np.empty((height_with_bar(height, width), width, 3), dtype=np.uint8)
    if mirrored:
        cv2.flip(picture, 1, dst=canvas[:height])
    else:
        canvas[:height] = picture
    cv2.rectangle(canvas, (0, height), (width, canvas.shape[0]), PANEL, -1)
    return canvas


def skeleton(
    picture: Pixels, unit: float, points: Floats, visibility: Floats, marked: tuple[int, ...], alerts: Sequence[Alert]
) -> None:
    """Bones and joints, thinner on somebody small; the points that the first alert is about in its colour."""
    unit *= min(1.0, max(_THINNEST, float(np.ptp(points[:, :2], axis=0).max()) / (_FULL_PX * unit)))
    thick = max(1, round(4 * unit))
    colour = LOOK[alerts[0].level][0] if alerts else GOOD
    seen = visibility >= _SHOWN_FROM
    at = np.rint(np.where(seen[:, None], points, 0.0)).astype(np.int32)
    drawn, plain, about = lines_between(tuple(seen.tolist()), marked)
    around = thick + max(1, round(3 * unit))
    for lines, ink, wide in ((drawn, PANEL, around), (plain, INK, thick), (about, colour, thick)):
        bones = [at[line] for line in lines]
        cv2.polylines(picture, bones, isClosed=False, color=ink, thickness=wide, lineType=cv2.LINE_AA)
    for joint in marked:
        if seen[joint]:
            cv2.circle(picture, at[joint].tolist(), round(9 * unit), PANEL, -1, cv2.LINE_AA)
            cv2.circle(picture, at[joint].tolist(), round(7 * unit), colour, -1, cv2.LINE_AA)


def state_panel(picture: Pixels, unit: float, title: str, feedback: Feedback, words: str | None = None) -> None:
    """Stretch and state, or other `words` for it, top left."""
    gap = round(10 * unit)
    ink = GOOD if feedback.state.holding else INK
    _state(unit, title, words or _STATE_WORDS[feedback.state], ink).lay(picture, gap, gap)


@lru_cache(maxsize=16)
def _state(unit: float, title: str, words: str, ink: Rgb) -> Stamp:
    big, small, gap = round(30 * unit), round(17 * unit), round(10 * unit)
    wide = max(text.width_px(words, big), text.width_px(title, small, bold=False)) + 2 * gap
    high = round((big + small) * 1.2) + 2 * gap

    def on(part: Pixels) -> None:
        panel(part, 0, 0, wide, high)
        text.draw(part, title, gap, round(0.6 * gap), small, QUIET, bold=False)
        text.draw(part, words, gap, round(0.6 * gap + small * 1.2), big, ink)

    return Stamp.of(high, wide, on)


def ring(picture: Pixels, unit: float, feedback: Feedback) -> None:
    """The hold and its target, top right: full when the target is reached, not before."""
    radius, thick, gap = round(56 * unit), max(3, round(11 * unit)), round(12 * unit)
    left = picture.shape[1] - 2 * radius - thick - gap - thick // 2
    top = gap + thick // 2 - thick
    share = share_held(feedback.hold_s, feedback.target_s)
    number, goal = held_words(feedback.hold_s, feedback.target_s), f"of {feedback.target_s:g} s"
    _clock(unit, radius, thick, number, goal).lay(picture, left, top)
    if share > 0.0:
        held = dial(radius, thick, PANEL).held(1.0 + _GAP if share >= 1.0 else min(share, 1.0 - _GAP), GOOD)
        held.lay(picture, left, top)


@lru_cache(maxsize=64)
def _clock(unit: float, radius: int, thick: int, number: str, goal: str) -> Stamp:
    """The dial while it is empty, with what is written in it."""
    middle, empty = radius + thick, dial(radius, thick, PANEL).empty
    size, small = text.fitting(number, round(50 * unit), round(1.7 * (radius - thick / 2))), round(15 * unit)

    def on(part: Pixels) -> None:
        empty.lay(part, 0, 0)
        text.draw(part, number, middle - text.width_px(number, size) // 2, middle - round(size * 0.72), size, INK)
        text.draw(part, goal, middle - text.width_px(goal, small) // 2, middle + round(size * 0.32), small, QUIET)

    return Stamp.of(2 * middle + 1, 2 * middle + 1, on)


def cue(feedback: Feedback) -> tuple[str, str, Rgb] | None:
    """The one message of a frame as (symbol, words, colour); None when there is nothing to say."""
    if feedback.alerts:
        colour, sign = LOOK[feedback.alerts[0].level]
        return sign, feedback.alerts[0].message, colour
    if feedback.advice:
        return BLIND_SIGN, capital(feedback.advice), QUIET
    if feedback.missing:
        return MISSING_SIGN, f"Missing: {feedback.missing}", QUIET
    if feedback.state == State.DONE:
        if feedback.next_time:
            return NEXT_TIME_SIGN, f"Target reached \u2013 next time: {feedback.next_time}", LOOK_HINT
        return GOOD_SIGN, "Target reached \u2013 well done", GOOD
    if feedback.state == State.HOLD and feedback.good:
        praised = feedback.hold_s >= _JUDGED_S and not feedback.next_time
        return GOOD_SIGN, "Good form \u2013 keep breathing" if praised else "Keep breathing", GOOD
    return None


def banner(canvas: Pixels, unit: float, sign: str, words: str, colour: Rgb) -> None:
    """The cue in the bar at the bottom, as large as it fits; in two lines where that is larger."""
    gap, high = round(14 * unit), round(_BAR * unit)
    top, edge = canvas.shape[0] - high, max(3, round(5 * unit))
    room = canvas.shape[1] - 3 * gap
    lines, size = _fitted(f"{sign}  ", words, round(38 * unit), round((high - edge) / 2 / _LINE), room)
    before = text.width_px(f"{sign}  ", size)
    left = (canvas.shape[1] - before - max(text.width_px(line, size) for line in lines)) // 2
    step = round(size * _LINE)
    down = top + edge // 2 + (high - step * len(lines)) // 2
    cv2.rectangle(canvas, (0, top), (canvas.shape[1], top + edge), colour, -1)
    text.draw(canvas, sign, left, down, size, colour)
    for row, line in enumerate(lines):
        text.draw(canvas, line, left + before, down + row * step, size, INK)


@lru_cache(maxsize=32)
def _fitted(sign: str, words: str, most: int, most_of_two: int, room: int) -> tuple[tuple[str, ...], int]:
    """The words in one line or two, whichever may be written larger, and how large."""
    size = text.fitting(sign + words, most, room)
    halves = text.halves(words)
    longer = max(halves, key=len)
    size_of_two = text.fitting(sign + longer, most_of_two, room)
    return (halves, size_of_two) if size_of_two > size else ((words,), size)


def panel(picture: Pixels, x: int, y: int, wide: int, high: int) -> None:
    """Darken a part of the picture, for text to stand on: a quarter of the picture, three quarters panel."""
    stamp.panel(high, wide, PANEL).lay(picture, x, y)


def draw_photo(
    picture: Pixels, stretch: Stretch | None, report: Report, points_px: Floats, visibility: Floats, near: int
) -> Pixels:
    """The photo with the skeleton, and below it the finding that matters most; `near` is the leg seen better."""
    unit = scale_of(picture)
    canvas = with_bar(picture)
    alerts = sorted(report.alerts, key=lambda alert: -alert.level.severity)
    stretched = 1 if report.side == "right" else 0
    marked = points_of(stretch.rule(alerts[0].rule).about, stretched, near) if alerts and stretch else ()
    if not math.isnan(points_px[0, 0]):
        skeleton(canvas[: picture.shape[0]], unit, points_px, visibility, marked, alerts)
    if alerts:
        colour, sign = LOOK[alerts[0].level]
        banner(canvas, unit, sign, alerts[0].message, colour)
    elif report.nearest is not None:
        lacked = report.nearest.missing[0].condition
        banner(canvas, unit, BLIND_SIGN, f"Most like the {uncapital(report.nearest.title)}. Missing: {lacked}", QUIET)
    elif not report.view.usable and report.view.advice:
        banner(canvas, unit, BLIND_SIGN, capital(report.view.advice), QUIET)
    elif stretch is None:
        banner(canvas, unit, BLIND_SIGN, "No stretch recognised", QUIET)
    elif any(rule.outcome == "ok" for rule in report.rules):
        banner(canvas, unit, GOOD_SIGN, f"{stretch.title}: nothing to correct", GOOD)
    return canvas
