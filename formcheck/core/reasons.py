"""Why something cannot be judged, and what to do about it."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

SIDE_ON_LIMIT_DEG: Final = 32.0
"""Up to here projection shortens lines across the picture by less than 6 %, with an estimate of the yaw that spreads by
about 8 degrees: below this the view is let pass."""
LYING_SIDE_ON_LIMIT_DEG: Final = 38.0
"""The same for who lies, the lines of whose legs are corrected for the turn. On rendered bodies turned by 25 degrees
the estimate spreads by about 6, up to 37: a wide-shouldered one seems turned further."""


class Reason(IntEnum):
    """Why something cannot be judged. 0 is "it can"."""

    SEEN = 0
    NO_PERSON = 1
    NOT_SIDE_ON = 2
    FEET_OUT = 3
    HEAD_OUT = 4
    BODY_OUT = 5
    LEG_HIDDEN = 6
    TRUNK_HIDDEN = 7
    HANDS_HIDDEN = 8
    HEAD_HIDDEN = 9
    LENGTHS_OFF = 10
    TOO_SLOW = 11
    TOO_SHALLOW = 12
    LEGS_TOGETHER = 13
    SUPPORTED = 14
    NOT_LEARNT = 16
    BACK_COVERED = 17
    NOT_LEFT = 18
    NOT_HERE = 19
    TOO_SHORT = 20
    TOO_NOISY = 21
    LEG_UNSURE = 22
    CAMERA_TILTED = 23
    CAMERA_MOVES = 24
    TOO_DARK = 25
    BLURRED = 26
    TOO_SMALL = 27


REASON_TEXT: Final[dict[int, str]] = {
    Reason.SEEN: "",
    Reason.NO_PERSON: "nobody in the picture",
    Reason.NOT_SIDE_ON: "turn your side to the camera",
    Reason.FEET_OUT: "feet out of the picture: move back",
    Reason.HEAD_OUT: "head out of the picture: move back",
    Reason.BODY_OUT: "body cut by the edge: move back",
    Reason.LEG_HIDDEN: "that leg is hidden",
    Reason.LEG_UNSURE: "unsure where that leg's joints are",
    Reason.TRUNK_HIDDEN: "hips or shoulders are hidden",
    Reason.HANDS_HIDDEN: "hands are hidden",
    Reason.HEAD_HIDDEN: "head is hidden",
    Reason.LENGTHS_OFF: "the body's outline is uncertain here",
    Reason.TOO_SLOW: "too few pictures a second for this",
    Reason.TOO_SHALLOW: "not deep enough in the stretch to tell",
    Reason.LEGS_TOGETHER: "legs too close together to tell apart",
    Reason.SUPPORTED: "the hands rest on something",
    Reason.BACK_COVERED: "an arm, clothes or furniture cover the back",
    Reason.NOT_LEFT: "coming up is not in the picture",
    Reason.NOT_HERE: "the body is not in this stretch",
    Reason.NOT_LEARNT: "not enough of you seen yet to compare with",
    Reason.TOO_SHORT: "too short to tell",
    Reason.CAMERA_TILTED: "the camera seems to be tilted: put it level",
    Reason.CAMERA_MOVES: "the camera moves: put it down on something firm",
    Reason.TOO_DARK: "too dark: put on more light",
    Reason.BLURRED: "the picture is blurred: wipe the lens and let it focus",
    Reason.TOO_SMALL: "too small in the picture: come closer",
    Reason.TOO_NOISY: "the picture is too dark or too noisy to tell",
}


_FURTHER: Final = 1000  # codes of reasons that other packages add begin here


def further_reason(words: str) -> int:
    """The code of a reason of one's own, for needs that `Reason` has no word for; the same for the same words.

    `words` say what to do about it, as in "feet out of the picture: move back".
    """
    for code, known in REASON_TEXT.items():
        if known == words:
            return code
    code = max(_FURTHER, *(known + 1 for known in REASON_TEXT))
    REASON_TEXT[code] = words
    return code
