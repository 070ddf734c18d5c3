"""What the user asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from formcheck.core.rules import Target
from formcheck.core.side import LEGS
from formcheck.core.stretch import Stretch, of_slug
from formcheck.pose import model_files
from formcheck.stretches import all_stretches

Advance = Callable[[str, int, int | None], None]
"""Told (what is being done, frames done, frames in all or None)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to judge, and which files to write. `stretch` None: recognise which of `stretches` it is.

    `mirrored` pictures show the left leg as the right one, as those of a phone's front camera may. `calibrated` is not
    asked for but follows from the model, see `for_model`.
    """

    stretch: Stretch | None = None
    leg: int | None = None
    target_s: float = 30.0
    mirrored: bool = False
    calibrated: bool = True
    video: bool = True
    page: bool = True
    exports: bool = True
    stretches: tuple[Stretch, ...] = field(default_factory=all_stretches)

    @classmethod
    def asked(
        cls,
        stretches: Sequence[Stretch],
        *,
        hold_s: float,
        stretch: str | None = None,
        side: str | None = None,
        mirrored: bool = False,
        video: bool = True,
        page: bool = True,
        exports: bool = True,
    ) -> Options:
        """The options from words: `stretch` is the slug of one of `stretches`, `side` is left or right.

        Raises ValueError for any other.
        """
        chosen = of_slug(stretch, stretches)
        if stretch is not None and chosen is None:
            slugs = ", ".join(one.slug for one in stretches)
            raise ValueError(f"stretch: expected one of {slugs}, got {stretch!r}")
        if side not in (None, *LEGS):
            raise ValueError(f"side: expected 'left', 'right' or None, got {side!r}")
        return cls(
            stretch=chosen,
            leg=None if side is None else LEGS.index(side),
            target_s=hold_s,
            mirrored=mirrored,
            video=video,
            page=page,
            exports=exports,
            stretches=tuple(stretches),
        )

    def for_model(self, model_id: str) -> Options:
        """The same, for poses of that model as recordings tell it."""
        return replace(self, calibrated=model_files.is_full(model_id))

    def of_slug(self, slug: str | None) -> Stretch | None:
        """The stretch of that name as it is judged here, None for none."""
        return of_slug(slug, self.stretches if self.stretch is None else (self.stretch, *self.stretches))

    @property
    def target(self) -> Target:
        """The leg to look at in the pictures."""
        return Target.of(self.leg, mirrored=self.mirrored)
