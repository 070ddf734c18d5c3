"""The stretches: one file each with one `STRETCH` constant, found by looking into this folder."""

from __future__ import annotations

import copyreg
import importlib
import pkgutil
from collections.abc import Callable, Iterable
from functools import cache

from formcheck.core.stretch import Stretch, of_slug


@cache
def all_stretches() -> tuple[Stretch, ...]:
    """Every stretch, by slug."""
    names = [module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")]
    found: list[Stretch] = [importlib.import_module(f"{__name__}.{name}").STRETCH for name in names]
    return tuple(sorted(found, key=lambda stretch: stretch.slug))


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
    return _rebuilt, (stretch.slug, limits)


copyreg.pickle(Stretch, _reduced)
