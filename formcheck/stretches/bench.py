"""Bench: one heel on something about waist height, the trunk hinging toward the thigh."""

from __future__ import annotations

import numpy as np

from formcheck.core.limits import Limit
from formcheck.core.measures import Measures
from formcheck.core.poses import Bools
from formcheck.core.rules import Level, Limits, Reading, Rule, Target, first_reason, grade
from formcheck.core.stretch import Progress, Prompt, Stretch
from formcheck.stretches._every import COMFORT, EVERY_STRETCH
from formcheck.stretches._shared import (
    BACK_STRAIGHT,
    clearly_on_bench,
    fold_deg,
    knee_rule,
    on_bench,
    raised_leg,
    support_knee_deg,
)

# From here on the standing leg is straight enough not to be a squat.
STRAIGHT_SUPPORT_DEG = 160.0


def heel_height(measures: Measures, target: Target, limits: Limits) -> Reading:
    """The heel no higher than a little above the hips."""
    return grade(
        measures.heel_height,
        ok=limits["ok"],
        steps=((limits["warn"], Level.WARN),),
        bad_when="above",
        reason=first_reason(measures.view_seen, measures.feet_seen),
    )


def claims(measures: Measures, target: Target) -> Bools:
    """The heel up over a straight standing leg."""
    straight = support_knee_deg(measures, target) >= STRAIGHT_SUPPORT_DEG
    return np.asarray(on_bench(measures, target) & straight & clearly_on_bench(measures, target))


STRETCH = Stretch(
    slug="bench",
    title="Bench hamstring stretch",
    summary="Put one heel on something about waist height and hinge toward that leg with a straight back.",
    how_to=(
        "Put one heel on a bench, table or step, about as high as your waist or a little lower.",
        "Keep both legs straight, hips square to the raised leg, toes up.",
        "Hinge forward at the hips with a straight back until you feel the stretch.",
        "Hold still and breathe; then change legs.",
    ),
    camera="At hip height, three metres to your side, so that you and the bench fit in, feet included.",
    one_sided=True,
    lying=False,
    rules=(
        BACK_STRAIGHT,
        knee_rule(
            stretched="raised",
            title="Raised knee straight",
            cue="Straighten the raised knee",
            ok=158.0,
            hint=153.0,
            warn=140.0,
        ),
        Rule(
            id="heel-height",
            level=Level.WARN,
            title="Heel not too high",
            measure="heel height over hip height",
            unit="ratio",
            limit_values=(
                Limit(name="ok", default=1.10, lowest=0.5, highest=1.6, meaning="lower than this is fine again"),
                Limit(name="warn", default=1.15, lowest=0.5, highest=1.6, at_least="ok", meaning="higher, a warning"),
            ),
            limit_words="Up to {ok:g} of the hip's height is fine, off above {warn:g}.",
            source="own choice",
            silent="feet out of the picture, not side-on",
            cue="Too high: find something lower",
            read=heel_height,
            about="stretched leg",
        ),
        *EVERY_STRETCH,
    ),
    progress=(Progress(name="fold", unit="deg", best="lowest", error=8.0, of=fold_deg),),
    asked=(COMFORT, Prompt(words="Keep both hips level: the camera at your side cannot see that.")),
    in_position=on_bench,
    claims=claims,
    stretched=raised_leg,
    depth=lambda measures, target: measures.trunk_deg,
    depth_name="trunk from upright",
    meter_deg=(0.0, 90.0),
    swing=lambda measures, target: measures.raw_trunk_deg,
)
