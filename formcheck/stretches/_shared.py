"""Rules that several stretches have in common, and the signals they read."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

from formcheck.core.measures import Measures
from formcheck.core.poses import Ints
from formcheck.core.rules import Level, Rule, Target

Value = TypeVar("Value", bound=np.generic)

COMFORT = "Only go as far as feels comfortable, and stay free of pain."

HOLD_TIME = Rule(
    id="hold-time",
    level=Level.PROGRESS,
    title="Hold for half a minute",
    measure="hold time",
    unit="s",
    limits="30 s is the target, 10 to 29 s counts in part; 2 to 4 repeats a side. Longer is never wrong.",
    source="Bandy and Irion 1994; ACSM",
    silent="Pauses while you cannot be seen or wobble for up to 2 s.",
    timed="hold",
)

NO_BOUNCE = Rule(
    id="no-bounce",
    level=Level.WARN,
    title="No bouncing",
    measure="swing",
    unit="deg",
    limits="Two swings there and back within 3 s (0.5 to 3 Hz): fine below 3 degrees, warned about above 4.",
    source="own choice, calibrated on rendered clips",
    silent="fewer than 15 pictures a second",
    cue="Stop bouncing: hold still",
    timed="bounce",
)

STEADY = Rule(
    id="steady",
    level=Level.WARN,
    title="No shaking",
    measure="shaking against your own quiet",
    unit="times",
    limits="Joint speed between 4 and 10 Hz: fine below 2 times your own quiet, warned about from 3, unsafe from 5.",
    source="own choice, calibrated on rendered clips",
    silent="fewer than 25 pictures a second, or too little of you seen at rest",
    cue="You are shaking: ease off a little",
    timed="shaking",
)

EVERY_STRETCH = (HOLD_TIME, NO_BOUNCE, STEADY)


def pick(values: npt.NDArray[Value], leg: Ints) -> npt.NDArray[Value]:
    """(T,) values of one leg a frame, from (T, 2)."""
    return np.take_along_axis(values, leg[:, None], axis=1)[:, 0]


def stretched_leg(measures: Measures, target: Target) -> Ints:
    """(T,) index of the leg that is stretched: what the user said, else the higher one."""
    if target.leg is None:
        return measures.raised
    return np.full(len(measures), target.leg)


def other_leg(measures: Measures, target: Target) -> Ints:
    """(T,) index of the leg that is not stretched."""
    return 1 - stretched_leg(measures, target)
