"""Rules, prompts and conditions that several stretches have in common."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from formcheck.core.limits import Limit
from formcheck.core.measures import Measures
from formcheck.core.poses import Ints
from formcheck.core.posture import Posture
from formcheck.core.reasons import Reason
from formcheck.core.rules import Level, Rule
from formcheck.core.shape import Being, Shape, Within
from formcheck.core.stretch import Prompt
from formcheck.core.uncertainty import Uncertainty
from formcheck.criteria.alignment import alignment, over_time
from formcheck.criteria.bound import Bound
from formcheck.criteria.look_alikes import CHEST_FORWARD, NO_ARM_UP
from formcheck.criteria.needs import LEGS_APART
from formcheck.criteria.quantities import (
    BACK_CURVE,
    HEEL_HEIGHT,
    HELPED,
    HIP,
    KNEE,
    LEG_OFF_VERTICAL,
    LEG_RAISE,
    TRUNK_LEAN,
    YAW,
)

OWN: Final = "own choice"
ON_CLIPS: Final = "own choice, calibrated on rendered clips"
TRIED: Final = "own choice, tried on rendered clips and photographs"
# Spread of a single measurement: of the knee with 2 cm of landmark error (calculated), of the curve on rendered backs.
KNEE_ERROR_DEG: Final = 6.5
CURVE_ERROR: Final = 0.03
BENCH_KNEE_ERROR_DEG: Final = 15.0  # of a leg on a bench, both stretches together
STANDING_KNEE_ERROR: Final = Uncertainty(held=8.0)  # of a bent leg that is stood on, both stretches together

COMFORT = Prompt(words="Stay free of pain. Stop if your back hurts or you feel unsteady.", at_start=True)


_HOW_FAR: Final = "Go until you feel something at the back of the thigh, and no further."


def how_to_hold(how_far: str = _HOW_FAR, *, a_side: bool = True) -> tuple[str, ...]:
    """The steps that all stretches have in common: how far, how long, and why without bouncing."""
    return (
        how_far,
        f"Hold still for about 30 seconds and breathe, 2 to 4 times{' a side' if a_side else ''}.",
        "Do not bounce: a muscle that is tugged at tightens to protect itself.",
    )


HOLD_TIME = Rule(
    id="hold-time",
    level=Level.PROGRESS,
    title="Hold for half a minute",
    measure="hold time",
    unit="s",
    limit_values=(Limit(name="target", default=30.0, meaning="how long to hold; set with hold_s or --hold"),),
    limit_words=(
        "{target:g} s is the target unless you set another; less counts in part; 2 to 4 repeats, of each side "
        "where there are two. Longer is never wrong. It pauses while you cannot be seen or wobble for up to 2 s."
    ),
    source="Bandy and Irion 1994; ACSM",
    timed="hold",
)

NO_BOUNCE = over_time(
    id="no-bounce",
    title="No bouncing",
    measure="swing",
    unit="deg",
    detector="bounce",
    too_high=Bound(ok=3.0, warn=4.0, settable=(1.0, 20.0), cue="Stop bouncing: hold still"),
    limit_words=(
        "Two swings there and back within 3 s (0.5 to 3 Hz): fine below {ok:g} degrees, warned about above {warn:g}."
    ),
    silent="fewer than 15 pictures a second",
    source=ON_CLIPS,
)

STEADY = over_time(
    id="steady",
    title="No shaking",
    measure="shaking against your own quiet",
    unit="times",
    detector="shaking",
    too_high=Bound(ok=2.0, warn=3.0, unsafe=5.0, settable=(1.0, 30.0), cue="You are shaking: ease off a little"),
    after_s=1.0,
    limit_words=(
        "Joint speed between 4 and 10 Hz: fine below {ok:g} times your own quiet, warned about from {warn:g}, "
        "unsafe from {unsafe:g}."
    ),
    silent="fewer than 25 pictures a second, or too little of you seen at rest",
    source=ON_CLIPS,
)

EVERY_STRETCH = (HOLD_TIME, NO_BOUNCE, STEADY)
# Who stands with the legs apart or on one of them has something better to do first.
EVERY_UNSTEADY_STRETCH = (HOLD_TIME, NO_BOUNCE, replace(STEADY, cue="Hold on to a chair or wall, or ease off"))

BACK_STRAIGHT = alignment(
    id="back-straight",
    title="Back straight",
    of=BACK_CURVE,
    too_high=Bound(ok=0.06, hint=0.07, warn=0.13, settable=(0.0, 0.4), cue="Straighten your back, hinge at the hips"),
    error=Uncertainty(held=0.05, single=CURVE_ERROR),  # of all rendered backs together
    note="Height of the arc of the back over its chord, beyond your own upright back.",
    source="calculated, calibrated on rendered clips",
)


def stretched_knee_straight(
    *,
    title: str,
    cue: str,
    ok: float,
    hint: float,
    warn: float,
    error_deg: float,
    source: str = ON_CLIPS,
    lying: bool = False,
) -> Rule:
    """The knee of the stretched leg, with the limits and the error of one stretch and where they come from.

    `lying`: the legs must be far enough apart that left and right cannot be mistaken.
    """
    return alignment(
        id="stretched-knee-straight",
        title=title,
        of=KNEE.needing(LEGS_APART) if lying else KNEE,
        too_low=Bound(ok=ok, hint=hint, warn=warn, settable=(90.0, 178.0), cue=cue),
        error=Uncertainty(held=error_deg, single=KNEE_ERROR_DEG),
        source=source,
    )


ON_THE_BACK = Being(words="lying on your back", of=lambda measures, _leg: measures.lying)
# A deep squat may be read as sitting, so neither is ruled out where squatting is a part or a fault of the stretch.
ON_THE_FEET = Being(words="on your feet", of=lambda measures, _leg: ~(measures.lying | measures.kneeling))
SITTING = Being(words="sitting on the floor", of=lambda measures, _leg: measures.posture == Posture.SEATED)
KNEELING = Being(words="kneeling", of=lambda measures, _leg: measures.posture == Posture.KNEELING)
FEET_SEEN = Being(words="feet in the picture", of=lambda measures, _leg: measures.feet_seen == Reason.SEEN)


HELPER = Within(words="somebody helps", of=HELPED, low=0.5, source=TRIED)
NO_HELPER = Within(words="nobody helps", of=HELPED, high=0.5, source=TRIED)

BENCH_FROM: Final = 0.35  # of the height of the hips: below it is the standing stretch

HEEL_ON_BENCH = alignment(
    id="heel-height",
    title="Heel about hip high",
    of=HEEL_HEIGHT,
    too_high=Bound(ok=1.10, warn=1.15, settable=(0.5, 1.6), cue="Too high: find something lower"),
    too_low=Bound(
        name="low",
        means="less than half as high as the hips",
        ok=0.53,
        hint=0.50,
        settable=(0.0, 1.0),
        cue="Higher is fine: up to about your hips",
    ),
    error=Uncertainty(held=0.03),
    note=(
        "Sinking into a squat does not make a bench too high; a heel that is lower than your hips is compared with "
        "where they are now."
    ),
    source=OWN,
)

ON_BENCH = Shape.of(
    ON_THE_FEET,
    Within(words="one heel or ankle up on something", of=HEEL_HEIGHT, low=0.3, source=OWN),
    Within(words="that leg about level", of=LEG_RAISE, low=-60.0, high=60.0, source=OWN),
    Within(words="standing on the other leg", of=LEG_OFF_VERTICAL.on("other"), high=35.0, source=OWN),
    Within(words="leaning forward", less="a smaller lean", of=TRUNK_LEAN, low=12.0, high=115.0, source=OWN),
)
# A raised leg that is folded is that of somebody who sits or climbs; a trunk that just leans, of somebody who looks
# down; from the front nothing of it can be told.
CLEARLY_ON_BENCH = ON_BENCH.also(
    Within(words="the raised knee open", of=KNEE, low=118.0, source=TRIED),
    Within(words="the heel clearly up", of=HEEL_HEIGHT, low=BENCH_FROM, source=TRIED),
    Within(words="clearly leaning", of=TRUNK_LEAN, low=16.0, source=TRIED),
    Within(words="not seen from the front", of=YAW, high=65.0, source=OWN),
    CHEST_FORWARD,
    NO_ARM_UP,
    # Not away from it, as in a scale or upside down: hinges close to 20 to 90 degrees.
    Within(words="the trunk toward the raised leg", of=HIP, high=125.0, source=TRIED),
)
STANDING_KNEE_STRAIGHT_DEG: Final = 160.0  # from here on the standing leg is too straight for a squat


def in_front(measures: Measures) -> Ints:
    """(T,) index of the leg whose ankle is further forward."""
    return measures.forward


def raised(measures: Measures) -> Ints:
    """(T,) index of the higher leg."""
    return measures.raised
