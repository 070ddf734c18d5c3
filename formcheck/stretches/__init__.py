"""The stretches: one file each with one `STRETCH` constant, found by looking into this folder.

Those that other packages offer under the entry point `formcheck.stretches` are used just so.
"""

from __future__ import annotations

import copyreg
import importlib
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pickle import PicklingError
from typing import Final

from formcheck.core.stretch import Difficulty, Stretch, of_slug
from formcheck.stretches._checks import plug_in_problem

GROUP: Final = "formcheck.stretches"
"""The group of entry points, each of which names a `Stretch`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlugIn:
    """A stretch of another package: `stretch`, or the `problem` that keeps it from being used."""

    package: str
    stretch: Stretch | None = None
    problem: str = ""


@cache
def all_stretches() -> tuple[Stretch, ...]:
    """Every stretch, the easy ones first; those of other packages last, so that ours win where two claim one body."""
    return (*_own(), *_in_order(one.stretch for one in plug_ins() if one.stretch is not None))


@cache
def plug_ins() -> tuple[PlugIn, ...]:
    """The stretches that other packages offer, by name of their entry point; none keeps formcheck from working."""
    found: list[PlugIn] = []
    for point in sorted(entry_points(group=GROUP), key=lambda point: point.name):
        known = (*_own(), *(one.stretch for one in found if one.stretch is not None))
        found.append(_plug_in(point, known))
    return tuple(found)


def packages() -> str:
    """The other packages whose stretches are used, with their versions; empty where there are none."""
    return ", ".join(sorted({one.package for one in plug_ins() if one.stretch is not None}))


@cache
def _own() -> tuple[Stretch, ...]:
    names = [module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")]
    found = (importlib.import_module(f"{__name__}.{name}").STRETCH for name in names)
    return _in_order(found)


def _in_order(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """From the easy to the advanced, those of one difficulty by name."""
    steps = list(Difficulty)
    return tuple(sorted(stretches, key=lambda stretch: (steps.index(stretch.difficulty), stretch.slug)))


def _plug_in(point: EntryPoint, known: Sequence[Stretch]) -> PlugIn:
    package = f"{point.dist.name} {point.dist.version}" if point.dist else point.value
    try:
        stretch = point.load()
        problem = plug_in_problem(stretch, known)
    except (Exception, SystemExit) as error:  # noqa: BLE001 whatever somebody else's code does
        first = str(error).split("\n", 1)[0]
        return PlugIn(package=package, problem=f"{point.value} cannot be used: {type(error).__name__}: {first}")
    if problem is not None:
        return PlugIn(package=package, problem=f"{point.value} {problem}")
    return PlugIn(package=package, stretch=stretch)


def by_slug(slug: str, among: Iterable[Stretch] | None = None) -> Stretch:
    """The stretch of that slug, of all there are unless others are given; KeyError when there is none."""
    found = of_slug(slug, all_stretches() if among is None else among)
    if found is None:
        raise KeyError(slug)
    return found


_Values = dict[str, dict[str, float]]


def _rebuilt(slug: str, limits: _Values) -> Stretch:
    return by_slug(slug).with_limits(limits)


def _reduced(stretch: Stretch) -> tuple[Callable[[str, _Values], Stretch], tuple[str, _Values]]:
    """Its functions cannot be pickled; its name and the user's limits are all that another process needs."""
    limits = {
        rule.id: {limit.name: limit.changed_to for limit in rule.limit_values if limit.changed_to is not None}
        for rule in stretch.rules
    }
    known = of_slug(stretch.slug, all_stretches())
    if known is None or known.with_limits(limits) != stretch:
        raise PicklingError(f"the stretch {stretch.slug} is not installed, so another process cannot find it")
    return _rebuilt, (stretch.slug, limits)


copyreg.pickle(Stretch, _reduced)
