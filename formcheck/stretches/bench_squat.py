"""Bench squat: the heel on a bench, sinking on the standing leg."""

from __future__ import annotations

from formcheck.core.posture import Posture
from formcheck.core.shape import Within
from formcheck.core.stretch import Difficulty, Progress, Prompt, Stretch, WayOn
from formcheck.criteria.alignment import alignment, over_time
from formcheck.criteria.bound import Bound
from formcheck.criteria.quantities import HIP, KNEE, RAW_TRUNK_LEAN, TRUNK_LEAN
from formcheck.criteria.shared import (
    BACK_STRAIGHT,
    BENCH_KNEE_ERROR_DEG,
    CLEARLY_ON_BENCH,
    COMFORT,
    EVERY_UNSTEADY_STRETCH,
    HEEL_ON_BENCH,
    ON_BENCH,
    ON_CLIPS,
    OWN,
    STANDING_KNEE_ERROR,
    STANDING_KNEE_STRAIGHT_DEG,
    how_to_hold,
    raised,
    stretched_knee_straight,
)

BALANCE = over_time(
    id="balance",
    title="Balance",
    measure="sway against your own quiet",
    unit="times",
    detector="sway",
    too_high=Bound(ok=2.0, warn=3.0, settable=(1.0, 20.0), cue="Find your balance: hold on to a chair or wall"),
    after_s=1.0,
    limit_words=(
        "Sway of the hips between 0.3 and 2 Hz: off above {warn:g} times your own quiet, or with a step; "
        "fine again below {ok:g}."
    ),
    silent="hands on something, feet or hips hidden, not side-on, fewer than 15 pictures a second",
    source=ON_CLIPS,
    about="hips and feet",
)

STRETCH = Stretch(
    slug="bench-squat",
    title="Bench squat stretch",
    summary="Put one heel on a bench and sink into a small squat on the standing leg, back straight.",
    how_to=(
        "Rest one heel or ankle on a bench, table or step: hip high, or a little lower.",
        "Keep the raised knee straight and bend the standing knee to sink a little.",
        "Lean forward with a straight back.",
        "Keep your standing foot still and your hips calm; hold on to a chair or a wall if you need to.",
        *how_to_hold(),
        "Then change legs.",
    ),
    camera="At hip height, three metres to your side, so that you and the bench fit in, feet included.",
    one_sided=True,
    difficulty=Difficulty.ADVANCED,
    needs=("a bench, table or step, hip high or lower", "a chair or a wall to hold on to"),
    choose_when="The bench stretch is no challenge any more, and your balance is good.",
    ways_on=(WayOn(words="The bench stretch without the squat is steadier", after_fault="balance", stretch="bench"),),
    posture=Posture.STANDING,
    rules=(
        BACK_STRAIGHT,
        stretched_knee_straight(
            title="Raised knee straight",
            cue="Straighten the raised knee",
            ok=155.0,
            hint=150.0,
            warn=140.0,
            error_deg=BENCH_KNEE_ERROR_DEG,
        ),
        alignment(
            id="support-knee-bent",
            title="Standing knee bent",
            of=KNEE.on("other"),
            too_high=Bound(
                name="straight",
                means="sink a little",
                ok=142.0,
                warn=150.0,
                settable=(40.0, 178.0),
                cue="Sink a little: bend the standing knee",
            ),
            too_low=Bound(
                name="deep",
                means="too deep",
                ok=68.0,
                warn=60.0,
                settable=(40.0, 178.0),
                cue="Not so deep: straighten that knee a little",
            ),
            error=STANDING_KNEE_ERROR,
            source=ON_CLIPS,
        ),
        HEEL_ON_BENCH,
        BALANCE,
        *EVERY_UNSTEADY_STRETCH,
    ),
    progress=(Progress(name="fold", of=HIP, best="lowest", error=19.0),),
    asked=(
        COMFORT,
        Prompt(words="Keep your standing knee over the foot, never inward.", after_s=5.0),
    ),
    position=ON_BENCH,
    recognised=(
        CLEARLY_ON_BENCH.also(
            Within(words="the standing knee bent", of=KNEE.on("other"), high=STANDING_KNEE_STRAIGHT_DEG, source=OWN)
        ),
    ),
    leg=raised,
    key=TRUNK_LEAN,
    meter_deg=(0.0, 80.0),
    swings=RAW_TRUNK_LEAN,
)
