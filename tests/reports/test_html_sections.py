"""The page of a recording of several stretches, and of sides that cannot be told."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from formcheck.core.clock import clock
from formcheck.core.feedback import FittingWay, Report, Section
from formcheck.core.names import capital
from formcheck.core.reasons import REASON_TEXT, Reason
from formcheck.core.timeline import Timeline
from formcheck.reports.html import render
from formcheck.reports.html.words import what_helps
from formcheck.reports.summary import headline
from formcheck.stretches import all_stretches, by_slug
from tests.reports.test_html import Page, both_legs, hips_back, page


@cache
def several() -> tuple[Report, Timeline | None]:
    """A toe touch, both legs raised, and another raise of a leg that cannot be told."""
    toe, legs = hips_back()[0], both_legs()[0]
    unsure = tuple(replace(hold, side="unsure") for hold in legs.holds[:1])
    raised = replace(legs.progress[0], side="unsure", by_side=(("unsure", legs.progress[0].value or 0.0),))
    last = replace(legs, side="unsure", holds=unsure, progress=(raised,))
    sections = (run_of(toe, 0.0), run_of(legs, 20.0), run_of(last, 50.0))
    longest = sections[1]
    return replace(
        legs, holds=longest.holds, progress=longest.progress, sections=sections,
        source=replace(legs.source, duration_s=70.0),
    ), both_legs()[1]  # fmt: skip


def run_of(report: Report, later_s: float) -> Section:
    def moved(one: Any) -> Any:
        return replace(one, start_s=one.start_s + later_s, end_s=one.end_s + later_s)

    holds = tuple(map(moved, report.holds))
    progress = tuple(replace(one, t_s=None if one.t_s is None else one.t_s + later_s) for one in report.progress)
    assert report.stretch
    return Section(
        stretch=report.stretch, side=report.side, start_s=holds[0].start_s, end_s=holds[-1].end_s, confidence=0.9,
        holds=holds, rules=report.rules, alerts=tuple(map(moved, report.alerts)), progress=progress,
    )  # fmt: skip


def page_of_several() -> Page:
    report, timeline = several()
    return Page(render(report, by_slug("supine"), timeline, (), others=all_stretches(), made=dt.date(2027, 1, 2)))


def test_several_stretches_are_listed_and_each_has_its_place() -> None:
    shown = page_of_several()
    assert shown.all("h1") == [headline(several()[0])]
    (overview,) = shown.all("nav")
    titles = [by_slug(slug).title for slug in ("toe-touch", "supine", "supine")]
    assert shown.all("a") == titles
    first = several()[0].sections[0]
    assert f"{clock(first.start_s)} to {clock(first.end_s)}{headline(hips_back()[0])}" in overview
    targets = [(one.get("href") or "")[1:] for one in shown.attrs("a")]
    assert targets == [one["id"] for one in shown.attrs("h2") if str(one.get("id")).startswith("run-")]
    toe, both, _ = shown.all("section", "run-card")
    assert "off, warning" in toe and "Hips over the feet" in toe and "Head down" not in toe
    assert "Left leg" in both and "Right leg" in both and "Head down" in both
    assert "Bring your hips forward" not in both
    assert "The rules" not in shown.all("h2")  # of one stretch alone
    levels = [int(tag[1]) for tag, _, _ in shown.elements if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_how_far_is_told_with_side_and_time() -> None:
    both = page_of_several().all("section", "run-card")[1]
    raised, _ = several()[0].sections[1].progress
    assert raised.t_s is not None
    assert (
        f"raise left 84\u00b0, right 86\u00b0 \u00b1 3\u00b0 (best: 80 to 90 degrees, at {clock(raised.t_s)})" in both
    )


def test_a_side_that_cannot_be_told_has_a_ring_of_its_own_and_no_leg_is_missed() -> None:
    unsure = page_of_several().all("section", "run-card")[2]
    assert "Side not known" in unsure and "cannot tell left from right" in unsure
    for words in ("Left leg", "Right leg", "not in this recording", "leg too"):
        assert words not in unsure


def test_a_leg_that_has_its_turn_later_is_not_missed() -> None:
    legs = both_legs()[0]
    left, right = ((hold,) for hold in legs.holds)
    first, then = (run_of(replace(legs, holds=holds, side=holds[0].side), 0.0) for holds in (left, right))
    report = replace(legs, sections=(first, run_of(hips_back()[0], 30.0), then))
    shown = Page(render(report, by_slug("supine"), None, (), others=all_stretches()))
    assert shown.all("p", "side")[0].startswith("Left leg") and "not in this recording" not in shown.words
    assert "leg too" not in shown.words
    alone = replace(report, sections=report.sections[:2])
    assert "Do the right leg too" in Page(render(alone, by_slug("supine"), None, (), others=all_stretches())).words


def test_another_way_comes_after_what_was_at_fault() -> None:
    report = hips_back()[0]
    way = FittingWay(words="Try this one", stretch="standing", rule="hips-over-feet")
    crowd = [replace(report.alerts[0], rule=rule, message=rule) for rule in ("hips-over-feet", "a", "b", "c")]
    for alerts in (report.alerts, tuple(crowd)):
        told = replace(report, alerts=alerts, ways_on=(way,))
        steps = Page(render(told, by_slug("toe-touch"), None, (), others=all_stretches())).all("li")
        fault, other = (
            next(i for i, step in enumerate(steps) if step.startswith(words))
            for words in (alerts[0].message, "Another way: try this one")
        )
        assert other == fault + min(3, len(alerts))
        assert "\u201cHips over the feet\u201d was off for most of the time you held." in steps[other]
        assert steps[other].endswith("Standing hamstring stretch: formcheck live standing")
    ready = replace(report, alerts=(), ways_on=(replace(way, rule=None),))
    last = Page(render(ready, by_slug("toe-touch"), None, ())).card("Next time")
    assert last.index("Hold it a little longer") < last.index("What may come next: try this one")
    assert "nothing to correct." in last


def test_how_strong_it_feels_is_told_where_no_prompt_asks_for_it() -> None:
    report = hips_back()[0]
    fold, partner = (
        Page(render(replace(report, stretch=slug), by_slug(slug), None, ())).card("What the camera could not judge")
        for slug in ("toe-touch", "partner")
    )
    assert "How strong the stretch feels" in fold and "How strong is the pull" not in fold
    assert "How strong the stretch feels" not in partner and "How strong is the pull" in partner


def test_each_run_has_its_own_other_way() -> None:
    report, timeline = several()
    way = FittingWay(words="Try another one", stretch="bench")
    sections = (replace(report.sections[0], ways_on=(way,)), *report.sections[1:])
    shown = Page(render(replace(report, sections=sections), by_slug("supine"), timeline, (), others=all_stretches()))
    assert ["formcheck live bench" in run for run in shown.all("section", "run-card")] == [True, False, False]


def test_the_chart_says_which_stretch_it_follows() -> None:
    assert "held for longest altogether: Supine leg raise." in page_of_several().card("Over time")
    report, timeline = both_legs()
    assert "held for longest" not in page(report, timeline).words


def test_prompts_and_limits_are_those_of_all_the_stretches() -> None:
    shown = page_of_several()
    for slug in ("toe-touch", "supine"):
        for prompt in by_slug(slug).prompts:
            assert shown.words.count(prompt) == 1
    assert [one for one in shown.all("h3") if one in {by_slug(slug).title for slug in ("toe-touch", "supine")}]
    assert "Hips over the feet" in shown.all("footer")[0] and "Head down" in shown.all("footer")[0]


@pytest.mark.parametrize("reason", [Reason.TOO_SHORT, Reason.TOO_NOISY, Reason.TOO_SLOW])
def test_a_reason_says_what_helps(reason: Reason) -> None:
    why = REASON_TEXT[reason]
    report, timeline = hips_back()
    rules = tuple(replace(rule, outcome="unseen", why_unseen=why) for rule in report.rules)
    blind = page(replace(report, rules=rules, alerts=()), timeline).card("What the camera could not judge")
    assert capital(why) in blind
    assert what_helps(why) and what_helps(why) in blind
