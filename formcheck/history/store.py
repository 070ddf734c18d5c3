"""What is kept: consent and sessions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Table, delete, insert, or_, select

from formcheck.core.rules import Level
from formcheck.history import database
from formcheck.history.fixing import Fix, as_fixed, carried_over, fixed, pairs
from formcheck.history.place import exists
from formcheck.history.schema import ALERT, BEST, CONSENT, HOLD, OTHER_KEY, RULE, SESSION
from formcheck.history.session import KeptAlert, KeptBest, KeptHold, KeptRule, Session

KeptPart = TypeVar("KeptPart", KeptHold, KeptBest, KeptRule, KeptAlert)
_PARTS: Final = {"holds": HOLD, "best": BEST, "rules": RULE, "alerts": ALERT}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedSessions:
    """Numbers of the sessions that were added, and whether they took the place of earlier ones.

    unsure  numbers of those with a hold whose leg is not known.
    """

    ids: tuple[int, ...]
    replaced: bool
    unsure: tuple[int, ...] = ()


class Store:
    """The history in one file. Every method raises HistoryError, an OutputError, with one line for the user."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def switch(self, *, on: bool) -> None:
        """Begin or stop adding sessions. Only switching on makes the file."""
        if on:
            database.create(self.path)
        elif not exists(self.path):
            return
        with database.writing(self.path, make=on) as connection:
            if connection is not None:
                connection.execute(delete(CONSENT))
                connection.execute(insert(CONSENT).values(id=1, keeping=on, since_utc=_as_text(datetime.now(UTC))))

    def keeping(self) -> bool:
        """Whether the user wants sessions to be added."""
        if not exists(self.path):
            return False
        with database.reading(self.path) as connection:
            return connection is not None and _keeping(connection)

    def add(self, sessions: Sequence[Session], *, also: Sequence[str] = ()) -> AddedSessions | None:
        """Keep the sessions of one recording, all of them or none; None when the history is off.

        What was kept under the key of one of them, or under a key of `also`, is replaced. The earlier of both times
        stays, as files only grow younger when they are copied; so does the name of the recording when it comes back as
        poses, and what the user has set right.
        """
        if not exists(self.path):
            return None
        with database.writing(self.path) as connection:
            if connection is None or not _keeping(connection):
                return None
            keys = {*also, *(session.key for session in sessions)}
            before = _under(connection, keys)
            old = [session.id for session in before if session.id is not None]
            keys |= _keys_of(connection, old)
            _remove(connection, old)
            # What takes the place of a session keeps its number.
            merged = [
                replace(_merged(session, before), id=other.id if other else None)
                for session, other in pairs(sessions, before)
            ]
            ids = tuple(_add(connection, session, keys) for session in merged)
            unsure = tuple(number for number, one in zip(ids, merged, strict=True) if as_fixed(one).unsure)
            return AddedSessions(ids=ids, replaced=bool(before), unsure=unsure)

    def sessions(self) -> tuple[Session, ...]:
        """All sessions as the user knows them to be, the oldest first."""
        if not exists(self.path):
            return ()
        with database.reading(self.path) as connection:
            return tuple(map(as_fixed, _load(connection))) if connection is not None else ()

    def fix(self, number: int, fix: Fix) -> Session | None:
        """Set right what a session was; returns it, or None where there is no such session. Raises UnfixableError."""
        if not exists(self.path):
            return None
        with database.writing(self.path) as connection:
            found = _load(connection, [number]) if connection is not None else ()
            if connection is None or not found:
                return None
            session = fixed(found[0], fix)
            keys = _keys_of(connection, [number])
            _remove(connection, [number])
            _add(connection, session, keys)
            return as_fixed(session)

    def delete(self, ids: Iterable[int]) -> tuple[int, ...]:
        """Delete sessions; when some are not there, nothing is deleted and their numbers are returned."""
        wanted = set(ids)
        if not exists(self.path):
            return tuple(sorted(wanted))
        with database.writing(self.path) as connection:
            there = set(connection.execute(select(SESSION.c.id)).scalars()) if connection is not None else set()
            missing = tuple(sorted(wanted - there))
            if connection is not None and not missing:
                _remove(connection, sorted(wanted))
        if not missing:
            database.forget_log(self.path)
        return missing

    def delete_all(self) -> int:
        """Delete every session; returns how many there were. The consent stays."""
        if not exists(self.path):
            return 0
        with database.writing(self.path) as connection:
            count = connection.execute(delete(SESSION)).rowcount if connection is not None else 0
        database.shrink(self.path)
        return count

    def copy_to(self, copy: Path) -> None:
        """Write a copy of the whole database, sound even while others write, to a file that is empty or new."""
        if not exists(self.path):
            raise database.HistoryError("there is no history to copy; `formcheck history on` begins one")
        database.copy_to(self.path, copy)


def _keeping(connection: Connection) -> bool:
    return bool(connection.execute(select(CONSENT.c.keeping)).scalar())


def _merged(session: Session, before: Sequence[Session]) -> Session:
    """The session with what an earlier one of the same recording knows better."""
    if not before:
        return session
    first = min(before, key=lambda other: other.when)
    session = replace(session, when=min(session.when, first.when))
    if session.source_kind == "poses":
        session = replace(session, source_kind=first.source_kind, source_name=first.source_name, key=first.key)
    return carried_over(session, before)


def _under(connection: Connection, keys: set[str]) -> tuple[Session, ...]:
    other = select(OTHER_KEY.c.session_id).where(OTHER_KEY.c.key.in_(keys))
    found = connection.execute(select(SESSION.c.id).where(or_(SESSION.c.key.in_(keys), SESSION.c.id.in_(other))))
    return _load(connection, list(found.scalars()))


def _keys_of(connection: Connection, ids: Sequence[int]) -> set[str]:
    own = connection.execute(select(SESSION.c.key).where(SESSION.c.id.in_(ids))).scalars()
    other = connection.execute(select(OTHER_KEY.c.key).where(OTHER_KEY.c.session_id.in_(ids))).scalars()
    return {*own, *other}


def _remove(connection: Connection, ids: Sequence[int]) -> None:
    for one in ids:  # one by one: SQLite takes only so many values in a statement
        connection.execute(delete(SESSION).where(SESSION.c.id == one))


def _add(connection: Connection, session: Session, keys: set[str]) -> int:
    row = {
        **({} if session.id is None else {"id": session.id}),
        "key": session.key,
        "when_utc": _as_text(session.when),
        "offset_s": _offset_s(session.when),
        "source_kind": session.source_kind,
        "source_name": session.source_name,
        "stretch": session.stretch,
        "fixed_stretch": session.fixed_stretch,
    }
    number = connection.execute(insert(SESSION).values(row)).lastrowid
    for name, table in _PARTS.items():
        rows = [{"session_id": number, **_row(part)} for part in getattr(session, name)]
        if rows:
            connection.execute(insert(table), rows)
    others = [{"session_id": number, "key": key} for key in sorted(keys - {session.key})]
    if others:
        connection.execute(insert(OTHER_KEY), others)
    return number


def _row(part: KeptHold | KeptBest | KeptRule | KeptAlert) -> dict[str, Any]:
    return {one.name: getattr(part, one.name) for one in fields(part)}


def _load(connection: Connection, ids: Sequence[int] | None = None) -> tuple[Session, ...]:
    """All sessions, or those of a few numbers, the oldest first."""
    asked = select(SESSION).order_by(SESSION.c.when_utc, SESSION.c.id)
    rows = connection.execute(asked if ids is None else asked.where(SESSION.c.id.in_(ids))).mappings().all()
    holds = _parts(connection, HOLD, KeptHold, ids)
    best = _parts(connection, BEST, KeptBest, ids)
    rules = _parts(connection, RULE, KeptRule, ids)
    alerts = _parts(connection, ALERT, KeptAlert, ids)
    return tuple(
        Session(
            id=row["id"],
            key=row["key"],
            when=_as_time(row["when_utc"], row["offset_s"]),
            source_kind=row["source_kind"],
            source_name=row["source_name"],
            stretch=row["stretch"],
            fixed_stretch=row["fixed_stretch"],
            holds=tuple(holds.get(row["id"], ())),
            best=tuple(best.get(row["id"], ())),
            rules=tuple(rules.get(row["id"], ())),
            alerts=tuple(alerts.get(row["id"], ())),
        )
        for row in rows
    )


def _parts(
    connection: Connection, table: Table, kind: type[KeptPart], ids: Sequence[int] | None
) -> Mapping[int, list[KeptPart]]:
    asked = select(table).order_by(table.c.id)
    found: dict[int, list[KeptPart]] = {}
    names = [one.name for one in fields(kind)]
    for row in connection.execute(asked if ids is None else asked.where(table.c.session_id.in_(ids))).mappings():
        values = {name: row[name] for name in names}
        if "level" in values:
            values["level"] = Level(values["level"])
        found.setdefault(row["session_id"], []).append(kind(**values))
    return found


def _as_text(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds")


def _offset_s(when: datetime) -> int:
    return round((when.replace(tzinfo=UTC) - when).total_seconds())


def _as_time(when_utc: str, offset_s: int) -> datetime:
    return datetime.fromisoformat(when_utc).astimezone(timezone(timedelta(seconds=offset_s)))
