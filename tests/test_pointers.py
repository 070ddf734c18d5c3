"""docs/pointers.md tells of every point what watches it: nothing in it may be gone, and nothing left open."""

from __future__ import annotations

import ast
import re
from functools import cache
from typing import NamedTuple

import pytest

from formcheck.core.stretch import Stretch
from formcheck.stretches import all_stretches, by_slug
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "pointers.md"
HOW_MANY = 29


class Pointer(NamedTuple):
    number: int
    point: str
    watched: str
    when: str
    test: str


def pointers() -> list[Pointer]:
    """The rows of the table, as they stand."""
    rows = re.findall(r"^\| (\d+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return [Pointer(int(number), *(cell.strip() for cell in rest.split(" | "))) for number, rest in rows]


EACH = pytest.mark.parametrize("pointer", pointers(), ids=lambda pointer: str(pointer.number))


def stretches_of(name: str) -> tuple[Stretch, ...]:
    return all_stretches() if name == "every" else (by_slug(name),)


@cache
def functions_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def said_by(stretch: Stretch) -> str:
    """All that a user is told of a stretch without being judged."""
    ways = (way.words for way in stretch.ways_on)
    return "\n".join([*stretch.prompts, *stretch.how_to, *stretch.needs, stretch.choose_when, *ways]).lower()


def test_all_points_are_there_in_order() -> None:
    assert [pointer.number for pointer in pointers()] == list(range(1, HOW_MANY + 1))


@EACH
def test_every_rule_and_value_named_is_one_of_that_stretch(pointer: Pointer) -> None:
    for name, what in re.findall(r"`([a-z-]+)/([a-z-]+)`", pointer.watched):
        for stretch in stretches_of(name):
            assert what in {rule.id for rule in stretch.rules} | {one.name for one in stretch.progress}, stretch.slug


@EACH
def test_words_in_quotes_are_said_of_that_stretch(pointer: Pointer) -> None:
    for name, words in re.findall(r"`([a-z-]+)` \u201c([^\u201d]+)\u201d", pointer.watched):
        for stretch in stretches_of(name):
            assert words.lower() in said_by(stretch), stretch.slug


@EACH
def test_something_watches_it_and_something_tests_that(pointer: Pointer) -> None:
    assert re.search(r"`[a-z-]+/[a-z-]+`|\u201c|\]\(why\.md\)", pointer.watched)
    assert pointer.when
    named = re.findall(r"`([^`:]+)::([^`]+)`", pointer.test)
    assert named or pointer.test == "TODO"
    for file, function in named:
        assert function in functions_of(file), file


def test_nothing_is_left_to_do() -> None:
    assert [pointer.number for pointer in pointers() if "TODO" in " ".join(map(str, pointer))] == []
