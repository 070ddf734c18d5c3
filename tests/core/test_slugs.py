from __future__ import annotations

import pytest

from formcheck.core.stretch import of_slug
from formcheck.stretches import all_stretches, by_slug


def test_a_stretch_is_found_among_those_given() -> None:
    changed = by_slug("supine").with_limits({"head-down": {"hint": 40.0}})
    among = (by_slug("bench"), changed)
    assert of_slug("supine", among) is changed
    assert by_slug("supine", among) is changed
    assert by_slug("supine") is not changed


@pytest.mark.parametrize("slug", ["standing", "", None])
def test_one_that_is_not_among_them_is_none(slug: str | None) -> None:
    assert of_slug(slug, (by_slug("bench"), by_slug("supine"))) is None
    assert of_slug(slug, ()) is None


def test_by_slug_takes_no_other_for_it() -> None:
    assert all(by_slug(one.slug) is one for one in all_stretches())
    with pytest.raises(KeyError, match="yoga"):
        by_slug("yoga")
    with pytest.raises(KeyError, match="supine"):
        by_slug("supine", ())
