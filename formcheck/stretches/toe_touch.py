"""Toe touch: standing, folding forward at the hips toward the toes."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from formcheck.core.limits import Limit
from formcheck.core.measures import Measures
from formcheck.core.poses import Ints
from formcheck.core.posture import Posture
from formcheck.core.quantity import first_reason
from formcheck.core.reasons import Reason
from formcheck.core.rules import GradedLimit, Level, Limits, Reading, Rule, Verdict, grade
from formcheck.core.shape import Shape, Within
from formcheck.core.stretch import Difficulty, Progress, Prompt, Stretch, WayOn
from formcheck.core.uncertainty import Uncertainty
from formcheck.criteria.alignment import alignment, known_to, over_time
from formcheck.criteria.balance import FOLD_DEG, setback_limits
from formcheck.criteria.bound import Bound
from formcheck.criteria.look_alikes import FOLDS_FORWARD, HANDS_NEAR, HANDS_SINK, NOT_FROM_THE_FRONT, OVER_THE_FEET
from formcheck.criteria.quantities import (
    FEET_APART,
    HEEL_HEIGHT,
    HIP,
    KNEE,
    LEGS_OFF_VERTICAL,
    MORE_BENT_KNEE,
    RAW_TRUNK_LEAN,
    REACH,
    STRAIGHTER_KNEE,
    TRUNK_LEAN,
    TRUNK_SHARE,
    YAW,
)
from formcheck.criteria.shared import (
    COMFORT,
    EVERY_STRETCH,
    FEET_SEEN,
    ON_CLIPS,
    ON_THE_FEET,
    OWN,
    TRIED,
    how_to_hold,
    raised,
)

_PROP_AHEAD: Final = 0.45  # leg lengths: hands so far ahead of the toes rest on something
_AT_THE_FLOOR: Final = 0.06  # leg lengths; fingertips there are at the floor, as exactly as the heel is known
_REACH_ERROR: Final = 0.11
_SETBACK_ERROR: Final = Uncertainty(held=0.04, turned=0.07)
# What lies at the floor may be read as high as this, and is no prop: fingertips there carry next to nothing.
_HANDS_LOW: Final = _AT_THE_FLOOR + _REACH_ERROR


def hips_over_feet(measures: Measures, _stretched: Ints, limits: Limits) -> Reading:
    """Hips no further behind the feet than balance asks for."""
    fine, hint, warn, deep = setback_limits(measures, limits)
    shallow = np.where(measures.trunk_deg < FOLD_DEG[0], int(Reason.TOO_SHALLOW), int(Reason.SEEN))
    propped = (measures.hands_ahead > _PROP_AHEAD) | (measures.supported & ~(measures.reach < _HANDS_LOW))
    on_prop = np.where(propped, int(Reason.SUPPORTED), int(Reason.SEEN))
    reading = grade(
        measures.hip_setback,
        ok=fine,
        steps=((np.fmin(hint, warn), Level.HINT), (warn, Level.WARN)),
        bad_when="above",
        error=_SETBACK_ERROR.at(measures.yaw_deg),
        reason=first_reason(measures.view_seen, measures.feet_seen, measures.trunk_seen, shallow, on_prop),
    )
    # On the way down, or with a load, the weight may be over the heels: a single picture of that is no warning.
    unsure = np.minimum(reading.sure, int(Verdict.HINT))
    shown = ((hint, Level.HINT), (warn, Level.WARN))
    return replace(
        reading,
        sure=np.where(deep, reading.sure, unsure),
        steps=tuple(GradedLimit(limit=limit, level=level, bad_when="above") for limit, level in shown),
    )


HIPS_OVER_FEET = Rule(
    id="hips-over-feet",
    level=Level.WARN,
    title="Hips over the feet",
    measure="hip setback",
    unit="leg length",
    limit_values=(
        Limit(name="ok", default=0.01, lowest=0.0, highest=0.3, meaning="fine again this far beyond balance"),
        Limit(
            name="warn",
            default=0.05,
            lowest=0.01,
            highest=0.3,
            at_least="ok",
            meaning="further than this beyond balance, a warning",
        ),
        # A lean that is read 10 degrees wrong and a camera that is tilted by 4 move it by 0.03 and 0.07. So far beyond
        # balance the centre of mass is calculated to lie 0.16 of the foot from the heel, so a warning asks for more.
        Limit(
            name="hint",
            default=0.10,
            lowest=0.01,
            highest=0.4,
            at_least="ok",
            meaning="folded by less than 100 degrees: further beyond balance, a hint",
        ),
        # The same said as balance: a centre of mass this close to the heels needs the hands, or falls. The
        # measured centre spreads by about 0.1 of the foot, so this lies below the 0.35 that is comfortable.
        Limit(
            name="heels",
            default=0.20,
            lowest=0.0,
            highest=0.5,
            unit="foot length",
            meaning="centre of mass closer to the heel, a warning",
        ),
    ),
    limit_words=(
        "Balance needs the hips 0.17/0.20/0.22/0.24/0.24/0.20/0.14/0.08/0 leg lengths behind the feet at a trunk of "
        "50/60/70/80/90/120/135/150/165 degrees. All limits say how much further back, kept up for 2 s. Folded by 100 "
        "degrees or more: above {warn:g} is a warning, and so is the weight over the heels (on the hindmost {heels:g} "
        "of the foot); below {ok:g} is fine again. Folded by 50 to 90 degrees: above {hint:g} is a hint; above one and "
        "a half times that, with the weight over the heels, is a warning, but never in a single picture; below "
        "{warn:g} is fine again. From 90 to 100 degrees the limits of the hint and the warning fall evenly to {warn:g}."
        f" {known_to(_SETBACK_ERROR, 'leg length')}"
    ),
    source="calculated for this project",
    silent="folded by less than 50 degrees, feet unseen, hands on a prop, not side-on",
    cue="Bring your hips forward, over your feet",
    read=hips_over_feet,
    after_s=2.0,
    about="hips and feet",
)

COME_UP_SAFELY = over_time(
    id="come-up-safely",
    title="Come up slowly",
    measure="speed of coming up",
    unit="deg/s",
    detector="leaving",
    # Rendered bodies that come up in a calm two seconds reach 110 degrees a second, and 98 to 143 as read.
    too_high=Bound(ok=None, hint=150.0, settable=(40.0, 600.0), cue="Come up slowly, hands on your thighs or a table"),
    limit_words=(
        "Off above {hint:g} degrees a second, or in stops and starts; a rest with your hands on your thighs or on "
        "something is no stop."
    ),
    silent="the way up is not in the picture",
    source=ON_CLIPS,
)

TOGETHER = Within(words="feet side by side", of=FEET_APART, high=0.25, source=OWN)
LEGS_BELOW = Within(words="both legs below you", of=LEGS_OFF_VERTICAL, high=35.0, source=OWN)

POSITION = Shape.of(
    ON_THE_FEET,
    LEGS_BELOW,
    Within(words="folded forward", of=TRUNK_LEAN, low=50.0, source=OWN),
    TOGETHER,
    Within(words="straighter knees", of=STRAIGHTER_KNEE, low=110.0, source=OWN),
)
CLEARLY = POSITION.also(
    Within(words="both knees open", of=MORE_BENT_KNEE, low=95.0, source=TRIED),
    Within(words="one knee nearly straight", of=STRAIGHTER_KNEE, low=120.0, source=TRIED),
    Within(words="folded at the hips", of=HIP, high=135.0, source=TRIED),
    OVER_THE_FEET,
    HANDS_NEAR,
    FOLDS_FORWARD,
    HANDS_SINK,
    NOT_FROM_THE_FRONT,
)
# Nothing can be judged from there, so it is only said what to change.
FROM_THE_FRONT = Shape.of(
    ON_THE_FEET,
    LEGS_BELOW,
    TOGETHER,
    Within(words="both feet on the floor", of=HEEL_HEIGHT, high=0.3, source=OWN),
    Within(words="both knees straight", of=MORE_BENT_KNEE, low=140.0, source=OWN),
    Within(words="facing the camera", of=YAW, low=50.0, source=TRIED),
    Within(words="the trunk pointing to the camera", of=TRUNK_SHARE, high=0.40, source=TRIED),
    FEET_SEEN,
)

STRETCH = Stretch(
    slug="toe-touch",
    title="Toe touch",
    summary="Stand, fold forward at the hips and let the hands sink toward the toes.",
    how_to=(
        "Stand with your feet side by side, about as wide as your hips.",
        "Fold forward at the hips and let your hands sink toward your toes; reaching them does not matter.",
        "Keep your hips above your feet and let your sitting bones rise. Soft knees are fine.",
        *how_to_hold(a_side=False),
        "Come up slowly, with your hands on your thighs or on a table if you like.",
    ),
    camera="At hip height, two to three metres to your side, so that all of you fits in, feet included.",
    one_sided=False,
    difficulty=Difficulty.USUAL,
    needs=("room to fold forward",),
    choose_when="You stand safely and can mind your hips, knees and balance at once.",
    leads_to=("bench",),
    ways_on=(
        WayOn(
            words="The standing stretch is easier to keep in shape",
            after_fault="hips-over-feet",
            stretch="standing",
        ),
    ),
    posture=Posture.STANDING,
    rules=(
        HIPS_OVER_FEET,
        alignment(
            id="knees-straight",
            title="Knees nearly straight",
            of=KNEE.on("nearer"),
            too_low=Bound(ok=155.0, hint=150.0, settable=(110.0, 178.0), cue="Straighten your knees a little"),
            error=Uncertainty(held=12.0),
            note="Soft knees are fine.",
            source=ON_CLIPS,
        ),
        COME_UP_SAFELY,
        *EVERY_STRETCH,
    ),
    progress=(
        Progress(
            name="reach",
            of=REACH,
            best="lowest",
            error=_REACH_ERROR,
            describe=lambda reach: "fingertips at the floor" if reach < _AT_THE_FLOOR else "above the floor",
        ),
        Progress(name="fold", of=TRUNK_LEAN, best="highest", error=4.0),
    ),
    asked=(
        COMFORT,
        Prompt(words="Let your sitting bones rise; you can feel it.", after_s=5.0),
        Prompt(words="Come up slowly, your hands on your thighs or a table if you like.", at_done=True),
    ),
    not_judged=(
        "Your back is not looked at: a toe touch rounds it, and a camera cannot tell a good rounding from a bad one."
    ),
    position=POSITION,
    recognised=(CLEARLY,),
    resembles=(FROM_THE_FRONT,),
    leg=raised,
    key=TRUNK_LEAN,
    meter_deg=(0.0, 140.0),
    swings=RAW_TRUNK_LEAN,
)
