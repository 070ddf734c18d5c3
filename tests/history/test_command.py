"""`formcheck history` as a user meets it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from formcheck.history import location
from formcheck.history.store import Store
from tests.history.sessions import alert, best, hold, session
from tests.test_end_to_end import formcheck, told_once


@pytest.fixture
def _filled() -> None:
    """Three weeks, the last one this week's, of a leg raise, and one toe touch."""
    store = Store(location())
    store.switch(on=True)
    now = datetime.now().astimezone()
    for week, (left, right) in enumerate([(70.0, 78.0), (73.0, 79.0), (77.0, 80.0)]):
        when = now - timedelta(weeks=2 - week)
        sides = {"holds": (hold("left", 65.0), hold("right", 20.0)), "best": (best("left", left), best("right", right))}
        store.add([session(f"file:{week}", when=when, **sides)])
    fold = best("both", 118.0, name="fold")
    reach = best("both", 0.125, name="reach", unit="leg length", better="lowest")
    store.add([session("file:9", when=now, stretch="toe-touch", holds=(hold("both"),), best=(reach, fold), alerts=())])


def test_while_it_is_off_it_says_how_to_switch_it_on_and_makes_nothing() -> None:
    code, stdout, _ = formcheck("history")
    assert code == 0
    assert "formcheck history on" in stdout
    assert not location().exists()


def test_on_says_what_is_kept_where_and_how_to_be_rid_of_it() -> None:
    code, stdout, _ = formcheck("history", "on")
    assert code == 0
    assert str(location()) in stdout
    for word in ("No pictures", "this machine", "history off", "delete --all"):
        assert word in stdout
    assert "nothing is in it yet" in formcheck("history")[1]
    assert "off" in formcheck("history", "off")[1]


@pytest.mark.usefixtures("_filled")
def test_the_weeks_tell_range_change_difference_and_what_was_pointed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    code, stdout, _ = formcheck("history")
    assert code == 0
    rows = [" ".join(line.split()) for line in stdout.splitlines()]
    assert any(row.endswith("left raise 70° 1:05 1 of 1") for row in rows)
    assert any(row.endswith("left raise 77° (+7°) 1:05 1 of 1") for row in rows)
    assert any(row.endswith("right raise 80° (+2°) 0:20 0 of 1") for row in rows)
    assert "apart raise 8°, right further" in rows
    assert "apart raise 3°, within the error" in rows
    assert any("reach 0.12 leg" in row for row in rows)
    assert "No bouncing" in stdout and "in 3 sessions" in stdout
    assert "mean nothing" in stdout and "no diagnosis" in " ".join(rows)
    assert max(len(line) for line in stdout.splitlines()) <= 80


@pytest.mark.usefixtures("_filled")
def test_one_stretch_and_the_last_weeks_can_be_chosen() -> None:
    weeks = json.loads(formcheck("history", "--json", "--stretch", "supine", "--weeks", "2")[1])["weeks"]
    assert len(weeks) == 2
    assert {one["stretch"] for week in weeks for one in week["stretches"]} == {"supine"}
    assert weeks[0]["stretches"][0]["sides"][0]["ranges"][0]["further"] == 3.0
    assert "1 earlier week is not shown" in formcheck("history", "--weeks", "2")[1]
    assert formcheck("history", "--stretch", "splits")[0] == 2
    assert formcheck("history", "--weeks", "0")[0] == 2


@pytest.mark.usefixtures("_filled")
def test_the_picture_has_both_sides_in_colours_that_everybody_can_tell_apart(tmp_path: Path) -> None:
    file = tmp_path / "weeks.png"
    code, _, stderr = formcheck("history", "--stretch", "supine", "--picture", file)
    assert code == 0, stderr
    with Image.open(file) as picture:
        assert picture.width == 1080
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20) or []}
    assert {(0x00, 0x72, 0xB2), (0xD5, 0x5E, 0x00)} <= colours
    assert list(tmp_path.iterdir()) == [file]
    assert formcheck("history", "--picture", tmp_path / "weeks.jpg")[0] == 2
    code, _, stderr = formcheck("history", "--picture", tmp_path / "none" / "weeks.png")
    assert code == 1
    assert "choose another file" in told_once(stderr)


@pytest.mark.usefixtures("_filled")
def test_an_export_has_everything(tmp_path: Path) -> None:
    json_file, csv_file = tmp_path / "all.json", tmp_path / "all.csv"
    assert formcheck("history", "export", json_file)[0] == 0
    written = json.loads(json_file.read_text(encoding="utf-8"))
    assert written == json.loads(formcheck("history", "export", "-")[1])
    kept = Store(location()).sessions()
    assert [one["when"] for one in written["sessions"]] == [one.when.isoformat() for one in kept]
    for one, other in zip(written["sessions"], kept, strict=True):
        for part in ("holds", "best", "rules", "alerts"):
            assert one[part] == [{name: getattr(x, name) for name in x.__slots__} for x in getattr(other, part)]
    assert formcheck("history", "export", csv_file)[0] == 0
    rows = list(csv.DictReader(io.StringIO(csv_file.read_text(encoding="utf-8"))))
    assert [(row["stretch"], row["side"], row["raise_deg"], row["reach_leg_lengths"]) for row in rows[-3:]] == [
        ("supine", "left", "77.000", ""),
        ("supine", "right", "80.000", ""),
        ("toe-touch", "both", "", "0.125"),
    ]
    assert (rows[0]["holds"], rows[0]["reached"], rows[0]["held_s"], rows[0]["pointed_out"]) == (
        ("1", "1", "65.00", "no-bounce")
    )


@pytest.mark.usefixtures("_filled")
def test_a_copy_can_take_the_place_of_the_history(tmp_path: Path) -> None:
    copy = tmp_path / "backup.sqlite3"
    copy.write_text("an earlier backup")
    assert formcheck("history", "export", copy)[0] == 0
    before = Store(location()).sessions()
    assert formcheck("history", "delete", "--all", "--yes")[0] == 0
    location().write_bytes(copy.read_bytes())
    assert Store(location()).sessions() == before
    assert Store(location()).add([session("file:new")]) is not None


@pytest.mark.usefixtures("_filled")
def test_an_export_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    assert formcheck("history", "export", tmp_path / "all.txt")[0] == 2
    for name in ("all.json", "all.sqlite3"):
        code, _, stderr = formcheck("history", "export", tmp_path / "none" / name)
        assert code == 1
        told_once(stderr)


@pytest.mark.usefixtures("_filled")
def test_sessions_are_listed_and_deleted_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    Store(location()).add([session("file:long", source_name="a very long name of a recording " * 4)])
    rows = [line.split() for line in formcheck("history", "list")[1].splitlines() if line.strip()]
    assert {row[0] for row in rows if row[0].isdigit()} == {"1", "2", "3", "4", "5"}
    assert formcheck("history", "delete", "5")[0] == 0
    assert formcheck("history", "delete", "2", "3")[0] == 0
    code, _, stderr = formcheck("history", "delete", "1", "2")
    assert code == 1
    assert "no session 2" in told_once(stderr)
    assert [one.id for one in Store(location()).sessions()] == [1, 4]
    for wrong in ((), ("1", "--all"), ("one",)):
        assert formcheck("history", "delete", *wrong)[0] == 2


@pytest.mark.usefixtures("_filled")
@pytest.mark.parametrize(("answer", "left"), [("n\n", 4), ("", 4), ("y\n", 0)])
def test_deleting_all_asks_first(answer: str, left: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "formcheck", "history", "delete", "--all"],
        input=answer, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == (1 if left else 0), done.stderr
    assert len(Store(location()).sessions()) == left
    assert Store(location()).keeping()


def test_a_damaged_history_is_told_in_one_line() -> None:
    location().write_bytes(b"no database " * 1000)
    for command in ((), ("list",), ("on",), ("export", "-"), ("delete", "1"), ("delete", "--all", "--yes")):
        code, _, stderr = formcheck("history", *command)
        assert code == 1
        assert "damaged" in told_once(stderr)


def test_a_fault_of_another_version_is_shown_by_its_name() -> None:
    store = Store(location())
    store.switch(on=True)
    store.add([session(stretch="splits", when=datetime.now().astimezone(), alerts=(alert("new-rule"),))])
    stdout = formcheck("history")[1]
    assert "splits: new-rule" in stdout
