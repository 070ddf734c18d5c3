from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from formcheck.core.errors import InputError
from formcheck.routine.plan import Plan, default_plan, total_s
from formcheck.routine.plan_file import EXAMPLE, read_plan
from tests.conftest import ROOT


def plan_of(tmp_path: Path, text: str) -> Plan:
    path = tmp_path / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return read_plan(path)


def schedule(plan: Plan) -> list[str]:
    return [f"{step.stretch.slug} {step.side} {step.number}/{step.of}" for step in plan.steps()]


def test_what_is_done_lying_comes_together_and_each_leg_in_one_go() -> None:
    plan = default_plan(("supine", "toe-touch", "beginner-supine"))
    assert schedule(plan) == [
        "supine left 1/2", "supine left 2/2", "supine right 1/2", "supine right 2/2",
        "beginner-supine left 1/2", "beginner-supine left 2/2", "beginner-supine right 1/2",
        "beginner-supine right 2/2",
        "toe-touch both 1/2", "toe-touch both 2/2",
    ]  # fmt: skip


def test_the_default_needs_nobody_and_nothing() -> None:
    slugs = {entry.stretch.slug for entry in default_plan().entries}
    assert not slugs & {"bench", "bench-squat", "partner", "beginner-supine"}
    steps = default_plan().steps()
    assert sum(a.stretch.lying != b.stretch.lying for a, b in itertools.pairwise(steps)) == 1
    assert total_s(steps) == len(steps) * 30 + (len(steps) - 1) * 15


def test_a_plan_file_says_all_of_it(tmp_path: Path) -> None:
    plan = plan_of(
        tmp_path,
        """
        title = "Mine"
        rest_s = 0
        hold_s = 20.5
        holds = 3
        order = "as-written"
        [[stretch]]
        slug = "supine"
        holds = 2
        side_first = "right"
        [[stretch]]
        slug = "toe-touch"
        hold_s = 40
        [[stretch]]
        slug = "supine"
        """,
    )
    assert plan.title == "Mine"
    assert schedule(plan)[:5] == [
        "supine right 1/2", "supine right 2/2", "supine left 1/2", "supine left 2/2", "toe-touch both 1/3",
    ]  # fmt: skip
    assert schedule(plan)[-1] == "supine right 3/3"
    assert {step.hold_s for step in plan.steps()} == {20.5, 40.0}
    assert {step.rest_s for step in plan.steps()} == {0.0}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "there is no stretch in it"),
        ("stretch = []", "there is no stretch in it"),
        ("[stretch]\nslug = 'supine'", "two brackets"),
        ("stretch = 'supine'", "two brackets"),
        ("rest = 3\n[[stretch]]\nslug = 'supine'", "unknown key 'rest'; did you mean rest_s?"),
        (
            "[[stretch]]\nslug = 'supine'\n[[stretch]]\nslug = 'toe-touch'\nhold = 3",
            "stretch 2: unknown key 'hold'; did",
        ),
        ("[[stretch]]\nholds = 2", "stretch 1: slug is missing"),
        ("[[stretch]]\nslug = 'supin'", "stretch 1: slug: 'supin' is unknown; did you mean supine?"),
        ("[[stretch]]\nslug = 'yoga'", "choose one of: beginner-supine, standing, supine"),
        ("[[stretch]]\nslug = 3", "slug must be text"),
        ("[[stretch]]\nslug = 'supine'\nholds = 5", "stretch 1: holds must be a whole number from 2 to 4, not 5"),
        ("holds = true\n[[stretch]]\nslug = 'supine'", "holds must be a whole number"),
        ("holds = 2.0\n[[stretch]]\nslug = 'supine'", "holds must be a whole number"),
        ("hold_s = nan\n[[stretch]]\nslug = 'supine'", "hold_s must be a number from 1 to 3600"),
        ("hold_s = '30'\n[[stretch]]\nslug = 'supine'", "hold_s must be a number"),
        ("rest_s = -1\n[[stretch]]\nslug = 'supine'", "rest_s must be a number from 0 to 600"),
        ("rest_s = inf\n[[stretch]]\nslug = 'supine'", "rest_s must be a number"),
        ("order = 'random'\n[[stretch]]\nslug = 'supine'", "order: 'random' is unknown; choose one of: fewest-changes"),
        ("[[stretch]]\nslug = 'supine'\nside_first = 'both'", "side_first: 'both' is unknown"),
        ("[[stretch]]\nslug = 'toe-touch'\nside_first = 'left'", "both legs at once"),
        ("title = \"a\\nb\"\n[[stretch]]\nslug = 'supine'", "one line"),
        ("title = 4\n[[stretch]]\nslug = 'supine'", "title must be text"),
        ("title = ", "not valid TOML"),
        ("hold_s = " + "9" * 5000, "not valid TOML"),
        ("[[stretch]]\nslug = 'supine'\n" * 51, "51 of them"),
        ("#" * 200_000, "too long"),
    ],
)
def test_what_is_wrong_with_a_plan_is_told_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(InputError) as told:
        plan_of(tmp_path, text)
    message = str(told.value)
    assert says in message
    assert message.startswith(str(tmp_path / "plan.toml") + ":")
    assert "\n" not in message


def test_files_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(EXAMPLE, encoding="utf-16")
    with pytest.raises(InputError, match="save it as UTF-8"):
        read_plan(path)
    with pytest.raises(InputError, match="no such file"):
        read_plan(tmp_path / "other.toml")
    with pytest.raises(InputError, match="cannot be read"):
        read_plan(tmp_path)
    path.write_text(EXAMPLE, encoding="utf-8-sig")
    assert read_plan(path).title == "After running"


def test_the_example_and_the_sample_are_plans(tmp_path: Path) -> None:
    assert plan_of(tmp_path, EXAMPLE).entries[2].side_first == "right"
    assert len(read_plan(ROOT / "samples" / "routine.toml").steps()) >= 4


def test_plans_are_told_apart_by_what_is_to_be_done(tmp_path: Path) -> None:
    one = plan_of(tmp_path, "title = 'a'\n[[stretch]]\nslug = 'supine'")
    same = plan_of(tmp_path, "# new\ntitle = 'b'\nholds = 2\n[[stretch]]\nslug = 'supine'")
    other = plan_of(tmp_path, "title = 'a'\nrest_s = 14\n[[stretch]]\nslug = 'supine'")
    assert one.key() == same.key()
    assert one.key() != other.key()
