"""What every stretch must offer, whichever it is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import formcheck.stretches as package
from formcheck.core.rules import Level
from formcheck.core.stretch import Stretch
from formcheck.stretches import all_stretches, by_slug
from tests.figures import lying, upright
from tests.judging import measured

STRETCHES = pytest.mark.parametrize("stretch", all_stretches(), ids=lambda stretch: stretch.slug)


def test_each_file_is_one_stretch_named_after_it() -> None:
    files = {path.stem for path in Path(package.__path__[0]).glob("[a-z]*.py")}
    assert {stretch.slug.replace("-", "_") for stretch in all_stretches()} == files


@STRETCHES
def test_rules_are_named_once_and_every_stretch_has_the_common_ones(stretch: Stretch) -> None:
    ids = [rule.id for rule in stretch.rules]
    assert len(ids) == len(set(ids))
    assert {"hold-time", "no-bounce", "steady"} <= set(ids)


@STRETCHES
def test_rules_say_what_they_measure_and_where_it_comes_from(stretch: Stretch) -> None:
    for rule in stretch.rules:
        assert rule.measure and rule.unit and rule.limits and rule.source, rule.id
        assert (rule.read is None) != (rule.timed is None), rule.id


@STRETCHES
def test_cues_are_short_enough_to_read_from_three_metres(stretch: Stretch) -> None:
    for rule in stretch.rules:
        if rule.level in (Level.HINT, Level.WARN, Level.UNSAFE):
            assert 8 <= len(rule.cue) <= 48, rule.id
            assert not rule.cue.endswith("."), rule.id


@STRETCHES
def test_a_reminder_to_stay_free_of_pain_comes_first(stretch: Stretch) -> None:
    assert "free of pain" in stretch.prompts[0]
    assert stretch.how_to and stretch.camera and stretch.summary


@STRETCHES
def test_standing_or_lying_still_is_no_stretch(stretch: Stretch) -> None:
    from formcheck.core.rules import Target

    for figure in (upright(), lying(raise_deg=-6.0)):
        assert not stretch.in_position(measured(figure.pose()), Target())[-1]


@STRETCHES
def test_stretches_do_not_import_each_other(stretch: Stretch) -> None:
    path = Path(package.__path__[0]) / f"{stretch.slug.replace('-', '_')}.py"
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("formcheck.stretches"):
            assert node.module.startswith("formcheck.stretches._"), node.module


def test_an_unknown_slug_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        by_slug("splits")
