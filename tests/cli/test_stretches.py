"""What `formcheck stretches` tells, at the width of an old terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from formcheck.cli import common
from formcheck.cli.stretches import stretches
from formcheck.core.stretch import Stretch
from formcheck.stretches import all_stretches, by_slug
from tests.conftest import ROOT

EACH = pytest.mark.parametrize("stretch", all_stretches(), ids=lambda stretch: stretch.slug)


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def told(capsys: pytest.CaptureFixture[str], slug: str | None = None, *, rules: bool = False) -> list[str]:
    stretches(slug, rules=rules)
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


def words(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def test_the_list_goes_from_the_easy_to_the_advanced_and_helps_to_choose(capsys) -> None:
    lines = told(capsys)
    heads = [(line.split()[0], line.split()[1]) for line in lines if re.match(r"[a-z-]+ +[a-z]+ ", line)]
    known = [(stretch.slug, stretch.difficulty.value) for stretch in all_stretches()]
    assert [head for head in heads if head in known] == known
    assert known[0][1] == "easy" and known[-1][1] == "advanced"
    for stretch in all_stretches():
        assert "; ".join(stretch.needs) in words(lines)
        assert stretch.choose_when[1:] in words(lines)
    assert max(map(len, lines)) <= 80
    assert lines[-1] == "`formcheck stretches --why`: why stretch, why hold still, and when to leave it"


@EACH
def test_one_is_told_plainly_first(capsys, stretch: Stretch) -> None:
    lines = told(capsys, stretch.slug)
    assert max(map(len, lines)) <= 80
    said = words(lines)
    for what in (stretch.summary, *stretch.how_to, stretch.camera, *stretch.prompts):
        assert what in said
    for rule in stretch.rules:
        assert f"  {rule.title}  {rule.id}" in lines
        assert rule.source not in said and rule.limits not in said
    assert "In position" not in said and "Recognised" not in said
    for slug in stretch.leads_to:
        assert f"  {by_slug(slug).title}  {slug}" in lines
    assert lines[-1] == "`--rules` also shows every measure with its limits and sources."


@EACH
def test_the_numbers_stand_behind_an_option(capsys, stretch: Stretch) -> None:
    said = words(told(capsys, stretch.slug, rules=True))
    for rule in stretch.rules:
        assert rule.limits in said and rule.source in said
    for condition in stretch.position.conditions:
        assert condition.words in said
    assert all(step in said for step in stretch.how_to)


def test_another_way_is_told_where_a_fault_leads_to_it(capsys) -> None:
    assert (
        "If \u201cRaised knee straight\u201d is off most of the time: bend the other leg for stability and use a strap "
        "(Supine, for beginners: `beginner-supine`)"
    ) in words(told(capsys, "supine"))


def test_the_reasons_come_with_the_program(capsys) -> None:
    stretches(why=True)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    page = (ROOT / "docs" / "why.md").read_text(encoding="utf-8")
    bold = re.findall(r"\*\*(.+?)\*\*", page, re.DOTALL)
    links = re.findall(r"\((https://.+?)\)", page)
    assert len(bold) > 5 and len(links) > 3
    said = "".join("".join(lines).split())
    for told_too in (*bold, *links):
        assert "".join(told_too.split()) in said, told_too
    with pytest.raises(typer.BadParameter, match="stretches --why"):
        stretches("supine", why=True)


def test_reasons_that_are_missing_are_told_in_a_line(capsys, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(common, "__file__", str(tmp_path / "formcheck" / "cli" / "common.py"))
    with pytest.raises(typer.Exit):
        stretches(why=True)
    assert capsys.readouterr().err == "formcheck: why.md is missing: install formcheck again\n"


def test_rules_of_which_stretch_must_be_said() -> None:
    with pytest.raises(typer.BadParameter, match="SLUG --rules"):
        stretches(rules=True)
