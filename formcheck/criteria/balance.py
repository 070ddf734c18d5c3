"""How far behind the feet the hips belong, folding forward on both feet."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.poses import Bools, Floats
from formcheck.core.rules import Limits

# How far behind the feet, in leg lengths, balance needs the hips, by depth of the fold. Calculated from the masses of
# the parts of the body (de Leva 1996) with a trunk of 0.61 leg lengths: head, trunk and hanging arms are 0.593 of the
# mass and pull forward by 0.263 sin(fold). What goes back with the hips, they and most of the legs, is 0.82 of the mass
# (0.85 counted closely, which takes off 0.01 at most). The centre stays 0.066 ahead of the ankles, in the middle of the
# foot: setback = (0.263 sin(fold) - 0.066) / 0.82. A figure built joint by joint comes out within 0.01 of it.
FOLD_DEG: Final = np.array([50.0, 60.0, 70.0, 80.0, 90.0, 120.0, 135.0, 150.0, 165.0])
BALANCED_SETBACK: Final = np.array([0.17, 0.20, 0.22, 0.24, 0.24, 0.20, 0.14, 0.08, 0.00])
_MASS_WITH_HIPS: Final = 0.82
# A fold of less than the second is judged more mildly: its lean is read less surely, and it needs the hips furthest
# back. The margins change from the first on, so that who folds to about there hears the same all the time.
_NARROWING_DEG, _DEEP_DEG = 90.0, 100.0
# A warning there needs so many times the margin of a hint. The hips take the centre of mass with them, so whatever is
# read wrong of one is read wrong of both: a camera that is tilted by 4 degrees puts hips that are 0.03 beyond balance
# 0.10 beyond, and the weight over the heels.
_CLEARLY: Final = 1.5


class SetbackLimits(NamedTuple):
    """Hip setbacks up to which all is well again, and beyond which there is a hint, and a warning; NaN for none.

    All (T,), in leg lengths; `deep` where the fold is a deep one.
    """

    fine: Floats
    hint: Floats
    warn: Floats
    deep: Bools


def setback_limits(measures: Measures, limits: Limits) -> SetbackLimits:
    """The limits of T frames, by the numbers of a rule: `ok`, `warn`, `hint` beyond balance, `heels` on the foot.

    In a deep fold there is only a warning: beyond what balance needs, or with the weight over the heels. In a shallower
    one the setback alone is a hint, and a warning needs clearly more of it and the weight over the heels.
    """
    setback, deep = measures.hip_setback, measures.trunk_deg >= _DEEP_DEG
    balanced = np.interp(measures.trunk_deg, FOLD_DEG, BALANCED_SETBACK)
    spare = (measures.com_on_foot - limits["heels"]) * measures.foot_length / _MASS_WITH_HIPS
    beyond = balanced + limits["warn"]
    on_heels = setback + spare
    hint, clearly = (
        balanced + np.interp(measures.trunk_deg, (_NARROWING_DEG, _DEEP_DEG), (limits["hint"] * times, limits["warn"]))
        for times in (1.0, _CLEARLY)
    )
    deep_warn = np.minimum(beyond, np.maximum(on_heels, BALANCED_SETBACK[-1] + limits["warn"]))
    warn = np.where(deep, deep_warn, np.where(on_heels < setback, clearly, np.nan))
    fine = np.where(deep, warn - (limits["warn"] - limits["ok"]), np.minimum(beyond, hint))
    return SetbackLimits(fine, np.where(deep, np.nan, hint), warn, deep)
