"""The leg and the stretch of a session, set right by who knows."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from formcheck.core.side import Side
from formcheck.history import location, remember
from formcheck.history.fixing import Fix, UnfixableError
from formcheck.history.session import KeptHold, Session
from formcheck.history.store import Store
from formcheck.history.weeks import weeks_of
from tests.history.sessions import WHEN, best, hold, session, switched_on
from tests.history.test_sections import film, section
from tests.test_end_to_end import formcheck, told_once


def at(start_s: float, side: Side) -> KeptHold:
    return replace(hold(side, 12.0), start_s=start_s)


def sides(store: Store) -> list[Side]:
    return [one.side for session in store.sessions() for one in session.holds]


def unsure(key: str = "file:1") -> Session:
    """A leg that is known, and one that is not."""
    return session(
        key, holds=(at(5.0, "right"), at(30.0, "unsure")), best=(best("right", 70.0), best("unsure", 81.5))
    )  # fmt: skip


def test_a_side_that_is_not_known_counts_as_held_on_none_until_it_is_told(tmp_path: Path) -> None:
    store = switched_on(tmp_path, [unsure()])
    (stretch,) = weeks_of(store.sessions())[0].stretches
    assert [(one.side, one.held_s, one.ranges[0].value) for one in stretch.sides] == [
        ("right", 12.0, 70.0),
        ("unsure", 12.0, 81.5),
    ]
    assert stretch.differences == ()
    store.fix(1, Fix(side="left"))
    (stretch,) = weeks_of(store.sessions())[0].stretches
    assert [(one.side, one.ranges[0].value) for one in stretch.sides] == [("left", 81.5), ("right", 70.0)]
    assert stretch.differences[0].further == "left"


def test_weeks_of_unknown_sides_tell_no_change(tmp_path: Path) -> None:
    later = WHEN.replace(day=11)
    store = switched_on(tmp_path, [unsure(), replace(unsure("file:2"), when=later)])
    ranges = [side.ranges[0].further for week in weeks_of(store.sessions()) for side in week.stretches[0].sides]
    assert ranges == [None, None, 0.0, None]


def test_a_session_of_the_wrong_leg_is_exchanged_with_its_best(tmp_path: Path) -> None:
    store = switched_on(tmp_path, [session(), session("file:2")])
    told = store.fix(1, Fix(side="right"))
    assert told is not None
    assert [(one.side, one.fixed_side) for one in told.holds] == [("right", "right")]
    assert [one.side for one in told.best] == ["right"]
    assert [one.side for one in store.sessions()[1].holds] == ["left"]
    assert store.sessions()[0].alerts == session().alerts


def test_the_last_word_holds(tmp_path: Path) -> None:
    store = switched_on(tmp_path, [unsure()])
    store.fix(1, Fix(side="right"))
    assert sides(store) == ["right", "right"]
    # Of two values for the same leg the further one is its best.
    assert [(one.side, one.value) for one in store.sessions()[0].best] == [("right", 81.5)]
    store.fix(1, Fix(side="left"))
    assert sides(store) == ["right", "left"]


@pytest.mark.parametrize(
    ("held", "why"),
    [((at(5.0, "left"), at(30.0, "right")), "both legs"), ((at(5.0, "both"),), "no sides")],
)
def test_what_cannot_be_meant_is_refused_and_changes_nothing(tmp_path: Path, held, why: str) -> None:
    store = switched_on(tmp_path, [session(holds=held)])
    before = store.sessions()
    with pytest.raises(UnfixableError, match=why):
        store.fix(1, Fix(side="left"))
    assert store.sessions() == before
    assert store.fix(99, Fix(side="left")) is None


def test_another_stretch_takes_the_holds_but_not_what_was_judged(tmp_path: Path) -> None:
    store = switched_on(tmp_path, [session()])
    told = store.fix(1, Fix(stretch="beginner-supine", one_sided=True))
    assert told is not None
    assert (told.stretch, told.best, told.rules, told.alerts) == ("beginner-supine", (), (), ())
    assert told.holds[0].held_s == session().holds[0].held_s
    assert sides(store) == ["left"]
    store.fix(1, Fix(stretch="toe-touch"))
    assert sides(store) == ["both"]
    # Back again nothing is lost.
    store.fix(1, Fix(stretch="supine", one_sided=True))
    assert [replace(one, fixed_stretch=None, id=None) for one in store.sessions()] == [session()]


def test_a_stretch_without_sides_that_had_one_needs_its_leg_told(tmp_path: Path) -> None:
    store = switched_on(tmp_path, [session(stretch="toe-touch", holds=(at(5.0, "both"),))])
    store.fix(1, Fix(stretch="standing", one_sided=True))
    assert sides(store) == ["unsure"]
    store.fix(1, Fix(side="right"))
    assert sides(store) == ["right"]


def test_judging_again_keeps_what_was_set_right() -> None:
    store = Store(location())
    store.switch(on=True)
    both = film(section("supine", 5.0, "unsure"), section("bench", 30.0), section("supine", 60.0, "unsure"))
    remember([both], when=WHEN, key="live:1", also=["file:poses"])
    numbers = {one.start_s: one.id for one in store.sessions()}
    store.fix(numbers[5.0] or 0, Fix(side="right"))
    store.fix(numbers[30.0] or 0, Fix(stretch="bench-squat", one_sided=True))
    # A newer program finds the holds a little later, and thinks that it knows the leg.
    again = film(section("supine", 5.4, "left"), section("bench", 30.4), section("supine", 60.4, "unsure"))
    remember([again], when=WHEN, key="file:poses")
    found = {one.start_s: (one.stretch, one.holds[0].side, one.id) for one in store.sessions()}
    assert found == {
        5.4: ("supine", "right", numbers[5.0]),
        30.4: ("bench-squat", "left", numbers[30.0]),
        60.4: ("supine", "unsure", numbers[60.0]),
    }
    # A hold at another time is another hold.
    remember([film(section("supine", 90.0, "unsure"))], when=WHEN, key="file:poses")
    assert sides(store) == ["unsure"]


def test_the_command_sets_the_side_and_the_lists_show_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    store = Store(location())
    store.switch(on=True)
    line = remember([film(section("supine", 5.0, "unsure"))], when=datetime.now().astimezone(), key="file:1")
    assert line is not None and "formcheck history fix 1 --side left" in line
    shown = formcheck("history")[1]
    assert "side not known" in shown and max(map(len, shown.splitlines())) <= 80
    listed = formcheck("history", "list")[1]
    assert "formcheck history fix 1 --side left" in " ".join(listed.split())
    exported = tmp_path / "all.csv"
    assert formcheck("history", "export", exported)[0] == 0
    assert [row["side"] for row in csv.DictReader(io.StringIO(exported.read_text()))] == ["unsure"]
    code, stdout, _ = formcheck("history", "fix", "1", "--side", "right")
    assert (code, stdout.splitlines()) == (0, ["Session 1: supine, right leg."])
    assert "not known" not in formcheck("history")[1]
    (written,) = json.loads(formcheck("history", "export", "-")[1])["sessions"]
    assert [(one["side"], one["fixed_side"]) for one in written["holds"]] == [("right", "right")]
    code, stdout, _ = formcheck("history", "fix", "1", "--stretch", "partner")
    assert code == 0 and "--stretch partner" in stdout
    assert "partner" in formcheck("history")[1]


def test_two_runs_of_a_recording_can_be_told_apart_in_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    store = Store(location())
    store.switch(on=True)
    remember([film(section("supine", 5.0), section("bench", 75.0))], when=WHEN, key="file:1")
    rows = [" ".join(line.split()) for line in formcheck("history", "list")[1].splitlines()]
    assert any("supine left 0:10 0 of 1 figure.mp4, at 0:05" in row for row in rows)
    assert any("bench left 0:10 0 of 1 figure.mp4, at 1:15" in row for row in rows)


def test_wrong_use_of_fix_is_told_in_one_line() -> None:
    Store(location()).switch(on=True)
    Store(location()).add([session(holds=(at(5.0, "left"), at(30.0, "right")))])
    for wrong in (
        ("1",), ("1", "--side", "up"), ("1", "--stretch", "splits"), ("one", "--side", "left"),
        ("1", "--stretch", "toe-touch", "--side", "left"),
    ):  # fmt: skip
        assert formcheck("history", "fix", *wrong)[0] == 2
    code, _, stderr = formcheck("history", "fix", "7", "--side", "left")
    assert code == 1 and "no session 7" in told_once(stderr)
    code, _, stderr = formcheck("history", "fix", "1", "--side", "left")
    assert code == 1 and "both legs" in told_once(stderr)
