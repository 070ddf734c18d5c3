"""The result in the terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.cli.summary import print_report
from formcheck.core.feedback import FittingWay, Report, RuleResult
from formcheck.core.reached import ProgressResult
from formcheck.core.rules import Level
from formcheck.core.stretch import Stretch
from formcheck.criteria.shared import COMFORT
from formcheck.history import location
from formcheck.history.store import Store
from formcheck.reports.summary import headline, reached_words, recognised_words
from formcheck.stretches import all_stretches, by_slug
from tests.history.test_sections import film, section


def printed(
    report: Report, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, told: set[str] | None = None
) -> list[str]:
    """The lines of the panel at 80 columns, without its frame."""
    monkeypatch.setattr("formcheck.cli.summary._OUT.width", 80)
    print_report(report, None, to_stderr=False, told=told)
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    return [line.strip("\u2502 ").rstrip() for line in lines]


def unseen(rule: str, why: str) -> RuleResult:
    return RuleResult(
        id=rule, level=Level.HINT, outcome="unseen", ok_s=0.0, off_s=0.0, unseen_s=0.0, why_unseen=why, measure="x",
        worst=None, limit=None, unit="deg",
    )  # fmt: skip


def test_each_stretch_has_its_own_facts_in_order_of_time(capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    last = replace(section("bench", 30.0), alerts=(), rules=(unseen("heel-height", "too short to tell"),))
    lines = printed(film(section("supine", 4.5), last), capsys, monkeypatch)
    heads = [line for line in lines if line.startswith("Stretch ")]
    assert heads[0].startswith("Stretch 1 of 2: Supine leg raise, 0:04.5 to 0:14.5")
    assert heads[1].startswith("Stretch 2 of 2: ") and "0:30.0 to 0:40.0" in heads[1]
    first, second = lines.index(heads[0]), lines.index(heads[1])
    assert "Hold  10.0 s  (0:04.5 to 0:14.5, left)" in lines[first:second]
    assert "Hold  10.0 s  (0:30.0 to 0:40.0, left)" in lines[second:]
    assert any("could not be judged: too short to tell" in line for line in lines[second:])


def test_a_single_stretch_looks_as_ever(capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = printed(film(section("supine", 4.5)), capsys, monkeypatch)
    assert "Stretch  Supine leg raise (recognised)" in lines
    assert not [line for line in lines if "of 1" in line]


@pytest.mark.parametrize(("kept", "how"), [(False, "name it with --side"), (True, "`formcheck history fix` sets it")])
def test_a_side_that_cannot_be_told_is_said_so(
    capsys, monkeypatch: pytest.MonkeyPatch, *, kept: bool, how: str
) -> None:
    if kept:
        Store(location()).switch(on=True)
    report = replace(film(section("supine", 4.5, "unsure")), side="unsure")
    lines = printed(report, capsys, monkeypatch)
    assert f"Side     cannot tell left from right; {how}" in lines
    assert "Hold     10.0 s  (0:04.5 to 0:14.5, side not known)" in lines


def test_how_far_each_side_went_and_when(capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    raised = ProgressResult(
        name="raise", value=71.4, unit="deg", t_s=12.04, text="below 80 degrees", side="left", error=2.6,
        by_side=(("right", 68.0), ("left", 71.4)),
    )  # fmt: skip
    lines = printed(replace(film(section("supine", 4.5)), progress=(raised,)), capsys, monkeypatch)
    assert "Raise    left 71\u00b0, right 68\u00b0 \u00b1 3\u00b0 (best: below 80 degrees, at 0:12.0)" in lines


def test_a_unit_in_words_stands_once() -> None:
    hand = ProgressResult(
        name="hand", value=0.972, unit="leg length", t_s=None, text="level with the thigh", side="left", error=0.12
    )
    write = lambda value: f"{value:.2f} leg lengths"  # noqa: E731
    assert reached_words(hand, 0.972, write, str) == "left 0.97 \u00b1 0.12 leg lengths (level with the thigh)"
    both = replace(hand, by_side=(("left", 0.972), ("right", 0.95)), text="")
    assert reached_words(both, 0.972, write, str) == "left 0.97, right 0.95 \u00b1 0.12 leg lengths"
    assert reached_words(replace(both, error=None), 0.972, write, str) == "left 0.97, right 0.95 leg lengths"
    alone = replace(hand, side=None, error=None, text="")
    assert reached_words(alone, 0.972, write, str) == "0.97 leg lengths"


@pytest.mark.parametrize(
    ("confidence", "words"), [(1.0, "recognised"), (0.9, "recognised"), (0.72, "recognised, 72% sure")]
)
def test_how_sure_is_told_where_it_is_in_doubt(confidence: float, words: str) -> None:
    assert recognised_words(confidence) == words


def test_another_way_is_told_with_the_command_that_leads_there(capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    way = FittingWay(words="Ready for more", stretch="partner")
    supine = replace(section("supine", 4.5), ways_on=(way,))
    told = "What may come next: ready for more (Partner-assisted leg raise: `formcheck live partner`)"
    assert told in " ".join(printed(replace(film(supine), ways_on=(way,)), capsys, monkeypatch))
    lines = printed(film(supine, section("bench", 30.0)), capsys, monkeypatch)
    (line,) = [line for line in lines if line.startswith("What may come next")]
    assert lines.index(line) < next(i for i, one in enumerate(lines) if one.startswith("Stretch 2"))
    unknown = replace(way, stretch="of-an-older-version")
    told = "What may come next: ready for more"
    assert told in printed(replace(film(supine), ways_on=(unknown,)), capsys, monkeypatch)
    easier = replace(unknown, words="Use a strap", rule="stretched-knee-straight")
    assert "Another way: use a strap" in printed(replace(film(supine), ways_on=(easier,)), capsys, monkeypatch)


def test_the_headline_of_several_stretches_counts_all_their_faults() -> None:
    report = film(section("supine", 4.5), section("bench", 30.0), section("supine", 60.0))
    assert headline(report) == (
        "3 stretches, one after the other; the longest hold 10 s of 30 s (supine). Stop bouncing (and 1 more)."
    )
    clean = tuple(replace(one, alerts=()) for one in report.sections)
    assert headline(replace(report, sections=clean)).endswith("Nothing to correct.")


@pytest.mark.parametrize("stretch", all_stretches(), ids=lambda one: one.slug)
def test_what_only_the_person_can_feel_stands_below_the_verdict(
    capsys, monkeypatch: pytest.MonkeyPatch, stretch: Stretch
) -> None:
    told: set[str] = set()
    lines = printed(film(section(stretch.slug, 4.5)), capsys, monkeypatch, told)
    text = " ".join(lines[lines.index("To keep in mind:") + 1 :])
    assert [text.count(words) for words in stretch.prompts] == [1] * len(stretch.prompts)
    again = printed(film(section(stretch.slug, 4.5)), capsys, monkeypatch, told)
    assert "To keep in mind:" not in again
    assert len(printed(film(section(stretch.slug, 4.5)), capsys, monkeypatch)) == len(lines)


def test_what_several_stretches_share_is_told_once(capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    text = " ".join(printed(film(section("toe-touch", 4.5), section("supine", 30.0)), capsys, monkeypatch))
    words = [*by_slug("toe-touch").prompts, *by_slug("supine").prompts]
    assert text.count("To keep in mind:") == 1
    assert [text.count(one) for one in words] == [1] * len(words)


def test_a_photo_tells_nothing_of_the_course_of_a_hold(capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    report = film(section("toe-touch", 4.5))
    photo = replace(report, source=replace(report.source, kind="photo", still=True), holds=())
    text = " ".join(printed(photo, capsys, monkeypatch))
    told = [prompt.words for prompt in by_slug("toe-touch").asked if prompt.words in text]
    assert told == [prompt.words for prompt in by_slug("toe-touch").asked if not prompt.at_done]
    assert COMFORT.words in told
