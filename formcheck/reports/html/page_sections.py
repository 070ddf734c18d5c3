"""A recording of several stretches, run by run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from formcheck.core.clock import span
from formcheck.core.feedback import Report
from formcheck.core.names import capital
from formcheck.core.side import Side
from formcheck.core.stretch import Stretch
from formcheck.reports.html import advice, verdict
from formcheck.reports.html.advice import FarReached, Suggestion, UnseenRules
from formcheck.reports.html.page import RuleRow, rule_rows
from formcheck.reports.summary import headline

_STRENGTH: Final = "How strong the stretch feels: something between comfortable and challenging is right."


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSection:
    """What the page says of one unbroken run of a stretch; `anchor` is where on the page that is."""

    anchor: str
    title: str
    when: str
    said: str
    facts: tuple[str, ...]
    holds: tuple[verdict.SideHold, ...]
    rules: tuple[RuleRow, ...]
    suggestions: tuple[Suggestion, ...]
    praise: FarReached | None


def sections(parts: Sequence[Report], stretches: Mapping[str, Stretch]) -> tuple[PageSection, ...]:
    """The runs in order of time; empty where there is no more than one: the page is about that one then."""
    if len(parts) < 2:
        return ()
    held: dict[str | None, set[Side]] = {}
    for part in parts:
        held.setdefault(part.stretch, set()).update(hold.side for hold in part.holds)
    return tuple(_run(number, part, stretches, held[part.stretch]) for number, part in enumerate(parts, 1))


def _run(number: int, part: Report, stretches: Mapping[str, Stretch], held: set[Side]) -> PageSection:
    (section,) = part.sections
    stretch = stretches.get(section.stretch)
    when = span(section.start_s, section.end_s)
    return PageSection(
        anchor=f"run-{number}",
        title=stretch.title if stretch else capital(section.stretch),
        when=when,
        said=headline(part),
        facts=(when, *verdict.run_facts(part)),
        holds=verdict.side_holds(part, missing=False),
        rules=rule_rows(part, stretch),
        suggestions=advice.next_time(part, held, stretches),
        praise=advice.praise(part),
    )


def could_not_judge(parts: Sequence[Report], stretches: Mapping[str, Stretch]) -> tuple[UnseenRules, ...]:
    """The rules of all parts that were not seen, or not all the time, each reason once."""
    found: dict[str, UnseenRules] = {}
    titles: dict[str, list[str]] = {}
    for part in parts:
        for blind in advice.could_not_judge(part, stretches.get(part.stretch or "")):
            found.setdefault(blind.reason, blind)
            titles.setdefault(blind.reason, []).extend(blind.titles)
    return tuple(
        UnseenRules(reason=reason, titles=tuple(dict.fromkeys(titles[reason])), helps=blind.helps)
        for reason, blind in found.items()
    )


def not_judged(parts: Sequence[Report], stretches: Mapping[str, Stretch]) -> tuple[str, ...]:
    """What people may expect to be judged of any of the stretches and is not, each once."""
    found = (stretches[slug].not_judged for part in parts if (slug := part.stretch or "") in stretches)
    return tuple(dict.fromkeys(words for words in found if words))


def prompts(parts: Sequence[Report], report: Report, stretches: Mapping[str, Stretch]) -> tuple[str, ...]:
    """What only the person can know about any of the stretches, each once; how strong it feels where none asks."""
    found = [stretch for part in parts if (stretch := stretches.get(part.stretch or ""))]
    words = dict.fromkeys([*report.prompts, *(words for stretch in found for words in stretch.prompts)])
    asks = any(prompt.each_hold for stretch in found for prompt in stretch.asked)
    return tuple(words) if asks else (*words, _STRENGTH)
