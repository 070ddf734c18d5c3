"""Whatever stands in a settings file or a plan is used, or told in one line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.core.errors import FormcheckError, InputError, SettingsError
from formcheck.routine.plan_file import read_plan
from formcheck.settings import KEYS
from formcheck.settings.edit import without
from formcheck.settings.load import check, parse

FEW = settings(max_examples=150, deadline=None, derandomize=True, database=None)
HUGE = "0x" + "f" * 5000  # more digits than Python writes out
DEEP = ".a" * 1100  # deeper than Python writes out
LIMITS = ("limits", "limits.head-down", "limits.head-down.hint", "limits.supine", "limits.supine.head-down.ok")
PLAN = ("title", "hold_s", "rest_s", "holds", "order")
STRETCH = ("slug", "holds", "hold_s", "side_first")

strings = st.text(max_size=100).map(lambda text: json.dumps(text, ensure_ascii=False))
plain = st.one_of(
    strings,
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(["true", "false", "1979-05-27", "07:32:00", "1979-05-27T07:32:00Z", "'supine'", "'left'", "'on'"]),
    st.sampled_from([HUGE, "1" * 400]),  # the second is longer than any float
)
values = plain | st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=4).map(", ".join).map("[{}]".format) | inner.map("{{ a = {} }}".format),
)


def tables(*keys: str) -> st.SearchStrategy[str]:
    """Lines of TOML with keys that there are, mostly, and values that there may not be."""
    names = st.sampled_from(keys) | st.sampled_from(keys) | strings
    return st.dictionaries(names, values, max_size=3).map(
        lambda table: "\n".join(f"{name} = {value}" for name, value in table.items())
    )


def told(use: Callable[[], object]) -> str:
    """What a user is told, "used" for nothing."""
    try:
        use()
    except FormcheckError as error:
        return str(error)
    return "used"


@FEW
@given(tables(*KEYS, *LIMITS) | st.text())
def test_any_settings_file_is_used_or_told_in_one_line(text: str) -> None:
    path = Path("config.toml")
    assert len(told(lambda: check(parse(path, text), path)).splitlines()) == 1
    assert len(told(lambda: (parse(path, text), without(path, text, "hold_s"))).splitlines()) == 1


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("plan") / "plan.toml"


@FEW
@given(every=tables(*PLAN), one=tables(*STRETCH))
def test_any_plan_is_used_or_told_in_one_line(plan: Path, every: str, one: str) -> None:
    plan.write_text(f"{every}\n[[stretch]]\nslug = 'supine'\n[[stretch]]\n{one}", encoding="utf-8")
    assert len(told(lambda: read_plan(plan).steps()).splitlines()) == 1


def test_what_cannot_be_written_out_is_told_all_the_same(plan: Path) -> None:
    path = Path("config.toml")
    for text in (f"hold_s = {HUGE}", f"camera = {HUGE}", f"limits = {HUGE}"):
        with pytest.raises(SettingsError, match="a value too long to show"):
            check(parse(path, text), path)
    for text in (f"hold_s = {HUGE}", f"title{DEEP} = 1", f"[[stretch]]\nslug = {HUGE}"):
        plan.write_text(text, encoding="utf-8")
        # Python 3.13 writes out deeper ones than 3.12: cut off, they fit into the line.
        with pytest.raises(InputError, match=r"a value too long to show|\.\.\.$"):
            read_plan(plan)


def test_a_name_of_two_lines_is_told_in_one() -> None:
    path = Path("config.toml")
    for text in (
        r'"a\nb" = 1',
        r'limits."a\nb" = 1',
        r'limits.supine."a\nb".ok = 1',
        r'limits.supine.steady."a\nb" = 1',
    ):
        with pytest.raises(SettingsError, match=r"'a\\nb': ") as told:
            check(parse(path, text), path)
        assert "\n" not in str(told.value)
