"""Consent, replacing, deleting, and what of a report is kept."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from formcheck.core.errors import OutputError
from formcheck.core.feedback import Provenance, Report
from formcheck.core.poses import SourceInfo
from formcheck.history import database, key_of, live_key, location, remember, remember_file
from formcheck.history.session import sessions_of
from formcheck.history.store import Store
from tests.figures import LEFT, RIGHT, film, in_and_out, lying
from tests.history.sessions import WHEN, alert, best, hold, session, switched_on
from tests.judged import report_of


@pytest.fixture(scope="module")
def report() -> Report:
    """A leg raise with the left leg, held for 12 s, with a bent knee."""

    def scene(t_s: float):
        depth = in_and_out(t_s)
        return lying(-6.0 + depth * 86.0, 178.0 - depth * 43.0).pose()

    return report_of(film(scene, 17.0), "supine")


def test_nothing_is_kept_and_no_file_made_before_the_user_says_so(report: Report) -> None:
    assert remember([report], when=WHEN, key="file:1") is None
    Store(location()).switch(on=False)
    assert Store(location()).sessions() == ()
    assert not location().parent.exists() or not any(location().parent.iterdir())


def test_once_on_what_was_held_is_kept(report: Report) -> None:
    store = Store(location())
    store.switch(on=True)
    assert "history" in (remember([report], when=WHEN, key="file:1") or "")
    (kept,) = store.sessions()
    assert (kept.stretch, kept.source_kind, kept.source_name) == ("supine", "video", "figure.mp4")
    (held,) = kept.holds
    assert (held.side, held.reached, held.target_s) == ("left", False, 30.0)
    assert held.held_s == report.holds[0].held_s
    (raised,) = kept.best
    assert (raised.name, raised.unit, raised.side) == ("raise", "deg", "left")
    assert raised.value == pytest.approx(80.0, abs=2.0)
    assert [rule.rule for rule in kept.rules] == [rule.id for rule in report.rules]
    assert [(one.rule, one.level) for one in kept.alerts] == [("stretched-knee-straight", "warn")]
    assert kept.alerts[0].lasted_s == report.alerts[0].end_s - report.alerts[0].start_s


def test_a_recording_of_both_sides_keeps_the_best_of_each() -> None:
    def scene(t_s: float):
        second = t_s >= 17.0
        depth = in_and_out(t_s - 17.0 * second)
        return lying(-6.0 + depth * (76.0 if second else 86.0), stretched=RIGHT if second else LEFT).pose()

    (kept,) = sessions_of(report_of(film(scene, 34.0), "supine"), when=WHEN, key="file:1")
    assert [hold.side for hold in kept.holds] == ["left", "right"]
    assert {one.side: one.value for one in kept.best} == {
        "left": pytest.approx(80.0, abs=2.0),
        "right": pytest.approx(70.0, abs=2.0),
    }


def test_a_file_and_its_poses_are_one_session_and_old_as_the_file(report: Report, tmp_path: Path) -> None:
    clip, poses = tmp_path / "clip.mp4", tmp_path / "poses.jsonl.gz"
    clip.write_bytes(b"pictures")
    poses.write_bytes(b"poses")
    report = replace(report, provenance=Provenance(formcheck="1", recorded_at=WHEN.isoformat()))
    assert remember_file(report, clip, poses=poses) is None
    store = Store(location())
    store.switch(on=True)
    assert "added to" in (remember_file(report, clip, poses=poses) or "")
    from_poses = replace(report, source=replace(report.source, name=poses.name, kind="poses"))
    assert "replaced in" in (remember_file(from_poses, poses, poses=tmp_path / "none") or "")
    assert [(one.when, one.source_name) for one in store.sessions()] == [(WHEN, "figure.mp4")]
    store.path.write_bytes(b"damaged" * 100)
    with pytest.raises(OutputError, match="damaged"):
        remember_file(report, clip)


def test_only_its_owner_can_read_the_file(tmp_path: Path) -> None:
    store = switched_on(tmp_path, [session()])
    assert store.path.stat().st_mode & 0o077 == 0


def test_off_stops_adding_and_keeps_what_is_there(tmp_path: Path) -> None:
    store = switched_on(tmp_path, [session()])
    store.switch(on=False)
    assert store.add([session("file:2")]) is None
    assert [one.key for one in store.sessions()] == ["file:1"]


@pytest.mark.parametrize("keeping", [True, False])
def test_deleting_all_leaves_the_consent_as_it_was(tmp_path: Path, *, keeping: bool) -> None:
    store = switched_on(tmp_path, [session()])
    store.switch(on=keeping)
    assert store.delete_all() == 1
    assert (store.sessions(), store.keeping()) == ((), keeping)


def test_photos_and_what_was_not_held_are_no_sessions(report: Report) -> None:
    still = SourceInfo(name="a.jpg", kind="photo", width=10, height=10, fps=None, still=True)
    for other in (replace(report, source=still), replace(report, stretch=None), replace(report, holds=())):
        assert sessions_of(other, when=WHEN, key="file:1") == ()
    with pytest.raises(ValueError, match="UTC offset"):
        sessions_of(report, when=datetime(2026, 3, 4), key="file:1")  # noqa: DTZ001


def test_who_may_look_at_a_network_camera_is_not_kept(report: Report) -> None:
    source = replace(report.source, kind="camera", name="rtsp://me:secret@phone.local:8080/video?token=secret")
    (kept,) = sessions_of(replace(report, source=source), when=WHEN, key=live_key())
    assert kept.source_name == "rtsp://phone.local/video"


def test_a_session_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    when = datetime(2026, 3, 4, 23, 30, 5, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))
    one = session(when=when, holds=(hold("left"), hold("right", 12.0)), best=(best("left", 80.0), best("right", 84.0)))
    store = switched_on(tmp_path, [one])
    (kept,) = store.sessions()
    assert kept == replace(one, id=1)
    assert kept.when.isoformat() == "2026-03-04T23:30:05-03:30"


def test_the_same_recording_is_not_counted_twice(tmp_path: Path) -> None:
    store = switched_on(tmp_path, [session(), session("file:2")])
    again = store.add([session(stretch="partner", alerts=())])
    assert again is not None and again.replaced
    assert {(one.id, one.key, one.stretch) for one in store.sessions()} == {
        (1, "file:1", "partner"),
        (2, "file:2", "supine"),
    }


def test_a_recording_that_was_copied_keeps_its_time(tmp_path: Path) -> None:
    store = switched_on(tmp_path, [session()])
    store.add([session(when=WHEN + timedelta(days=3))])
    assert [one.when for one in store.sessions()] == [WHEN]


def test_its_own_pose_recording_is_the_same_session(tmp_path: Path) -> None:
    store = switched_on(tmp_path)
    store.add([session()], also=["file:poses"])
    store.add([session("file:poses", source_kind="poses", source_name="poses.jsonl.gz", stretch="partner")])
    (kept,) = store.sessions()
    assert (kept.key, kept.source_kind, kept.source_name, kept.stretch) == ("file:1", "video", "evening.mp4", "partner")
    # Looked at again by a newer model it has other poses, and the old ones are still its own.
    store.add([session()], also=["file:other poses"])
    store.add([session("file:poses", source_kind="poses")])
    store.add([session("file:other poses", source_kind="poses")])
    store.add([session()])
    assert len(store.sessions()) == 1


def test_a_live_session_of_two_stretches_is_two_and_replaced_as_a_whole(tmp_path: Path) -> None:
    store = switched_on(tmp_path)
    store.add([session("live:1"), session("live:1", stretch="bench")])
    assert [one.stretch for one in store.sessions()] == ["supine", "bench"]
    store.add([session("live:1", stretch="toe-touch")])
    assert [one.stretch for one in store.sessions()] == ["toe-touch"]


def test_deleting_one_leaves_the_others_and_an_unknown_number_deletes_nothing(tmp_path: Path) -> None:
    store = switched_on(tmp_path, [session(f"file:{i}") for i in range(3)])
    assert store.delete([1, 99]) == (99,)
    assert len(store.sessions()) == 3
    assert store.delete([1, 3]) == ()
    assert [one.id for one in store.sessions()] == [2]
    store.add([session("file:9")])
    assert [one.id for one in store.sessions()] == [2, 4]


def test_deleting_all_gives_back_the_room(tmp_path: Path) -> None:
    store = switched_on(tmp_path)
    empty = store.path.stat().st_size
    store.add([session(source_name="x" * 100_000)])
    store.delete_all()
    assert store.path.stat().st_size <= empty


@pytest.mark.parametrize("everything", [True, False])
def test_what_was_deleted_is_in_no_file_any_more(tmp_path: Path, *, everything: bool) -> None:
    store = switched_on(tmp_path, [session(source_name="a secret place.mp4", alerts=(alert("a-secret-rule"),))])
    assert b"secret" in store.path.read_bytes()
    # Another program has the history open, so that its log stays beside it.
    with contextlib.closing(database.connect(store.path)) as other:
        assert other.execute("SELECT count(*) FROM session").fetchone() == (1,)
        if everything:
            store.delete_all()
        else:
            store.delete([1])
        assert b"secret" not in b"".join(file.read_bytes() for file in tmp_path.iterdir())


def test_a_key_is_the_content_not_the_name(tmp_path: Path) -> None:
    content = os.urandom(3 << 20)
    one, copy, other = tmp_path / "one", tmp_path / "copy", tmp_path / "other"
    one.write_bytes(content)
    copy.write_bytes(content)
    other.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert key_of(one) == key_of(copy) != key_of(other)
    assert live_key() != live_key()
    with pytest.raises(OutputError, match="no such file"):
        key_of(tmp_path / "gone")
