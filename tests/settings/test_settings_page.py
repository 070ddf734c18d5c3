"""docs/settings.md lists every setting and every limit as the program has them.

`python -m tests.settings.test_settings_page` writes the tables into it.
"""

from __future__ import annotations

from formcheck.settings import KEYS
from formcheck.settings.limits import limit_groups
from formcheck.settings.load import check, parse
from formcheck.stretches import all_stretches
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "settings.md"


def keys_table() -> str:
    lines = ["| key | default | allowed | what it is | option | environment |", "|---|---|---|---|---|---|"]
    for key in KEYS.values():
        default = str(key.default).lower() if key.kind is bool else str(key.default).removesuffix(".0")
        cells = (f"`{key.name}`", default, key.allowed, key.meaning, f"`{key.option}`", f"`{key.variable}`")
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


_STALE = "write it anew: python -m tests.settings.test_settings_page"


def limits_table() -> str:
    lines = ["| rule | stretches | limit | default | allowed | unit | what it means |", "|---|---|---|---|---|---|---|"]
    for group in limit_groups(all_stretches()):
        everywhere = len(group.stretches) == len(all_stretches())
        first = (f"`{group.rule.id}`", "every" if everywhere else ", ".join(group.stretches))
        for limit in group.rule.limit_values:
            unit = limit.unit or group.rule.unit
            cells = (*first, f"`{limit.name}`", f"{limit.default:g}", limit.allowed, unit, limit.meaning)
            lines.append(f"| {' | '.join(cells)} |")
            first = ("", "")
    return "\n".join(lines)


def test_the_page_lists_every_setting() -> None:
    there = keys_table() in PAGE.read_text(encoding="utf-8")
    assert there, _STALE


def test_the_page_lists_every_limit() -> None:
    there = limits_table() in PAGE.read_text(encoding="utf-8")
    assert there, _STALE


def test_the_example_can_be_used() -> None:
    example = PAGE.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    settings = check(parse(PAGE, example), PAGE)
    assert (settings.hold_s, settings.voice) == (20.0, False)
    assert settings.by_slug("supine").rule("head-down").limits_by_name["hint"] == 40.0


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    for table in (keys_table(), limits_table()):
        start = page.index(table.splitlines()[0])
        end = page.find("\n\n", start)
        page = page[:start] + table + (page[end:] if end >= 0 else "\n")
    PAGE.write_text(page, encoding="utf-8")
