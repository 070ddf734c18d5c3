"""The history for other programs: everything as JSON, one row per session and side as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from formcheck.core.names import table_text
from formcheck.core.side import SIDES
from formcheck.history.session import Session
from formcheck.history.weeks import FaultTotal, Week

SESSIONS_SCHEMA: Final = "formcheck.history.sessions/1"
WEEKS_SCHEMA: Final = "formcheck.history.weeks/1"

_UNITS: Final = {"leg length": "leg_lengths"}
_COLUMNS: Final = (
    "session", "when", "stretch", "side", "source", "source_kind", "holds", "reached", "held_s", "longest_s",
    "target_s", "pointed_out",
)  # fmt: skip


def sessions_json(sessions: Sequence[Session]) -> str:
    """Everything that is kept; times are ISO 8601 with the UTC offset of the place."""
    return _text({"schema": SESSIONS_SCHEMA, "sessions": [_session(session) for session in sessions]})


def sessions_csv(sessions: Sequence[Session]) -> str:
    """A table for spreadsheets: a row for each side of a session, a column for each measure, empty where unseen."""
    measures = sorted({(one.name, one.unit) for session in sessions for one in session.best})
    names = [f"{name.replace(' ', '_')}_{_UNITS.get(unit, unit)}" for name, unit in measures]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*_COLUMNS, *names])
    for session in sessions:
        for side in SIDES:
            holds = [hold for hold in session.holds if hold.side == side]
            best = {(one.name, one.unit): one.value for one in session.best if one.side == side}
            if holds:
                row = [
                    session.id,
                    session.when.isoformat(),
                    session.stretch,
                    side,
                    table_text(session.source_name),
                    session.source_kind,
                    len(holds),
                    sum(hold.reached for hold in holds),
                    f"{sum(hold.held_s for hold in holds):.2f}",
                    f"{max(hold.held_s for hold in holds):.2f}",
                    f"{holds[0].target_s:g}",
                    " ".join(sorted({alert.rule for alert in session.alerts})),
                ]
                writer.writerow([*row, *(f"{best[one]:.3f}" if one in best else "" for one in measures)])
    return file.getvalue()


def weeks_json(weeks: Sequence[Week], faults: Sequence[FaultTotal], *, keeping: bool) -> str:
    """The weeks as plain values."""
    return _text(
        {
            "schema": WEEKS_SCHEMA,
            "keeping": keeping,
            "weeks": [asdict(week) | {"monday": week.monday.isoformat()} for week in weeks],
            "pointed_out": [asdict(fault) for fault in faults],
        }
    )


def _session(session: Session) -> dict[str, Any]:
    values = asdict(session)
    return {"id": values.pop("id"), **values, "when": session.when.isoformat()}


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
