"""What the judge says: frame by frame, and at the end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from formcheck.core.limits import LimitChange
from formcheck.core.poses import SourceInfo
from formcheck.core.reached import Nearest, ProgressResult
from formcheck.core.rules import Level, most_serious
from formcheck.core.side import Leg, Side

Outcome = Literal["ok", "off", "unseen", "not-reached"]


class State(StrEnum):
    """Where a person is on the way through a hold."""

    NO_PERSON = "no-person"
    POSITION = "position"
    READY = "ready"
    HOLD = "hold"
    DONE = "done"

    @property
    def holding(self) -> bool:
        """Whether a hold is on, its target reached or not."""
        return self in (State.HOLD, State.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A fault that lasted long enough to be named. Times in seconds; `end_s` is the last moment it was seen.

    `count` is how many times it happened, for faults that can be counted, as bounces there and back; `error` the plus
    or minus of the value, in `unit`, None while unknown.
    """

    rule: str
    level: Level
    start_s: float
    end_s: float
    measure: str
    value: float | None
    limit: float | None
    unit: str
    message: str
    count: int | None = None
    error: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One hold. `held_s` leaves out the pauses, so it may be less than `end_s - start_s`.

    `next_time` is what to mind next time, in words: a warning was on through too much of it for praise; None for none.
    """

    start_s: float
    end_s: float
    held_s: float
    target_s: float
    side: Side
    next_time: str | None = None

    @property
    def reached(self) -> bool:
        """Whether the target was held, to within a twentieth of a second."""
        return self.held_s >= self.target_s - 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What to show for one frame.

    hold_s       seconds held in the current (or just finished) hold.
    alerts       the faults on now, the one that matters first.
    unseen       (rule id, what to do) of the rules that cannot be judged on this frame.
    marked       points (of 33) that the first alert is about.
    good         ids of the rules that are ok on this frame; none while another one is past a limit.
    missing      what keeps the body from being in position, in words; None where it is, where that is not known, and
                 on the way out of a hold.
    side         the leg of the hold at hand, `unsure` where it cannot be told; None outside a hold.
    next_time    what to mind next time, in words, as in `Hold`, of the hold up to this frame.
    """

    t_s: float
    state: State
    hold_s: float
    target_s: float
    alerts: tuple[Alert, ...]
    marked: tuple[int, ...]
    good: tuple[str, ...]
    unseen: tuple[tuple[str, str], ...]
    advice: str | None
    depth_deg: float
    side: Side | None = None
    missing: str | None = None
    next_time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """How one rule went over the whole recording; seconds are counted inside holds.

    `error` is the plus or minus of `worst`, in `unit`, None while unknown.
    """

    id: str
    level: Level
    outcome: Outcome
    ok_s: float
    off_s: float
    unseen_s: float
    why_unseen: str | None
    measure: str
    worst: float | None
    limit: float | None
    unit: str
    error: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FittingWay:
    """Another way that fits what was seen of a stretch.

    stretch   slug of the stretch it leads to; None where it stays with this one.
    rule      id of the rule that was off for most of the time held; None where the holds had nothing to correct.
    """

    words: str
    stretch: str | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraView:
    """How the camera saw the person. `yaw_deg` 0 is side-on."""

    facing: Leg | Literal["camera", "unknown"]
    yaw_deg: float | None
    usable: bool
    advice: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One unbroken run of a stretch, both legs in one: what a report says of that part alone.

    start_s, end_s   from the beginning of its first hold to the end of its last one, seconds.
    confidence       how sure it was of the stretch while the body was clearly in it, 0 to 1; None where it was named.
    ways_on          of all holds of this stretch, told with the last run of it.
    """

    stretch: str
    side: Side | None
    start_s: float
    end_s: float
    confidence: float | None
    holds: tuple[Hold, ...]
    rules: tuple[RuleResult, ...]
    alerts: tuple[Alert, ...]
    progress: tuple[ProgressResult, ...]
    changed_limits: tuple[LimitChange, ...] = ()
    ways_on: tuple[FittingWay, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a report comes from. What is not known is None.

    formcheck      version of this program.
    engine, model  what ran the pose model, and the name of the model.
    model_sha256, source_sha256   of the model's file, and of the file that was judged.
    made_at, recorded_at   ISO 8601 with the UTC offset; `recorded_from` is how the second is known.
    """

    formcheck: str
    engine: str | None = None
    model: str | None = None
    model_sha256: str | None = None
    source_sha256: str | None = None
    made_at: str | None = None
    recorded_at: str | None = None
    recorded_from: str | None = None


NOT_CORRECTED: Final = "angles are as read, not corrected: this is not the shipped model"
"""The note of a report on poses of another model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of one input. `stretch` is None when none was recognised.

    What stands beside `stretch` is about the stretch that was held longest, all holds of it; `sections` has every
    unbroken run of every stretch, in order of time. `changed_limits` are the limits of that stretch that the user's
    settings changed, `ways_on` what fits after its holds. Where no stretch was recognised, `nearest` is the one
    that the body came nearest to; of one that was recognised but never held, `reached` is how far it went.
    """

    source: SourceInfo
    frames_with_person: int
    stretch: str | None
    chosen_by: Literal["user", "recognised"]
    confidence: float | None
    side: Side | None
    view: CameraView
    holds: tuple[Hold, ...]
    rules: tuple[RuleResult, ...]
    alerts: tuple[Alert, ...]
    progress: tuple[ProgressResult, ...]
    prompts: tuple[str, ...]
    notes: tuple[str, ...]
    changed_limits: tuple[LimitChange, ...] = ()
    ways_on: tuple[FittingWay, ...] = ()
    sections: tuple[Section, ...] = ()
    nearest: Nearest | None = None
    reached: tuple[ProgressResult, ...] = ()
    provenance: Provenance | None = None

    def worst_level(self, rule: RuleResult) -> Level:
        """The most serious level of a rule's alerts; the rule's own where it has none."""
        return most_serious(alert.level for alert in self.alerts if alert.rule == rule.id) or rule.level
