"""Table `lost`: what lost pictures cost a hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
from markdown_tables import table
from media import Clip

from formcheck.core.poses import Bools, PoseFrame

LOSSES = ("0 %", "5 %", "10 %", "20 %", "30 %", "every third", "every second", "2 s of the hold")
KINDS = ("nobody found", "no picture")
_COVERED_S = 2.0
_NEAR = 0.05  # of the hold


@dataclass(frozen=True)
class Row:
    """One clip with some pictures lost: errors as shares of each hold, and how many holds there were of how many."""

    loss: str
    kind: str
    clip: str
    hold_errors: list[float]
    holds: int
    true_holds: int
    named: bool | None
    warnings: list[str]
    hints: list[str]


def rows(clip: Clip) -> list[Row]:
    """A clip with every loss, in both ways."""
    if clip.slug is None or clip.repeat:
        return []
    return [_row(clip, loss, kind) for loss in LOSSES for kind in KINDS if loss != LOSSES[0] or kind == KINDS[0]]


def _row(clip: Clip, loss: str, kind: str) -> Row:
    report = clip.judged(_without(clip.frames, _lost(clip, loss), kind)).report
    warnings, hints = clip.wrong(report)
    length_s = clip.windows[0].length_s
    return Row(
        loss=loss,
        kind=kind,
        clip=clip.name,
        hold_errors=[error / length_s for error in clip.hold_errors_s(report)],
        holds=len(report.holds),
        true_holds=len(clip.windows),
        named=any(alert.rule == clip.clear_fault for alert in report.alerts) if clip.clear_fault else None,
        warnings=[alert.rule for alert in warnings],
        hints=[alert.rule for alert in hints],
    )


def _lost(clip: Clip, loss: str) -> Bools:
    """(T,) which pictures are lost; the same in every run, and the same ones for both ways of losing them."""
    count = len(clip.frames)
    if loss.startswith("every"):
        return np.asarray(np.arange(count) % (3 if loss == "every third" else 2) == 1)
    if loss == "2 s of the hold":
        t_s, window = np.array([frame.t_s for frame in clip.frames]), clip.windows[0]
        start_s = (window.start_s + window.end_s - _COVERED_S) / 2
        # All pictures of two seconds: from the last one that is seen to the next one it is a step more.
        return np.asarray((t_s > start_s - 1e-3) & (t_s < start_s + _COVERED_S - 1e-3))
    share = float(loss.removesuffix(" %")) / 100
    return np.asarray(np.random.default_rng(crc32(f"{clip.name} {loss}".encode())).random(count) < share)


def _without(frames: Sequence[PoseFrame], lost: Bools, kind: str) -> list[PoseFrame]:
    if kind == "nobody found":
        return [replace(frame, people=()) if gone else frame for frame, gone in zip(frames, lost, strict=True)]
    kept = [frame for frame, gone in zip(frames, lost, strict=True) if not gone]
    return [replace(frame, index=index) for index, frame in enumerate(kept)]


def text(rows: Sequence[Row]) -> str:
    """One line a loss and a way of losing."""
    lines = []
    for loss in LOSSES:
        for kind in KINDS:
            group = [row for row in rows if (row.loss, row.kind) == (loss, kind)]
            if group:
                lines.append([loss, kind if loss != LOSSES[0] else "", *_line(group)])
    head = ["lost", "how", "hold error: median", "worst", "worst clip", "within 5 %", "holds cut in pieces or missed"]
    return table([*head, "clear faults named", "wrong warnings", "wrong hints"], lines)


def _line(group: Sequence[Row]) -> list[object]:
    errors = [(abs(error), error, row.clip) for row in group for error in row.hold_errors]
    _, worst, clip = max(errors)
    named = [row.named for row in group if row.named is not None]
    return [
        f"{np.median([size for size, _, _ in errors]):.1%}",
        f"{worst:+.1%}",
        clip[:2],
        f"{sum(size <= _NEAR for size, _, _ in errors)}/{len(errors)}",
        sum(row.holds != row.true_holds for row in group),
        f"{sum(named)}/{len(named)}",
        sum(len(row.warnings) for row in group),
        sum(len(row.hints) for row in group),
    ]
