"""Where an engine is asked to look, and what is made of its answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from formcheck.core.poses import Pose
from formcheck.pose import mirror_pass
from formcheck.pose.engine import Found, Place
from formcheck.pose.looking import PoseLooker
from formcheck.pose.port import Looked
from formcheck.pose.regions import Region
from tests.figures import LEFT, kneeling, lying, upright, with_hands_at
from tests.pose.made_up import HEIGHT, WIDTH, MadeUpEngine, found, picture

SURE, UNSURE = np.full(33, 0.9), np.full(33, 0.2)
HERE, THERE = Region(30.0, 30.0, 40.0, 0.1), Region(60.0, 30.0, 40.0, -0.2)
# Made for pictures of 854 pixels, as figures are; these are of 160.
SMALLER = WIDTH / 854


def small(pose: Pose, confidence: np.ndarray = SURE) -> Pose:
    return replace(pose, points_px=pose.points_px * SMALLER, confidence=confidence)


STANDING = small(upright().pose())
BESIDE = small(upright().pose(shift_px=(200.0, 0.0)))
LYING = small(lying(80.0, stretched=LEFT).pose())
CROUCHING = small(kneeling(15.0).pose(shift_px=(150.0, 0.0)))


def mirrored(one: Found) -> Found:
    """The same as a look at the mirror image finds them."""
    place = one.place and Place(one.place.region.mirrored(WIDTH), one.place.own.mirrored(WIDTH))
    return Found(mirror_pass.unmirrored(one.pose, WIDTH), place)


def kept(looked: Looked) -> tuple[Place, ...]:
    """The places of the key picture that are still held to, without where people are now."""
    return tuple(place._replace(now=None) for place in looked.places)


def points_of(looked: Looked) -> list[np.ndarray]:
    return [pose.points_px for pose in looked.frame.people]


def again(
    engine: MadeUpEngine, looker: PoseLooker, places: Sequence[Place], t_s: float = 1 / 30
) -> tuple[Looked, list[str]]:
    """A look at those places, and what was asked for it."""
    engine.lately()
    looked = looker.estimate(picture(1, t_s), places)
    return looked, engine.asked


def test_without_places_the_whole_picture_is_looked_at() -> None:
    engine = MadeUpEngine(lambda _: [found(STANDING, HERE), found(BESIDE, THERE)])
    looked = PoseLooker(engine).estimate(picture(3))
    assert engine.asked == ["look"]
    assert (looked.frame.index, looked.frame.t_s, looked.frame.width, looked.frame.height) == (3, 0.1, WIDTH, HEIGHT)
    assert looked.frame.people == (STANDING, BESIDE)
    assert looked.places == (Place(HERE, HERE), Place(THERE, THERE))


def test_with_places_only_they_are_read() -> None:
    poses = {HERE: STANDING, THERE: BESIDE}
    engine = MadeUpEngine(lambda _: [], lambda _, region: found(poses[region], region))
    places = (Place(THERE, THERE), Place(HERE, HERE))
    looked = PoseLooker(engine).estimate(picture(), places)
    assert engine.asked == ["read", "read"]
    assert looked.frame.people == (BESIDE, STANDING)
    assert kept(looked) == places


def test_nobody_leads_to_another_look() -> None:
    engine = MadeUpEngine(lambda _: [])
    looked = PoseLooker(engine).estimate(picture())
    assert looked.frame.people == looked.places == ()


@pytest.mark.parametrize("gone", [HERE, THERE])
def test_when_somebody_is_not_where_they_were_all_are_looked_for(gone: Region) -> None:
    engine = MadeUpEngine(
        lambda _: [found(STANDING, THERE)], lambda _, region: None if region == gone else found(BESIDE, region)
    )
    looked, asked = again(engine, PoseLooker(engine), [Place(HERE, HERE), Place(THERE, THERE)])
    assert asked[-1] == "look" and "look" not in asked[:-1]
    assert looked.frame.people == (STANDING,)
    assert looked.places == (Place(THERE, THERE),)


def test_two_places_that_turn_out_to_hold_one_person_are_looked_for_anew() -> None:
    engine = MadeUpEngine(lambda _: [found(BESIDE, THERE)], lambda _, region: found(STANDING, region))
    looked, asked = again(engine, PoseLooker(engine), [Place(HERE, HERE), Place(THERE, THERE)])
    assert asked == ["read", "read", "look"]
    assert looked.frame.people == (BESIDE,)


@pytest.mark.parametrize(
    ("own", "left"), [(HERE.moved(3.9, 0.0), False), (HERE.moved(4.1, 0.0), True), (HERE._replace(turn=0.4), True)]
)
def test_whoever_moves_away_is_looked_for_in_the_next_picture(own: Region, *, left: bool) -> None:
    engine = MadeUpEngine(lambda _: [], lambda _, region: found(STANDING, region, own))
    place = Place(HERE, HERE)
    looked, asked = again(engine, PoseLooker(engine), [place])
    assert asked == ["read"]  # in this one they are still seen
    assert looked.frame.people == (STANDING,)
    assert kept(looked) == (() if left else (place,))


def test_small_steps_add_up_and_are_noticed() -> None:
    places: tuple[Place, ...] = (Place(HERE, HERE),)
    for step in range(1, 6):
        own = HERE.moved(1.0 * step, 0.0)
        engine = MadeUpEngine(lambda _: [], lambda _, region, own=own: found(STANDING, region, own))
        looked = PoseLooker(engine).estimate(picture(step), places)
        places = looked.places
        assert kept(looked) == ((Place(HERE, HERE),) if step <= 4 else ())


@pytest.mark.parametrize(
    ("gone", "read_in"),
    [
        (HERE.moved(0.5, -0.3), HERE),  # trembles
        (HERE._replace(turn=0.1 + np.radians(1.5)), HERE),
        (HERE.moved(1.0, 0.5), HERE.moved(1.0, 0.5)),
        (HERE._replace(turn=0.1 + np.radians(5.0)), HERE._replace(turn=0.1 + np.radians(5.0))),
        (HERE._replace(turn=0.1 - np.radians(5.0), size=50.0), HERE._replace(turn=0.1 - np.radians(5.0))),
    ],
)
def test_who_moves_is_followed_and_who_is_still_is_read_in_the_same_region(gone: Region, read_in: Region) -> None:
    asked: list[Region] = []

    def read(_: object, region: Region) -> Found:
        asked.append(region)
        return found(STANDING, region, gone)

    looker = PoseLooker(MadeUpEngine(lambda _: [], read))
    first = looker.estimate(picture(1), [Place(HERE, HERE)])
    looker.estimate(picture(2), first.places)
    assert asked[0] == HERE
    np.testing.assert_allclose(asked[1], read_in, atol=1e-9)


def test_a_place_is_followed_alike_in_the_mirror() -> None:
    place = Place(THERE, HERE, now=HERE.moved(2.0, 1.0)._replace(turn=0.3))
    np.testing.assert_allclose(place.in_mirror(WIDTH).followed(), place.followed().mirrored(WIDTH), atol=1e-9)
    np.testing.assert_allclose(place.moved(7.0, 5.0).followed(), place.followed().moved(7.0, 5.0), atol=1e-9)


@pytest.mark.parametrize("confidence", [SURE, UNSURE])
def test_unsure_legs_are_read_in_the_mirror_too(confidence: np.ndarray) -> None:
    one = found(replace(LYING, confidence=confidence), HERE)
    other = found(small(lying(82.0, stretched=LEFT).pose(), confidence), HERE)
    engine = MadeUpEngine(lambda _: [], lambda there, _: mirrored(other) if there else one)
    looked, asked = again(engine, PoseLooker(engine), [Place(HERE, HERE)])
    if confidence is SURE:
        assert asked == ["read"]
        assert looked.frame.people == (one.pose,)
    else:
        assert asked == ["read", "read mirrored"]
        assert engine.regions == [HERE, HERE.mirrored(WIDTH)]
        np.testing.assert_allclose(points_of(looked)[0], (one.pose.points_px + other.pose.points_px) / 2, atol=0.02)
    assert kept(looked) == (Place(HERE, HERE),)


def test_of_a_helper_nothing_is_read_twice() -> None:
    unsure = found(replace(LYING, confidence=UNSURE), HERE)
    helper = found(replace(CROUCHING, confidence=UNSURE), THERE)
    engine = MadeUpEngine(
        lambda _: [],
        lambda there, region: mirrored(unsure) if there else (unsure if region == HERE else helper),
    )
    looked, asked = again(engine, PoseLooker(engine), [Place(THERE, THERE), Place(HERE, HERE)])
    assert asked == ["read", "read", "read mirrored"]
    assert engine.regions[-1] == HERE.mirrored(WIDTH)
    assert len(looked.frame.people) == 2


@pytest.mark.parametrize("what", ["nobody", "somebody else"])
def test_a_mirror_that_shows_something_else_changes_nothing(what: str) -> None:
    unsure = found(replace(LYING, confidence=UNSURE), HERE)
    there = None if what == "nobody" else mirrored(found(BESIDE, HERE))
    engine = MadeUpEngine(lambda _: [], lambda is_there, _: there if is_there else unsure)
    looked, asked = again(engine, PoseLooker(engine), [Place(HERE, HERE)])
    assert asked == ["read", "read mirrored"]
    assert looked.frame.people == (unsure.pose,)


def test_who_is_found_only_in_the_mirror_is_read_there_from_then_on() -> None:
    crouching, lies = found(CROUCHING, THERE), found(LYING, HERE)
    engine = MadeUpEngine(lambda there: [mirrored(lies)] if there else [crouching])
    looker = PoseLooker(engine)
    looked = looker.estimate(picture())
    assert engine.lately() == ["look", "look mirrored"]
    assert looked.places == (Place(THERE, THERE), Place(HERE, HERE, mirrored=True))
    np.testing.assert_allclose(points_of(looked)[1], LYING.points_px, atol=0.01)

    engine = MadeUpEngine(lambda _: [], lambda there, _: mirrored(lies) if there else crouching)
    after, asked = again(engine, PoseLooker(engine), looked.places)
    assert asked == ["read", "read mirrored"]
    assert engine.regions == [THERE, HERE.mirrored(WIDTH)]
    assert kept(after) == looked.places
    np.testing.assert_allclose(points_of(after)[1], LYING.points_px, atol=0.01)


def test_who_is_found_only_in_the_mirror_is_read_in_the_picture_where_their_legs_are_unsure() -> None:
    lies = found(replace(LYING, confidence=UNSURE), HERE)
    engine = MadeUpEngine(lambda _: [], lambda there, _: mirrored(lies) if there else lies)
    place = Place(HERE, HERE, mirrored=True)
    looked, asked = again(engine, PoseLooker(engine), [place])
    assert asked == ["read mirrored", "read"]
    assert kept(looked) == (place,)


def test_a_helper_of_the_closer_look_is_followed_at_their_place_in_the_picture() -> None:
    # In a whole picture the helper is missed; the part around the raised leg shows them at other coordinates.
    engine = MadeUpEngine(lambda _: [found(LYING, HERE)])
    looker = PoseLooker(engine)
    looker.estimate(picture())
    assert engine.lately() == ["look", "closer"]

    helper = small(with_hands_at(kneeling(15.0).pose(shift_px=(95.0, -20.0), facing=-1), LYING.points_px[27] / SMALLER))
    left, top = where_the_part_begins()
    there = replace(helper, points_px=helper.points_px - (left, top))
    engine = MadeUpEngine(lambda _: [found(LYING, HERE)], closer=[found(there, THERE.moved(-left, -top))])
    looked = PoseLooker(engine).estimate(picture())
    assert engine.asked == ["look", "closer"]
    np.testing.assert_allclose(points_of(looked)[1], helper.points_px, atol=0.01)
    assert looked.places[1].region == pytest.approx(THERE)
    assert looked.places[1].own == pytest.approx(THERE)

    poses = {HERE: LYING, looked.places[1].region: helper}
    engine = MadeUpEngine(lambda _: [], lambda _, region: found(poses[region], region))
    after, asked = again(engine, PoseLooker(engine), looked.places)
    assert asked == ["read", "read"]  # nobody looks closer between two looks at the whole
    assert kept(after) == looked.places


def where_the_part_begins() -> tuple[float, float]:
    from formcheck.pose import closer_look

    part = closer_look.wanted([LYING], picture())
    assert part is not None
    return part.left, part.top


def test_an_engine_without_places_looks_at_every_picture_as_a_whole() -> None:
    engine = MadeUpEngine(lambda _: [Found(STANDING, None), Found(BESIDE, None)])
    looker, places = PoseLooker(engine), ()
    for i in range(3):
        looked = looker.estimate(picture(i), places)
        places = looked.places
        assert looked.frame.people == (STANDING, BESIDE)
    assert engine.asked == ["look"] * 3
    assert places == ()


def test_it_is_closed_with_its_looker() -> None:
    engine = MadeUpEngine(lambda _: [])
    with PoseLooker(engine) as looker:
        assert looker.model_id == "made up:1"
        assert not engine.closed
    assert engine.closed
