"""What the stretches on the back have in common: their shape, how far the leg goes and who holds it."""

from __future__ import annotations

from typing import Final

import numpy as np

from formcheck.core.measures import Measures
from formcheck.core.poses import Bools, Ints
from formcheck.core.quantity import pick
from formcheck.core.shape import Being, Condition, Shape, Within
from formcheck.core.stretch import Progress
from formcheck.core.uncertainty import Uncertainty
from formcheck.criteria.alignment import alignment
from formcheck.criteria.bound import Bound
from formcheck.criteria.look_alikes import FACE_UP_NOT_DOWN, NOT_ON_THE_SIDE, OTHER_LEG_RESTS, SEEN_FROM_THE_SIDE
from formcheck.criteria.needs import FEET_APART, LEGS_APART_DEG
from formcheck.criteria.quantities import (
    ABOVE_OTHER,
    HAND_TO_TOES,
    HEAD_OFF_FLOOR,
    LEG_OVER_TRUNK,
    LEG_RAISE,
    TRUNK_LEAN,
)
from formcheck.criteria.shared import ON_CLIPS, ON_THE_BACK, OWN, TRIED

LEG_ERROR_DEG: Final = 5.0
LOWEST_RAISE_DEG: Final = 15.0  # a first raise after an injury
FARTHEST_RAISE_DEG: Final = 180.0 + LEG_ERROR_DEG  # the foot on the floor behind the head
RAISED_METER_DEG: Final = (0.0, 175.0)
OTHER_KNEE_LONG_DEG: Final = 135.0  # on rendered clips: a leg that lies long from here on, one with the foot down below
LOWER_THE_LEG: Final = "Lower the leg until the knee is straight"

HEAD_LIFTED_DEG: Final = 28.0  # from here on the head does not rest

HEAD_DOWN = alignment(
    id="head-down",
    title="Head down",
    of=HEAD_OFF_FLOOR,
    too_high=Bound(ok=25.0, hint=HEAD_LIFTED_DEG, settable=(5.0, 80.0), cue="Rest your head on the floor"),
    error=Uncertainty(held=13.0, turned=27.0),  # of all who lie, up to 20 degrees of yaw and beyond
    note="Measured between shoulder and ear.",
    source=ON_CLIPS,
)


_OTHER_LOW_DEG: Final = 50.0
OTHER_LEG_LOW: Final = Within(words="the other leg low", of=LEG_RAISE.on("other"), high=_OTHER_LOW_DEG, source=OWN)
ONE_LEG_HIGHER: Final = Within(
    words="one leg clearly higher than the other", of=ABOVE_OTHER, low=LEGS_APART_DEG, source=OWN
)
_STRAIGHT_DEG, _BENT_DEG = 150.0, 125.0


def _foot_on_a_wall(measures: Measures, stretched: Ints) -> Bools:
    """(T,) whether the other knee is bent and its foot up, clearly below that of a straight leg."""
    knee_deg, other_deg = pick(measures.knee_deg, stretched), pick(measures.knee_deg, 1 - stretched)
    return np.asarray((knee_deg >= _STRAIGHT_DEG) & (other_deg < _BENT_DEG) & (measures.foot_above >= FEET_APART))


def _other_low_or_on_a_wall(measures: Measures, stretched: Ints) -> Bools:
    on_floor = OTHER_LEG_LOW.holds(measures, stretched) & ONE_LEG_HIGHER.holds(measures, stretched)
    return on_floor | _foot_on_a_wall(measures, stretched)


OTHER_LOW_OR_ON_A_WALL: Final = Being(
    words="the other leg low, or bent with its foot on a wall", of=_other_low_or_on_a_wall, essential=False
)


def lying_with_a_leg_up(*other: Condition, flat_deg: float) -> Shape:
    """On the back, the trunk at most that far off the floor, one leg up and the `other` one as these say."""
    far = Within(
        words="one leg up", less="that leg less far over you", of=LEG_RAISE, low=LOWEST_RAISE_DEG,
        high=FARTHEST_RAISE_DEG, source=OWN,
    )  # fmt: skip
    return Shape.of(
        ON_THE_BACK,
        Within(words="trunk flat", of=TRUNK_LEAN, low=90.0 - flat_deg, high=90.0 + flat_deg, source=OWN),
        far,
        # Where a leg seems to lie under the trunk, somebody sits and folds over it.
        Within(words="that leg over your trunk, not under it", of=LEG_OVER_TRUNK, low=-LEG_ERROR_DEG, source=TRIED),
        *other,
    )


def clearly_lying(*, other_long: bool) -> tuple[Condition, ...]:
    """What else must be so to say that it is a stretch on the back, and no bridge and no exercise."""
    return (
        Within(words="hips on the floor", of=TRUNK_LEAN, low=65.0, high=112.0, source=TRIED),
        NOT_ON_THE_SIDE,
        FACE_UP_NOT_DOWN,
        SEEN_FROM_THE_SIDE,
        OTHER_LEG_RESTS,
    ) + ((Within(words="the other leg down", of=LEG_RAISE.on("other"), high=35.0, source=TRIED),) if other_long else ())


# Calculated: along the leg the ankle is a foot of 0.2 leg lengths below the toes and the knee a shank of 0.49 more; a
# hand is at the toes over more than half the foot, and at the ankle a hand's breadth of 0.1 to either side.
HOLDS_AT: Final = ((0.12, "toes"), (0.3, "ankle"), (0.69, "calf"))
STRAP_DEG: Final = 10.0  # on rendered clips: straps 2 to 5, hands behind the thigh 20 and more
HELD_KNEE_BENT_DEG: Final = 145.0  # the leg is held up, not raised: below this the raised knee is a warning
# Own choice: a straight leg that comes so far needs no strap, and arms held out reach for the toes.
STIFF_DEG: Final = 70.0


def _brought_up(measures: Measures, stretched: Ints) -> Bools:
    """(T,) whether hands bring the leg up: on the calf of a leg whose knee stays bent, or by a strap.

    Arms at a strap look like arms that reach for the toes, so they are that only with a leg that is bent or stays low,
    and with the head down, which whoever reaches for the foot without a strap lifts.
    """
    knee_deg, hand = pick(measures.knee_deg, stretched), measures.hand_to_toes
    stiff = (pick(measures.leg_deg, stretched) < STIFF_DEG) | (knee_deg < HELD_KNEE_BENT_DEG)
    on_calf = (hand >= HOLDS_AT[1][0]) & (hand < HOLDS_AT[2][0]) & (knee_deg < HELD_KNEE_BENT_DEG)
    at_strap = stiff & (measures.strap_deg < STRAP_DEG) & (measures.head_deg < HEAD_LIFTED_DEG)
    return np.asarray(on_calf | at_strap)


BROUGHT_UP = Being(words="a strap brings up a low or bent leg, or a hand on the calf a bent one", of=_brought_up)
RAISED_BY_ITSELF = Being(
    words="no strap brings up a low or bent leg, and no hand on the calf a bent one",
    of=lambda measures, leg: ~_brought_up(measures, leg),
)


RAISE_BANDS_DEG: Final = (80.0, 90.0)  # published bands of the straight leg raise, the ends in the middle one
PAST_HEAD_DEG: Final = 150.0  # calculated: the ear is 0.86 leg lengths from the hip, of which the ankle covers cos 30


def describe_raise(value: float) -> str:
    """The band of the straight leg raise that a value in degrees lies in; a low one is no worse for it."""
    low, high = RAISE_BANDS_DEG
    if value < low:
        return "any height is a good stretch"
    if value >= PAST_HEAD_DEG:
        return f"above {high:g} degrees, the foot past the head"
    return f"{low:g} to {high:g} degrees" if value <= high else f"above {high:g} degrees"


def describe_hand(value: float) -> str:
    """What of the leg a hand is level with that is so many leg lengths below the toes."""
    part = next((part for most, part in HOLDS_AT if value < most), "thigh")
    return f"hand at the {part}" if part == "toes" else f"hand level with the {part}"


RAISE_PROGRESS: Final = Progress(name="raise", of=LEG_RAISE, best="highest", error=3.0, describe=describe_raise)
HAND_TO_TOES_ERROR: Final = 0.12  # the largest of seven rendered holds
HAND_PROGRESS: Final = Progress(
    name="hand to toes", of=HAND_TO_TOES, best="lowest", error=HAND_TO_TOES_ERROR, describe=describe_hand
)
