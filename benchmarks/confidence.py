"""How well a pose knows which of its joints are right: visibility, the peaks, and what `geometry.trust` makes of them.

    python benchmarks/confidence.py [--data FILE] [--clips MEDIA/clips --keep FOLDER] [--write docs/accuracy.md]

Photographs labelled by hand: `trust` is fitted anew on nine tenths of the pictures and tried on the last tenth, ten
times, in five orders; the weights it ships with come from all of them. A joint is wrong when it is more than 0.3 trunks
from the label of the same name, so exchanged legs are wrong. A trunk goes from the middle of the labelled shoulders to
that of the labelled hips. Where it points at the camera it is no measure: pictures are left out in which it is shorter
than `--shortest` of the labelled body's longer side.

With `--clips` also on rendered people, for whom nothing was fitted: FOLDER holds recordings of an engine that tells
confidence, FOLDER/clips/NAME/poses.jsonl.gz, of all or some of the pictures. Clips with a partner are left out, as
there is no truth for the helper.
"""

from __future__ import annotations

import argparse
import json
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from markdown_tables import put, table

from formcheck.core.landmarks import ANKLES, HIPS, KNEES, SHOULDERS
from formcheck.core.poses import Bools, Floats, Ints
from formcheck.geometry.angles import joint_angle, length, middle
from formcheck.geometry.trust import BASES, JUDGED, LIMBS, NAMED, SLOPES, features, legs_told_apart, trust
from formcheck.pose.pose_file import PoseFile

_DATA = Path("../shared/media/lsp_points.npz")
_WRONG = 0.3  # trunks
_SHORTEST = 0.226
_NAMES = ("legs", "arms")
_LEGS = LIMBS[0]
_FOLDS, _ORDERS = 10, 5
_PENALTY = 1.0
_KEPT = (0.2, 0.3, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_BENT_DEG = 15.0  # a knee that is farther off misleads


@dataclass(frozen=True)
class Labelled:
    """N photographs: what the model saw (N, 33, ...), and labels under the same numbers, NaN where there is none."""

    points: Floats
    visibility: Floats
    peak: Floats
    truth: Floats
    picture: Ints
    shortest: float

    @property
    def trunk(self) -> Floats:
        """(N,) length of the labelled trunk, NaN where it is no measure."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # means of nothing
            shoulders, hips = (np.nanmean(self.truth[:, pair], axis=1) for pair in (SHOULDERS, HIPS))
            longer = np.max(np.nanmax(self.truth, axis=1) - np.nanmin(self.truth, axis=1), axis=-1)
        trunk = length(shoulders, hips)
        return np.where(trunk >= self.shortest * longer, trunk, np.nan)

    def off(self, joints: Ints) -> Floats:
        """How many trunks these joints, (...) of the 33, are off: (N, ...)."""
        return _off(self.points[:, joints], self.truth[:, joints], self.trunk)


def _off(points: Floats, truth: Floats, trunk: Floats) -> Floats:
    return length(points, truth) / trunk.reshape(-1, *[1] * (points.ndim - 2))


def read(path: Path, shortest: float) -> Labelled:
    """The photographs."""
    data = np.load(path)
    truth = np.full((*data["points_px"].shape[:2], 2), np.nan)
    truth[:, data["mp"]] = data["truth_px"]
    points, peak = data["points_px"].astype(float), data["peak"].astype(float)
    return Labelled(points, data["visibility"].astype(float), peak, truth, data["picture"], shortest)


def _table_of(data: Labelled, limb: int) -> Floats:
    """(N, 3, 2, 6) of a limb: three columns say which joint it is, three are the features."""
    own, *others = (part[:, limb] for part in features(data.points, data.peak))
    which = np.broadcast_to(np.eye(3)[:, None], (*own.shape, 3))
    parts = [np.broadcast_to(part, own.shape) for part in (own, *others)]
    return np.concatenate([which, np.stack(parts, axis=-1)], axis=-1)


def fit(found: Floats, right: Bools) -> Floats:
    """(6,) log odds of being right for each joint, and what each feature adds to them; by Newton's method."""
    centre, spread = found.mean(axis=0), found.std(axis=0)
    centre[:3], spread[:3] = 0.0, 1.0
    even = (found - centre) / spread
    penalty = np.repeat([0.0, _PENALTY], 3)
    weights = np.zeros(6)
    for _ in range(30):
        share = 1.0 / (1.0 + np.exp(-even @ weights))
        slope = even.T @ (right - share) - penalty * weights
        weights += np.linalg.solve((even.T * (share * (1.0 - share))) @ even + np.diag(penalty), slope)
    weights = weights / spread
    weights[:3] -= (weights * centre).sum()
    return weights


def fitted(data: Labelled, limb: int) -> Floats:
    """The weights from all photographs."""
    off = data.off(LIMBS[limb])
    known = ~np.isnan(off)
    return fit(_table_of(data, limb)[known], off[known] <= _WRONG)


def tried(data: Labelled, limb: int, order: int) -> Floats:
    """(N, 3, 2) trust in the joints of a limb, each fitted without the picture it lies in."""
    off, found = data.off(LIMBS[limb]), _table_of(data, limb)
    pictures = np.unique(data.picture)
    drawn = np.random.default_rng(order).permutation(len(pictures)) % _FOLDS
    fold = drawn[np.searchsorted(pictures, data.picture)]
    result = np.full(off.shape, np.nan)
    for i in range(_FOLDS):
        use = ~np.isnan(off) & (fold != i)[:, None, None]
        result[fold == i] = 1.0 / (1.0 + np.exp(-found[fold == i] @ fit(found[use], off[use] <= _WRONG)))
    return result


def wrong_among(score: Floats, wrong: Bools) -> Floats:
    """(n,) the share that is wrong among the best 1, 2, ... n."""
    return np.cumsum(wrong[np.argsort(-score, kind="stable")]) / np.arange(1, len(score) + 1)


def kept_at(curve: Floats, share: float) -> float:
    """The largest share that can be kept with no more than that share of it wrong."""
    enough = np.flatnonzero(curve <= share)
    return (enough[-1] + 1) / len(curve) if len(enough) else 0.0


def chance_of_order(score: Floats, wrong: Bools) -> float:
    """The chance that a right one scores above a wrong one (the area under the ROC curve)."""
    rank = np.argsort(np.argsort(score, kind="stable"), kind="stable")
    good = len(wrong) - wrong.sum()
    return float((rank[~wrong].sum() - good * (good - 1) / 2) / (good * wrong.sum()))


def curve_text(data: Labelled, limb: int, orders: list[Floats]) -> str:
    """The table: share kept against share wrong."""
    joints = LIMBS[limb]
    off = data.off(joints)
    known = ~np.isnan(off)
    wrong = off[known] > _WRONG
    scores = {"visibility": [data.visibility[:, joints]], "peak": [data.peak[:, joints]], "trust": orders}
    lines = []
    for name, found in scores.items():
        curves = [wrong_among(one[known], wrong) for one in found]
        cells = [f"{np.mean([curve[int(share * len(curve)) - 1] for curve in curves]):.1%}" for share in _KEPT]
        kept = np.mean([kept_at(curve, 0.1) for curve in curves])
        area = np.mean([chance_of_order(one[known], wrong) for one in found])
        lines.append([f"by {name}", *cells, f"{kept:.0%}", f"{area:.2f}"])
    head = [
        f"the best of the {_NAMES[limb]}' joints",
        *[f"{share:.0%}" for share in _KEPT],
        "kept at 10 % wrong",
        "AUC",
    ]
    return f"{len(wrong)} joints, {wrong.mean():.1%} wrong.\n\n" + table(head, lines)


def limits_text(data: Labelled, found: Floats) -> str:
    """What is kept from each limit on, found (N, 3, 2) for the legs."""
    joints = _LEGS
    off = data.off(joints)
    known, whole = ~np.isnan(off), ~np.isnan(off).any(axis=1)
    worst, bent = off.max(axis=1) > _WRONG, np.abs(_knees(data.points) - _knees(data.truth)) > _BENT_DEG
    both, exchanged = _exchanged(data)
    everywhere = np.full(data.peak.shape, np.nan)
    everywhere[:, joints] = found
    apart = legs_told_apart(everywhere)
    lines = []
    for limit in sorted({0.0, 0.5, JUDGED, 0.7, NAMED, 0.8, 0.9}):
        kept, leg, named = known & (found >= limit), whole & (found.min(axis=1) >= limit), both & (apart >= limit)
        lines.append([
            limit, f"{kept.sum() / known.sum():.0%}", f"{(off > _WRONG)[kept].mean():.1%}",
            f"{leg.sum() / whole.sum():.0%}", f"{worst[leg].mean():.0%}", f"{bent[leg].mean():.0%}",
            f"{named.sum() / both.sum():.0%}", f"{exchanged[named].mean():.1%}",
        ])  # fmt: skip
    head = ["from", "joints kept", "wrong", "legs kept", "a joint wrong", f"knee > {_BENT_DEG:.0f}° off",
            "pictures named", "legs exchanged"]  # fmt: skip
    return table(head, lines)


def _knees(points: Floats) -> Floats:
    """(N, 2) angles of the knees."""
    return joint_angle(points[:, HIPS], points[:, KNEES], points[:, ANKLES])


def _exchanged(data: Labelled) -> tuple[Bools, Bools]:
    """(N,) where the labels have the legs apart, and whether the model's would lie nearer to them exchanged."""
    joints = np.stack([KNEES, ANKLES])
    as_said, other = (length(data.points[:, way], data.truth[:, joints]) for way in (joints, joints[:, ::-1]))
    gap = length(data.truth[:, joints[:, 0]], data.truth[:, joints[:, 1]])
    sums = [np.where(np.isnan(gap)[..., None], 0.0, one).sum(axis=(1, 2)) for one in (as_said, other)]
    return (gap > _WRONG * data.trunk[:, None]).any(axis=1), sums[0] > sums[1]


def _clip_legs(clips: Path, keep: Path) -> Iterator[tuple[Floats, Floats, Floats, Ints]]:
    """Of each clip trust and trunks off (T, 3, 2), degrees that the knees are off (T, 2) and the far leg (T,)."""
    for recording in sorted((keep / "clips").glob("*/poses.jsonl.gz")):
        name = recording.parent.name
        about, arrays = json.loads((clips / f"{name}.json").read_text()), np.load(clips / f"{name}.npz")
        frames = [frame for frame in PoseFile(recording).frames() if frame.people]
        if about["stretch"] == "partner" or not frames:
            continue
        rows = [int(np.argmin(np.abs(arrays["time"] - frame.t_s))) for frame in frames]
        truth = arrays["lm2d"][rows]
        seen = [
            min(frame.people, key=lambda pose, true=true: np.median(length(pose.points_px, true)))
            for frame, true in zip(frames, truth, strict=True)
        ]
        points = np.stack([pose.points_px for pose in seen])
        found = trust(points, np.stack([pose.confidence for pose in seen]))[:, _LEGS]
        off = _off(points[:, _LEGS], truth[:, _LEGS], length(*(middle(truth, o) for o in (SHOULDERS, HIPS))))
        away = np.linalg.norm(arrays["lm3d"][rows] - np.array(about["camera"]["position"]), axis=-1)
        far = away[:, _LEGS].mean(axis=1).argmax(axis=1)
        yield found, off, np.abs(_knees(points) - _knees(truth)), far


def clips_text(clips: Path, keep: Path) -> str:
    """What the limits do to rendered people."""
    found, off, knee, far = (np.concatenate(part) for part in zip(*_clip_legs(clips, keep), strict=True))
    lowest, wrong = found.min(axis=1), (off.max(axis=1) > _WRONG) | (knee > _BENT_DEG)
    lines = []
    for which, mask in (("near", np.arange(2) != far[:, None]), ("far", np.arange(2) == far[:, None])):
        for limit in (0.5, JUDGED, 0.7, NAMED):
            kept, lost, good = mask & (lowest >= limit), mask & (lowest < limit), mask & ~wrong
            lines.append([
                which, mask.sum(), f"{wrong[mask].mean():.1%}", limit, f"{kept.sum() / mask.sum():.1%}",
                f"{(good & lost).sum() / good.sum():.1%}", f"{wrong[kept].mean():.1%}", f"{wrong[lost].mean():.0%}",
            ])  # fmt: skip
    head = ["leg", "legs", "wrong", "from", "kept", "of the right lost", "wrong of the kept", "wrong of the lost"]
    return table(head, lines)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=_DATA)
    parser.add_argument("--shortest", type=float, default=_SHORTEST)
    parser.add_argument("--clips", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    data = read(arguments.data, arguments.shortest)
    orders = [[tried(data, limb, order) for order in range(_ORDERS)] for limb in range(2)]
    for limb, name in enumerate(_NAMES):
        print(name, "fitted", fitted(data, limb).round(2), "shipped", np.concatenate([BASES[limb], SLOPES[limb]]))
    texts = {
        "trust": "\n".join(curve_text(data, limb, orders[limb]) for limb in range(2)),
        "trust limits": limits_text(data, np.mean(orders[0], axis=0)),
    }
    if arguments.clips and arguments.keep:
        texts["trust clips"] = clips_text(arguments.clips, arguments.keep)
    for name, text in texts.items():
        print(f"### {name}\n\n{text}")
    if arguments.write is not None:
        arguments.write.write_text(put(arguments.write.read_text(), texts))


if __name__ == "__main__":
    main()
