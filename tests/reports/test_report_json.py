"""The fields of `formcheck.report/2`."""

from __future__ import annotations

import json
from dataclasses import replace

from formcheck.core.feedback import FittingWay, Hold, Provenance, Report, RuleResult
from formcheck.core.reached import ProgressResult
from formcheck.core.rules import Level
from formcheck.core.side import Side
from formcheck.reports.report_json import as_dict, as_text
from tests.history.test_sections import film, section


def reached(side: Side | None, value: float | None, *by_side: tuple[Side, float], error: float | None = None):
    return ProgressResult(
        name="raise", value=value, unit="deg", t_s=12.0 if value else None, text="", side=side, error=error,
        by_side=by_side,
    )  # fmt: skip


def progress(report: Report) -> list[dict]:
    return as_dict(report)["progress"]


def sided(*progress: ProgressResult, side: Side = "left") -> Report:
    return replace(film(section("supine", 5.0, side)), progress=progress)


def test_every_field_of_the_second_version_is_there() -> None:
    written = as_dict(film(section("supine", 5.0)))
    assert written["schema"] == "formcheck.report/2"
    assert set(written) >= {
        "source", "stretch", "stretch_chosen_by", "stretch_confidence", "side", "view", "holds", "rules", "alerts",
        "progress", "prompts", "sections", "nearest", "reached", "provenance",
    }  # fmt: skip
    assert written["nearest"] is None and written["reached"] is None
    assert set(written["provenance"]) == {
        "formcheck", "engine", "model", "model_sha256", "source_sha256", "made_at", "recorded_at", "recorded_from",
    }  # fmt: skip
    assert written["provenance"]["model_sha256"] is None


def test_sections_are_told_in_order_each_with_what_is_its_own() -> None:
    rule = RuleResult(
        id="head-down", level=Level.HINT, outcome="unseen", ok_s=0.0, off_s=0.0, unseen_s=2.0,
        why_unseen="too short to tell", measure="head", worst=None, limit=None, unit="deg",
    )  # fmt: skip
    bench = replace(section("bench", 30.0, "unsure"), rules=(rule,), progress=(reached("unsure", 60.0),))
    report = film(section("supine", 5.0), bench, section("supine", 60.0))
    sections = as_dict(report)["sections"]
    assert [(one["stretch"], one["side"], one["start_s"], one["end_s"]) for one in sections] == [
        ("supine", "left", 5.0, 15.0),
        ("bench", "unsure", 30.0, 40.0),
        ("supine", "left", 60.0, 70.0),
    ]
    one = sections[1]
    assert one["holds"][0] == {
        "start_s": 30.0, "end_s": 40.0, "held_s": 10.0, "target_s": 30.0, "reached": False, "side": "unsure",
    }  # fmt: skip
    assert one["rules"][0]["why_unseen"] == "too short to tell" and one["rules"][0]["worst"] is None
    assert [alert["start_s"] for alert in one["alerts"]] == [32.0]
    assert one["progress"][0]["value"] == 60.0
    assert len(as_dict(report)["holds"]) == 2
    assert json.loads(as_text(report)) == as_dict(report)


def test_another_way_stands_beside_the_rest_for_the_whole_and_for_each_part() -> None:
    way = FittingWay(words="Try this", stretch="bench", rule="head-down")
    told = [{"words": "Try this", "stretch": "bench", "rule": "head-down"}]
    report = replace(film(replace(section("supine", 5.0), ways_on=(way,)), section("bench", 30.0)), ways_on=(way,))
    written = as_dict(report)
    assert written["ways_on"] == told
    assert [one["ways_on"] for one in written["sections"]] == [told, []]


def test_a_value_names_its_side_its_error_and_which_way_is_further() -> None:
    (told,) = progress(sided(reached("left", 71.2, ("left", 71.2), error=2.5)))
    assert told == {
        "name": "raise", "value": 71.2, "unit": "deg", "t_s": 12.0, "side": "left", "error": 2.5,
        "by_side": {"left": 71.2, "right": None}, "better": "highest",
    }  # fmt: skip
    assert progress(sided(reached("left", 71.2)))[0]["by_side"] == {"left": 71.2, "right": None}
    nothing = progress(sided(reached(None, None)))[0]
    assert (nothing["value"], nothing["t_s"], nothing["by_side"]) == (None, None, {"left": None, "right": None})


def test_what_was_reached_on_an_unknown_side_is_of_neither() -> None:
    (told,) = progress(sided(reached("unsure", 71.2, ("unsure", 71.2)), side="unsure"))
    assert (told["side"], told["value"], told["by_side"]) == ("unsure", 71.2, {"left": None, "right": None})


def test_a_stretch_without_sides_has_none() -> None:
    (told,) = progress(sided(reached("both", 71.2, ("both", 71.2)), side="both"))
    assert (told["side"], told["by_side"]) == ("both", {})


def test_both_legs_one_after_the_other_have_a_value_each() -> None:
    report = sided(reached("right", 75.0, ("left", 71.2), ("right", 75.0)))
    right = Hold(start_s=20.0, end_s=30.0, held_s=10.0, target_s=30.0, side="right")
    report = replace(report, side="both", holds=(*report.holds, right))
    assert progress(report)[0]["by_side"] == {"left": 71.2, "right": 75.0}


def test_where_a_report_comes_from_is_written_as_it_is_known() -> None:
    told = Provenance(formcheck="9.9", engine="mediapipe", made_at="2026-03-04T18:30:00+01:00")
    written = as_dict(replace(film(section("supine", 5.0)), provenance=told))["provenance"]
    assert written["formcheck"] == "9.9" and written["made_at"] == "2026-03-04T18:30:00+01:00"
    assert written["recorded_at"] is None
