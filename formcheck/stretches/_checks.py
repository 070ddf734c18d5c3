"""What keeps a stretch of another package from being used."""

from __future__ import annotations

import re
from collections.abc import Sequence

from formcheck.core.measures import Measures
from formcheck.core.posture import Posture
from formcheck.core.rules import Target
from formcheck.core.stretch import Difficulty, Stretch, WayOn

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_BEGUN_IN = (Posture.STANDING, Posture.SEATED, Posture.KNEELING, Posture.LYING)


def plug_in_problem(stretch: object, known: Sequence[Stretch]) -> str | None:
    """What is wrong with a stretch beside those that are `known`, None for nothing.

    Whatever its own functions raise on a body that nobody sees is raised here, and not in the middle of a session.
    """
    if not isinstance(stretch, Stretch):
        return f"is no Stretch but {type(stretch).__name__}"
    if not _SLUG.fullmatch(stretch.slug):
        return f"has the slug {stretch.slug!r}; expected small letters, digits and hyphens"
    if stretch.posture not in _BEGUN_IN:
        return f"begins in {stretch.posture!r}; expected one of {', '.join(one.name for one in _BEGUN_IN)}"
    ids = [rule.id for rule in stretch.rules]
    if len(set(ids)) < len(ids):
        return "has two rules of one id"
    if (problem := _choosing_problem(stretch)) is not None:
        return problem
    _try(stretch)
    return _clash(stretch, known)


def _choosing_problem(stretch: Stretch) -> str | None:
    """What is wrong with the fields that help people to choose."""
    # A plain "easy" equals the Difficulty and has none of its attributes.
    if not isinstance(stretch.difficulty, Difficulty):
        return f"has the difficulty {stretch.difficulty!r}; expected one of {', '.join(map(str.upper, Difficulty))}"
    for name, text in (("choose_when", stretch.choose_when), ("not_judged", stretch.not_judged)):
        if not isinstance(text, str):
            return f"has a {name} that is no text but {type(text).__name__}"
    for name, values, kind in (
        ("needs", stretch.needs, str),
        ("leads_to", stretch.leads_to, str),
        ("ways_on", stretch.ways_on, WayOn),
    ):
        if not isinstance(values, tuple) or not all(isinstance(one, kind) for one in values):
            return f"has {name} {values!r}; expected a tuple of {kind.__name__}"
    return next(filter(None, (_way_problem(way, stretch) for way in stretch.ways_on)), None)


def _way_problem(way: WayOn, stretch: Stretch) -> str | None:
    if not isinstance(way.words, str) or not isinstance(way.stretch, str | None):
        return f"has a way on whose words or stretch are no text: {way!r}"
    if way.after_fault is not None and way.after_fault not in {rule.id for rule in stretch.rules}:
        return f"has a way on after {way.after_fault!r}, which is none of its rules"
    if way.after_clean is not None and not (isinstance(way.after_clean, int) and way.after_clean > 0):
        return f"has a way on after {way.after_clean!r} clean holds; expected a number from 1"
    return None


def _clash(stretch: Stretch, known: Sequence[Stretch]) -> str | None:
    slugs = {one.slug for one in known}
    rules = {rule.id: rule for one in known for rule in one.rules}
    taken = sorted({stretch.slug} & (slugs | set(rules))) or sorted(slugs & {rule.id for rule in stretch.rules})
    if taken:
        return f"has a name that is taken: {taken[0]}"
    for rule in stretch.rules:
        other = rules.get(rule.id)
        if other is not None and (rule.unit, set(rule.limits_by_name)) != (other.unit, set(other.limits_by_name)):
            return f"has a rule {rule.id} that measures something else than the one there is; give it another id"
    return None


def _try(stretch: Stretch) -> None:
    nobody, anyone = Measures.nobody(1), Target()
    for said in (stretch.in_position, stretch.claims, stretch.depth, stretch.swing):
        said(nobody, anyone)
    for rule in stretch.rules:
        if rule.read is not None:
            stretch.reading(rule, nobody, anyone)
    for progress in stretch.progress:
        stretch.reached(progress, nobody, anyone)
