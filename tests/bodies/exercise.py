"""What an exercise is made of: bodies at times, and what may be said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from formcheck.core.poses import PoseFrame, SourceInfo
from tests.bodies.camera import Filming, View, frame
from tests.bodies.skeleton import between, varied
from tests.figures import HEIGHT, WIDTH, ease

FPS = 15.0
FRONT_ALSO = (0.0, 25.0, 45.0, 70.0, 90.0)


@dataclass(frozen=True)
class Exercise:
    """One exercise as somebody does it.

    label     a stretch by its slug, `either SLUG`: that one or none is right, or `other`.
    pose      the body at its deepest, (33, 3); the photo.
    start     the body before and after.
    path      of a film (seconds, body): on the way there for so long; empty: into `pose`, `hold_s`, out.
    photo     what may be said of the photo, where that differs: one picture does not show what moves.
    beside    somebody else in the picture, who keeps still.
    """

    name: str
    label: str
    pose: np.ndarray
    start: np.ndarray
    hold_s: float = 5.0
    way_s: float = 1.8
    path: Sequence[tuple[float, np.ndarray]] = ()
    photo: str | None = None
    height_m: float = 1.0
    back: float = 0.03
    cut: float = 0.0
    beside: np.ndarray | None = None
    yaws: Sequence[float] = FRONT_ALSO

    @property
    def steps(self) -> list[tuple[float, np.ndarray]]:
        if self.path:
            return [(0.8, self.start), *self.path]
        there, back = (self.way_s, self.pose), (self.way_s, self.start)
        return [(0.8, self.start), there, (self.hold_s, self.pose), back, (0.8, self.start)]

    def at(self, t_s: float) -> np.ndarray:
        """(33, 3) the body at a time."""
        before = self.start
        for length_s, after in self.steps:
            if t_s < length_s:
                return between(before, after, ease(t_s, 0.0, length_s))
            before, t_s = after, t_s - length_s
        return before

    @property
    def length_s(self) -> float:
        return sum(length_s for length_s, _ in self.steps)

    def by(self, person: int, off_deg: float = 4.0) -> Exercise:
        """The same by somebody else, who is built otherwise, does it otherwise, and films from another height.

        Person 0 is the one of the book.
        """
        if not person:
            return self
        random = np.random.default_rng(person)
        kept: dict[int, np.ndarray] = {}

        def other(body: np.ndarray) -> np.ndarray:
            if id(body) not in kept:
                kept[id(body)] = varied(body, random, np.random.default_rng(person), off_deg)
            return kept[id(body)]

        return replace(
            self,
            pose=other(self.pose),
            start=other(self.start),
            path=[(length_s, other(body)) for length_s, body in self.path],
            height_m=self.height_m * random.uniform(0.6, 1.4),
        )

    def view(self, yaw_deg: float, facing: int) -> View:
        return View(yaw_deg=yaw_deg, facing=facing, height_m=self.height_m, cut=self.cut)

    def photographed(self, view: View, seed: int = 0) -> list[PoseFrame]:
        beside = [] if self.beside is None else [self.beside]
        filming = Filming(view, [self.pose, *beside], seed)
        return [frame(0, 0.0, *(filming.pose(one, back=self.back) for one in [self.pose, *beside]))]

    def filmed(self, view: View, seed: int = 0, fps: float = FPS) -> list[PoseFrame]:
        beside = [] if self.beside is None else [self.beside]
        filming = Filming(view, [self.start, self.pose, *(body for _, body in self.path), *beside], seed)
        return [
            frame(i, i / fps, *(filming.pose(one, i / fps, back=self.back) for one in [self.at(i / fps), *beside]))
            for i in range(round(self.length_s * fps))
        ]


PHOTO = SourceInfo(name="body.jpg", kind="photo", width=WIDTH, height=HEIGHT, fps=None, still=True)
FILM = SourceInfo(name="body.mp4", kind="video", width=WIDTH, height=HEIGHT, fps=FPS)


def taking_turns(
    first: np.ndarray, second: np.ndarray, each_s: float, times: int, rest_s: float = 0.0
) -> list[tuple[float, np.ndarray]]:
    """From one body to the other and back, `each_s` a way, `rest_s` at each end."""
    rounds = [(each_s, first), *([(rest_s, first)] if rest_s else []), (each_s, second)]
    return [*rounds, *([(rest_s, second)] if rest_s else [])] * times
