"""docs/settings.md lists every setting and every limit as the program has them.

`python -m tests.settings.test_settings_page` prints the tables for it.
"""

from __future__ import annotations

import sys

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
    assert keys_table() in PAGE.read_text(encoding="utf-8")


def test_the_page_lists_every_limit() -> None:
    assert limits_table() in PAGE.read_text(encoding="utf-8")


def test_the_example_can_be_used() -> None:
    example = PAGE.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    settings = check(parse(PAGE, example), PAGE)
    assert (settings.hold_s, settings.voice) == (20.0, False)
    assert settings.by_slug("supine").rule("head-down").limits_by_name["hint"] == 40.0


if __name__ == "__main__":
    sys.stdout.write(f"{keys_table()}\n\n{limits_table()}\n")
