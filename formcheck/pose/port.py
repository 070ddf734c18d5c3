"""What is asked of whatever finds people in pictures, so that another one can take its place."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from formcheck.core.poses import Picture, PoseFrame
from formcheck.pose.engine import Place


class Looked(NamedTuple):
    """The people in a picture, and where to look for them in the one after it; nowhere in particular: in all of it."""

    frame: PoseFrame
    places: tuple[Place, ...] = ()


class PoseEstimator(Protocol):
    """Finds people in pictures.

    Landmarks are in the order of `core.landmarks`, in pixels of `Picture.width` x `Picture.height`, unsmoothed.
    """

    @property
    def model_id(self) -> str:
        """Name and hash of the model, written into every recording."""
        ...

    def estimate(self, picture: Picture, places: Sequence[Place] | None = None) -> Looked:
        """The people in a picture, at most two, none when nobody is found: in these places, or anywhere without any.

        Whoever is far away and small is looked for only where `places` is None: in photos, and where a run begins.
        What is found depends on the picture and the places only, so runs of pictures may be shared out among threads.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
