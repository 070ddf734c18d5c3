"""What a body came nearest to where no stretch was recognised, and what it lacked for it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from statistics import NormalDist
from typing import Final

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.names import uncapital
from formcheck.core.poses import Floats
from formcheck.core.reached import Missing, Nearest, ProgressResult
from formcheck.core.reasons import LYING_SIDE_ON_LIMIT_DEG, REASON_TEXT, SIDE_ON_LIMIT_DEG, Reason
from formcheck.core.rules import Target
from formcheck.core.shape import Lack, Shape, Within
from formcheck.core.stretch import Stretch
from formcheck.judging.claims import LEAST_SURE, sureness
from formcheck.judging.faults import known
from formcheck.judging.findings import BestHeld, progress_result
from formcheck.judging.view import view_reasons
from formcheck.signals.sustained import Sustained

_LOOK_S: Final = 0.24  # four looks a second
_GAP_S: Final = 1.25  # looks further apart do not follow each other
_KEPT_S: Final = 1.0  # who came near to a stretch stayed there for so long
# In a shape for so long without a break, somebody did that stretch without resting in it; a bow takes less.
UNHELD_S: Final = 2.5
_MOST_MISSING: Final = 2
_FAR: Final = 3.5  # spreads of a reading: what misses by more is not near; upright is 5 from the least lean
_CLEAR: Final = NormalDist().inv_cdf(LEAST_SURE)  # a shape must be so many spreads inside to be recognised
_NUMBERLESS, _UNSEEN = 1.5, 0.5  # what these cost, where one with a number costs as many spreads as it misses by


@dataclass(frozen=True, slots=True)
class _Miss:
    """What a body lacked in a frame, and how much that is: 0 for nothing."""

    cost: float
    lacks: tuple[Lack, ...]


class NearMisses:
    """Watches how near a body comes to each of several stretches; feed it measures in order, in blocks of any size."""

    def __init__(self, stretches: Sequence[Stretch], *, still: bool = False) -> None:
        """`still`: a single picture, in which nothing lasts."""
        self._approaches = [_Approach(one, still=still) for one in stretches]
        self._looked_s = -math.inf

    def extend(self, measures: Measures) -> None:
        """Take in further frames."""
        rows = []
        for i, t_s in enumerate(measures.t_s.tolist()):
            if t_s - self._looked_s >= _LOOK_S and not math.isnan(measures.trunk_deg[i]):
                rows.append(i)
                self._looked_s = t_s
        if rows:
            looks = _rows(measures, rows)
            for one in self._approaches:
                one.extend(looks)

    @property
    def nearest(self) -> Nearest | None:
        """The stretch that it came nearest to, None for none of them."""
        near = [one for one in self._approaches if one.least is not None]
        best = min(near, key=lambda one: one.least.cost if one.least else math.inf, default=None)
        return best.told() if best else None

    @property
    def unheld(self) -> tuple[Stretch, float, tuple[ProgressResult, ...]] | None:
        """The stretch whose shape it surely had for longest, how sure that was, and what was reached in it.

        None where it had none for long enough.
        """
        best = max(self._approaches, key=lambda one: one.longest_s, default=None)
        if best is None or best.longest_s < UNHELD_S:
            return None
        return best.stretch, best.sure, best.reached()


class _Approach:
    """How near a body came to one stretch."""

    def __init__(self, stretch: Stretch, *, still: bool) -> None:
        self.stretch = stretch
        self._kept: Sustained[_Miss] = Sustained(0.0 if still else _KEPT_S)
        self._best = [BestHeld(one, over_s=0.0 if still else _KEPT_S) for one in stretch.progress]
        self._since_s = self._last_s = -math.inf
        self._sums = [0.0, 0.0]  # sureness in the run at hand, and looks
        self.longest_s, self.sure = 0.0, 0.0

    def extend(self, looks: Measures) -> None:
        """Take in the frames that are looked at."""
        misses = list(self._misses(looks))
        values = [self.stretch.reached(one, looks, Target()).tolist() for one in self.stretch.progress]
        sure = sureness(self.stretch, looks, Target()).tolist()
        for i, (t_s, miss) in enumerate(zip(looks.t_s.tolist(), misses, strict=True)):
            self._run(t_s, sure[i])
            if miss is None:
                continue
            self._kept.update(t_s, -miss.cost, miss, _GAP_S)
            for best, value in zip(self._best, values, strict=True):
                best.update(t_s, value[i], _GAP_S)

    def _run(self, t_s: float, sure: float) -> None:
        """Follow for how long without a break the body has surely had the shape."""
        if sure < LEAST_SURE:
            self._last_s = -math.inf
            return
        if t_s - self._last_s > _GAP_S:
            self._since_s, self._sums = t_s, [0.0, 0.0]
        self._last_s = t_s
        self._sums = [self._sums[0] + sure, self._sums[1] + 1.0]
        if t_s - self._since_s > self.longest_s:
            self.longest_s, self.sure = t_s - self._since_s, self._sums[0] / self._sums[1]

    def _misses(self, looks: Measures) -> Iterator[_Miss | None]:
        """Of each look what it lacks for the nearest of the shapes, None where it is near to none."""
        leg = self.stretch.stretched(looks, Target())
        shapes = (*self.stretch.recognised, *self.stretch.resembles)
        margins = [np.array([one.margin(looks, leg) for one in shape.conditions]) for shape in shapes]
        blind = _blind(looks)
        for i in range(len(looks)):
            near = [self._near(shape, of[:, i], looks, i, blind[i]) for shape, of in zip(shapes, margins, strict=True)]
            yield min((one for one in near if one), key=lambda one: one.cost, default=None)

    def _near(self, shape: Shape, margins: Floats, looks: Measures, i: int, blind: Lack | None) -> _Miss | None:
        failing = np.flatnonzero(margins < _CLEAR)
        conditions = [shape.conditions[n] for n in failing]
        if any(one.essential for one in conditions) or (np.isfinite(margins) & (margins < -_FAR)).any():
            return None
        frame = looks.part(i, i + 1)
        leg = self.stretch.stretched(frame, Target())
        costs: dict[str, tuple[float, Lack]] = {}
        for condition, margin in zip(conditions, margins[failing].tolist(), strict=True):
            cost = _CLEAR - margin if math.isfinite(margin) else _NUMBERLESS
            # Of two conditions on one quantity the stricter one tells.
            name = condition.of.whose if isinstance(condition, Within) else condition.words
            if name not in costs or cost > costs[name][0]:
                lack = condition.lack(frame, leg)
                if blind is not None and lack.value == blind.value:
                    continue  # the view, which is told anyhow
                costs[name] = cost, lack._replace(words=f"more clearly {lack.words}") if margin >= 0 else lack
        if len(costs) > _MOST_MISSING:
            return None
        worst_first = sorted(costs.values(), key=lambda one: -one[0])
        # What the camera does not show comes first: the rest may be read wrong for it.
        seen = [] if blind is None else [(_UNSEEN, blind)]
        told = [*seen, *worst_first]
        return _Miss(sum(cost for cost, _ in told), tuple(lack for _, lack in told[:_MOST_MISSING]))

    @property
    def least(self) -> _Miss | None:
        """What it lacked when it was nearest, None where it never came near."""
        return self._kept.best.what if self._kept.best else None

    def reached(self) -> tuple[ProgressResult, ...]:
        """How far it got while it was near."""
        return tuple(
            progress_result(one, best.reached, None)
            for one, best in zip(self.stretch.progress, self._best, strict=True)
            if not math.isnan(best.reached.value)
        )

    def told(self) -> Nearest:
        """What to say of it."""
        lacks = self.least.lacks if self.least else ()
        # All was there, but not for long.
        lacks = lacks or (Lack("in it for longer", self.longest_s, UNHELD_S, "s"),)
        missing = tuple(
            Missing(condition=one.words, value=known(one.value), limit=known(one.limit), unit=one.unit, most=one.most)
            for one in lacks
        )
        return Nearest(stretch=self.stretch.slug, title=self.stretch.title, missing=missing, reached=self.reached())


def nearest_words(nearest: Nearest) -> str:
    """As in "it looks most like the toe touch; missing: folded forward (47, at least 50 degrees)"."""
    return f"it looks most like the {uncapital(nearest.title)}; missing: {', '.join(map(_words, nearest.missing))}"


def reached_words(reached: Sequence[ProgressResult]) -> tuple[str, ...]:
    """What was reached without a hold, as in "reached meanwhile: fold 95 degrees"; empty for nothing."""
    told = [f"{one.name} {_number(one.value, one.unit)}{_unit(one.unit)}" for one in reached if one.value is not None]
    return (f"reached meanwhile: {', '.join(told)}",) if told else ()


def _words(one: Missing) -> str:
    if one.value is None or one.limit is None:
        return one.condition
    bound = "below" if one.most else "at least"
    value, limit = _number(one.value, one.unit), _number(one.limit, one.unit)
    if value == limit:  # missed by less than the digits tell: "32, below 32" says nothing
        return f"{one.condition} (only just: {bound} {limit}{_unit(one.unit)})"
    return f"{one.condition} ({value}, {bound} {limit}{_unit(one.unit)})"


_DIGITS: Final = {"deg": 0, "s": 1}


def _number(value: float, unit: str) -> str:
    return f"{value:.{_DIGITS.get(unit, 2)}f}"


def _unit(unit: str) -> str:
    return {"deg": " degrees", "ratio": "", "share": "", "s": " s"}.get(unit, f" {unit}s")


def _rows(measures: Measures, rows: Sequence[int]) -> Measures:
    return Measures(**{one.name: getattr(measures, one.name)[list(rows)] for one in fields(measures)})


def _blind(looks: Measures) -> list[Lack | None]:
    """Of each look what keeps the body from being judged at all, None for nothing."""
    lacks: list[Lack | None] = []
    limits_deg = np.where(looks.lying, LYING_SIDE_ON_LIMIT_DEG, SIDE_ON_LIMIT_DEG).tolist()
    for reason, yaw, limit in zip(view_reasons(looks).tolist(), looks.yaw_deg.tolist(), limits_deg, strict=True):
        if reason == Reason.SEEN:
            lacks.append(None)
        elif reason == Reason.NOT_SIDE_ON:
            lacks.append(Lack(REASON_TEXT[reason], yaw, limit, "deg", most=True))
        else:
            lacks.append(Lack(REASON_TEXT[reason]))
    return lacks
