"""Standing: one heel forward, that leg straight, hinging at the hips over a soft support knee."""

from __future__ import annotations

from typing import Final

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.poses import Floats, Ints
from formcheck.core.posture import Posture
from formcheck.core.quantity import Quantity
from formcheck.core.shape import Being, Shape, Within
from formcheck.core.stretch import Difficulty, Progress, Prompt, Stretch, WayOn
from formcheck.criteria.alignment import alignment, gate
from formcheck.criteria.bound import Bound
from formcheck.criteria.look_alikes import BOTH_HIPS_BENT, CHEST_FORWARD, HIND_LEG_BELOW, NO_ARM_UP
from formcheck.criteria.quantities import (
    FEET_APART,
    HEEL_HEIGHT,
    HINGE,
    KNEE,
    LEGS_OFF_VERTICAL,
    RAW_TRUNK_LEAN,
    TRUNK_LEAN,
)
from formcheck.criteria.shared import (
    BACK_STRAIGHT,
    BENCH_FROM,
    COMFORT,
    CURVE_ERROR,
    EVERY_UNSTEADY_STRETCH,
    ON_CLIPS,
    ON_THE_FEET,
    OWN,
    STANDING_KNEE_ERROR,
    TRIED,
    how_to_hold,
    in_front,
    stretched_knee_straight,
)

APART: Final = 0.25  # leg lengths: a small step, own choice
_ROUND: Final = 0.07  # sagitta over chord, where the rule on the back begins to speak
_FROM_THE_HIPS, _FROM_THE_BACK = 0.7, 0.5  # own choice: good from the one on, poor below the other


def _hinge_share(measures: Measures, _leg: Ints) -> Floats:
    """Share of the trunk's lean, from the arc of the back.

    An arc with a sagitta of k chords bends by 4 atan(2 k). A curve within its own error is none, and counts in full
    from where it is called round.
    """
    curve = measures.back_curve * np.interp(measures.back_curve, (CURVE_ERROR, _ROUND), (0.0, 1.0))
    bend_deg = np.degrees(4.0 * np.arctan(2.0 * curve))
    return np.asarray(np.clip(1.0 - bend_deg / np.maximum(measures.trunk_deg, 1.0), 0.0, 1.0))


HINGE_SHARE = Quantity(name="share of the lean that comes from the hips", unit="share", read=_hinge_share)

POSITION = Shape.of(
    ON_THE_FEET,
    Within(words="both legs below you", of=LEGS_OFF_VERTICAL, high=45.0, source=OWN),
    Within(words="the front knee open", of=KNEE, low=115.0, source=OWN),
    Within(words="the back knee straighter", of=KNEE.on("other"), low=95.0, source=OWN),
    Within(words="leaning forward", less="a smaller lean", of=TRUNK_LEAN, low=14.0, high=115.0, source=OWN),
    Within(words="both feet on the floor", of=HEEL_HEIGHT, high=0.5, source=OWN),
    Within(words="one heel forward", of=FEET_APART, low=APART, source=OWN),
    Being(words="the stretched leg in front", of=lambda measures, leg: measures.forward == leg),
)

STRETCH = Stretch(
    slug="standing",
    title="Standing hamstring stretch",
    summary="Put one heel forward, keep that leg straight, and hinge at the hips over a soft back knee.",
    how_to=(
        "Stand tall and put one heel about a step forward, toes up.",
        "Keep that knee straight and soften the knee of the other leg.",
        "Push your hips back and lean forward with a straight back, chest toward the thigh; it need not get there.",
        "Hold on to a chair or a wall, or rest your hands on your thighs.",
        *how_to_hold(),
        "If you shake, come back a little.",
        "Then change legs.",
    ),
    camera="At hip height, two to three metres to your side, so that all of you fits in, feet included.",
    one_sided=True,
    difficulty=Difficulty.EASY,
    needs=("a chair or a wall to hold on to, if you like",),
    choose_when="The floor is hard to get to, as in pregnancy or with an injury, or the toe touch is too much to mind.",
    leads_to=("toe-touch", "bench"),
    ways_on=(WayOn(words="The bench stretch takes it further, with one heel up", after_clean=3, stretch="bench"),),
    posture=Posture.STANDING,
    rules=(
        BACK_STRAIGHT,
        stretched_knee_straight(
            title="Front knee straight",
            cue="Straighten your front knee",
            ok=160.0,
            hint=153.0,
            warn=150.0,
            error_deg=10.0,
        ),
        alignment(
            id="support-knee-bent",
            title="Back knee soft",
            of=KNEE.on("other"),
            too_high=Bound(
                name="locked",
                means="the knee is locked",
                ok=171.0,
                hint=173.0,
                settable=(96.0, 180.0),
                cue="Soften the back knee: do not lock it",
            ),
            too_low=Bound(
                name="squat",
                means="it is a squat",
                ok=115.0,
                hint=110.0,
                settable=(96.0, 180.0),
                cue="Not so deep: straighten the back knee a little",
            ),
            error=STANDING_KNEE_ERROR,
            source=ON_CLIPS,
        ),
        gate(id="leg-forward", title="One heel forward", of=FEET_APART, at_least=APART, source=OWN),
        *EVERY_UNSTEADY_STRETCH,
    ),
    progress=(
        Progress(name="hinge", of=HINGE, best="highest", error=7.0),
        Progress(
            name="hinge from the hips",
            of=HINGE_SHARE,
            best="highest",
            error=0.3,  # what an error of the curve of 0.03 makes of a lean of 45 degrees
            describe=lambda share: (
                "from the hips"
                if share >= _FROM_THE_HIPS
                else "much of it from the back"
                if share < _FROM_THE_BACK
                else ""
            ),
        ),
    ),
    asked=(COMFORT, Prompt(words="Feel it in the middle of the thigh, not behind the knee.", after_s=5.0)),
    position=POSITION,
    recognised=(
        POSITION.also(
            Within(words="the front knee clearly open", of=KNEE, low=125.0, source=TRIED),
            Within(words="clearly leaning", of=TRUNK_LEAN, low=20.0, source=TRIED),
            Within(words="no heel up on something", of=HEEL_HEIGHT, high=BENCH_FROM, source=OWN),
            BOTH_HIPS_BENT,
            HIND_LEG_BELOW,
            CHEST_FORWARD,
            NO_ARM_UP,
        ),
    ),
    leg=in_front,
    key=TRUNK_LEAN,
    meter_deg=(0.0, 80.0),
    swings=RAW_TRUNK_LEAN,
)
