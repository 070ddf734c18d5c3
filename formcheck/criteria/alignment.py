"""Rules made of data: a quantity, the directions in which it goes wrong, and what is said then."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Final

from formcheck.core.landmarks import BodyPart
from formcheck.core.limits import Limit
from formcheck.core.measures import Measures
from formcheck.core.poses import Ints
from formcheck.core.quantity import Quantity
from formcheck.core.rules import BadWhen, Level, Limits, Reading, Rule, Timed, grade, worse
from formcheck.core.uncertainty import Uncertainty
from formcheck.criteria.bound import Bound, Grading

_UNIT_WORDS: Final = {"deg": " degrees", "leg length": " leg lengths"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """Holds a quantity against limits, frame by frame; `error` says how far off it may be."""

    of: Quantity
    gradings: tuple[Grading, ...]
    error: Uncertainty | None = None

    def __call__(self, measures: Measures, stretched: Ints, limits: Limits) -> Reading:
        """Judge T frames."""
        value, reason = self.of.values(measures, stretched), self.of.reason(measures, stretched)
        known = self.error
        return reduce(
            worse,
            (
                grade(
                    value,
                    ok=limits[one.ok],
                    steps=tuple((limits[name], level) for name, level in one.steps),
                    bad_when=one.bad_when,
                    error=known.at(measures.yaw_deg) if known else math.nan,
                    single=known.single if known else 0.0,
                    reason=reason,
                )
                for one in self.gradings
            ),
        )


def alignment(
    *,
    id: str,  # noqa: A002 what it is called everywhere
    title: str,
    of: Quantity,
    source: str,
    too_high: Bound | None = None,
    too_low: Bound | None = None,
    error: Uncertainty | None = None,
    note: str = "",
) -> Rule:
    """An alignment point whose values go wrong in one direction or in both, each with its own cue.

    error   how far off its values may be, None where that is not known. What is not beyond what is fine by more than
            that is at most a hint, also where settings put the limit of a warning nearer.
    note    what there is to say of its limits beyond the numbers.
    Raises ValueError when it has no bound, or two of one name.
    """
    bounds: list[tuple[BadWhen, Bound]] = []
    if too_high is not None:
        bounds.append(("above", too_high))
    if too_low is not None:
        bounds.append(("below", too_low))
    if not bounds:
        raise ValueError(f"{id}: an alignment has too_high, too_low or both")
    if any(bound.ok is None for _, bound in bounds):
        raise ValueError(f"{id}: each bound needs an ok, within which all is well again")
    if len({bound.name for _, bound in bounds}) < len(bounds):
        raise ValueError(f"{id}: its two bounds need names of their own")
    return Rule(
        id=id,
        level=_level(bound for _, bound in bounds),
        title=title,
        measure=of.name,
        unit=of.unit,
        source=source,
        limit_values=_limits(bounds),
        limit_words=" ".join(
            part for part in (_words(bounds, of.unit), _plain(note), known_to(error, of.unit)) if part
        ),
        silent=of.silent,
        cue=bounds[0][1].cue,
        cue_low=bounds[-1][1].cue if bounds[1:] else "",
        read=Threshold(of=of, gradings=tuple(bound.grading(bad_when) for bad_when, bound in bounds), error=error),
        about=of.about,
    )


def known_to(error: Uncertainty | None, unit: str) -> str:
    """How exactly a value is known, one sentence; empty where that is not known."""
    if error is None:
        return ""
    turned = f", to \u00b1 {error.turned:g} turned by 25 degrees" if error.turned is not None else ""
    return f"Known to \u00b1 {error.held:g}{_UNIT_WORDS.get(unit, '')}{turned}."


def _plain(note: str) -> str:
    return note.replace("{", "{{").replace("}", "}}")


def _level(bounds: Iterable[Bound]) -> Level:
    """What the rule is listed as: its worst level, where unsafe is a warning that grew."""
    levels = {level for bound in bounds for level, _, _ in bound.steps()}
    return next(level for level in (Level.WARN, Level.HINT, Level.UNSAFE) if level in levels)


def _limits(bounds: list[tuple[BadWhen, Bound]]) -> tuple[Limit, ...]:
    """From what is fine to what is not; where both directions are wrong, from the highest to the lowest."""
    (bad_when, bound), others = bounds[0], bounds[1:]
    if not others:
        limits = bound.limits(bad_when)
        return tuple(limits if bad_when == "below" else reversed(limits))
    low = others[0][1]
    return (*bound.limits("above", above=low.ok_name), *low.limits("below"))


def _words(bounds: list[tuple[BadWhen, Bound]], unit: str) -> str:
    said = "; ".join(bound.words(bad_when) for bad_when, bound in bounds)
    (bad_when, bound), last = bounds[0], bounds[-1][1]
    unit = _UNIT_WORDS.get(unit, "")
    if bounds[1:]:
        return f"{{{last.ok_name}:g}} to {{{bound.ok_name}:g}}{unit} is fine; {said}."
    fine = f"{{{bound.ok_name}:g}}{unit}"
    return f"Up to {fine} is fine; {said}." if bad_when == "above" else f"{fine} and more is fine; {said}."


def over_time(
    *,
    id: str,  # noqa: A002 what it is called everywhere
    title: str,
    measure: str,
    unit: str,
    detector: Timed,
    too_high: Bound,
    limit_words: str,
    silent: str,
    source: str,
    further: tuple[Limit, ...] = (),
    after_s: float = 0.0,
    about: BodyPart = "body",
) -> Rule:
    """A rule on what the body does over a stretch of time, seen by a detector.

    further   limits of the detector's own, beside those of the bound.
    after_s   it must last so long; 0 where the detector itself looks at a stretch of time.
    """
    return Rule(
        id=id,
        level=_level([too_high]),
        title=title,
        measure=measure,
        unit=unit,
        source=source,
        limit_values=(*_limits([("above", too_high)]), *further),
        limit_words=limit_words,
        silent=silent,
        cue=too_high.cue,
        timed=detector,
        after_s=after_s,
        about=about,
    )


def gate(
    *,
    id: str,  # noqa: A002 what it is called everywhere
    title: str,
    of: Quantity,
    source: str,
    at_least: float | None = None,
    at_most: float | None = None,
) -> Rule:
    """A rule that says whether the body is in the stretch at all; never a fault, and fixed, as recognition rests on it.

    Exactly one of `at_least` and `at_most` is given. Raises ValueError otherwise.
    """
    default = at_least if at_most is None else at_most
    if default is None or (at_least is not None and at_most is not None):
        raise ValueError(f"{id}: a gate has either at_least or at_most")
    bad_when: BadWhen = "below" if at_most is None else "above"
    word = "At least" if at_most is None else "Up to"
    unit = _UNIT_WORDS.get(of.unit, "")
    return Rule(
        id=id,
        level=Level.GATE,
        title=title,
        measure=of.name,
        unit=of.unit,
        source=source,
        limit_values=(Limit(name="gate", default=default, meaning="past it is not this stretch"),),
        limit_words=f"{word} {{gate:g}}{unit}, else you are not in position; recognition rests on it.",
        silent=of.silent,
        read=Threshold(of=of, gradings=(Grading(bad_when, "gate", (("gate", Level.HINT),)),)),
        about=of.about,
    )
