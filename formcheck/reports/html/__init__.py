"""`report.html`: the result as one page that opens anywhere, without a network."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

import formcheck
from formcheck.core.clock import clock, duration, span
from formcheck.core.feedback import Report
from formcheck.core.names import capital
from formcheck.core.sections import parts_of
from formcheck.core.stretch import Stretch
from formcheck.core.timeline import KeyFrame, Timeline
from formcheck.reports.html import advice, page, page_sections, verdict
from formcheck.reports.html.key_frames import wanted_key_frames
from formcheck.reports.html.words import LEVEL_WORDS, what_helps
from formcheck.reports.summary import headline

__all__ = ["render", "wanted_key_frames"]


def render(
    report: Report,
    stretch: Stretch | None,
    timeline: Timeline | None,
    key_frames: Sequence[KeyFrame],
    *,
    others: Sequence[Stretch] = (),
    made: dt.date | None = None,
) -> str:
    """The page as HTML text.

    `stretch` is the one of the report, None when none was recognised; `others` are those that further sections may be
    of; `timeline` is None for a photo. `made` is the day that stands at its foot, today if not given. Equal arguments
    give equal pages.
    """
    environment = _environment()
    parts = parts_of(report)
    known = {one.slug: one for one in (*others, *([stretch] if stretch else ()))}
    style, script = (_source(name) for name in ("style.css", "script.js"))
    told = timeline if timeline is not None and report.stretch is not None and len(timeline.key.t_s) > 1 else None
    said = headline(report)
    return environment.get_template("page.html").render(
        report=report,
        stretch=stretch,
        said=said,
        notes=[note for note in report.notes if note not in said],
        title=f"{_title(parts, stretch)}: {report.source.name}",
        facts=verdict.facts(report, stretch),
        runs=page_sections.sections(parts, known),
        holds=verdict.side_holds(report) if len(parts) == 1 else (),
        pictures=[(key_frame, _data_url(key_frame.picture)) for key_frame in key_frames],
        panels=page.panels(told, report, stretch) if told else (),
        timeline=_json(page.timeline_data(told, report)) if told else None,
        table=page.number_table(told, report, stretch) if told else None,
        rules=page.rule_rows(report, stretch) if len(parts) == 1 else (),
        suggestions=advice.next_time(report, known=known) if len(parts) == 1 else (),
        praise=advice.praise(report) if len(parts) == 1 else None,
        blind=page_sections.could_not_judge(parts, known),
        not_judged=page_sections.not_judged(parts, known),
        prompts=page_sections.prompts(parts, report, known),
        sources=_sources(parts, known),
        changed_limits=tuple(dict.fromkeys(one for part in parts for one in part.changed_limits)),
        made=(made or dt.datetime.now(tz=dt.UTC).astimezone().date()).isoformat(),
        version=formcheck.__version__,
        style=Markup(style),  # noqa: S704 - our own files, with nothing of the report in them
        script=Markup(script),  # noqa: S704
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


@cache
def _loader() -> PackageLoader:
    return PackageLoader("formcheck.reports.html")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=_loader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        capital=capital,
        clock=clock,
        duration=duration,
        helps=what_helps,
        level=LEVEL_WORDS.get,
        number=lambda value: f"{value:g}",
    )
    environment.globals["span"] = span
    return environment


def _source(name: str) -> str:
    return _loader().get_source(_environment(), name)[0]


def _hash(text: str) -> str:
    """What the page's own policy calls its only style and its only script; nothing else may run."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _json(value: dict[str, Any]) -> Markup:
    """JSON that can stand inside a script element whatever is in it."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - escaped above


def _data_url(picture: bytes) -> str:
    kind = "png" if picture.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"


def _title(parts: Sequence[Report], stretch: Stretch | None) -> str:
    if len(parts) > 1:
        return f"{len(parts)} stretches"
    return stretch.title if stretch else "Nothing to judge"


def _sources(parts: Sequence[Report], known: Mapping[str, Stretch]) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """Of each stretch its title, and title, limits and source of every rule."""
    stretches = [known[slug] for slug in dict.fromkeys(part.stretch or "" for part in parts) if slug in known]
    return [(one.title, [(rule.title, rule.limits, rule.source) for rule in one.rules]) for one in stretches]
