from __future__ import annotations

import itertools

import pytest

from formcheck.core.rules import LEVEL_OF, Level, most_serious


def test_levels_are_ordered_by_how_serious_they_are_and_not_by_the_alphabet() -> None:
    assert Level.UNSAFE.severity > Level.WARN.severity > Level.HINT.severity > Level.GATE.severity
    assert Level.GATE.severity == Level.PROGRESS.severity
    assert sorted(Level, key=lambda level: -level.severity)[:3] == [Level.UNSAFE, Level.WARN, Level.HINT]


def test_a_verdict_names_the_level_it_is_of() -> None:
    for level in (Level.UNSAFE, Level.WARN, Level.HINT):
        assert LEVEL_OF[level.severity] is level


@pytest.mark.parametrize("order", [*itertools.permutations((Level.HINT, Level.UNSAFE, Level.WARN))])
def test_the_most_serious_is_found_in_any_order(order: tuple[Level, ...]) -> None:
    assert most_serious(order) is Level.UNSAFE
    assert most_serious(level for level in order if level is not Level.UNSAFE) is Level.WARN


def test_of_no_levels_none_is_the_most_serious() -> None:
    assert most_serious([]) is None
