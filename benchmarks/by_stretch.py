"""Tables `stretch` and `rules`: recognition, hold, side and angles a stretch; what each rule says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markdown_tables import table
from media import SIDES, Clip

from formcheck.stretches import by_slug

# What the raw model reads on such clips (median error in degrees of stretched knee and trunk), for comparison.
_RAW = {
    "toe-touch": (1.7, 3.8), "supine": (3.0, 5.3), "beginner-supine": (1.9, 0.7), "standing": (4.3, 4.2),
    "bench": (3.5, 2.9), "bench-squat": (2.8, 8.5),
}  # fmt: skip


@dataclass(frozen=True)
class StretchRow:
    """One clip: what was made of it, errors of good holds in seconds, errors of angles in degrees."""

    slug: str | None
    recognised: bool
    side: str
    hold_errors_s: list[float]
    angle_errors: dict[str, float]


@dataclass(frozen=True)
class RuleRow:
    """One rule on one clip; `wanted` where the clip has its fault, `clear` where that must be named."""

    slug: str
    rule: str
    named: bool
    wanted: bool
    clear: bool
    seen_s: float
    unseen_s: float


def stretch_rows(clip: Clip) -> list[StretchRow]:
    """The row of a clip."""
    recognised = clip.recognised(clip.asked.report)
    if clip.slug is None:
        return [StretchRow(None, recognised, "", [], {})]
    report = clip.told.report
    sides = {window.side for window in clip.windows}
    right = "both" if len(sides) > 1 or not clip.stretch.one_sided else clip.truth["side"]
    said = "right" if report.side == right else "unsure" if report.side == "unsure" else "wrong"
    errors = clip.hold_errors_s(report) if clip.good else []
    return [StretchRow(clip.slug, recognised, said, errors, _angle_errors(clip))]


def _angle_errors(clip: Clip) -> dict[str, float]:
    """Median absolute error in degrees over the first hold: stretched knee, trunk, leg above the level."""
    measures, window = clip.told.measures, clip.windows[0]
    side = SIDES.index(window.side)
    letter = "LR"[side]
    pairs = {
        "knee": (measures.knee_deg[:, side], 180.0 - clip.arrays[f"knee_flex_{letter}"]),
        "trunk": (measures.trunk_deg, clip.arrays["trunk_incl"]),
        "leg": (measures.leg_deg[:, side], clip.arrays[f"leg_from_floor_{letter}"]),
    }
    inside, times = window.within(measures.t_s), clip.arrays["time"]
    return {
        name: float(np.nanmedian(np.abs(got - np.interp(measures.t_s, times, true))[inside]))
        for name, (got, true) in pairs.items()
    }


def stretch_text(rows: Sequence[StretchRow]) -> str:
    """One line a stretch."""
    groups: dict[str, list[StretchRow]] = defaultdict(list)
    for row in rows:
        if row.slug is not None:
            groups[row.slug].append(row)
    lines = []
    for slug, group in groups.items():
        median = {
            key: float(np.nanmedian([row.angle_errors[key] for row in group])) for key in ("knee", "trunk", "leg")
        }
        holds = [abs(error) for row in group for error in row.hold_errors_s]
        sides = [sum(row.side == said for row in group) for said in ("right", "unsure", "wrong")]
        raw = _RAW.get(slug)
        lines.append(
            [
                f"`{slug}`", len(group), f"{sum(row.recognised for row in group)}/{len(group)}",
                " / ".join(str(count) for count in sides), f"{max(holds):.1f} s" if holds else "",
                f"{median['knee']:.1f}" + (f" ({raw[0]})" if raw else ""),
                f"{median['trunk']:.1f}" + (f" ({raw[1]})" if raw else ""), f"{median['leg']:.1f}",
            ]
        )  # fmt: skip
    head = ["stretch", "clips", "recognised", "side right / unsure / wrong", "worst hold error", "stretched knee"]
    none = [row for row in rows if row.slug is None]
    claimed = sum(not row.recognised for row in none)
    text = table([*head, "trunk", "leg line"], lines)
    return f"{text}\nSomething was claimed in {claimed} of {len(none)} clips without a stretch.\n"


def rule_rows(clip: Clip) -> list[RuleRow]:
    """The rules of a clip's stretch, without the hold time."""
    if clip.slug is None:
        return []
    report = clip.told.report
    named = {alert.rule for alert in report.alerts}
    return [
        RuleRow(
            slug=clip.slug,
            rule=result.id,
            named=result.id in named,
            wanted=clip.rule == result.id,
            clear=clip.clear_fault == result.id,
            seen_s=result.ok_s + result.off_s,
            unseen_s=result.unseen_s,
        )
        for result in report.rules
        if clip.stretch.rule(result.id).timed != "hold"
    ]


def rule_text(rows: Sequence[RuleRow]) -> str:
    """One line a rule: named on faults, alerts on others, share of hold time it was silent."""
    groups: dict[tuple[str, str], list[RuleRow]] = defaultdict(list)
    for row in rows:
        groups[row.slug, row.rule].append(row)
    lines = []
    for slug, rule in sorted(groups, key=_in_order):
        group = groups[slug, rule]
        clear = [row.named for row in group if row.clear]
        wrong = sum(row.named for row in group if not row.wanted)
        silent = sum(row.unseen_s for row in group)
        total = silent + sum(row.seen_s for row in group)
        named = f"{sum(clear)}/{len(clear)}" if clear else ""
        lines.append([f"`{slug}`", f"`{rule}`", named, wrong, f"{silent / total if total else 0.0:.0%}"])
    return table(["stretch", "rule", "clear faults named", "alerts without that fault", "silent in the hold"], lines)


def _in_order(key: tuple[str, str]) -> tuple[str, int]:
    slug, rule = key
    return slug, [one.id for one in by_slug(slug).rules].index(rule)
