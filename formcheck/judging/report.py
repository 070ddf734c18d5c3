"""The report at the end of a recording or session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from formcheck.core.feedback import FittingWay, Report, RuleResult, Section
from formcheck.core.poses import SourceInfo
from formcheck.core.reached import Nearest
from formcheck.core.reasons import REASON_TEXT, Reason
from formcheck.core.rules import Rule
from formcheck.core.side import LEGS, Side
from formcheck.core.stretch import Stretch
from formcheck.judging.findings import JudgedHold, alerts_of, progress_results, rule_result
from formcheck.judging.judge import Judge
from formcheck.judging.nearest import NearMisses, nearest_words, reached_words
from formcheck.judging.sections import confidence, longest, runs, section, side_of
from formcheck.judging.view import ViewTally, camera_view, with_reason
from formcheck.judging.ways_on import ways_on

_SEVERAL: Final = 0.1  # of the pictures: more than a glimpse of a passer-by

ChosenBy = Literal["user", "recognised"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSession:
    """What is known at the end of a recording or session.

    named   the stretch that was asked for, None where it was to be recognised; leg and target as asked for.
    judges  one for each stretch that was begun; holds   all of them, in order of time.
    view    how the camera saw the person over all.
    near    how near the body came to stretches; None where one was named.
    """

    source: SourceInfo
    frames_with_person: int
    frames_with_several: int
    named: Stretch | None
    leg: int | None
    target_s: float
    judges: Sequence[Judge]
    holds: Sequence[JudgedHold]
    view: ViewTally
    near: NearMisses | None


def report_session(done: JudgedSession) -> Report:
    """The report of a recording or session that was judged to its end."""
    named = done.named is not None
    found = runs(done.holds)
    unheld = done.near.unheld if done.near is not None and not found else None
    stretch = longest(found) or done.named or (unheld[0] if unheld else None)
    if stretch is None:
        return _report_nothing(done)
    holds = [one for run in found for one in run if one.stretch.slug == stretch.slug]
    judge = next((one for one in done.judges if one.stretch is stretch), None)
    target_s = holds[-1].hold.target_s if holds else done.target_s
    tally = _tally(judge) if judge else done.view
    return Report(
        source=done.source,
        frames_with_person=done.frames_with_person,
        stretch=stretch.slug,
        chosen_by="user" if named else "recognised",
        confidence=None if named else unheld[1] if unheld else confidence(holds),
        side=_side(stretch, holds, done.leg),
        view=camera_view(tally, tally.reason),
        holds=tuple(one.hold for one in holds),
        rules=tuple(_result(rule, holds, target_s, tally) for rule in stretch.rules),
        alerts=alerts_of(holds),
        progress=progress_results(stretch, holds),
        prompts=stretch.prompts,
        changed_limits=stretch.limit_changes(),
        ways_on=_ways(stretch, found),
        notes=() if holds else (*reached_words(unheld[2] if unheld else ()), *_notes(judge, done)),
        sections=_sections(found, named=named),
        reached=unheld[2] if unheld else (),
    )


def _sections(found: Sequence[Sequence[JudgedHold]], *, named: bool) -> tuple[Section, ...]:
    """One for each run; what fits after all runs of a stretch is told with the last of them."""
    last = {run[0].stretch.slug: number for number, run in enumerate(found)}
    return tuple(
        section(run, named=named, ways=_ways(run[0].stretch, found) if last[run[0].stretch.slug] == number else ())
        for number, run in enumerate(found)
    )


def _ways(stretch: Stretch, found: Sequence[Sequence[JudgedHold]]) -> tuple[FittingWay, ...]:
    return ways_on(stretch, [one for run in found for one in run if one.stretch.slug == stretch.slug])


def _report_nothing(done: JudgedSession) -> Report:
    nearest = done.near.nearest if done.near is not None else None
    return report_nothing(
        done.source,
        frames_with_person=done.frames_with_person,
        view=done.view,
        nearest=nearest,
        why=_why_nothing(done) or _several(done),
    )


def report_nothing(
    source: SourceInfo,
    *,
    frames_with_person: int,
    view: ViewTally,
    nearest: Nearest | None = None,
    why: str | None = None,
) -> Report:
    """The report of an input in which no stretch was recognised; `why` where something else kept it from that."""
    seen = camera_view(view, view.mostly)
    if why is None or view.poor != Reason.SEEN:  # a dark picture is full of people
        why = "no stretch was recognised in it" if frames_with_person else "nobody was found in it"
    if view.spoilt != Reason.SEEN:
        nearest, why = None, with_reason(why, view.spoilt)  # of a body that was guessed there is nothing to tell
    elif nearest is not None:
        why = f"{with_reason(why, view.poor)}; {nearest_words(nearest)}"
    elif view.poor != Reason.SEEN:
        why = with_reason(why, view.poor)
    elif seen.advice and frames_with_person:
        why += f" ({seen.advice})"
    return Report(
        source=source,
        frames_with_person=frames_with_person,
        stretch=None,
        chosen_by="recognised",
        confidence=None,
        side=None,
        view=seen,
        holds=(),
        rules=(),
        alerts=(),
        progress=(),
        prompts=(),
        notes=(*(reached_words(nearest.reached) if nearest else ()), why),
        nearest=nearest,
    )


def _several(done: JudgedSession) -> str | None:
    """That the wrong one may have been followed."""
    if done.frames_with_several <= _SEVERAL * done.frames_with_person:
        return None
    return (
        "no stretch was recognised in it; several people were in the picture: the one who stretches must be the "
        "largest or the only one"
    )


def _why_nothing(done: JudgedSession) -> str | None:
    """What kept a stretch that was begun from being recognised, where that is known."""
    if done.leg is not None and any(not judge.holds for judge in done.judges):
        return f"nobody got into a stretch with the {LEGS[done.leg]} leg; try without --side"
    return None


def _result(rule: Rule, holds: Sequence[JudgedHold], target_s: float, tally: ViewTally) -> RuleResult:
    result = rule_result(rule, holds, target_s)
    if result.outcome == "not-reached" and rule.read is not None and tally.reason != Reason.SEEN:
        return replace(result, outcome="unseen", why_unseen=REASON_TEXT[tally.reason])
    return result


def _side(stretch: Stretch, holds: Sequence[JudgedHold], leg: int | None) -> Side | None:
    if not stretch.one_sided:
        return "both"
    return side_of(holds) if holds or leg is None else LEGS[leg]


def _tally(judge: Judge) -> ViewTally:
    """The frames in position, or all others where there were none: the shape may be missed because of the view."""
    return judge.views[False] if judge.views[True].empty else judge.views[True]


def _notes(judge: Judge | None, done: JudgedSession) -> tuple[str, ...]:
    """Why there was no hold of the stretch that was asked for, or that was recognised without one."""
    if done.frames_with_person == 0:
        return (with_reason("nobody was found in it", done.view.poor),)
    if judge is None:  # never begun: nothing more is known of it
        return ("no hold of it was seen",)
    if done.leg is not None and judge.stretch.one_sided and not judge.views[False].empty:
        return (f"nobody got into this stretch with the {LEGS[done.leg]} leg; try without --side",)
    blind = REASON_TEXT[_tally(judge).reason]
    if judge.views[True].empty:
        return (f"the stretch could not be made out: {blind}" if blind else "nobody got into this stretch",)
    return (f"the stretch was not seen to be held: {blind}" if blind else judge.visits.why_no_hold,)
