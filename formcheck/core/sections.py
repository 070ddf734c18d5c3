"""A report part by part: what each run of a stretch comes to by itself."""

from __future__ import annotations

from dataclasses import replace

from formcheck.core.feedback import Report


def parts_of(report: Report) -> tuple[Report, ...]:
    """A report for each section, in order of time; the report itself where it has no more than one.

    The parts say nothing of the recording as a whole: they have no notes, and what only the person can know (`prompts`)
    stays with the report.
    """
    if len(report.sections) < 2:
        return (report,)
    return tuple(
        replace(
            report,
            stretch=section.stretch,
            side=section.side,
            confidence=section.confidence,
            holds=section.holds,
            rules=section.rules,
            alerts=section.alerts,
            progress=section.progress,
            changed_limits=section.changed_limits,
            ways_on=section.ways_on,
            sections=(section,),
            prompts=(),
            notes=(),
        )
        for section in report.sections
    )
