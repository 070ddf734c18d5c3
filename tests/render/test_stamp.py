"""What is drawn once and laid over many pictures must look as if it had been drawn on each."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
import pytest

from formcheck.core.landmarks import SKELETON
from formcheck.render import overlay, text
from formcheck.render.bones import lines_between
from formcheck.render.stamp import Stamp
from tests.figures import lying
from tests.render.test_live_view import ALERT, feedback

WORDS = "90\u00b0 \u2013 \u00fcber \u00c4rmel \u26a0"


def noise(height: int = 80, width: int = 300) -> np.ndarray:
    return np.random.default_rng(7).integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize("at", [(10, 20), (-25, -7), (200, 70), (290, -20), (400, 10)])
@pytest.mark.parametrize("bold", [True, False])
def test_text_is_mixed_with_the_picture_by_its_cover_and_cut_off_at_the_edge(
    at: tuple[int, int], *, bold: bool
) -> None:
    colour = (245, 170, 30)
    cover = text.mask(WORDS, 26, bold=bold)[..., None] / 255.0
    wide = np.pad(noise().astype(float), ((100, 100), (500, 500), (0, 0)))
    rows, columns = slice(100 + at[1], 100 + at[1] + cover.shape[0]), slice(500 + at[0], 500 + at[0] + cover.shape[1])
    wide[rows, columns] = wide[rows, columns] * (1.0 - cover) + np.array(colour) * cover
    for _ in range(2):  # made, then out of the cache
        picture = noise()
        text.draw(picture, WORDS, *at, 26, colour, bold=bold)
        np.testing.assert_allclose(picture, wide[100:-100, 500:-500], atol=1.01)


def test_the_same_words_in_another_size_colour_or_weight_are_drawn_anew() -> None:
    def drawn(size: int, colour: tuple[int, int, int], *, bold: bool = True) -> bytes:
        picture = np.zeros((80, 300, 3), dtype=np.uint8)
        text.draw(picture, "Hold", 5, 5, size, colour, bold=bold)
        return picture.tobytes()

    kinds = [drawn(30, (255, 255, 255)), drawn(31, (255, 255, 255)), drawn(30, (60, 200, 150))]
    assert len({*kinds, drawn(30, (255, 255, 255), bold=False)}) == 4
    assert drawn(30, (255, 255, 255)) == kinds[0]


def test_a_stamp_of_a_drawing_looks_like_the_drawing() -> None:
    def on(part: np.ndarray) -> None:
        overlay.panel(part, 5, 5, 200, 60)
        cv2.circle(part, (60, 40), 25, (70, 80, 95), 9, cv2.LINE_AA)
        text.draw(part, "12", 40, 20, 30, (255, 255, 255))

    by_hand, stamped = noise(), noise()
    on(by_hand)
    Stamp.of(80, 300, on).lay(stamped, 0, 0)
    assert (by_hand != noise()).any()
    np.testing.assert_allclose(stamped.astype(int), by_hand, atol=4)


def test_nobody_can_write_on_a_stamp() -> None:
    one = Stamp.in_colour(np.full((4, 4), 100, dtype=np.uint8), (1, 2, 3))
    with pytest.raises(ValueError, match="read-only"):
        one.ink[0, 0] = 9


@pytest.mark.parametrize("size", [(480, 854), (640, 360), (1080, 1920)])
def test_the_disc_of_the_clock_is_round_and_whole(size: tuple[int, int]) -> None:
    picture = np.full((*size, 3), 200, dtype=np.uint8)
    overlay.ring(picture, overlay.scale_of(picture), feedback(hold_s=0.0))
    dark = (picture < 195).any(axis=2)
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    disc = dark[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    outlines = [one.argmax(axis=1) for turn in (disc, disc.T) for one in (turn, turn[:, ::-1])]
    for outline in outlines:
        np.testing.assert_array_equal(outline, outlines[0])
        np.testing.assert_array_equal(outline, outline[::-1])


def test_every_seen_bone_is_a_line_and_marked_ones_are_told_apart() -> None:
    def pairs(lines: tuple[np.ndarray, ...]) -> list[tuple[int, int]]:
        return sorted((int(a), int(b)) for line in lines for a, b in itertools.pairwise(line))

    seen = tuple(number != 28 for number in range(33))
    drawn, plain, about = (pairs(lines) for lines in lines_between(seen, (23, 25, 27, 26)))
    assert drawn == sorted(bone for bone in SKELETON if 28 not in bone)
    assert about == [(23, 25), (25, 27)]
    assert sorted(plain + about) == drawn


def test_the_marked_leg_has_the_colour_of_the_alert() -> None:
    picture = np.zeros((480, 854, 3), dtype=np.uint8)
    pose = lying().pose()
    overlay.skeleton(picture, 1.0, pose.points_px, np.ones(33), (23, 25, 27), (ALERT,))
    for a, b, colour in ((25, 27, overlay.LOOK_WARN), (26, 28, overlay.INK)):
        x, y = np.rint(pose.points_px[a] * 0.6 + pose.points_px[b] * 0.4).astype(int)
        near = picture[y - 2 : y + 3, x - 2 : x + 3].reshape(-1, 3)
        assert tuple(colour) in {tuple(int(one) for one in pixel) for pixel in near}


def test_somebody_small_is_not_hidden_behind_their_joints() -> None:
    def covered(scale: float) -> float:
        """Share of the box around the body that is drawn over."""
        picture = np.zeros((480, 854, 3), dtype=np.uint8)
        points = (lying().pose().points_px - (427, 240)) * scale + (427, 240)
        overlay.skeleton(picture, 1.0, points, np.ones(33), (23, 25, 27), (ALERT,))
        return float((picture > 0).any(axis=2).sum() / np.ptp(points, axis=0).prod())

    assert covered(0.25) < 2.5 * covered(1.0)


def test_threads_draw_the_same_as_one() -> None:
    pose, picture = lying().pose(), noise(240, 427)

    def drawn(second: int) -> bytes:
        said = feedback(hold_s=float(second % 7), alerts=(ALERT,) if second % 2 else (), marked=(23, 25))
        return overlay.draw(picture, "Supine", said, pose.points_px / 2, pose.visibility).tobytes()

    alone = [drawn(second) for second in range(14)]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(drawn, [*range(14)] * 3)) == alone * 3
