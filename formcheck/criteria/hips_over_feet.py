"""Toe touch: the hips no further behind the feet than balance asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from formcheck.core.limits import Limit
from formcheck.core.measures import Measures
from formcheck.core.poses import Ints
from formcheck.core.quantity import first_reason
from formcheck.core.reasons import Reason
from formcheck.core.rules import GradedLimit, Level, Limits, Reading, Rule, Verdict, grade
from formcheck.core.uncertainty import Uncertainty
from formcheck.criteria.alignment import known_to
from formcheck.criteria.balance import FOLD_DEG, setback_limits

_PROP_AHEAD: Final = 0.45  # leg lengths: hands so far ahead of the toes rest on something
AT_THE_FLOOR: Final = 0.06  # leg lengths; fingertips there are at the floor, as exactly as the heel is known
REACH_ERROR: Final = 0.11
_SETBACK_ERROR: Final = Uncertainty(held=0.04, turned=0.07)
# What lies at the floor may be read as high as this, and is no prop: fingertips there carry next to nothing.
_HANDS_LOW: Final = AT_THE_FLOOR + REACH_ERROR


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
