"""What every stretch must offer, whichever it is."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

import formcheck.stretches as package
from formcheck.core.posture import Posture
from formcheck.core.rules import Level, Target
from formcheck.core.stretch import Stretch
from formcheck.stretches import all_stretches, by_slug
from tests.figures import lying, upright
from tests.judged import measured

README = Path(__file__).parents[2] / "README.md"
FORM = README.parent / ".github" / "ISSUE_TEMPLATE" / "1-wrong-judgement.yml"
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
def test_every_range_says_how_exact_it_is(stretch: Stretch) -> None:
    for progress in stretch.progress:
        assert progress.error is not None, progress.name
        # In degrees no better than joints of rendered bodies are defined, in lengths and shares no worse than useless.
        lowest, highest = (3.0, 20.0) if progress.unit == "deg" else (0.03, 0.3)
        assert lowest <= progress.error <= highest, progress.name


@STRETCHES
def test_every_limit_is_documented_and_its_default_allowed(stretch: Stretch) -> None:
    for rule in stretch.rules:
        assert rule.limit_values, rule.id
        names = [limit.name for limit in rule.limit_values]
        assert len(names) == len(set(names)), rule.id
        for limit in rule.limit_values:
            assert 5 <= len(limit.meaning) <= 80, limit
            assert limit.fixed or limit.lowest < limit.highest, limit
            assert limit.fixed == (rule.level == Level.GATE or rule.timed == "hold"), limit
        # Setting the defaults must pass every check that a user's values must pass.
        rule.with_limits({limit.name: limit.default for limit in rule.limit_values if not limit.fixed})


@STRETCHES
def test_a_rule_says_the_limits_that_hold(stretch: Stretch) -> None:
    for rule in stretch.rules:
        for limit in rule.limit_values:
            if not limit.name.endswith("ok"):
                others = [one for one in rule.limit_values if one is not limit]
                other = replace(rule, limit_values=(*others, replace(limit, changed_to=limit.default * 1.3)))
                assert other.limits != rule.limits, (rule.id, limit.name)


@STRETCHES
def test_each_limit_counts_and_there_is_no_other(stretch: Stretch) -> None:
    class Noted(dict[str, float]):
        def __getitem__(self, name: str) -> float:
            used.add(name)
            return super().__getitem__(name)

    measures = measured(lying().pose())
    for rule in stretch.rules:
        if rule.read is not None:
            used: set[str] = set()
            rule.read(measures, stretch.stretched(measures, Target()), Noted(rule.limits_by_name))
            assert used == set(rule.limits_by_name), rule.id


def test_rules_and_stretches_have_different_names() -> None:
    """A table of the settings is named after either."""
    slugs = {stretch.slug for stretch in all_stretches()}
    assert not slugs & {rule.id for stretch in all_stretches() for rule in stretch.rules}


@STRETCHES
def test_cues_are_short_enough_to_read_from_three_metres(stretch: Stretch) -> None:
    for rule in stretch.rules:
        if rule.level in (Level.HINT, Level.WARN, Level.UNSAFE):
            assert 8 <= len(rule.cue) <= 48, rule.id
            assert not rule.cue.endswith("."), rule.id


@STRETCHES
def test_it_begins_in_a_posture_that_routines_can_call_people_into(stretch: Stretch) -> None:
    assert stretch.posture in {Posture.STANDING, Posture.SEATED, Posture.KNEELING, Posture.LYING}


@STRETCHES
def test_the_readme_and_the_form_for_wrong_judgements_name_it(stretch: Stretch) -> None:
    assert f"| `{stretch.slug}` |" in README.read_text(encoding="utf-8"), "add it to the table of stretches"
    assert f"- {stretch.slug}\n" in FORM.read_text(encoding="utf-8"), "add it to the choices of the form"


def test_the_readme_and_the_form_list_the_easy_ones_first() -> None:
    slugs = [stretch.slug for stretch in all_stretches()]
    table = re.findall(r"^\| `([a-z-]+)` \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    form = re.findall(r"^        - ([a-z-]+)$", FORM.read_text(encoding="utf-8"), re.MULTILINE)
    assert table == slugs
    assert form == slugs


@STRETCHES
def test_it_says_for_whom_it_is_and_where_it_leads(stretch: Stretch) -> None:
    slugs = {one.slug for one in all_stretches()} - {stretch.slug}
    assert stretch.choose_when.endswith(".")
    assert stretch.needs
    assert set(stretch.leads_to) <= slugs
    for way in stretch.ways_on:
        assert way.stretch in {None, *slugs}, way
        assert way.after_fault is None or stretch.rule(way.after_fault), way
        assert not set(".:?") & set(way.words), way  # it goes on after other words


@STRETCHES
def test_a_reminder_to_stay_free_of_pain_comes_first(stretch: Stretch) -> None:
    assert "free of pain" in stretch.prompts[0]
    assert stretch.how_to and stretch.camera and stretch.summary


@STRETCHES
def test_what_is_recalled_in_a_hold_is_said_in_some_four_seconds(stretch: Stretch) -> None:
    assert all(len(prompt.words) <= 60 for prompt in stretch.asked if prompt.after_s is not None)


@STRETCHES
def test_how_to_tells_how_far_how_long_how_often_and_why_not_to_bounce(stretch: Stretch) -> None:
    steps = " ".join(stretch.how_to)
    often = "2 to 4 times a side." if stretch.one_sided else "2 to 4 times."
    for words in ("feel something", "no further", "about 30 seconds", often, "Do not bounce", "tightens"):
        assert words in steps


@STRETCHES
def test_standing_or_lying_still_is_no_stretch(stretch: Stretch) -> None:
    for figure in (upright(), lying(raise_deg=-6.0)):
        assert not stretch.in_position(measured(figure.pose()), Target())[-1]


@STRETCHES
def test_stretches_do_not_import_each_other(stretch: Stretch) -> None:
    path = Path(package.__path__[0]) / f"{stretch.slug.replace('-', '_')}.py"
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("formcheck.stretches"):
            raise AssertionError(node.module)


def test_an_unknown_slug_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        by_slug("splits")
