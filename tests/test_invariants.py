"""The invariants find what breaks them, and hold of what the whole program says of the samples."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.invariants import check, violations

Spoil = Callable[[dict[str, Any]], Any]


def good_report() -> dict[str, Any]:
    """One bench hold of each leg, judged for all of it."""
    holds = [
        {"start_s": 3.5, "end_s": 15.5, "held_s": 12.0, "side": "left"},
        {"start_s": 20.0, "end_s": 32.0, "held_s": 11.5, "side": "right"},
    ]
    seen = {"ok_s": 23.5, "off_s": 0.0, "unseen_s": 0.0}
    part = {
        "stretch": "bench-squat",
        "side": "both",
        "holds": holds,
        "rules": [
            {"id": "stretched-knee-straight", "outcome": "ok", "worst": 156.0, "limit": 150.0, **seen},
            {"id": "support-knee-bent", "outcome": "ok", "worst": 120.0, "limit": 150.0, **seen},
            {"id": "back-straight", "outcome": "off", "worst": 0.2, "limit": 0.07, **seen},
            {"id": "no-bounce", "outcome": "off", "worst": 5.0, "limit": 4.0, **seen},
        ],
        "alerts": [
            {"rule": "back-straight", "start_s": 5.0, "end_s": 9.0},
            {"rule": "no-bounce", "start_s": 18.5, "end_s": 21.0},
        ],
        "progress": [
            {
                "name": "fold",
                "value": 55.0,
                "t_s": 25.0,
                "side": "right",
                "better": "lowest",
                "by_side": {"left": 60.0, "right": 55.0},
            }
        ],
    }
    source = {"fps": 30.0, "duration_s": 35.0, "frames": 1050}
    return {**part, "source": source, "sections": [{**part, "start_s": 3.5, "end_s": 32.0}]}


def test_a_sound_report_breaks_nothing() -> None:
    check(good_report())


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda one: one["progress"][0].update(t_s=16.0), "outside of every hold of side right"),
        (lambda one: one["progress"][0].update(t_s=10.0), "outside of every hold of side right"),
        (lambda one: one["progress"][0].update(side="unsure"), "reached on side unsure"),
        (lambda one: one["progress"][0]["by_side"].update(left=50.0), "the best of the sides 50.000"),
        (lambda one: one["progress"][0].update(value=None), "no value but a time"),
        (lambda one: one["rules"][0].update(worst=140.0), "worst value of 140.000, below 150"),
        (lambda one: one["rules"][1].update(worst=151.0), "worst value of 151.000, above 150"),
        (lambda one: one["rules"][1].update(worst=59.0), "worst value of 59.000, below 60"),
        (lambda one: one["rules"][2].update(outcome="ok"), "back-straight is ok"),
        (lambda one: one["rules"][0].update(unseen_s=-0.1), "below 0"),
        (lambda one: one["rules"][0].update(off_s=0.2), "judged for 23.70 s of 23.50 s held"),
        (lambda one: one["alerts"][0].update(start_s=3.4), "begins outside of every hold"),
        (lambda one: one["alerts"][1].update(end_s=33.0), "ends outside of every hold"),
        (lambda one: one["holds"][1].update(start_s=15.0), "overlap or are out of order"),
        (lambda one: one["holds"][0].update(held_s=12.5), "cannot have held"),
        (lambda one: one.update(side="left"), "side left, holds are of"),
        (lambda one: one.update(sections=[]), "held, but no sections"),
        (lambda one: one["sections"][0].update(end_s=30.0), "lies outside of its section"),
        (lambda one: one["sections"].append(one["sections"][0]), "overlap"),
        (lambda one: one["sections"][0].update(stretch="bench", rules=[], alerts=[]), "bench-squat is told, but"),
        (lambda one: one["sections"][0].update(holds=one["holds"][:1]), "not those of the sections"),
        (lambda one: one.update(stretch=None), "no stretch, but holds"),
    ],
)
def test_each_break_is_found(spoil: Spoil, says: str) -> None:
    report = good_report()
    spoil(report)
    found = list(violations(report))
    assert any(says in one for one in found), found
    with pytest.raises(AssertionError, match="what must always hold"):
        check(report)


def test_coming_up_is_told_after_the_hold() -> None:
    report = {**good_report(), "stretch": "toe-touch", "side": "both", "rules": [], "progress": []}
    report["holds"] = [{"start_s": 3.5, "end_s": 15.5, "held_s": 12.0, "side": "both"}]
    part = {name: report[name] for name in ("stretch", "side", "holds", "rules", "progress")}
    for end_s, sound in ((17.0, True), (12.0, False)):
        alerts = [{"rule": "come-up-safely", "start_s": end_s - 1.0, "end_s": end_s}]
        section = {**part, "alerts": alerts, "start_s": 3.5, "end_s": 15.5}
        found = list(violations({**report, "alerts": alerts, "sections": [section]}))
        assert (found == []) is sound, found


def test_reports_of_the_whole_program(analysed) -> None:
    for report in analysed[1].values():
        check(report)
