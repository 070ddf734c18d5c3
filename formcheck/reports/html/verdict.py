"""What stands beside the verdict: the rings of the holds, and a few facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from formcheck.core.clock import duration
from formcheck.core.feedback import Hold, Report
from formcheck.core.names import capital
from formcheck.core.side import LEGS, NOT_KNOWN, SIDES, Side
from formcheck.core.stretch import Stretch
from formcheck.reports.html.words import NO_VALUE
from formcheck.reports.summary import held_number, recognised_words

_TITLES: Final[dict[Side, str]] = {"both": "Hold", "unsure": capital(NOT_KNOWN)}


@dataclass(frozen=True, slots=True, kw_only=True)
class SideHold:
    """The longest hold of a side against the target; `share` of the ring, 0 to 1."""

    title: str
    number: str
    goal: str
    share: float
    reached: bool
    words: str
    more: str


def side_holds(report: Report, *, missing: bool = True) -> tuple[SideHold, ...]:
    """A ring for each side that was held; if `missing` an empty one for the other leg where that is known."""
    held = {hold.side for hold in report.holds}
    if missing and held and held <= {*LEGS}:
        held = {*LEGS}
    sides = [side for side in SIDES if side in held]
    return tuple(_side_hold(side, [one for one in report.holds if one.side == side]) for side in sides)


def _side_hold(side: Side, holds: list[Hold]) -> SideHold:
    title = _TITLES.get(side, f"{capital(side)} leg")
    if not holds:
        words = "not in this recording"
        return SideHold(title=title, number=NO_VALUE, goal="", share=0.0, reached=False, words=words, more="")
    best = max(holds, key=lambda hold: hold.held_s)
    number = held_number(best)
    short_s = max(0.1, best.target_s - float(number))
    return SideHold(
        title=title,
        number=number,
        goal=f"of {best.target_s:g}\u00a0s",
        share=min(1.0, best.held_s / best.target_s) if best.target_s else 1.0,
        reached=best.reached,
        words="target reached" if best.reached else f"{duration(short_s)} short of it",
        more=f"{len(holds)} holds, {duration(sum(hold.held_s for hold in holds))}" if len(holds) > 1 else "",
    )


def facts(report: Report, stretch: Stretch | None) -> tuple[str, ...]:
    """Stretch, side and view in a few words each; of several stretches only the view."""
    if report.stretch is None:
        return ()
    yaw_deg = report.view.yaw_deg
    view = () if yaw_deg is None else (f"seen {yaw_deg:.0f}\u00b0 off side-on",)
    if len(report.sections) > 1:
        return view
    known = "as you said" if report.confidence is None else _recognised(report.confidence)
    return (f"{stretch.title if stretch else report.stretch} ({known})", *_side_facts(report), *view)


def run_facts(part: Report) -> tuple[str, ...]:
    """The same of one stretch of several."""
    return (*(() if part.confidence is None else (_recognised(part.confidence),)), *_side_facts(part))


def _recognised(confidence: float) -> str:
    return recognised_words(confidence).replace("%", "\u00a0%")


def _side_facts(report: Report) -> tuple[str, ...]:
    if report.side == "unsure" or any(hold.side == "unsure" for hold in report.holds):
        return ("cannot tell left from right: name the side with --side",)
    if report.side in LEGS:
        return (f"{report.side} leg stretched",)
    if report.side == "both" and any(hold.side != "both" for hold in report.holds):
        return ("both legs, one after the other",)
    return ()
