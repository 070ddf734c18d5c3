"""Partner-assisted: on the back, a helper moves the straight leg."""

from __future__ import annotations

import numpy as np

from formcheck.core.limits import Limit
from formcheck.core.measures import Measures
from formcheck.core.poses import Bools
from formcheck.core.rules import Level, Rule, Target
from formcheck.core.stretch import Progress, Prompt, Stretch
from formcheck.stretches._every import COMFORT, EVERY_STRETCH
from formcheck.stretches._shared import (
    describe_raise,
    knee_rule,
    lying_shape,
    pick,
    raise_deg,
    raised_leg,
    raw_raise_deg,
)

NOT_FLAT_DEG = 30.0


def in_position(measures: Measures, target: Target) -> Bools:
    """On the back, one leg up."""
    return lying_shape(measures, target, not_flat_deg=NOT_FLAT_DEG)


def claims(measures: Measures, target: Target) -> Bools:
    """Somebody else stays within reach of the legs, and the raised one is not folded."""
    opened = pick(measures.knee_deg, raised_leg(measures, target)) >= 110.0
    return np.asarray(in_position(measures, target) & opened & (measures.helper > 0.5))


STRETCH = Stretch(
    slug="partner",
    title="Partner-assisted leg raise",
    summary="Lie on your back while a helper raises your straight leg, slowly and only as far as you say.",
    how_to=(
        "Lie on your back, legs long. The helper kneels or stands beside you and holds the leg above the ankle.",
        "The helper raises the leg slowly, knee straight, until you say stop.",
        "Say a number for the pull, 0 to 10, every ten seconds: 4 to 6 is right.",
        "The helper holds still, never pushes in jerks, and lets go at once when you ask.",
        "Then change legs.",
    ),
    camera="At knee height, three metres to your side; the helper stays behind the leg or at the feet.",
    one_sided=True,
    lying=True,
    rules=(
        knee_rule(
            stretched="raised",
            title="Raised knee straight",
            cue="Lower the leg until the knee is straight",
            ok=160.0,
            hint=156.0,
            warn=145.0,
            apart=True,
        ),
        Rule(
            id="gentle-push",
            level=Level.WARN,
            title="Gentle push",
            measure="speed of the push",
            unit="deg/s",
            limit_values=(
                Limit(name="warn", default=20.0, lowest=5.0, highest=90.0, meaning="faster, a warning"),
                Limit(
                    name="unsafe", default=40.0, lowest=5.0, highest=180.0, at_least="warn", meaning="faster, unsafe"
                ),
                Limit(
                    name="jump",
                    default=5.0,
                    lowest=2.0,
                    highest=30.0,
                    unit="deg",
                    meaning="further at once after a rest, a warning",
                ),
            ),
            limit_words=(
                "In the hold: off above {warn:g} degrees a second, unsafe above {unsafe:g}; "
                "off also with a jump of {jump:g} degrees after a rest."
            ),
            source="own choice, calibrated on rendered clips",
            silent="the raised leg hidden, not side-on",
            cue="Helper: slowly, no jerks",
            after_s=0.0,
            timed="push",
            about="stretched leg",
        ),
        *EVERY_STRETCH,
    ),
    progress=(Progress(name="raise", unit="deg", best="highest", error=5.0, of=raise_deg, describe=describe_raise),),
    asked=(
        COMFORT,
        Prompt(
            words="How strong is the pull, 0 to 10? Aim for 4 to 6, between comfortable and challenging.", every_s=10.0
        ),
    ),
    in_position=in_position,
    claims=claims,
    stretched=raised_leg,
    depth=raise_deg,
    depth_name="leg above the level",
    meter_deg=(0.0, 110.0),
    swing=raw_raise_deg,
)
