"""The settings: the file, the environment, the command line, and `formcheck config`."""

from __future__ import annotations

import errno
import json
import os
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from formcheck.cli.app import app
from formcheck.core.errors import SettingsError
from formcheck.pose.pose_file import PoseWriter
from formcheck.settings import KEYS, Origin, load
from formcheck.settings.keys import number_or_text
from tests.core.test_limits import KNEE, KNEE_AT_150
from tests.figures import SOURCE

RUN = CliRunner()
SUPINES = ("supine", "beginner-supine")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "home" / "config.toml"
    monkeypatch.setenv("FORMCHECK_CONFIG", str(path))
    for key in KEYS.values():
        monkeypatch.delenv(key.variable, raising=False)
    return path


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def formcheck(*arguments: str | Path) -> tuple[int, str, list[str]]:
    """Exit code, standard output, and the lines told on standard error."""
    done = RUN.invoke(app, [str(argument) for argument in arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, [one for one in done.stderr.splitlines() if one.startswith("formcheck: ")]


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    settings = load()
    assert (settings.path, settings.hold_s, settings.camera, settings.voice) == (file, 30.0, "0", True)
    assert set(settings.origins.values()) == {Origin.DEFAULT}
    assert all(stretch.limit_changes() == () for stretch in settings.stretches)


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(file, "hold_s = 20\nvoice = false\ncamera = 1\nout = '~/stretching'\n")
    monkeypatch.setenv("FORMCHECK_HOLD_S", "15")
    monkeypatch.setenv("FORMCHECK_VIDEO", "off")
    settings = load().given(hold_s=None, camera="rtsp://phone/1")
    assert (settings.hold_s, settings.voice, settings.camera, settings.video) == (15.0, False, "rtsp://phone/1", False)
    assert settings.out == Path.home() / "stretching"
    origins = [settings.origins[name] for name in ("hold_s", "voice", "camera", "jobs")]
    assert origins == ["environment", "file", "command line", "default"]


def test_limits_of_one_stretch_win_over_those_of_all(file: Path) -> None:
    written(file, "[limits.head-down]\nhint = 40\n[limits.supine.head-down]\nhint = 50\n")
    settings = load()
    values = {
        one.slug: one.rule("head-down").limits_by_name["hint"] for one in settings.stretches if one.slug in SUPINES
    }
    assert values == {"beginner-supine": 40.0, "supine": 50.0}


def test_a_general_limit_reaches_only_the_rules_that_have_it(file: Path) -> None:
    """Two stretches have a rule of this name, with limits of their own."""
    written(file, "[limits.support-knee-bent]\nlocked = 178\n")
    assert {(one.rule, one.value) for stretch in load().stretches for one in stretch.limit_changes()} == {
        ("support-knee-bent", 178.0)
    }
    assert [stretch.slug for stretch in load().stretches if stretch.limit_changes()] == ["standing"]


def test_limits_that_only_fit_together_may_be_set_together(file: Path) -> None:
    written(file, f"[limits.{KNEE}]\nhint = 156\n[limits.bench-squat.{KNEE}]\nok = 160\n")
    assert load().by_slug("bench-squat").rule(KNEE).limits_by_name == {"ok": 160.0, "hint": 156.0, "warn": 140.0}
    written(file, f"[limits.{KNEE}]\nhint = 156\n")
    with pytest.raises(SettingsError, match=r"ok: 155 may not be below .*hint, which is 156; .*\(in bench-squat\)"):
        load()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hold = 20", "hold: there is no such setting; did you mean hold_s?"),
        ("hold_s = 'long'", "hold_s: 'long' cannot be used; allowed is a number from 1 to 3600"),
        ("hold_s = nan", "hold_s: nan cannot be used"),
        ("hold_s = true", "hold_s: True cannot be used"),
        ("voice = 1", "voice: 1 cannot be used; allowed is true or false"),
        ("camera = -1", "camera: -1 cannot be used; allowed is a camera's number, an address or a file"),
        ('out = "a\\nb"', "out: 'a\\nb' cannot be used; allowed is a folder's name"),
        ("jobs = 1.5", "jobs: 1.5 cannot be used; allowed is a whole number from 0 to 256"),
        ("limits = 3", "limits: 3 is no table; write [limits]"),
        ("[limits.head-dwn]\nhint = 3", "limits.head-dwn: there is no such rule or stretch; did you mean head-down?"),
        ("[limits.head-down]\nhnt = 3", "limits.head-down.hnt: there is no such limit; did you mean hint?"),
        ("[limits.head-down]\nhint = 'x'", "limits.head-down.hint: 'x' is no number"),
        (f"[limits.head-down]\nhint = 1{'0' * 400}", "out of range; allowed is 5 to 80 deg"),
        ("[limits]\nhead-down = 30", "limits.head-down: 30 is no table; write [limits.head-down]"),
        ("[limits.supine.balance]\nwarn = 3", "limits.supine.balance: supine has no such rule; choose one of"),
        ("[limits.supine.head-down]\nhint = 300", "limits.supine.head-down.hint: 300 is out of range"),
        ("[limits.lying-flat]\ngate = 30", "limits.lying-flat.gate: this number is fixed at 25"),
        ("hold_s = 20\nhold_s = 30", "this is no valid TOML"),
        ("hold_s", "this is no valid TOML: Expected '=' after a key"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line_with_the_file(file: Path, text: str, told: str) -> None:
    written(file, text)
    for command in (["config"], ["analyze", "clip.mp4"], ["live"], ["stretches", "supine"]):
        code, stdout, (line,) = formcheck(*command)
        assert (code, stdout) == (1, "")
        assert line.startswith(f"formcheck: {file}: ")
        assert told in line


def test_a_file_that_cannot_be_read_is_told_in_one_line(file: Path) -> None:
    file.mkdir(parents=True)
    code, _, (line,) = formcheck("config")
    assert (code, "cannot be read: is a directory" in line) == (1, True)
    file.rmdir()
    file.write_bytes(b"out = '\xff\xfe'")
    assert "no text in UTF-8" in formcheck("config")[2][0]


def test_a_byte_order_mark_does_no_harm(file: Path) -> None:
    written(file, "\ufeffhold_s = 20\n")
    assert load().hold_s == 20.0


@pytest.mark.usefixtures("file")
def test_a_silly_environment_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORMCHECK_JOBS", "many")
    code, _, (line,) = formcheck("config")
    assert code == 1
    assert "FORMCHECK_JOBS" in line and "a whole number from 0 to 256" in line


def test_set_and_unset_keep_what_the_user_wrote(file: Path) -> None:
    mine = "# my own\nhold_s = 20  # short\n\n[limits.head-down]\n# a cushion\nhint = 35\n"
    written(file, mine)
    assert formcheck("config", "set", "hold_s", "25")[0] == 0
    assert formcheck("config", "set", f"limits.supine.{KNEE}.warn", "140")[0] == 0
    text = file.read_text()
    assert text.startswith(mine.replace("20", "25"))
    assert tomllib.loads(text)["limits"]["supine"] == {KNEE: {"warn": 140}}
    assert load().by_slug("supine").rule(KNEE).limits_by_name["warn"] == 140.0
    assert formcheck("config", "unset", f"limits.supine.{KNEE}.warn")[0] == 0
    assert formcheck("config", "set", "hold_s", "20")[0] == 0
    assert file.read_text().strip() == mine.strip()


@pytest.mark.parametrize(
    "text",
    [
        "limits.head-down.hint = 35\n",
        "[limits]\nhead-down = { hint = 35 }\n",
        "limits = { head-down = { hint = 35 } }\n",
        "[limits.head-down]\nhint = 35\n[limits.steady]\nwarn = 4\n[limits.supine.steady]\nwarn = 5\n",
    ],
)
@pytest.mark.parametrize(
    ("key", "value"),
    [("hold_s", 20), ("limits.head-down.ok", 20), ("limits.supine.head-down.hint", 45), ("limits.balance.ok", 2.5)],
)
def test_set_changes_one_value_however_the_file_is_written(file: Path, text: str, key: str, value: float) -> None:
    written(file, text)
    expected = tomllib.loads(text)
    *tables, name = key.split(".")
    inner = expected
    for table in tables:
        inner = inner.setdefault(table, {})
    inner[name] = value
    assert formcheck("config", "set", key, str(value))[0] == 0
    assert tomllib.loads(file.read_text()) == expected
    assert load().by_slug("beginner-supine").rule("head-down").limits_by_name["hint"] == 35.0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("set", "hold", "20"), "did you mean hold_s?"),
        (("set", "hold_s", "0"), "allowed is a number from 1 to 3600"),
        (("set", "voice", "maybe"), "allowed is true or false"),
        (("set", "head-down.hint", "30"), "limits are named limits.RULE.LIMIT"),
        (("set", "limits.head-down", "30"), "30 is no table"),
        (("set", "limits", "30"), "limits are named limits.RULE.LIMIT"),
        (("set", "limits.x.y", "30"), "there is no such rule or stretch; `formcheck config --all` lists them"),
        (("set", "limits.head-down.hint", "-3"), "out of range"),
        (("set", "limits.head-down.ok", "30"), "28 may not be below head-down.ok, which is 30"),
        (("unset", "jobs"), "this is not set in the settings file"),
    ],
)
def test_set_and_unset_refuse_nonsense_and_leave_the_file(file: Path, arguments: tuple[str, ...], told: str) -> None:
    written(file, "hold_s = 20\n")
    code, _, (line,) = formcheck("config", *arguments)
    assert code == 2
    assert told in line
    assert file.read_text() == "hold_s = 20\n"


def test_unset_can_mend_a_file_but_not_break_one(file: Path) -> None:
    written(file, "hold = 20\n[limits.supine.head-down]\nok = 30\nhint = 35\n")
    assert formcheck("config", "set", "jobs", "2")[0] == 1
    assert formcheck("config", "unset", "hold")[0] == 0
    assert formcheck("config", "unset", "limits.supine.head-down.hint")[0] == 2
    assert formcheck("config", "unset", "limits.supine")[0] == 0
    assert file.read_text().strip() == ""


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    real = written(tmp_path / "dotfiles" / "formcheck.toml", "hold_s = 20\n")
    file.parent.mkdir()
    file.symlink_to(real)
    assert formcheck("config", "set", "hold_s", "25")[0] == 0
    assert file.is_symlink()
    assert real.read_text() == "hold_s = 25\n"


def test_a_full_disk_leaves_the_file_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    written(file, "hold_s = 20\n")
    monkeypatch.setattr(Path, "replace", full)
    code, _, (line,) = formcheck("config", "set", "hold_s", "25")
    assert code == 1
    assert "the disk is full" in line
    assert [one.name for one in file.parent.iterdir()] == ["config.toml"]
    assert file.read_text() == "hold_s = 20\n"


def test_a_folder_that_cannot_be_made_is_told(file: Path) -> None:
    file.parent.write_text("in the way")
    code, _, (line,) = formcheck("config", "set", "hold_s", "25")
    assert code == 1
    assert str(file) in line


def test_config_shows_what_holds_and_where_it_comes_from(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert "Every limit is at its default" in formcheck("config")[1]
    written(file, f"hold_s = 20\n[limits.supine.{KNEE}]\nwarn = 140\n")
    lines = [" ".join(line.split()) for line in formcheck("config")[1].splitlines()]
    assert "hold_s 20 file seconds to hold each stretch" in lines
    assert f"{KNEE} knee angle (deg), supine" in lines
    assert "warn 140 default 145 90 to 178 below, a warning" in lines
    assert not any(line.startswith("head-down") for line in lines)
    everything = formcheck("config", "--all")[1]
    for stretch in load().stretches:
        assert all(rule.id in everything for rule in stretch.rules)
    assert formcheck("config", "path")[1].strip() == str(file)


def test_config_for_scripts(file: Path) -> None:
    written(file, f"voice = false\n[limits.supine.{KNEE}]\nwarn = 140\n")
    told = json.loads(formcheck("config", "--json")[1])
    assert told["settings"]["voice"] == {"value": False, "origin": "file", "meaning": KEYS["voice"].meaning}
    (limit,) = told["limits"]
    assert (limit["stretch"], limit["rule"], limit["limit"], limit["value"]) == ("supine", KNEE, "warn", 140.0)
    assert len(json.loads(formcheck("config", "--json", "--all")[1])["limits"]) > 100


def test_analyze_judges_by_the_settings_and_says_so(file: Path, tmp_path: Path) -> None:
    poses = tmp_path / "poses.jsonl.gz"
    with PoseWriter(poses, SOURCE, "built") as writer:
        for frame in KNEE_AT_150:
            writer.write(frame)

    def report(*options: str) -> dict:
        code, _, _ = formcheck("analyze", poses, "--json", tmp_path / "report.json", *options)
        assert code == 0
        return json.loads((tmp_path / "report.json").read_text())

    before = report("--out", str(tmp_path / "before"))
    assert [alert["level"] for alert in before["alerts"]] == ["hint"]
    assert before["changed_limits"] == []
    out = tmp_path / "elsewhere"
    written(file, f"hold_s = 10\nout = '{out}'\n[limits.{KNEE}]\nok = 142\nhint = 140\nwarn = 135\n")
    after = report()
    assert after["stretch_chosen_by"] == "recognised"
    assert after["alerts"] == []
    assert after["holds"][0]["target_s"] == 10.0
    assert after["changed_limits"][2] == {
        "rule": KNEE, "limit": "warn", "value": 135.0, "default": 145.0, "unit": "deg"
    }  # fmt: skip
    assert len(list(out.glob("*/report.json"))) == 1
    assert report("--hold", "12", "--stretch", "supine")["holds"][0]["target_s"] == 12.0
    code, stdout, _ = formcheck("analyze", poses)
    assert code == 0
    assert "Limits changed by your settings" in stdout
    assert "below 135 a warning" in formcheck("stretches", "supine", "--rules")[1]


def test_numbers_are_written_as_numbers() -> None:
    assert [number_or_text(text) for text in ("3", "2.5", "rtsp://x", "1e2")] == [3, 2.5, "rtsp://x", 100.0]
