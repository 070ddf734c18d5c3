"""Which stretches can have the same body, shown on a grid of bodies built by geometry."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.rules import Target
from formcheck.kinematics.measurer import Measurer
from formcheck.stretches import all_stretches, by_slug
from formcheck.tracking.body import BodyTracker
from tests.figures import Figure, folded, frame, kneeling, lying, on_one_leg, seated_forward_fold

# The same position, told apart by one condition each: the other knee or a helper, and the standing knee.
SHARE_A_POSITION = {
    frozenset({"supine", "beginner-supine"}),
    frozenset({"supine", "partner"}),
    frozenset({"beginner-supine", "partner"}),
    frozenset({"bench", "bench-squat"}),
    # A foot put a step forward and half a hip high: which of them it is, is left open there.
    frozenset({"standing", "bench"}),
    frozenset({"standing", "bench-squat"}),
}


def bodies() -> Iterator[tuple[str, Figure]]:
    """Lying, on one leg, folded, sitting and kneeling, over the range of every joint that a shape looks at."""
    for raised, knee, other, other_knee, trunk_up in itertools.product(
        (0, 20, 45, 80, 120, 145, 170), (95, 112, 118, 176), (-6, 48), (80, 130, 140, 176), (0, 32)
    ):
        named = {"other_deg": other, "other_knee_deg": other_knee, "trunk_up_deg": trunk_up}
        yield f"lying({raised}, {knee}, {named})", lying(raised, knee, **named)
    for trunk, raised, knee, support in itertools.product(
        (0, 10, 15, 18, 25, 45, 70, 100),
        (-90, -80, -70, -62, -55, -48, -40, -25, -8, 10, 40),
        (112, 120, 176),
        (80, 112, 155, 165),
    ):
        figure = on_one_leg(trunk, raised, knee, support_knee_deg=support)
        yield f"on_one_leg({trunk}, {raised}, {knee}, support_knee_deg={support})", figure
    for trunk, knee, setback in itertools.product(range(0, 160, 10), (95, 115, 140, 176), (0.0, 0.12, 0.25)):
        yield f"folded({trunk}, {knee}, {setback})", folded(trunk, knee, setback)
    for trunk, knee, other_knee in itertools.product(range(0, 101, 20), (80, 130, 176), (80, 130, 176)):
        yield f"seated_forward_fold({trunk}, {knee}, {other_knee})", seated_forward_fold(trunk, knee, other_knee)
    for trunk, thigh in itertools.product(range(0, 101, 20), (90, 120, 150)):
        yield f"kneeling({trunk}, {thigh})", kneeling(trunk, thigh)


@cache
def grid() -> Measures:
    """The measures of each body as a single picture shows it, first alone, then with a helper."""
    rows = [Measurer().extend(BodyTracker().extend([frame(0, 0.0, body.pose())])) for _, body in bodies()]
    alone = Measures.joined(rows)
    return Measures.joined([alone, replace(alone, helper=np.ones(len(alone)))])


def test_no_body_is_claimed_twice() -> None:
    claims = {one.slug: one.claims(grid(), Target()) for one in all_stretches()}
    for first, second in itertools.combinations(claims, 2):
        both = np.flatnonzero(claims[first] & claims[second])
        names = [name for name, _ in bodies()]
        assert len(both) == 0, f"{first} and {second} both claim {names[both[0] % len(names)]} and {len(both) - 1} more"
    for slug, claimed in claims.items():
        # Of a stretch that claims hardly anything this would say nothing.
        assert claimed.sum() >= 20, f"{slug} claims {claimed.sum()} of the bodies: add some that do it to bodies()"


def test_only_these_share_a_position() -> None:
    positions = {one.slug: one.in_position(grid(), Target()) for one in all_stretches()}
    sharing = {
        frozenset(pair)
        for pair in itertools.combinations(positions, 2)
        if (positions[pair[0]] & positions[pair[1]]).any()
    }
    assert sharing == SHARE_A_POSITION


def test_a_squat_that_is_too_deep_stays_a_bench_squat() -> None:
    """Its own warning must be heard: a deep squat looks much like sitting."""
    stretch = by_slug("bench-squat")
    for trunk, raised, support, lean in itertools.product(
        (40, 60, 80), (-25, -10, 0), (50, 55, 60, 70), (-90, -80, -75)
    ):
        body = on_one_leg(trunk, raised, 176, support_deg=lean, support_knee_deg=support)
        measures = Measurer().extend(BodyTracker().extend([frame(0, 0.0, body.pose())]))
        wanted = stretch.position.missing(measures, stretch.stretched(measures, Target()))
        assert wanted in ((), ("one heel or ankle up on something",)), (trunk, raised, support, lean, wanted)
