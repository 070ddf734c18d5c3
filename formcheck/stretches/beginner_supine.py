"""Beginner's supine: on the back, the other leg bent, hands or a strap holding the raised one."""

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
from formcheck.core.rules import Level, Limits, Reading, Rule, grade
from formcheck.core.shape import Within
from formcheck.core.stretch import Difficulty, Prompt, Stretch, WayOn
from formcheck.core.uncertainty import Uncertainty
from formcheck.criteria.alignment import alignment, known_to
from formcheck.criteria.bound import Bound
from formcheck.criteria.look_alikes import NOT_AT_THE_CHEST
from formcheck.criteria.lying import (
    BROUGHT_UP,
    HAND_PROGRESS,
    HEAD_DOWN,
    HEAD_LIFTED_DEG,
    OTHER_KNEE_LONG_DEG,
    OTHER_LOW_OR_ON_A_WALL,
    RAISE_PROGRESS,
    RAISED_METER_DEG,
    clearly_lying,
    lying_with_a_leg_up,
)
from formcheck.criteria.needs import LEGS_APART
from formcheck.criteria.quantities import HAND_TO_KNEE, KNEE, LEG_RAISE, RAW_LEG_RAISE
from formcheck.criteria.shared import (
    COMFORT,
    EVERY_STRETCH,
    NO_HELPER,
    ON_CLIPS,
    OWN,
    TRIED,
    how_to_hold,
    raised,
    stretched_knee_straight,
)

# Of shoulders that did not roll the model reads up to 22 degrees on rendered bodies with a raised leg.
ROLL_SURE_DEG: Final = 28.0
# Leg lengths; rendered heads that rest stay below 0.025, one taken aside with the trunk 0.055.
HEAD_MOVED: Final = 0.035
_TRUNK_ERROR: Final = Uncertainty(held=8.0, turned=12.0)  # of all who lie
POSITION = lying_with_a_leg_up(OTHER_LOW_OR_ON_A_WALL, flat_deg=35.0)


def trunk_aligned(measures: Measures, _stretched: Ints, limits: Limits) -> Reading:
    """The trunk flat on the floor and not rolled; how far it bends to the side can only be seen from above.

    The shoulder line alone is read too unsurely: a small roll counts only where the head went aside with it. Where
    nobody saw how the person lay at rest, only a trunk off the floor is known.
    """
    tilt, roll = np.abs(measures.trunk_deg - 90.0), np.abs(measures.roll_deg)
    # A head that is raised moves up in the picture as well: of that speaks `head-down`.
    aside = (np.abs(measures.head_shift) > HEAD_MOVED) & ~(measures.head_deg > HEAD_LIFTED_DEG)
    rolled = np.where(aside | (roll > ROLL_SURE_DEG), roll, np.minimum(roll, limits["roll-ok"]))
    rolls = (rolled > limits["roll-warn"]) & (tilt <= limits["warn"])
    rolls |= (rolled > limits["roll-ok"]) & (tilt <= limits["ok"])  # as long as a roll lingers
    unknown = np.isnan(roll) & (tilt <= limits["warn"])
    return grade(
        np.where(rolls, rolled, tilt),
        ok=np.where(rolls, limits["roll-ok"], limits["ok"]),
        steps=((np.where(rolls, limits["roll-warn"], limits["warn"]), Level.WARN),),
        bad_when="above",
        # How far a roll is off is not known: the head that went aside with it must vouch for it.
        error=np.where(rolls, np.nan, _TRUNK_ERROR.at(measures.yaw_deg)),
        reason=first_reason(
            measures.view_seen,
            measures.trunk_seen,
            np.where(unknown, int(Reason.NOT_LEARNT), int(Reason.SEEN)),
        ),
    )


TRUNK_ALIGNED = Rule(
    id="trunk-aligned",
    level=Level.WARN,
    title="Trunk straight and flat",
    measure="trunk off the floor or rolled",
    unit="deg",
    limit_values=(
        Limit(name="ok", default=12.0, lowest=2.0, highest=34.0, meaning="flatter than this is fine again"),
        Limit(name="warn", default=20.0, lowest=2.0, highest=34.0, at_least="ok", meaning="steeper, a warning"),
        Limit(name="roll-ok", default=7.0, lowest=1.0, highest=40.0, meaning="less roll is fine again"),
        Limit(
            name="roll-warn",
            default=10.0,
            lowest=1.0,
            highest=40.0,
            at_least="roll-ok",
            meaning="more roll of the shoulders, a warning",
        ),
    ),
    limit_words=(
        "The trunk line up to {warn:g} degrees from the floor; a roll of the shoulders of {roll-warn:g} "
        "degrees with the head gone aside, since you lay at rest, or one that is plain by itself. "
        "A bend to the side can only be seen from above, and whether the hips roll not beside a raised leg. "
        + known_to(_TRUNK_ERROR, "deg")
    ),
    source=ON_CLIPS,
    silent="hips or shoulders hidden, not side-on, not seen lying at rest before",
    cue="Lie straight: shoulders and head in line",
    read=trunk_aligned,
    about="trunk",
)

STRETCH = Stretch(
    slug="beginner-supine",
    title="Supine, for beginners",
    summary="Lie on your back with one foot on the floor and bring the other leg up with your hands or a strap.",
    how_to=(
        "Lie on your back with both knees bent and your feet on the floor.",
        "Bring one leg up, with a strap or belt round the sole, or holding the thigh or the calf, never the knee.",
        "Straighten the raised knee as far as it goes without pain.",
        "Leave the other foot on the floor: it keeps you stable, your trunk straight and flat, your head down.",
        *how_to_hold(),
        "Then change legs.",
    ),
    camera="At knee height, two to three metres to your side, so that head, feet and the raised foot fit in.",
    one_sided=True,
    difficulty=Difficulty.EASY,
    needs=("the floor, a mat if you like", "a strap or belt, or just your hands"),
    choose_when="You are stiff: the toes are far away, or the knee bends as the leg comes up.",
    leads_to=("supine",),
    ways_on=(WayOn(words="The supine stretch is the same with the other leg long", after_clean=3, stretch="supine"),),
    posture=Posture.LYING,
    rules=(
        stretched_knee_straight(
            title="Raised knee straight",
            cue="Use a strap, or hold lower on the leg",
            ok=160.0,
            hint=158.0,
            warn=145.0,
            error_deg=11.0,
            lying=True,
        ),
        alignment(
            id="other-knee-bent",
            title="Other knee bent",
            of=KNEE.on("other").needing(LEGS_APART),
            too_high=Bound(ok=140.0, hint=150.0, settable=(60.0, 178.0), cue="Bend the other knee, foot on the floor"),
            error=Uncertainty(held=24.0),
            source=OWN,
        ),
        TRUNK_ALIGNED,
        alignment(
            id="hands-off-knee",
            title="Hands off the knee",
            of=HAND_TO_KNEE,
            too_low=Bound(ok=0.10, hint=0.08, settable=(0.0, 0.4), cue="Hold the thigh or calf, not the knee"),
            error=Uncertainty(held=0.06),
            note="A strap cannot be seen and is fine.",
            source=OWN,
        ),
        HEAD_DOWN,
        *EVERY_STRETCH,
    ),
    progress=(replace(RAISE_PROGRESS, error=4.0), HAND_PROGRESS),
    asked=(COMFORT, Prompt(words="Rest your shoulders on the floor: your arms only hold.", after_s=5.0)),
    position=POSITION,
    recognised=(
        POSITION.also(
            Within(words="the other knee bent", of=KNEE.on("other"), high=OTHER_KNEE_LONG_DEG, source=TRIED),
            Within(words="the raised knee not folded", of=KNEE, low=110.0, source=TRIED),
            NO_HELPER,
            *clearly_lying(other_long=False),
        ),
        # The other leg is long, which is what `other-knee-bent` is there to say.
        POSITION.also(
            Within(words="the other leg long", of=KNEE.on("other"), low=OTHER_KNEE_LONG_DEG, source=TRIED),
            BROUGHT_UP,
            NO_HELPER,
            NOT_AT_THE_CHEST,
            *clearly_lying(other_long=True),
        ),
        # Somebody who is still on the way to a straight knee, the hands already on the leg.
        POSITION.also(
            Within(words="the raised knee folded", of=KNEE, high=115.0, source=TRIED),
            Within(words="a hand on that leg", of=HAND_TO_KNEE, high=0.45, source=TRIED),
            Within(words="the other leg long", of=KNEE.on("other"), low=OTHER_KNEE_LONG_DEG, source=TRIED),
            NOT_AT_THE_CHEST,
            NO_HELPER,
            *clearly_lying(other_long=True),
        ),
    ),
    leg=raised,
    key=LEG_RAISE,
    meter_deg=RAISED_METER_DEG,
    swings=RAW_LEG_RAISE,
)
