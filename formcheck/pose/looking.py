"""From a picture to the people in it: where an engine looks, when it looks again, and what is made of both."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from formcheck.core.poses import Picture, PoseFrame
from formcheck.pose import closer_look, far_people, mirror_pass
from formcheck.pose.engine import Found, Place, PoseEngine
from formcheck.pose.part import Part
from formcheck.pose.port import Looked


class PoseLooker:
    """Finds people with an engine, as `port.PoseEstimator` says. For one thread at a time."""

    def __init__(self, engine: PoseEngine) -> None:
        self.model_id = engine.model_id
        self._engine = engine

    def estimate(self, picture: Picture, places: Sequence[Place] | None = None) -> Looked:
        """The people in a picture, in pixels of its full size; rounded so that a recording holds the same."""
        looks = _Looks(self._engine, picture)
        found = looks.at(places) if places else None
        if found is not None:
            return Looked(_frame(picture, found), _where_next(found, places or ()))
        found = looks.anew() or (looks.far_away() if places is None else ())
        return Looked(_frame(picture, found), _where_next(found, ()))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.close()


def _frame(picture: Picture, found: Sequence[Found]) -> PoseFrame:
    return PoseFrame(
        index=picture.index,
        t_s=picture.t_s,
        width=picture.width,
        height=picture.height,
        people=tuple(one.pose for one in found),
    )


def _where_next(found: Sequence[Found], places: Sequence[Place]) -> tuple[Place, ...]:
    """Where these people are to be read next; nowhere in particular if one of them has moved far away."""
    new = tuple(one.place for one in found if one.place is not None)
    if not places:
        return new
    left = any(place.left_by(one.own) for place, one in zip(places, new, strict=True))
    return () if left else tuple(place._replace(now=one.own) for place, one in zip(places, new, strict=True))


class _Looks:
    """The looks at one picture."""

    def __init__(self, engine: PoseEngine, picture: Picture) -> None:
        self._engine = engine
        self._picture = picture
        self._mirror_image: npt.NDArray[np.uint8] | None = None

    def anew(self) -> tuple[Found, ...]:
        """Everybody who is found anywhere."""
        people = self._engine.look(self._picture.rgb, self._picture.width)
        if mirror_pass.wanted([one.pose for one in people]):
            mirrored = self._engine.look(self._mirrored(), self._picture.width)
            people = mirror_pass.merged(people, [self._unmirrored(one) for one in mirrored])
        part = closer_look.wanted([one.pose for one in people], self._picture)
        if part is not None:
            people = closer_look.added(people, self._engine.look(part.rgb, part.width), part)
        return people

    def far_away(self) -> tuple[Found, ...]:
        """Whoever is too small to be found in the picture as a whole."""
        for parts in far_people.searches(self._picture):
            found = [(part, one) for part in parts for one in self._in_part(part)]
            if found:
                people = far_people.each_once(found)
                places = [one.place for one in people if one.place is not None]
                return self._surer(people, places) if len(places) == len(people) else people
        return ()

    def _in_part(self, part: Part) -> list[Found]:
        """Who is in a part of the picture, read in all of it where that can be done: what the part cuts off, too."""
        people = [part.in_picture(one) for one in self._engine.look(part.rgb, part.width)]
        again = [one if one.place is None else self._read(one.place) for one in people]
        return [one for one in again if one is not None and far_people.is_somebody(one.pose, self._picture)]

    def at(self, places: Sequence[Place]) -> tuple[Found, ...] | None:
        """Who is in these places, in their order; None where somebody is not, or two turn out to be one."""
        found: list[Found] = []
        for place in places:
            one = self._read(place)
            if one is None or any(mirror_pass.same(one.pose, other.pose) for other in found):
                return None
            found.append(one)
        return self._surer(found, places)

    def _surer(self, found: Sequence[Found], places: Sequence[Place]) -> tuple[Found, ...]:
        """People read at these places, those whose legs are unsure as their mirror images say, too."""
        unsure = [place for place, one in zip(places, found, strict=True) if mirror_pass.legs_unsure([one.pose])]
        again = [self._read(place._replace(mirrored=not place.mirrored)) for place in unsure]
        merged = mirror_pass.merged(found, [one for one in again if one is not None])
        return merged if len(merged) == len(found) else tuple(found)

    def _read(self, place: Place) -> Found | None:
        rgb, width = self._picture.rgb, self._picture.width
        if not place.mirrored:
            return self._engine.read(rgb, width, place.followed())
        one = self._engine.read(self._mirrored(), width, place.followed().mirrored(width))
        return one and self._unmirrored(one)

    def _mirrored(self) -> npt.NDArray[np.uint8]:
        if self._mirror_image is None:
            self._mirror_image = np.ascontiguousarray(self._picture.rgb[:, ::-1])
        return self._mirror_image

    def _unmirrored(self, one: Found) -> Found:
        width = self._picture.width
        return Found(mirror_pass.unmirrored(one.pose, width), one.place and one.place.in_mirror(width))
