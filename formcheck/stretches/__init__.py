"""The stretches: one file each with one `STRETCH` constant, found by looking into this folder."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from formcheck.core.stretch import Stretch


@cache
def all_stretches() -> tuple[Stretch, ...]:
    """Every stretch, by slug."""
    names = [module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")]
    found: list[Stretch] = [importlib.import_module(f"{__name__}.{name}").STRETCH for name in names]
    return tuple(sorted(found, key=lambda stretch: stretch.slug))


def by_slug(slug: str) -> Stretch:
    """The stretch of that slug; KeyError when there is none."""
    for stretch in all_stretches():
        if stretch.slug == slug:
            return stretch
    raise KeyError(slug)
