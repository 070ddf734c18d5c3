"""Whether the body has the shape of a stretch, clearly enough to say that it is that stretch."""

from __future__ import annotations

import numpy as np

from formcheck.core.measures import Measures, Reason
from formcheck.core.poses import Bools
from formcheck.core.rules import Target
from formcheck.core.stretch import Stretch


def claimed(stretch: Stretch, measures: Measures, target: Target) -> Bools:
    """(T,) where the stretch claims the body and enough of it is seen: the trunk and one whole leg."""
    leg = (measures.leg_seen == Reason.SEEN) | (measures.leg_seen == Reason.LENGTHS_OFF)
    seen = (measures.trunk_seen == Reason.SEEN) & leg.any(axis=1)
    return np.asarray(stretch.claims(measures, target) & seen)
