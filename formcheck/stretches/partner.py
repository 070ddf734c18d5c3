"""Partner-assisted: on the back, a helper moves the straight leg."""

from __future__ import annotations

from dataclasses import replace

from formcheck.core.limits import Limit
from formcheck.core.posture import Posture
from formcheck.core.shape import Within
from formcheck.core.stretch import Difficulty, Prompt, Stretch, WayOn
from formcheck.criteria.alignment import over_time
from formcheck.criteria.bound import Bound
from formcheck.criteria.lying import (
    LOWER_THE_LEG,
    ONE_LEG_HIGHER,
    OTHER_LEG_LOW,
    RAISE_PROGRESS,
    RAISED_METER_DEG,
    clearly_lying,
    lying_with_a_leg_up,
)
from formcheck.criteria.quantities import KNEE, LEG_RAISE, RAW_LEG_RAISE
from formcheck.criteria.shared import (
    COMFORT,
    EVERY_STRETCH,
    HELPER,
    ON_CLIPS,
    TRIED,
    how_to_hold,
    raised,
    stretched_knee_straight,
)

POSITION = lying_with_a_leg_up(ONE_LEG_HIGHER, OTHER_LEG_LOW, flat_deg=30.0)

GENTLE_PUSH = over_time(
    id="gentle-push",
    title="Gentle push",
    measure="speed of the push",
    unit="deg/s",
    detector="push",
    too_high=Bound(ok=None, warn=20.0, unsafe=40.0, settable=(5.0, 180.0), cue="Helper: slowly, no jerks"),
    further=(
        Limit(
            name="jump", default=5.0, lowest=2.0, highest=30.0, unit="deg", meaning="further after a rest, a warning"
        ),
    ),
    limit_words=(
        "In the hold: off above {warn:g} degrees a second, unsafe above {unsafe:g}; "
        "off also with a jump of {jump:g} degrees after a rest."
    ),
    silent="the raised leg hidden, not side-on",
    source=ON_CLIPS,
    about="stretched leg",
)

STRETCH = Stretch(
    slug="partner",
    title="Partner-assisted leg raise",
    summary="Lie on your back while a helper raises your straight leg, slowly and only as far as you say.",
    how_to=(
        "Lie on your back, legs long. The helper kneels or stands beside you and holds the leg above the ankle.",
        "The helper raises the leg slowly, knee straight, and never pushes in jerks.",
        *how_to_hold("Say stop once you feel something at the back of the thigh: the helper goes no further."),
        "Say a number for the pull, 0 to 10, every ten seconds: 4 to 6 is right.",
        "The helper lets go at once when you ask.",
        "Then change legs.",
    ),
    camera="At knee height, three metres to your side; the helper stays behind the leg or at the feet.",
    one_sided=True,
    difficulty=Difficulty.ADVANCED,
    needs=("the floor, a mat if you like", "a helper, such as a friend or a therapist"),
    choose_when="You know the supine stretch, and somebody can help you to take it further.",
    ways_on=(
        WayOn(
            words="By yourself, with a strap and the other leg bent, the knee straightens more easily",
            after_fault="stretched-knee-straight",
            stretch="beginner-supine",
        ),
    ),
    posture=Posture.LYING,
    rules=(
        stretched_knee_straight(
            title="Raised knee straight",
            cue=LOWER_THE_LEG,
            ok=160.0,
            hint=156.0,
            warn=145.0,
            error_deg=11.0,
            lying=True,
        ),
        GENTLE_PUSH,
        *EVERY_STRETCH,
    ),
    progress=(replace(RAISE_PROGRESS, error=5.0),),
    asked=(
        COMFORT,
        Prompt(
            words="How strong is the pull, 0 to 10? Aim for 4 to 6, between comfortable and challenging.",
            again="The pull, 0 to 10?",
            each_hold=True,
            rise_deg=5.0,
            every_s=10.0,
        ),
    ),
    position=POSITION,
    recognised=(
        POSITION.also(
            Within(words="the raised knee not folded", of=KNEE, low=110.0, source=TRIED),
            HELPER,
            *clearly_lying(other_long=False),
        ),
    ),
    leg=raised,
    key=LEG_RAISE,
    meter_deg=RAISED_METER_DEG,
    swings=RAW_LEG_RAISE,
)
