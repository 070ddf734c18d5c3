"""What formcheck says of bodies, and whether it may."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from formcheck.analysis import Options, judge
from formcheck.core.rules import Level
from tests.bodies.camera import View
from tests.bodies.exercise import FILM, PHOTO, Exercise

_SERIOUS = (Level.WARN, Level.UNSAFE)


@dataclass(frozen=True)
class Verdict:
    """What was said of one film or photo; `claimed` is the stretch, None for none; `also` those beside it."""

    name: str
    label: str
    view: View
    still: bool
    claimed: str | None
    also: tuple[str, ...]
    confidence: float | None
    serious: tuple[str, ...]
    notes: tuple[str, ...]
    holds: tuple[tuple[float, float], ...]

    @property
    def other(self) -> bool:
        """Whether nothing may be claimed."""
        return self.label == "other"

    @property
    def allowed(self) -> set[str | None]:
        """What is right, or at least not wrong to say; a stretch may go unnoticed, which counts elsewhere."""
        return {None} if self.other else {None, self.label.removeprefix("either ")}

    @property
    def false(self) -> bool:
        """Whether something was claimed that is not so."""
        return not {self.claimed, *self.also} <= self.allowed

    @property
    def accused(self) -> bool:
        """Whether somebody who does something else was warned."""
        return bool(self.serious) and (self.other or self.label.startswith("either"))


def views(exercise: Exercise) -> Iterator[View]:
    """From its right side turned towards the camera, and from its left side turned away."""
    for yaw_deg in exercise.yaws:
        yield exercise.view(yaw_deg, 1)
        yield exercise.view(-yaw_deg, -1)


def verdict(exercise: Exercise, view: View, *, still: bool, person: int = 0) -> Verdict:
    """Film or photograph somebody who does it, and judge that without naming a stretch."""
    seed = zlib.crc32(f"{exercise.name} {view.words} {person}".encode())
    frames = exercise.photographed(view, seed) if still else exercise.filmed(view, seed)
    report = judge(frames, PHOTO if still else FILM, Options()).report
    claimed = {section.stretch for section in report.sections}
    return Verdict(
        name=exercise.name,
        label=(exercise.photo if still else None) or exercise.label,
        view=view,
        still=still,
        claimed=report.stretch,
        also=tuple(sorted(claimed - {report.stretch})),
        confidence=report.confidence,
        serious=tuple(sorted({alert.rule for alert in report.alerts if alert.level in _SERIOUS})),
        notes=report.notes,
        holds=tuple((hold.start_s, hold.held_s) for hold in report.holds),
    )
