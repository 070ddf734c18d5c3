"""Whether `angles.mot` holds what Sports2D makes of `landmarks.trc`.

    python benchmarks/sports2d_agreement.py RESULTS_FOLDER

Reads every result under RESULTS_FOLDER with Pose2Sim's own readers, hands the markers to Pose2Sim's own angle function
as Sports2D does (mirrored where the visible side is the left one), and prints the largest difference per angle. Ends
with 1 when one is over a degree or when the two are not missing in the same frames. Needs `pip install pose2sim`, best
in an environment of its own: it wants newer packages than formcheck does.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

LIMIT_DEG = 1.0
# Sports2D's side of somebody whose toes point that way in the picture.
MIRROR = {"right": 1.0, "left": -1.0}
FEET = ("RBigToe", "RHeel", "LBigToe", "LHeel")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compared:
    """One recording: how far the angles are apart.

    apart_deg      (angles, T) without whole turns; NaN where the angle is missing in both.
    missing_in_one (angles,) frames in which only one of them has it.
    turned         share of the frames in which the person faces the other way than in most of the recording.
    auto_differs   share of the frames in which Sports2D's visible_side "auto" sees the other side.
    """

    name: str
    facing: str
    angles: tuple[str, ...]
    apart_deg: Floats
    missing_in_one: Floats
    turned: float
    auto_differs: float


def pose2sim() -> ModuleType:
    """Pose2Sim's functions. Raises SystemExit with one line when they are not there."""
    logging.disable(logging.WARNING)  # it complains when there is no screen
    try:
        from Pose2Sim import common
    except ImportError as error:
        raise SystemExit(f"sports2d_agreement: {error}; install it with: pip install pose2sim") from error
    module: ModuleType = common
    return module


def compared(folder: Path, common: ModuleType) -> Compared:
    """Compare the two files of a result."""
    facing = json.loads((folder / "report.json").read_text(encoding="utf-8"))["view"]["facing"]
    markers, _, _, names, _ = common.read_trc(folder / "landmarks.trc")
    columns, _, _ = common.read_mot(folder / "angles.mot")
    angles = tuple(angle for angle in common.angle_dict if angle in columns)
    xyz = markers.to_numpy(dtype=float).reshape(len(markers), len(names), 3)
    ours = columns[list(angles)].to_numpy(dtype=float).T
    both_sides = []
    for mirror in MIRROR.values():
        # Sports2D looks at pixels that run down.
        points = {name: xyz[:, i, :2] * (mirror, -1.0) for i, name in enumerate(names)}
        both_sides.append([theirs(points, angle, common) for angle in angles])
    apart = np.abs((ours - np.array(both_sides) + 180.0) % 360.0 - 180.0)
    gone = np.isnan(apart)
    # formcheck says in every frame where the person faces and Sports2D does not: the side is the one that fits.
    side = np.argmin(np.where(gone, 0.0, apart).max(axis=1), axis=0)
    seen = ~gone[0].all(axis=0)
    toe, heel, other_toe, other_heel = (xyz[:, names.index(name), 0] for name in FEET)
    auto = np.where(toe - heel + other_toe - other_heel >= 0.0, 0, 1)
    main_side = list(MIRROR).index(facing) if facing in MIRROR else 0
    return Compared(
        name=folder.name,
        facing=facing,
        angles=angles,
        apart_deg=np.take_along_axis(apart, side[None, None], axis=0)[0],
        missing_in_one=np.sum(np.isnan(ours) != np.isnan(both_sides[0]), axis=1),
        turned=float(np.mean(side[seen] != main_side)) if seen.any() else 0.0,
        auto_differs=float(np.mean(auto[seen] != side[seen])) if seen.any() else 0.0,
    )


def theirs(points: dict[str, Floats], angle: str, common: ModuleType) -> Floats:
    """(T,) the angle as Sports2D computes it frame by frame."""
    needed = [points[name] for name in common.angle_dict[angle][0]]
    return np.array([common.fixed_angles(list(frame), angle) for frame in zip(*needed, strict=True)])


def results(folder: Path) -> Iterator[Path]:
    """Folders that hold a result with exports."""
    for path in sorted(folder.rglob("angles.mot")):
        if (path.parent / "landmarks.trc").is_file() and (path.parent / "report.json").is_file():
            yield path.parent


def table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    """A Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", type=Path, metavar="RESULTS_FOLDER")
    folder = parser.parse_args().results
    common = pose2sim()
    every = [compared(result, common) for result in results(folder)]
    if not every:
        raise SystemExit(f"sports2d_agreement: no results with landmarks.trc and angles.mot in {folder}")
    apart = np.concatenate([one.apart_deg for one in every], axis=1)
    missing = np.sum([one.missing_in_one for one in every], axis=0)
    angles: list[tuple[object, ...]] = [
        (angle, int(np.sum(~np.isnan(row))), f"{most(row):.3f}", int(unlike))
        for angle, row, unlike in zip(every[0].angles, apart, missing, strict=True)
    ]
    recordings: list[tuple[object, ...]] = [
        (one.name, one.facing, f"{most(one.apart_deg):.3f}", f"{one.turned:.0%}", f"{one.auto_differs:.0%}")
        for one in every
    ]
    print(table(("angle", "frames", "largest difference in degrees", "missing in only one of them"), angles))
    head = ("recording", "faces", "largest difference in degrees", "faces the other way", "`auto` sees another side")
    print(table(head, recordings))
    agree = most(apart) <= LIMIT_DEG and not missing.any()
    print(f"{len(every)} recordings: {'they agree' if agree else 'THEY DIFFER'} (limit {LIMIT_DEG:g} degree)")
    return 0 if agree else 1


def most(apart_deg: Floats) -> float:
    """The largest value that is there, 0 when none is."""
    return float(apart_deg[~np.isnan(apart_deg)].max(initial=0.0))


if __name__ == "__main__":
    sys.exit(main())
