"""Toe touch: standing, folding forward at the hips toward the toes."""

from __future__ import annotations

from formcheck.core.posture import Posture
from formcheck.core.shape import Shape, Within
from formcheck.core.stretch import Difficulty, Progress, Prompt, Stretch, WayOn
from formcheck.core.uncertainty import Uncertainty
from formcheck.criteria.alignment import alignment, over_time
from formcheck.criteria.bound import Bound
from formcheck.criteria.hips_over_feet import AT_THE_FLOOR, HIPS_OVER_FEET, REACH_ERROR
from formcheck.criteria.look_alikes import (
    FOLDS_FORWARD,
    HANDS_NEAR,
    HANDS_SINK,
    NOT_FROM_THE_FRONT,
    NOT_REACHING,
    OVER_THE_FEET,
)
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
    NOT_REACHING,
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
            error=REACH_ERROR,
            describe=lambda reach: "fingertips at the floor" if reach < AT_THE_FLOOR else "above the floor",
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
