"""Several stretches in one recording: a session each."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from formcheck.core.feedback import Alert, CameraView, Hold, Provenance, Report, Section
from formcheck.core.rules import Level
from formcheck.core.side import Side
from formcheck.history import location, remember, remember_file
from formcheck.history.store import Store
from formcheck.history.weeks import pointed_out, weeks_of
from tests.figures import SOURCE
from tests.history.sessions import WHEN


def section(stretch: str, start_s: float, side: Side = "left") -> Section:
    """A run of a stretch with one hold of 10 s and one fault in it."""
    hold = Hold(start_s=start_s, end_s=start_s + 10.0, held_s=10.0, target_s=30.0, side=side)
    alert = Alert(
        rule="no-bounce", level=Level.WARN, start_s=start_s + 2.0, end_s=start_s + 5.0, measure="swing", value=7.0,
        limit=4.0, unit="deg", message="Stop bouncing",
    )  # fmt: skip
    return Section(
        stretch=stretch, side=side, start_s=start_s, end_s=start_s + 10.0, confidence=0.9, holds=(hold,), rules=(),
        alerts=(alert,), progress=(),
    )  # fmt: skip


def film(*sections: Section) -> Report:
    """The report of a recording of these; what stands beside `stretch` is of the first and all runs like it."""
    alike = [one for one in sections if one.stretch == sections[0].stretch]
    return Report(
        source=SOURCE, frames_with_person=900, stretch=sections[0].stretch, chosen_by="recognised", confidence=0.9,
        side="left", view=CameraView(facing="left", yaw_deg=0.0, usable=True, advice=None),
        holds=tuple(hold for one in alike for hold in one.holds), rules=(),
        alerts=tuple(alert for one in alike for alert in one.alerts), progress=(), prompts=(), notes=(),
        sections=sections,
    )  # fmt: skip


def kept() -> list[tuple[str, float]]:
    return sorted(((one.stretch, one.start_s) for one in Store(location()).sessions()), key=lambda one: one[1])


def test_each_run_of_a_stretch_is_a_session_and_each_hold_is_kept_once() -> None:
    store = Store(location())
    store.switch(on=True)
    remember([film(section("supine", 5.0), section("bench", 30.0), section("supine", 60.0))], when=WHEN, key="file:1")
    assert kept() == [("supine", 5.0), ("bench", 30.0), ("supine", 60.0)]
    assert [len(one.holds) for one in store.sessions()] == [1, 1, 1]
    assert [one.alerts[0].start_s for one in store.sessions()] == [7.0, 32.0, 62.0]


def test_runs_of_a_stretch_in_one_recording_count_as_one_session_of_the_week() -> None:
    store = Store(location())
    store.switch(on=True)
    remember([film(section("supine", 5.0), section("bench", 30.0), section("supine", 60.0))], when=WHEN, key="file:1")
    remember([film(section("supine", 5.0))], when=WHEN + timedelta(hours=1), key="file:2")
    (week,) = weeks_of(store.sessions())
    assert [(one.stretch, one.sessions) for one in week.stretches] == [("bench", 1), ("supine", 2)]
    (left,) = week.stretches[1].sides
    assert (left.holds, left.held_s) == (3, 30.0)
    assert [(one.stretch, one.sessions, one.times) for one in pointed_out(store.sessions())] == [
        ("supine", 2, 3),
        ("bench", 1, 1),
    ]


def test_the_recording_of_a_live_session_replaces_both_stretches_by_both() -> None:
    store = Store(location())
    store.switch(on=True)
    live = film(section("supine", 5.0), section("bench", 30.0))
    remember([live], when=WHEN, key="live:1", also=["file:poses"])
    numbers = {one.stretch: one.id for one in store.sessions()}
    # As the recording tells it, a little later, and with the bench run found first.
    again = film(section("bench", 30.2), section("supine", 5.1))
    line = remember([replace(again, source=replace(SOURCE, kind="poses"))], when=WHEN, key="file:poses")
    assert line is not None and "replaced in" in line
    assert kept() == [("supine", 5.1), ("bench", 30.2)]
    assert {one.stretch: one.id for one in store.sessions()} == numbers
    assert {one.key for one in store.sessions()} == {"live:1"}


def test_a_recording_with_another_run_than_before_adds_it(tmp_path) -> None:
    store = Store(location())
    store.switch(on=True)
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"pictures")
    told = Provenance(formcheck="1", recorded_at=(WHEN - timedelta(days=9)).isoformat())
    remember_file(replace(film(section("supine", 5.0)), provenance=told), clip)
    remember_file(replace(film(section("supine", 5.0), section("bench", 30.0)), provenance=told), clip)
    assert kept() == [("supine", 5.0), ("bench", 30.0)]
    assert {one.when for one in store.sessions()} == {WHEN - timedelta(days=9)}
    remember_file(replace(film(section("bench", 30.0)), provenance=told), clip)
    assert kept() == [("bench", 30.0)]
