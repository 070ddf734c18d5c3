"""What a pose model saw: people in one picture, and one followed person over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

import numpy as np
import numpy.typing as npt

from formcheck.core import landmarks
from formcheck.core.arrays import (
    Bools,
    Floats,
    Ints,
    PerFrame,
    PerFrameBool,
    PerFrameInt,
    Shaped,
    check_arrays,
)
from formcheck.core.picture_quality import UNKNOWN_QUALITY, PictureQuality

__all__ = ["Body", "Bools", "Floats", "Ints", "Picture", "Pose", "PoseBlock", "PoseFrame", "SourceInfo", "SourceKind"]

SourceKind = Literal["video", "photo", "camera", "poses"]


PROFILE_SHAPE: Final = (2, 27)


def unknown_profile() -> Floats:
    """The profile of a trunk whose outline nobody looked at."""
    return np.full(PROFILE_SHAPE, np.nan)


def unknown_confidence() -> Floats:
    """The confidence of points whose engine tells none."""
    return np.full(landmarks.COUNT, np.nan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One upright picture of a source, at `t_s` seconds after the first.

    rgb             (h, w, 3) bytes, maybe made smaller than the source's own size ...
    width, height   ... which is this, with square pixels.
    """

    index: int
    t_s: float
    rgb: npt.NDArray[np.uint8]
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pose:
    """One person in one picture.

    points_px   (33, 2) x to the right, y down, in pixels of the upright picture; may lie outside of it.
    depth_px    (33,) MediaPipe's depth relative to the hips, nearer is negative; coarse.
    visibility  (33,) 0 to 1, the model's own guess that the point is not hidden.
    profile_px  (2, 27) outline of the trunk, see `geometry.silhouette`; NaN where unknown.
    confidence  (33,) 0 to 1, how sure the engine is of where the point lies; NaN where it does not tell.
    """

    points_px: Annotated[Floats, Shaped(each=(landmarks.COUNT, 2))]
    depth_px: Annotated[Floats, Shaped(each=(landmarks.COUNT,))]
    visibility: Annotated[Floats, Shaped(each=(landmarks.COUNT,))]
    profile_px: Annotated[Floats, Shaped(each=PROFILE_SHAPE)] = field(default_factory=unknown_profile)
    confidence: Annotated[Floats, Shaped(each=(landmarks.COUNT,))] = field(default_factory=unknown_confidence)

    def __post_init__(self) -> None:
        check_arrays(self)
        for got in (self.points_px, self.depth_px, self.visibility, self.profile_px, self.confidence):
            got.flags.writeable = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PoseFrame:
    """All the people of one picture; `t_s` is the source's own time stamp in seconds from its first frame."""

    index: int
    t_s: float
    width: int
    height: int
    people: tuple[Pose, ...]
    quality: PictureQuality = UNKNOWN_QUALITY


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PoseBlock:
    """All the people of T frames that follow each other, as arrays: N poses, those of frame i from `first[i]` on.

    index        (T,) number of the frame in its source.
    t_s          (T,) seconds.
    first        (T + 1,) rows: frame i has the poses `first[i]` up to, but without, `first[i + 1]`.
    points_px    (N, 33, 2), depth_px (N, 33), visibility (N, 33), profile_px (N, 2, 27), confidence (N, 33) as in
                 `Pose`, each in pixels of its own frame's picture.
    picture_px   (T, 2) width and height of each frame's picture.
    quality      (T, 5) as `PictureQuality` has it, in its order.
    """

    index: PerFrameInt
    t_s: PerFrame
    first: Annotated[Ints, Shaped("t_s", more=1)]
    points_px: Annotated[Floats, Shaped("points_px", (landmarks.COUNT, 2))]
    depth_px: Annotated[Floats, Shaped("points_px", (landmarks.COUNT,))]
    visibility: Annotated[Floats, Shaped("points_px", (landmarks.COUNT,))]
    profile_px: Annotated[Floats, Shaped("points_px", PROFILE_SHAPE)]
    confidence: Annotated[Floats, Shaped("points_px", (landmarks.COUNT,))]
    picture_px: Annotated[Ints, Shaped("t_s", (2,))]
    quality: Annotated[Floats, Shaped("t_s", (len(UNKNOWN_QUALITY),))]

    def __post_init__(self) -> None:
        check_arrays(self)

    @classmethod
    def of(cls, frames: PoseBlock | Sequence[PoseFrame]) -> PoseBlock:
        """The block of these frames; a block is given back as it is."""
        if isinstance(frames, PoseBlock):
            return frames
        people = [pose for frame in frames for pose in frame.people]
        count = len(people)
        return cls(
            index=np.array([frame.index for frame in frames], dtype=np.int64),
            t_s=np.array([frame.t_s for frame in frames], dtype=float),
            first=np.cumsum([0, *(len(frame.people) for frame in frames)]),
            points_px=np.array([pose.points_px for pose in people]).reshape(count, landmarks.COUNT, 2),
            depth_px=np.array([pose.depth_px for pose in people]).reshape(count, landmarks.COUNT),
            visibility=np.array([pose.visibility for pose in people]).reshape(count, landmarks.COUNT),
            profile_px=np.array([pose.profile_px for pose in people]).reshape(count, *PROFILE_SHAPE),
            confidence=np.array([pose.confidence for pose in people]).reshape(count, landmarks.COUNT),
            picture_px=np.array([(frame.width, frame.height) for frame in frames], dtype=np.int64).reshape(-1, 2),
            quality=np.array([frame.quality for frame in frames], dtype=float).reshape(-1, len(UNKNOWN_QUALITY)),
        )

    def frames(self) -> Iterator[PoseFrame]:
        """The same, frame by frame."""
        for i in range(len(self)):
            people = tuple(
                Pose(
                    points_px=self.points_px[row].copy(),
                    depth_px=self.depth_px[row].copy(),
                    visibility=self.visibility[row].copy(),
                    profile_px=self.profile_px[row].copy(),
                    confidence=self.confidence[row].copy(),
                )
                for row in range(self.first[i], self.first[i + 1])
            )
            width, height = self.picture_px[i].tolist()
            yield PoseFrame(
                index=int(self.index[i]),
                t_s=float(self.t_s[i]),
                width=width,
                height=height,
                people=people,
                quality=PictureQuality(*self.quality[i].tolist()),
            )

    def __len__(self) -> int:
        return len(self.t_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInfo:
    """Where pictures or poses come from. What is not known is None.

    recorded_at    when it was recorded, ISO 8601 with the UTC offset; `recorded_from` is how that is known. A pose
                   recording tells it of what it was made from.
    """

    name: str
    kind: SourceKind
    width: int
    height: int
    fps: float | None
    frames: int | None = None
    duration_s: float | None = None
    still: bool = False
    recorded_at: str | None = None
    recorded_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Body:
    """The followed person over T frames, left and right repaired; NaN where nobody was seen.

    t_s          (T,) seconds.
    points_px    (T, 33, 2) smoothed; `raw_px` the same unsmoothed, for what smoothing hides.
    depth_px     (T, 33).
    visibility   (T, 33).
    trust        (T, 33) how likely the joints of the limbs are right, see `geometry.trust`; NaN where not known.
    picture_px   (T, 2) width and height of each frame's picture; all pixels here are those of their own frame.
    facing       (T,) +1 the toes (lying: the feet; seated: the legs) point to the right, -1 to the left, 0 not known.
    own_leg_px   (T,) the person's own leg length as learnt so far, NaN while not known.
    fps          (T,) pictures a second over about the last second, with nobody in them too; NaN while not known.
    profile      (T, 2, 27) outline of the trunk in lengths of the trunk line, see `geometry.silhouette`.
    helper       (T,) how sure it is that somebody else holds the raised leg, 0 to 1; from a half on somebody does.
    tremor       (T, 8) speed of shoulders, hips, knees and ankles between 4 and 10 Hz, leg lengths a second; NaN
                 where that cannot be told.
    jumpy        (T,) share of the last second in which a joint jumped away and back as no body can, 0 to 1.
    spoilt       (T,) `Reason` codes: what spoils the picture as a whole, with nobody in it too.
    poor         (T,) `Reason` codes: what should be better about it, also where it is not spoilt by that.
    camera_moves (T,) whether the camera itself moves.
    """

    t_s: PerFrame
    points_px: Annotated[Floats, Shaped("t_s", (landmarks.COUNT, 2))]
    raw_px: Annotated[Floats, Shaped("t_s", (landmarks.COUNT, 2))]
    depth_px: Annotated[Floats, Shaped("t_s", (landmarks.COUNT,))]
    visibility: Annotated[Floats, Shaped("t_s", (landmarks.COUNT,))]
    trust: Annotated[Floats, Shaped("t_s", (landmarks.COUNT,))]
    picture_px: Annotated[Ints, Shaped("t_s", (2,))]
    facing: PerFrame
    own_leg_px: PerFrame
    fps: PerFrame
    profile: Annotated[Floats, Shaped("t_s", PROFILE_SHAPE)]
    helper: PerFrame
    tremor: Annotated[Floats, Shaped("t_s", (len(landmarks.TREMOR_JOINTS),))]
    jumpy: PerFrame
    spoilt: PerFrameInt
    poor: PerFrameInt
    camera_moves: PerFrameBool

    def __post_init__(self) -> None:
        check_arrays(self)

    def __len__(self) -> int:
        return len(self.t_s)
