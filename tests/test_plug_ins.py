"""Stretches of other packages: found by their entry points, and used like those of formcheck."""

from __future__ import annotations

import copy
import json
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import formcheck
import formcheck.stretches as package
from formcheck.core.poses import PoseFrame
from formcheck.core.posture import Posture
from formcheck.core.shape import Being, Shape
from formcheck.core.stretch import Difficulty, Stretch, WayOn
from formcheck.pose.pose_file import PoseWriter
from formcheck.stretches import PlugIn, all_stretches, by_slug
from formcheck.stretches._checks import plug_in_problem
from tests.figures import LEFT, SOURCE, film, in_and_out, seated_forward_fold

EXAMPLE = Path(__file__).parent.parent / "examples" / "formcheck-seated"
ROOT = Path(__file__).parent.parent


def sitting(seconds: float = 17.0) -> list[PoseFrame]:
    """Long sitting, held folded by 60 degrees for 12 s."""
    return film(lambda t_s: seated_forward_fold(4.0 + 56.0 * in_and_out(t_s), stretched=LEFT).pose(), seconds)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sitting") / "sitting.poses.jsonl.gz"
    with PoseWriter(path, SOURCE, "model:1") as writer:
        for frame in sitting():
            writer.write(frame)
    return path


class Installed:
    """formcheck as it is where a package with these entry points is installed; its files are kept in `home`."""

    def __init__(self, home: Path, points: dict[str, str]) -> None:
        self._home = home
        info = home / "site" / "somebody_stretches-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: somebody-stretches\nVersion: 1.0\n")
        lines = [f"{name} = {where}" for name, where in points.items()]
        (info / "entry_points.txt").write_text("\n".join(["[formcheck.stretches]", *lines, ""]))

    def __call__(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        paths = os.pathsep.join(str(path) for path in (self._home / "site", EXAMPLE, ROOT))
        homes = {"FORMCHECK_CONFIG": str(self._home / "config.toml"), "FORMCHECK_DATA_DIR": str(self._home / "data")}
        return subprocess.run(
            [sys.executable, "-m", "formcheck", *map(str, arguments)],
            env={**os.environ, **homes, "PYTHONPATH": paths, "COLUMNS": "120"}, capture_output=True, text=True,
            cwd=self._home, check=False,
        )  # fmt: skip


@pytest.fixture
def seated(tmp_path: Path) -> Installed:
    return Installed(tmp_path, {"seated": "formcheck_seated.both:STRETCH", "one": "formcheck_seated.one_leg:STRETCH"})


def test_every_command_knows_the_stretch(seated: Installed, recording: Path, tmp_path: Path) -> None:
    listed = seated("stretches").stdout
    assert "seated-one-leg" in listed
    assert "toe-touch" in listed
    assert "free of pain" in seated("stretches", "seated").stdout
    told = seated("stretches", "seated", "--rules").stdout
    assert "free of pain" in told
    assert "either leg from the level below 30 deg" in told
    assert "9 stretches, seated-one-leg of somebody-stretches 1.0, seated of" in seated("doctor").stdout
    assert seated("history", "on").returncode == 0
    assert seated("config", "set", "limits.seated.seated-knee-straight.warn", "139").returncode == 0
    assert "seated-knee-straight" in seated("config", "--all").stdout
    done = seated("analyze", recording, "--out", tmp_path / "out", "--json", tmp_path / "report.json")
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["stretch"], report["stretch_chosen_by"]) == ("seated", "recognised")
    assert [change["value"] for change in report["changed_limits"]] == [139.0]
    assert "Seated hamstring stretch" in done.stdout
    assert "Seated hamstring stretch" in next((tmp_path / "out").rglob("report.html")).read_text()
    assert "seated" in seated("history").stdout
    (tmp_path / "plan.toml").write_text('[[stretch]]\nslug = "seated"\nhold_s = 10\n')
    assert "Seated hamstring stretch" in seated("routine", tmp_path / "plan.toml", "--dry-run").stdout
    batch = seated("batch", recording, "--out", tmp_path / "many", "--stretch", "seated", "--jobs", "1")
    assert batch.returncode == 0, batch.stderr
    assert "seated" in (tmp_path / "many" / "batch.csv").read_text()


@pytest.mark.parametrize(
    ("where", "problem"),
    [
        ("no_such_module:STRETCH", "ModuleNotFoundError"),
        ("wants_a_licence:STRETCH", "SystemExit: it needs a licence"),
        ("formcheck_seated.both:POSITION", "is no Stretch but Shape"),
        ("formcheck.stretches.bench:STRETCH", "has a name that is taken: bench"),
        ("hard:STRETCH", "has the difficulty 'hard'"),
    ],
)
def test_one_that_cannot_be_used_is_named_and_keeps_nothing_from_working(
    tmp_path: Path, recording: Path, where: str, problem: str
) -> None:
    broken = Installed(tmp_path, {"odd": where})
    (tmp_path / "site" / "wants_a_licence.py").write_text("raise SystemExit('it needs a licence\\nbuy one')\n")
    hard = "replace(both.STRETCH, difficulty='hard')"
    (tmp_path / "site" / "hard.py").write_text(
        f"from dataclasses import replace\nfrom formcheck_seated import both\nSTRETCH = {hard}\n"
    )
    listed = broken("stretches")
    assert listed.returncode == 0
    assert "toe-touch" in listed.stdout
    assert problem in listed.stderr
    assert "somebody-stretches 1.0" in listed.stderr
    assert "Traceback" not in listed.stderr
    assert problem.split(maxsplit=1)[0] in broken("doctor").stdout
    assert broken("analyze", recording, "--out", tmp_path / "out").returncode == 0


def test_limits_of_a_stretch_that_was_uninstalled_say_how_to_take_them_out(tmp_path: Path) -> None:
    gone = Installed(tmp_path, {})
    (tmp_path / "config.toml").write_text("[limits.seated.seated-knee-straight]\nwarn = 139\n")
    told = gone("config")
    assert told.returncode == 1
    assert "`formcheck config unset limits.seated` takes its limits out" in told.stderr
    assert gone("config", "unset", "limits.seated").returncode == 0
    assert gone("config").returncode == 0


def test_a_batch_is_judged_again_when_stretches_were_installed(
    tmp_path: Path, recording: Path, seated: Installed
) -> None:
    without = Installed(tmp_path / "without", {})
    many = tmp_path / "many"
    assert without("batch", recording, "--out", many, "--jobs", "1").returncode == 0
    assert "seated" not in (many / "batch.csv").read_text().replace(recording.name, "")
    assert seated("batch", recording, "--out", many, "--jobs", "1").returncode == 0
    assert ",seated," in (many / "batch.csv").read_text()


SUPINE = by_slug("supine")


@pytest.mark.parametrize(
    ("stretch", "problem"),
    [
        (replace(SUPINE, slug="../Evil"), "expected small letters"),
        (replace(SUPINE, slug="hips", posture=Posture.FOLDED), "begins in"),
        (replace(SUPINE, slug="hips", rules=(*SUPINE.rules, SUPINE.rules[0])), "two rules of one id"),
        (replace(SUPINE, slug="head-down"), "a name that is taken: head-down"),
        (
            replace(SUPINE, slug="hips", rules=tuple(replace(rule, unit="ratio") for rule in SUPINE.rules)),
            "measures something else",
        ),
        (replace(SUPINE, slug="hips", difficulty="easy"), "expected one of EASY, USUAL"),
        (replace(SUPINE, slug="hips", difficulty=None), "has the difficulty None"),
        (replace(SUPINE, slug="hips", choose_when=None), "choose_when that is no text"),
        (replace(SUPINE, slug="hips", needs="a strap"), "has needs 'a strap'; expected a tuple of str"),
        (replace(SUPINE, slug="hips", needs=(1,)), "expected a tuple of str"),
        (replace(SUPINE, slug="hips", leads_to=["bench"]), "has leads_to"),
        (replace(SUPINE, slug="hips", ways_on=("Try",)), "expected a tuple of WayOn"),
        (replace(SUPINE, slug="hips", ways_on=(WayOn(words="A", after_fault="nothing"),)), "none of its rules"),
        (replace(SUPINE, slug="hips", ways_on=(WayOn(words=1, after_clean=3),)), "are no text"),  # type: ignore[arg-type]
        (replace(SUPINE, slug="hips", ways_on=(WayOn(words="A", after_clean=0),)), "expected a number from 1"),
        (replace(SUPINE, slug="hips"), None),
    ],
)
def test_a_stretch_that_would_do_harm_is_not_taken(stretch: Stretch, problem: str | None) -> None:
    told = plug_in_problem(stretch, all_stretches())
    assert (told is None) if problem is None else (told is not None and problem in told)


def test_what_its_own_code_raises_comes_before_any_session() -> None:
    broken = Shape.of(Being(words="odd", of=lambda measures, _leg: measures.no_such_thing))
    with pytest.raises(AttributeError):
        plug_in_problem(replace(SUPINE, slug="hips", position=broken), all_stretches())


def test_another_process_gets_the_same_stretch_or_none() -> None:
    changed = SUPINE.with_limits({"head-down": {"hint": 40.0}})
    assert pickle.loads(pickle.dumps(changed)) == changed  # noqa: S301 our own
    own = replace(SUPINE, title="Mine")
    assert copy.deepcopy(own) is own
    with pytest.raises(pickle.PicklingError, match="not installed"):
        pickle.dumps(own)


def test_formchecks_own_stretches_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLE))
    from formcheck_seated.both import STRETCH

    theirs = replace(STRETCH, difficulty=Difficulty.EASY)
    own = tuple(one for one in all_stretches() if not one.slug.startswith("seated"))
    monkeypatch.setattr(package, "plug_ins", lambda: (PlugIn(package="somebody", stretch=theirs),))
    package.all_stretches.cache_clear()
    try:
        assert package.all_stretches() == (*own, theirs)
    finally:
        package.all_stretches.cache_clear()


def test_the_object_itself_can_be_given(recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(EXAMPLE))
    from formcheck_seated.both import STRETCH

    result = formcheck.analyze(recording, stretch=STRETCH)
    assert result.report.stretch == "seated"
    assert [hold["held_s"] for hold in result.holds] == [pytest.approx(12.0, abs=1.2)]
    limits = {"seated": {"seated-knee-straight": {"warn": 139.0}}}
    assert formcheck.analyze(recording, stretch=STRETCH, limits=limits).report.changed_limits
    assert formcheck.analyze(recording).report.stretch is None


def test_the_tests_of_the_example_pass() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(EXAMPLE), str(EXAMPLE)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(EXAMPLE), str(ROOT)])}, capture_output=True, text=True,
        cwd=EXAMPLE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert done.stdout.count(".") >= 12, done.stdout
