"""Table `rates`: what is said of the same clips at 1 to 240 pictures a second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from markdown_tables import table
from media import Clip
from resample import noise_of, resampled

from formcheck.core.feedback import Report

RATES = (1, 2, 3, 5, 7.5, 10, 15, 25, 30, 60, 120, 240)
_SOURCE_FPS = 30.0
_NEAR_S = 0.5  # or one step between pictures


@dataclass(frozen=True)
class Row:
    """One clip at one rate.

    fault        how its clear fault came out: named, or the outcome of its rule; None where it has none.
    timed        whether that rule looks at a stretch of time.
    why          what was said where it was not named.
    hold_errors  of good clips, seconds.
    why_not      what was said where the stretch was not recognised.
    noise_px     the model's own noise, middle of all points.
    """

    fps: float
    clip: str
    fault: str | None
    timed: bool
    why: str
    hold_errors: list[float]
    warnings: list[str]
    hints: list[str]
    recognised: bool
    why_not: str
    noise_px: float


def rows(clip: Clip) -> list[Row]:
    """A clip at every rate."""
    if clip.repeat:
        return []
    noise_px = float(sorted(noise_of(clip.frames).points_px.ravel())[33])
    return [_row(clip, fps, noise_px) for fps in RATES]


def _row(clip: Clip, fps: float, noise_px: float) -> Row:
    frames = resampled(clip.frames, fps, _SOURCE_FPS, crc32(clip.name.encode()))
    asked = clip.judged(frames, fps=fps, named=False).report
    recognised = clip.recognised(asked)
    why_not = "" if recognised else f"taken for {asked.stretch}" if asked.stretch else "; ".join(asked.notes)
    told = clip.judged(frames, fps=fps).report if clip.slug else asked
    fault, why = _fault(clip, told)
    warnings, hints = clip.wrong(told)
    return Row(
        fps=fps,
        clip=clip.name,
        fault=fault,
        timed=fault is not None and clip.stretch.rule(str(clip.clear_fault)).timed is not None,
        why=why,
        hold_errors=clip.hold_errors_s(told) if clip.good else [],
        warnings=[alert.rule for alert in warnings],
        hints=[alert.rule for alert in hints],
        recognised=recognised,
        why_not=why_not,
        noise_px=noise_px,
    )


def _fault(clip: Clip, report: Report) -> tuple[str | None, str]:
    """How the clear fault of a clip came out, and why it was not named."""
    if clip.clear_fault is None:
        return None, ""
    if any(alert.rule == clip.clear_fault for alert in report.alerts):
        return "named", ""
    result = next(rule for rule in report.rules if rule.id == clip.clear_fault)
    return result.outcome, result.why_unseen or "; ".join(report.notes)


def text(rows: Sequence[Row]) -> str:
    """One line a rate; below it the reasons, and which clips went wrong."""
    lines, reasons, wrong = [], [], []
    for fps in RATES:
        group = [row for row in rows if row.fps == fps]
        near_s = max(_NEAR_S, 1.0 / fps)
        holds = [abs(error) for row in group for error in row.hold_errors]
        lines.append(
            [
                f"{fps:g}", _outcomes(group, timed=False), _outcomes(group, timed=True),
                f"{sum(error <= near_s + 1e-6 for error in holds)}/{len(holds)}", f"{max(holds):.2f} s",
                sum(len(row.warnings) for row in group), sum(len(row.hints) for row in group),
                f"{sum(row.recognised for row in group)}/{len(group)}",
            ]
        )  # fmt: skip
        reasons += _reasons(fps, group)
        wrong += _wrong(fps, group, near_s)
    head = ["a second", "posture faults: named / unseen / not held / ok", "timed faults: the same"]
    head += ["holds near enough", "worst hold", "wrong warnings", "wrong hints", "recognised, or rightly not"]
    noise = sorted(row.noise_px for row in rows if row.fps == RATES[0])
    return (
        f"{table(head, lines)}\nThe model's own noise, added above {_SOURCE_FPS:g} a second: "
        f"{noise[len(noise) // 2]:.2f} px (middle of points and clips; {noise[0]:.2f} to {noise[-1]:.2f}).\n\n"
        f"{table(['a second', 'what', 'said instead', 'clips'], reasons)}\n"
        f"{table(['a second', 'what went wrong', 'clips'], wrong)}"
    )


def _outcomes(group: Sequence[Row], *, timed: bool) -> str:
    counts = Counter(row.fault for row in group if row.fault is not None and row.timed == timed)
    return " / ".join(str(counts[outcome]) for outcome in ("named", "unseen", "not-reached", "ok"))


def _reasons(fps: float, group: Sequence[Row]) -> list[list[object]]:
    """What was said where a fault was not named or the stretch not recognised."""
    kinds = {True: "timed", False: "posture"}
    unnamed = [(f"{kinds[row.timed]} fault {row.fault}", row.why) for row in group if row.fault not in (None, "named")]
    unknown = [("not recognised", row.why_not) for row in group if not row.recognised]
    return [[f"{fps:g}", what, why or "nothing", count] for (what, why), count in Counter(unnamed + unknown).items()]


def _wrong(fps: float, group: Sequence[Row], near_s: float) -> list[list[object]]:
    """Which clips went wrong: faults said to be ok, holds too far off, wrong warnings and hints."""
    found = [("fault said to be ok", row.clip) for row in group if row.fault == "ok"]
    found += [
        ("hold off by " + ", ".join(f"{error:+.2f} s" for error in row.hold_errors), row.clip)
        for row in group
        if any(abs(error) > near_s + 1e-6 for error in row.hold_errors)
    ]
    found += [(f"wrong warning {rule}", row.clip) for row in group for rule in row.warnings]
    found += [(f"wrong hint {rule}", row.clip) for row in group for rule in row.hints]
    clips: dict[str, list[str]] = {}
    for what, clip in found:
        clips.setdefault(what, []).append(clip[:2])
    return [[f"{fps:g}", what, " ".join(names)] for what, names in clips.items()]
