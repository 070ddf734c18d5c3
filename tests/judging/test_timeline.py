from __future__ import annotations

import numpy as np
import pytest

from formcheck.core.rules import Level, Target
from formcheck.core.timeline import Timeline
from formcheck.judging.timeline import TimelineBuilder
from formcheck.kinematics.measurer import Measurer
from formcheck.stretches import by_slug
from formcheck.tracking.body import BodyTracker
from tests.figures import film, folded, in_and_out, lying


def told(slug: str, scene, chunks: int = 1) -> Timeline:
    measures = Measurer().extend(BodyTracker().extend(film(scene, 10.0)))
    stretch = by_slug(slug)
    builder = TimelineBuilder(stretch, Target())
    for rows in np.array_split(np.arange(len(measures)), chunks):
        some = measures.part(int(rows[0]), int(rows[-1]) + 1)
        builder.extend(some, {rule.id: stretch.reading(rule, some, Target()) for rule in stretch.rules if rule.read})
    return builder.finish()


def supine(t_s: float):
    return lying(raise_deg=-6.0 + 86.0 * in_and_out(t_s, 5.0), knee_deg=150.0).pose()


def test_the_timeline_has_the_angle_of_the_stretch_and_a_track_for_every_posture_rule() -> None:
    timeline = told("supine", supine)
    assert (timeline.key.name, timeline.key.unit) == ("leg above the level", "deg")
    assert np.nanmax(timeline.key.value) == pytest.approx(80.0, abs=2.0)
    assert [track.rule_id for track in timeline.tracks] == ["stretched-knee-straight", "other-leg-down", "head-down"]
    knee = timeline.of("stretched-knee-straight")
    assert knee is not None
    assert [(one.level, one.bad_when, one.steady) for one in knee.limits] == [
        (Level.HINT, "below", 158.0),
        (Level.WARN, "below", 145.0),
    ]
    # While both legs lie side by side the knee is not judged, and so not shown.
    assert np.isnan(knee.value[knee.t_s < 0.8]).all()
    assert np.nanmin(knee.value[(knee.t_s > 4) & (knee.t_s < 7)]) == pytest.approx(150.0, abs=2.0)


def test_a_limit_that_moves_with_the_body_is_a_line_over_time() -> None:
    timeline = told("toe-touch", lambda t: folded(1 + 140 * in_and_out(t, 5.0)).pose())
    hips = timeline.of("hips-over-feet")
    assert hips is not None
    hint, warn = hips.limits
    assert (hint.level, warn.level) == (Level.HINT, Level.WARN)
    for limit in (hint, warn):
        assert limit.steady is None
        assert len(limit.t_s) == len(limit.value) > 100
    # A deep fold has no hint, and a shallow one whose weight is on the feet no warning.
    assert (np.isnan(hint.value) | np.isnan(warn.value)).all()


def test_frames_may_come_in_any_chunks() -> None:
    whole, cut = told("supine", supine), told("supine", supine, chunks=13)
    for one, other in zip((whole.key, *whole.tracks), (cut.key, *cut.tracks), strict=True):
        np.testing.assert_array_equal(one.t_s, other.t_s)
        np.testing.assert_array_equal(one.value, other.value)
