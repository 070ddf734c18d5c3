"""The engines against each other: the people that each of them sees at its first look, on the same pictures.

    python benchmarks/engines.py --clips FILE ... --photos FILE ... [--every 60] [--write docs/accuracy.md]

Of clips one picture in so many is looked at. Photos are looked at as they are, and again as hard ones: upside down,
turned by 90 degrees, made small and large again, darkened. Needs mediapipe 0.10.21 beside LiteRT.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from markdown_tables import put, table

from formcheck.core.errors import ModelError
from formcheck.core.landmarks import ANKLES, HIPS, KNEES
from formcheck.core.poses import Floats, Pose
from formcheck.geometry.angles import joint_angle, length
from formcheck.media.photo import PhotoFile
from formcheck.media.video import VideoFile
from formcheck.pose import mirror_pass, model_files
from formcheck.pose.engine import PoseEngine
from formcheck.pose.litert_engine import LitertEngine
from formcheck.pose.mediapipe_pose import MediaPipeEngine

_LONGEST_PX = 960  # as in `analyze`
_SMALL = 0.2
_DARK = 0.15
_KNEE_DEG = 1.0

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Compared:
    """One picture.

    only       how many people LiteRT alone and MediaPipe alone found.
    points_px  (people, 33) how far apart both put each point of those whom both found.
    knees_deg  (people, 2) how far apart both read their knees.
    """

    only: tuple[int, int]
    points_px: Floats
    knees_deg: Floats


def compared(rgb: Pixels, litert: PoseEngine, mediapipe: PoseEngine) -> Compared:
    """What both engines see in a picture."""
    ours, theirs = ([found.pose for found in engine.look(rgb, rgb.shape[1])] for engine in (litert, mediapipe))
    both = list(_couples(ours, theirs))
    return Compared(
        only=(len(ours) - len(both), len(theirs)),
        points_px=np.array([length(one.points_px, other.points_px) for one, other in both]).reshape(-1, 33),
        knees_deg=np.array([np.abs(_knees(one) - _knees(other)) for one, other in both]).reshape(-1, 2),
    )


def _couples(ours: Sequence[Pose], theirs: list[Pose]) -> Iterator[tuple[Pose, Pose]]:
    """Each person with the same one of the other engine, whom it takes from the list."""
    for pose in ours:
        twin = next((i for i, other in enumerate(theirs) if mirror_pass.same(pose, other)), None)
        if twin is not None:
            yield pose, theirs.pop(twin)


def _knees(pose: Pose) -> Floats:
    points = pose.points_px
    return joint_angle(points[HIPS], points[KNEES], points[ANKLES])


def of_clips(paths: Iterable[Path], every: int) -> Iterator[Pixels]:
    """One picture in so many of each clip."""
    for path in paths:
        for picture in VideoFile(path).pictures(_LONGEST_PX):
            if picture.index % every == every // 2:
                yield picture.rgb


def of_photos(paths: Iterable[Path]) -> Iterator[Pixels]:
    """The photos as they are."""
    for path in paths:
        yield from (picture.rgb for picture in PhotoFile(path).pictures(_LONGEST_PX))


def made_hard(photos: Iterable[Pixels]) -> Iterator[Pixels]:
    """Each photo in four ways that are hard to see somebody in."""
    for rgb in photos:
        height, width = rgb.shape[:2]
        yield np.ascontiguousarray(rgb[::-1])
        yield np.ascontiguousarray(np.rot90(rgb))
        small = cv2.resize(rgb, None, fx=_SMALL, fy=_SMALL, interpolation=cv2.INTER_AREA)
        yield cv2.resize(small, (width, height)).astype(np.uint8)
        yield np.asarray(rgb * _DARK).astype(np.uint8)


def row(name: str, pictures: Iterable[Pixels], litert: PoseEngine, mediapipe: PoseEngine) -> list[object]:
    """A line of the table; empty where there are no pictures."""
    found = [compared(rgb, litert, mediapipe) for rgb in pictures]
    if not found:
        return []
    only = [sum(one.only[engine] for one in found) for engine in (0, 1)]
    points = np.concatenate([one.points_px for one in found])
    line = [name, len(found), len(points), *only]
    if not points.size:
        return line
    middle, most_of, worst = np.quantile(points, [0.5, 0.99, 1.0])
    near = np.mean(np.concatenate([one.knees_deg for one in found]) <= _KNEE_DEG)
    return [*line, f"{middle:.2f}", f"{most_of:.2f}", f"{worst:.1f}", f"{near:.1%}"]


def engines_table(clips: Sequence[Path], photos: Sequence[Path], every: int) -> str:
    """All lines. Raises ModelError where an engine cannot be had."""
    litert, mediapipe = LitertEngine(model_files.load()), MediaPipeEngine()
    kinds = (
        (f"clips, one picture in {every}", of_clips(clips, every)),
        ("photos", of_photos(photos)),
        ("hard photos", made_hard(of_photos(photos))),
    )
    head = ["pictures", "how many", "people both found", "LiteRT only", "MediaPipe only"]
    head += ["points differ by, px: middle", "99 % below", "most", "knees within 1\u00b0"]
    lines = (row(name, pictures, litert, mediapipe) for name, pictures in kinds)
    return table(head, [line for line in lines if line])


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clips", type=Path, nargs="+", default=[])
    parser.add_argument("--photos", type=Path, nargs="+", default=[])
    parser.add_argument("--every", type=int, default=60, help="one picture in so many of a clip")
    parser.add_argument("--write", type=Path, help="write the table into this page")
    arguments = parser.parse_args()
    if not arguments.clips and not arguments.photos:
        parser.error("name clips or photos to compare the engines on")
    try:
        text = engines_table(arguments.clips, arguments.photos, arguments.every)
    except ModelError as error:
        parser.exit(1, f"both engines are needed: {error}\n")
    print(text)
    if arguments.write:
        page = arguments.write.read_text(encoding="utf-8")
        arguments.write.write_text(put(page, {"engines": text}), encoding="utf-8")


if __name__ == "__main__":
    main()
