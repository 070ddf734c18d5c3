"""Pictures as bad cameras, rooms and hands make them, out of good ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt

from formcheck.core.poses import Picture, SourceInfo

Rgb = npt.NDArray[np.uint8]
_SENSOR = 3.0  # steps of 255 by which a webcam's pixels flicker in a dark room
_SHAKES_HZ = np.array([1.3, 2.1, 3.7, 6.1])  # of a phone held in a hand
_ROLLS = 0.07  # degrees a pixel
_PERSON_PX = 350.0  # a standing person in the rendered clips


class Source(Protocol):
    """A film, as `analysis.estimating` reads it."""

    @property
    def info(self) -> SourceInfo: ...

    def pictures(self, longest_px: int | None = None, *, from_s: float = 0.0) -> Iterator[Picture]: ...


@dataclass(frozen=True)
class Spoilt:
    """A film of which every picture is spoilt in the same way."""

    film: Source
    way: Callable[[Rgb, float], Rgb]

    @property
    def info(self) -> SourceInfo:
        """Its pictures may be turned, or smaller."""
        info = self.film.info
        height, width = self.way(np.zeros((info.height, info.width, 3), dtype=np.uint8), 0.0).shape[:2]
        return replace(info, width=width, height=height)

    def pictures(self, longest_px: int | None = None, *, from_s: float = 0.0) -> Iterator[Picture]:
        """The film's own pictures, spoilt."""
        for picture in self.film.pictures(longest_px, from_s=from_s):
            rgb = self.way(picture.rgb, picture.t_s)
            px = picture.width / picture.rgb.shape[1]
            yield replace(picture, rgb=rgb, width=round(rgb.shape[1] * px), height=round(rgb.shape[0] * px))


@lru_cache(maxsize=1)
def _grain(shape: tuple[int, ...]) -> npt.NDArray[np.float32]:
    """Noise with a spread of 1, twice as tall as a picture."""
    return np.random.default_rng(1).standard_normal((2 * shape[0], *shape[1:]), dtype=np.float32)


def _noise(rgb: Rgb, t_s: float, spread: float) -> npt.NDArray[np.float32]:
    """Of each time another part of the grain, mirrored or not."""
    random = np.random.default_rng(round(t_s * 1000))
    start, way = int(random.integers(len(rgb))), int(random.choice([-1, 1]))
    return _grain(rgb.shape)[start : start + len(rgb), ::way] * np.float32(spread)


def dark(rgb: Rgb, t_s: float, *, light: float) -> Rgb:
    """So much of the light is left, with the noise of a sensor."""
    return np.clip(rgb * np.float32(light) + _noise(rgb, t_s, _SENSOR), 0, 255).astype(np.uint8)


def noisy(rgb: Rgb, t_s: float, *, spread: float) -> Rgb:
    """Each pixel off by so many steps of 255."""
    return np.clip(rgb + _noise(rgb, t_s, spread), 0, 255).astype(np.uint8)


def blurred(rgb: Rgb, _t_s: float, *, px: float) -> Rgb:
    """Out of focus by so many pixels."""
    return np.asarray(cv2.GaussianBlur(rgb, (0, 0), px))


def moved(rgb: Rgb, *, degrees: float = 0.0, scale: float = 1.0, by: tuple[float, float] = (0.0, 0.0)) -> Rgb:
    """The scene turned clockwise, made larger and moved about the middle of the picture; edges go on."""
    height, width = rgb.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, scale)
    matrix[:, 2] += by
    how = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_LINEAR
    return np.asarray(cv2.warpAffine(rgb, matrix, (width, height), flags=how, borderMode=cv2.BORDER_REPLICATE))


def shaken(rgb: Rgb, t_s: float, *, px: float) -> Rgb:
    """Held in a hand that shakes: so many pixels root mean square in both directions, and it rolls a little."""
    phases = 2 * np.pi * _SHAKES_HZ * t_s
    weights = 1.0 / np.sqrt(_SHAKES_HZ)
    weights *= px * np.sqrt(2.0) / np.hypot.reduce(weights)
    by = float(weights @ np.sin(phases)), float(weights @ np.cos(phases * 1.1 + 1.0))
    return moved(rgb, degrees=_ROLLS * float(weights @ np.sin(phases * 0.9 + 2.0)), by=by)


def carried(rgb: Rgb, t_s: float, *, px_s: float) -> Rgb:
    """A camera that somebody carries to and fro: so many pixels a second, a little nearer and further."""
    way = np.sin(2 * np.pi * t_s / 8.0)
    return moved(rgb, scale=1.0 + 0.1 * way, by=(px_s * 8.0 / (2 * np.pi) * way, 0.0))


def turned(rgb: Rgb, _t_s: float, *, quarters: int) -> Rgb:
    """Turned clockwise by quarters, as a film without its mark."""
    return np.ascontiguousarray(np.rot90(rgb, -quarters))


def tilted(rgb: Rgb, _t_s: float, *, degrees: float) -> Rgb:
    """A camera that does not stand level."""
    return moved(rgb, degrees=degrees)


def small(rgb: Rgb, _t_s: float, *, person_px: float) -> Rgb:
    """A camera with few pixels: a standing person is about so many tall."""
    share = person_px / _PERSON_PX
    return np.asarray(cv2.resize(rgb, None, fx=share, fy=share, interpolation=cv2.INTER_AREA))


def far(rgb: Rgb, t_s: float, *, share: float) -> Rgb:
    """Far away: a standing person takes about that share of the height of the picture."""
    height, width = rgb.shape[:2]
    little = small(rgb, t_s, person_px=share * height)
    above, left = (height - little.shape[0]) // 2, (width - little.shape[1]) // 2
    edges = (above, height - little.shape[0] - above, left, width - little.shape[1] - left)
    return np.asarray(cv2.copyMakeBorder(little, *edges, cv2.BORDER_REPLICATE))


WAYS: dict[str, Callable[[Rgb, float], Rgb]] = {
    "as it is": lambda rgb, _t_s: rgb,
    **{f"dark, {light:.0%} of the light": partial(dark, light=light) for light in (0.3, 0.2, 0.12, 0.06)},
    **{f"noisy, {spread:g} of 255": partial(noisy, spread=spread) for spread in (20.0, 50.0, 90.0)},
    **{f"blurred, {px:g} px": partial(blurred, px=px) for px in (2.0, 5.0, 10.0)},
    **{f"shaken, {px:g} px": partial(shaken, px=px) for px in (2.0, 6.0, 15.0)},
    **{f"carried, {px_s:g} px a second": partial(carried, px_s=px_s) for px_s in (10.0, 40.0)},
    **{f"tilted by {degrees:g} degrees": partial(tilted, degrees=degrees) for degrees in (4.0, 8.0)},
    **{f"turned by {90 * quarters} degrees": partial(turned, quarters=quarters) for quarters in (1, 2)},
    **{f"person of {px:g} px": partial(small, person_px=px) for px in (80.0, 60.0, 40.0)},
    **{f"person of {share:.0%} of the height": partial(far, share=share) for share in (0.4, 0.25, 0.15)},
}
"""Each way by what it is called."""
