"""Whether the body has the shape of a stretch, and how surely."""

from __future__ import annotations

from statistics import NormalDist
from typing import Final

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.poses import Bools, Floats
from formcheck.core.reasons import Reason
from formcheck.core.rules import Target
from formcheck.core.stretch import Stretch

LEAST_SURE: Final = 0.7
"""Of less nothing is claimed: so sure it is of a body half the spread of a reading inside of a shape."""

_MOST_SURE: Final = 0.99


def claimed(stretch: Stretch, measures: Measures, target: Target) -> Bools:
    """(T,) where the stretch claims the body and enough of it is seen: the trunk and one whole leg."""
    leg = (measures.leg_seen == Reason.SEEN) | (measures.leg_seen == Reason.LENGTHS_OFF)
    seen = (measures.trunk_seen == Reason.SEEN) & leg.any(axis=1)
    return np.asarray(stretch.claims(measures, target) & seen)


def sureness(stretch: Stretch, measures: Measures, target: Target) -> Floats:
    """(T,) how sure it is that the body has the shape, 0 to 1; 0 where the stretch does not claim it.

    The chance that the condition that is nearest to failing holds, with readings that spread as their quantities say.
    """
    leg = stretch.stretched(measures, target)
    where = claimed(stretch, measures, target)
    margin = np.max([shape.margin(measures, leg) for shape in stretch.recognised], axis=0)
    sure = np.zeros(len(measures))
    sure[where] = [min(_CHANCE.cdf(one), _MOST_SURE) for one in margin[where].tolist()]
    return sure


_CHANCE = NormalDist()
