"""The user's limits: from the tables of the settings file into the stretches, and as a list to show."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from formcheck.core.errors import SettingsError
from formcheck.core.limits import Limit, nearest
from formcheck.core.rules import Rule
from formcheck.core.stretch import Stretch
from formcheck.settings.written import name_of, quoted

_Numbers = dict[str, dict[str, float]]
"""Values by rule and limit."""


def with_limits(stretches: Sequence[Stretch], tables: object) -> tuple[Stretch, ...]:
    """The stretches with the limits of the table `limits`.

    `[limits.RULE]` is for every stretch whose rule of that id has the limit, `[limits.STRETCH.RULE]` for one stretch
    and wins. Raises SettingsError whose message begins with the key.
    """
    slugs = {stretch.slug: stretch for stretch in stretches}
    rules = {rule.id: None for stretch in stretches for rule in stretch.rules}
    everywhere: _Numbers = {}
    own: dict[str, _Numbers] = {slug: {} for slug in slugs}
    for name, entry in _table("limits", tables).items():
        if name in slugs:
            for rule, values in _table(f"limits.{name}", entry).items():
                own[name][rule] = _numbers(f"limits.{name}.{rule}", values)
        elif name in rules:
            everywhere[name] = _numbers(f"limits.{name}", entry)
            _refuse_unknown(name, everywhere[name], stretches)
        elif isinstance(entry, Mapping) and any(isinstance(one, Mapping) for one in entry.values()):
            raise SettingsError(
                f"limits.{name}: there is no such stretch; {nearest(name, slugs)} If it is of a package that you have "
                f"uninstalled, `formcheck config unset limits.{name}` takes its limits out"
            )
        else:
            raise SettingsError(f"limits.{name}: there is no such rule or stretch; {nearest(name, [*rules, *slugs])}")
    return tuple(_one(stretch, everywhere, own[stretch.slug]) for stretch in stretches)


def _one(stretch: Stretch, everywhere: _Numbers, own: _Numbers) -> Stretch:
    values = dict(own)
    for rule in stretch.rules:
        mine = {name: value for name, value in everywhere.get(rule.id, {}).items() if name in rule.limits_by_name}
        values[rule.id] = mine | own.get(rule.id, {})
    try:
        return stretch.with_limits(values)
    except SettingsError as error:
        rule_id, _, name = str(error).partition(":")[0].partition(".")
        if rule_id in own and (not name or name in own[rule_id]):
            raise SettingsError(f"limits.{stretch.slug}.{error}") from error
        raise SettingsError(f"limits.{error} (in {stretch.slug})") from error


def _refuse_unknown(rule_id: str, values: Mapping[str, float], stretches: Iterable[Stretch]) -> None:
    """What no stretch knows is a mistake; what only some know is for those."""
    rules = [rule for stretch in stretches for rule in stretch.rules if rule.id == rule_id]
    known = {name: None for rule in rules for name in rule.limits_by_name}
    for name in values:
        if name not in known:
            raise SettingsError(f"limits.{rule_id}.{name}: there is no such limit; {nearest(name, known)}")


def _table(name: str, value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise SettingsError(f"{name}: {quoted(value)} is no table; write [{name}] and the limits below it")
    return {name_of(key): entry for key, entry in value.items()}


def _numbers(name: str, value: object) -> dict[str, float]:
    numbers: dict[str, float] = {}
    for limit, number in _table(name, value).items():
        if isinstance(number, bool) or not isinstance(number, (int, float)):
            raise SettingsError(f"{name}.{limit}: {quoted(number)} is no number")
        numbers[limit] = _float(number)
    return numbers


def _float(number: float) -> float:
    """TOML's whole numbers may be too long for a float; they are out of every range."""
    try:
        return float(number)
    except OverflowError:
        return math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitGroup:
    """The limits of one rule as they are shown: the same in all of `stretches`, which are slugs."""

    rule: Rule
    stretches: tuple[str, ...]


def limit_groups(stretches: Sequence[Stretch]) -> list[LimitGroup]:
    """Every rule with its limits, in the order of the stretches; rules with equal limits in one group."""
    groups: dict[tuple[str, tuple[Limit, ...]], LimitGroup] = {}
    for stretch in stretches:
        for rule in stretch.rules:
            key = (rule.id, rule.limit_values)
            before = groups[key].stretches if key in groups else ()
            groups[key] = LimitGroup(rule=rule, stretches=(*before, stretch.slug))
    order = {rule_id: place for place, rule_id in enumerate(dict.fromkeys(rule_id for rule_id, _ in groups))}
    return sorted(groups.values(), key=lambda group: order[group.rule.id])
