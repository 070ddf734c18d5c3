"""Sessions kept on this machine, only once the user said so. Importing this is cheap: the database comes in late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.history.place import exists, key_of, live_key, location

if TYPE_CHECKING:
    from formcheck.core.feedback import Report

__all__ = ["exists", "keeping", "key_of", "live_key", "location", "remember", "remember_file"]


def keeping() -> bool:
    """Whether sessions are added to a history. Raises OutputError when that cannot be found out."""
    if not exists(location()):
        return False
    from formcheck.history.store import Store

    return Store(location()).keeping()


def remember(reports: Sequence[Report], *, when: datetime, key: str, also: Sequence[str] = ()) -> str | None:
    """Keep what was held in one recording or live session, if the user wants that.

    reports  the reports of that one recording or session, each with its sections; photos and what has no hold are left
             out.
    when     when it was done, with its UTC offset.
    key      what tells it from any other, of `key_of` or `live_key`: what was kept under it before is replaced.
    also     further keys it may come back under, as that of its own pose recording.

    Returns a line to tell the user; None when the history is off or there was nothing to keep. Raises OutputError
    with one line when it cannot be kept; what was kept before is untouched then.
    """
    path = location()
    if not exists(path):
        return None
    from formcheck.history.session import sessions_of
    from formcheck.history.store import Store

    sessions = [session for report in reports for session in sessions_of(report, when=when, key=key)]
    kept = Store(path).add(sessions, also=also) if sessions else None
    if kept is None:
        return None
    line = f"{'replaced in' if kept.replaced else 'added to'} your history; `formcheck history` shows the weeks"
    if kept.unsure:
        line += f"; left or right? `formcheck history fix {kept.unsure[0]} --side left` sets it"
    return line


def remember_file(report: Report, path: Path, *, poses: Path | None = None) -> str | None:
    """Keep what was held in a recorded file, as `remember` does; nothing is read while the history is off.

    poses  the pose recording among its results, which is the same session when it is judged again.

    It was done when the report says that it was recorded, just now where that is not known.
    """
    if not exists(location()):
        return None
    also = [key_of(poses)] if poses is not None and poses.exists() else []
    told = report.provenance.recorded_at if report.provenance else None
    when = datetime.fromisoformat(told) if told else datetime.now().astimezone()
    return remember([report], when=when, key=key_of(path), also=also)
