"""Bench squat: the heel on a bench, sinking on the standing leg."""

from __future__ import annotations

import numpy as np

from formcheck.core.limits import Limit
from formcheck.core.measures import Measures
from formcheck.core.poses import Bools
from formcheck.core.rules import Level, Limits, Reading, Rule, Target, first_reason, grade, worse
from formcheck.core.stretch import Progress, Prompt, Stretch
from formcheck.stretches._every import COMFORT, EVERY_STRETCH
from formcheck.stretches._shared import (
    BACK_STRAIGHT,
    clearly_on_bench,
    fold_deg,
    knee_rule,
    on_bench,
    pick,
    raised_leg,
    support_knee_deg,
)

SQUAT_FROM_DEG = 160.0


def support_knee(measures: Measures, target: Target, limits: Limits) -> Reading:
    """The knee of the standing leg: bent enough to be a squat, not so deep that it strains."""
    knee = support_knee_deg(measures, target)
    reason = first_reason(measures.view_seen, pick(measures.leg_seen, 1 - raised_leg(measures, target)))
    straight = grade(
        knee, ok=limits["straight-ok"], steps=((limits["straight"], Level.WARN),), bad_when="above", reason=reason
    )
    deep = grade(knee, ok=limits["deep-ok"], steps=((limits["deep"], Level.WARN),), bad_when="below", reason=reason)
    return worse(straight, deep)


def claims(measures: Measures, target: Target) -> Bools:
    """The heel up over a bent standing leg."""
    bent = support_knee_deg(measures, target) < SQUAT_FROM_DEG
    return np.asarray(on_bench(measures, target) & bent & clearly_on_bench(measures, target))


STRETCH = Stretch(
    slug="bench-squat",
    title="Bench squat stretch",
    summary="Put one heel on a bench and sink into a small squat on the standing leg, back straight.",
    how_to=(
        "Put one heel on a bench at about knee to hip height and hold on to something if you like.",
        "Keep the raised knee straight and bend the standing knee to sink a little.",
        "Lean forward with a straight back until you feel the stretch.",
        "Keep your standing foot still and your hips calm.",
        "Hold and breathe; then change legs.",
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
            ok=155.0,
            hint=150.0,
            warn=145.0,
        ),
        Rule(
            id="support-knee-bent",
            level=Level.WARN,
            title="Standing knee bent",
            measure="knee angle",
            unit="deg",
            limit_values=(
                Limit(
                    name="straight",
                    default=150.0,
                    lowest=40.0,
                    highest=178.0,
                    at_least="straight-ok",
                    meaning="above, a warning: sink a little",
                ),
                Limit(
                    name="straight-ok",
                    default=145.0,
                    lowest=40.0,
                    highest=178.0,
                    at_least="deep-ok",
                    meaning="more bent than this is fine again",
                ),
                Limit(
                    name="deep-ok",
                    default=65.0,
                    lowest=40.0,
                    highest=178.0,
                    at_least="deep",
                    meaning="less deep than this is fine again",
                ),
                Limit(name="deep", default=60.0, lowest=40.0, highest=178.0, meaning="below, a warning: too deep"),
            ),
            limit_words=(
                "Off above {straight:g} degrees (sink a little) and below {deep:g}; "
                "{deep-ok:g} to {straight-ok:g} is fine again."
            ),
            source="own choice, calibrated on rendered clips",
            silent="that leg hidden, not side-on",
            cue="Sink a little: bend the standing knee",
            cue_low="Not so deep: straighten the standing knee a little",
            read=support_knee,
            about="other leg",
        ),
        Rule(
            id="balance",
            level=Level.WARN,
            title="In balance",
            measure="sway against your own quiet",
            unit="times",
            limit_values=(
                Limit(name="ok", default=2.0, lowest=1.0, highest=20.0, meaning="calmer than this is fine again"),
                Limit(name="warn", default=3.0, lowest=1.0, highest=20.0, at_least="ok", meaning="above, a warning"),
            ),
            limit_words=(
                "Sway of the hips between 0.3 and 2 Hz: off above {warn:g} times your own quiet, or with a step; "
                "fine again below {ok:g}."
            ),
            source="own choice, calibrated on rendered clips",
            silent="feet or hips hidden, not side-on, fewer than 15 pictures a second",
            cue="Find your balance, hold on to something",
            timed="sway",
            about="hips and feet",
        ),
        *EVERY_STRETCH,
    ),
    progress=(Progress(name="fold", unit="deg", best="lowest", error=19.0, of=fold_deg),),
    asked=(
        COMFORT,
        Prompt(words="Whether your knee falls inward cannot be seen from the side: keep it over your foot."),
    ),
    in_position=on_bench,
    claims=claims,
    stretched=raised_leg,
    depth=lambda measures, target: measures.trunk_deg,
    depth_name="trunk from upright",
    meter_deg=(0.0, 80.0),
    swing=lambda measures, target: measures.raw_trunk_deg,
)
