"""What is asked of a pose model, so that another one can take its place."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol, Self

from formcheck.core.poses import Picture, PoseFrame


class PoseEstimator(Protocol):
    """Finds people in pictures. Each picture stands for itself, so pictures may be shared out among threads.

    Landmarks are in the order of `core.landmarks`, in pixels of `Picture.width` x `Picture.height`, unsmoothed.
    """

    @property
    def model_id(self) -> str:
        """Name and hash of the model, written into every recording."""
        ...

    def estimate(self, picture: Picture) -> PoseFrame:
        """The people in a picture, at most two, none when nobody is found."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
