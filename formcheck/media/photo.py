"""Photos as upright pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from formcheck.core.errors import InputError
from formcheck.core.poses import Picture, SourceInfo
from formcheck.media.recorded import dated


class PhotoFile:
    """A photo, turned upright by its EXIF orientation. Raises InputError when it cannot be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with Image.open(path) as image:
                self._image = ImageOps.exif_transpose(image).convert("RGB")
        except UnidentifiedImageError as error:
            raise InputError(f"{path}: this is no photo that can be read; convert it to JPEG or PNG") from error
        except (OSError, Image.DecompressionBombError) as error:
            raise InputError(f"{path}: the photo is damaged or you may not read it; copy it again") from error
        width, height = self._image.size
        info = SourceInfo(
            name=path.name, kind="photo", width=width, height=height, fps=None, frames=1, duration_s=None, still=True
        )
        self.info = dated(info, path)

    def pictures(self, longest_px: int | None = None, *, from_s: float = 0.0) -> Iterator[Picture]:
        """The one picture, whatever `from_s` is."""
        del from_s
        image = self._image
        if longest_px and max(image.size) > longest_px:
            image = image.copy()
            image.thumbnail((longest_px, longest_px))
        yield Picture(index=0, t_s=0.0, rgb=np.asarray(image), width=self.info.width, height=self.info.height)
