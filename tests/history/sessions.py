"""Sessions made up for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from formcheck.core.rules import Level
from formcheck.core.side import Side
from formcheck.history.session import KeptAlert, KeptBest, KeptHold, KeptRule, Session
from formcheck.history.store import Store

WHEN = datetime(2026, 3, 4, 18, 30, tzinfo=UTC)


def session(key: str = "file:1", **others: Any) -> Session:
    """A leg raise of the left leg, held to its target, with one warning."""
    values: dict[str, Any] = {
        "key": key,
        "when": WHEN,
        "source_kind": "video",
        "source_name": "evening.mp4",
        "stretch": "supine",
        "holds": (hold("left"),),
        "best": (best("left", 81.5),),
        "rules": (KeptRule(rule="steady", level=Level.WARN, outcome="ok", ok_s=29.5, off_s=0.0, unseen_s=0.5),),
        "alerts": (alert("no-bounce"),),
    }
    return Session(**values | others)


def hold(side: Side, held_s: float = 31.25) -> KeptHold:
    return KeptHold(start_s=4.5, held_s=held_s, target_s=30.0, reached=held_s >= 30.0, side=side)


def best(side: Side, value: float, **others: Any) -> KeptBest:
    values: dict[str, Any] = {"name": "raise", "unit": "deg", "better": "highest"}
    return KeptBest(value=value, side=side, **values | others)


def alert(rule: str, lasted_s: float = 3.5, level: Level = Level.WARN) -> KeptAlert:
    return KeptAlert(rule=rule, level=level, start_s=8.0, lasted_s=lasted_s, count=4)


def switched_on(folder: Path, sessions: Sequence[Session] = ()) -> Store:
    store = Store(folder / "history.sqlite3")
    store.switch(on=True)
    for one in sessions:
        store.add([one])
    return store
