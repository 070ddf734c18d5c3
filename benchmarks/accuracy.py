"""Measure formcheck against media with known truth and write the tables of docs/accuracy.md.

    python benchmarks/accuracy.py MEDIA [--keep FOLDER] [--write docs/accuracy.md]

MEDIA is a folder with `clips/` (rendered people: .mp4, .json and .npz with the truth) and `photos/` (with labels.csv).
Poses are estimated once and kept in FOLDER, so that a second run only judges. Without --write the tables are printed.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.capture.inputs import is_photo
from formcheck.capture.photo import PhotoFile
from formcheck.capture.video import VideoFile
from formcheck.core.poses import Pose, PoseFrame, SourceInfo
from formcheck.estimators.mediapipe_pose import MediaPipePose
from formcheck.pipeline import Judged, Options, judge
from formcheck.recording import PoseFile, PoseWriter
from formcheck.stretches import by_slug

CLEAR = 0.7  # magnitude from which a rendered fault must be named
MARKS = ("<!-- tables -->\n", "<!-- end of tables -->\n")
# What the raw model reads on such clips (median error in degrees of stretched knee and trunk), for comparison.
RAW = {
    "toe-touch": (1.7, 3.8), "supine": (3.0, 5.3), "beginner-supine": (1.9, 0.7), "standing": (4.3, 4.2),
    "bench": (3.5, 2.9), "bench-squat": (2.8, 8.5),
}  # fmt: skip
# The rule that should name each rendered fault; the rounded back of a toe touch is none.
RULE_OF = {
    "hips_behind_feet": "hips-over-feet", "knees_bent": "knees-straight", "bouncing": "no-bounce",
    "raised_knee_bent": "stretched-knee-straight", "front_knee_bent": "stretched-knee-straight",
    "other_leg_lifts": "other-leg-down", "head_lifted": "head-down", "trunk_misaligned": "trunk-aligned",
    "other_leg_straight": "other-knee-bent", "back_rounded": "back-straight",
    "support_knee_straight": "support-knee-bent", "squat_too_shallow": "support-knee-bent",
    "bench_too_high": "heel-height", "wobble": "balance", "shaking": "steady",
}  # fmt: skip


@dataclass(frozen=True)
class Clip:
    """A rendered clip, its truth, and what formcheck made of it when told the stretch and when not."""

    name: str
    truth: dict[str, Any]
    arrays: dict[str, np.ndarray]
    told: Judged | None
    asked: Judged

    @property
    def slug(self) -> str | None:
        """The stretch that is done in it."""
        return slug_of(self.truth)

    @property
    def rule(self) -> str | None:
        """The rule that should name its fault."""
        if self.slug == "toe-touch" and self.truth["fault"] == "back_rounded":
            return None
        return RULE_OF.get(self.truth["fault"])


def slug_of(truth: dict[str, Any]) -> str | None:
    """The stretch's slug, None for none."""
    name: str = truth["stretch"]
    return None if name == "none" else name.replace("_", "-")


def recorded(path: Path, folder: Path, estimator: MediaPipePose) -> PoseFile:
    """The pose recording of a file, made if it is not there yet."""
    kept = folder / f"{path.stem}.jsonl.gz"
    if not kept.exists():
        source = PhotoFile(path) if is_photo(path) else VideoFile(path)
        part = kept.with_suffix(".part")
        with PoseWriter(part, source.info, estimator.model_id) as writer:
            for picture in source.pictures(960):
                writer.write(estimator.estimate(picture))
        part.replace(kept)
    return PoseFile(kept)


def clips(media: Path, folder: Path, estimator: MediaPipePose) -> Iterator[Clip]:
    """All rendered clips, judged."""
    for path in sorted((media / "clips").glob("*.mp4")):
        truth = json.loads(path.with_suffix(".json").read_text())
        recording = recorded(path, folder, estimator)
        frames, slug = list(recording.frames()), slug_of(truth)
        told = judge(frames, recording.original, Options(stretch=by_slug(slug))) if slug else None
        arrays = dict(np.load(path.with_suffix(".npz")))
        yield Clip(path.stem, truth, arrays, told, judge(frames, recording.original, Options()))


def angle_errors(clip: Clip) -> dict[str, float]:
    """Median absolute error in degrees over the hold: stretched knee, trunk, leg above the level."""
    assert clip.told is not None
    measures, truth = clip.told.measures, clip.truth
    side = ("left", "right").index(truth["side"])
    letter = "LR"[side]
    inside = (measures.t_s >= truth["phases_s"]["hold"] + 0.5) & (measures.t_s <= truth["phases_s"]["exit"] - 0.5)
    pairs = {
        "knee": (measures.knee_deg[:, side], 180.0 - clip.arrays[f"knee_flex_{letter}"]),
        "trunk": (measures.trunk_deg, clip.arrays["trunk_incl"]),
        "leg": (measures.leg_deg[:, side], clip.arrays[f"leg_from_floor_{letter}"]),
    }
    times = clip.arrays["time"]
    return {
        name: float(np.nanmedian(np.abs(got - np.interp(measures.t_s, times, true))[inside]))
        for name, (got, true) in pairs.items()
    }


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def stretch_table(judged: Sequence[Clip]) -> str:
    """One row per stretch: hold, recognition, side, angles."""
    groups: dict[str, list[Clip]] = defaultdict(list)
    for clip in judged:
        if clip.slug:
            groups[clip.slug].append(clip)
    rows = []
    for slug, group in groups.items():
        errors = [angle_errors(clip) for clip in group]
        median = {key: float(np.median([error[key] for error in errors])) for key in ("knee", "trunk", "leg")}
        holds = []
        for clip in group:
            if clip.truth["fault"] == "good" and clip.told:
                want = clip.truth["phases_s"]["exit"] - clip.truth["phases_s"]["hold"]
                holds.append(abs(max((hold.held_s for hold in clip.told.report.holds), default=0.0) - want))
        right = sum(clip.asked.report.stretch == slug for clip in group)
        sides = sum(clip.told is not None and clip.told.report.side in (clip.truth["side"], "both") for clip in group)
        raw = RAW.get(slug)
        rows.append(
            [
                f"`{slug}`", len(group), f"{right}/{len(group)}", f"{sides}/{len(group)}",
                f"{max(holds):.1f} s" if holds else "", f"{median['knee']:.1f}" + (f" ({raw[0]})" if raw else ""),
                f"{median['trunk']:.1f}" + (f" ({raw[1]})" if raw else ""), f"{median['leg']:.1f}",
            ]
        )  # fmt: skip
    head = ["stretch", "clips", "recognised", "side", "worst hold error", "stretched knee", "trunk", "leg line"]
    return table(head, rows)


def rule_table(judged: Sequence[Clip]) -> str:
    """One row per stretch and rule: named on faults, alerts on others, share of hold time it was silent."""
    rows = []
    for slug in dict.fromkeys(clip.slug for clip in judged if clip.slug):
        group = [clip for clip in judged if clip.slug == slug and clip.told]
        for rule in by_slug(str(slug)).rules:
            if rule.read is None and rule.timed == "hold":
                continue
            named, wanted, wrong, seen, silent = 0, 0, 0, 0.0, 0.0
            for clip in group:
                assert clip.told is not None
                got = any(alert.rule == rule.id for alert in clip.told.report.alerts)
                if clip.rule == rule.id and clip.truth["magnitude"] >= CLEAR:
                    wanted += 1
                    named += got
                elif clip.rule != rule.id:
                    wrong += got
                result = next(one for one in clip.told.report.rules if one.id == rule.id)
                silent += result.unseen_s
                seen += result.ok_s + result.off_s
            share = silent / (silent + seen) if silent + seen else 0.0
            rows.append([f"`{slug}`", f"`{rule.id}`", f"{named}/{wanted}" if wanted else "", wrong, f"{share:.0%}"])
    return table(["stretch", "rule", "clear faults named", "alerts without that fault", "silent in the hold"], rows)


def turned(clip: Clip, yaw_deg: float) -> list[PoseFrame]:
    """The true points of a clip, seen by the same camera with the person turned; no model and no outline."""
    camera = clip.truth["camera"]
    eye, look = np.array(camera["position"]), np.array(camera["look"])
    yaw = np.radians(yaw_deg)
    turn = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    ahead = (look - eye) / np.linalg.norm(look - eye)
    right = np.cross(ahead, [0.0, 1.0, 0.0])
    right /= np.linalg.norm(right)
    up = np.cross(right, ahead)
    away = (clip.arrays["lm3d"].astype(float) - look) @ turn.T + look - eye
    depth, focal = away @ ahead, camera["focal_px"]
    width, height = clip.truth["width"], clip.truth["height"]
    points = np.stack([width / 2 + focal * (away @ right) / depth, height / 2 - focal * (away @ up) / depth], axis=-1)
    points += np.random.default_rng(0).normal(0.0, 1.0, points.shape)
    return [
        PoseFrame(
            index=i,
            t_s=float(t_s),
            width=width,
            height=height,
            people=(Pose(points_px=points[i], depth_px=np.zeros(33), visibility=np.full(33, 0.95)),),
        )
        for i, t_s in enumerate(clip.arrays["time"])
    ]


def view_table(judged: Sequence[Clip]) -> str:
    """One row per yaw: what is said of the true points turned away from the camera."""
    rows = []
    for yaw in (0, 25, -25, 45, 90):
        named = wanted = wrong = recognised = 0
        stretches = [clip for clip in judged if clip.slug and clip.slug != "partner"]
        shares, estimates = [], []
        for clip in stretches:
            frames = turned(clip, yaw)
            info = SourceInfo(name=clip.name, kind="video", width=854, height=480, fps=30.0)
            report = judge(frames, info, Options(stretch=by_slug(str(clip.slug)))).report
            alerts = {alert.rule for alert in report.alerts if alert.level != "hint"}
            every = {alert.rule for alert in report.alerts}
            if clip.rule and clip.rule != "back-straight":  # the outline is not part of the points
                wanted += 1
                named += clip.rule in every
            wrong += len(alerts - {clip.rule})
            recognised += judge(frames, info, Options()).report.stretch == clip.slug
            rules = [rule for rule in report.rules if rule.id not in ("hold-time", "back-straight")]
            shares.append(np.mean([rule.outcome == "unseen" for rule in rules]))
            estimates.append(report.view.yaw_deg if report.view.yaw_deg is not None else np.nan)
        rows.append(
            [
                f"{yaw}\u00b0", f"{np.nanmedian(estimates):.0f}\u00b0", f"{recognised}/{len(stretches)}",
                f"{named}/{wanted}", wrong, f"{np.mean(shares):.0%}",
            ]
        )  # fmt: skip
    return table(["yaw", "estimated", "recognised", "faults named", "wrong warnings", "rules unseen"], rows)


def photo_table(media: Path, folder: Path, estimator: MediaPipePose) -> str:
    """One row per labelled photo: what it is, what was said of it."""
    rows = []
    with (media / "photos" / "labels.csv").open() as file:
        for label in csv.DictReader(file):
            recording = recorded(media / "photos" / label["file"], folder, estimator)
            report = judge(list(recording.frames()), recording.original, Options()).report
            said = ", ".join(f"{alert.rule} ({alert.level})" for alert in report.alerts)
            name = label["file"].removesuffix(".jpg").removeprefix("fed_").replace("_", " ")
            rows.append([name, label["stretch"], report.stretch or "none", said, label["seen"]])
    right = sum(row[2] == ("none" if row[1] in ("none", "other") else row[1]) for row in rows)
    head = table(["photo", "labelled", "recognised", "said", "seen by eye"], rows)
    return f"{right} of {len(rows)} as labelled (`other` and `none` count as none).\n\n{head}"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("media", type=Path)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "formcheck-accuracy")
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    arguments.keep.mkdir(parents=True, exist_ok=True)
    with MediaPipePose() as estimator:
        judged = list(clips(arguments.media, arguments.keep, estimator))
        none = [clip for clip in judged if clip.slug is None]
        claimed = sum(clip.asked.report.stretch is not None for clip in none)
        text = (
            f"### By stretch\n\n{stretch_table(judged)}\n"
            f"Something was claimed in {claimed} of {len(none)} clips without a stretch.\n\n"
            f"### By rule\n\n{rule_table(judged)}\n"
            f"### By view\n\n{view_table(judged)}\n"
            f"### Photos\n\n{photo_table(arguments.media, arguments.keep, estimator)}"
        )
    if arguments.write is None:
        print(text)
        return
    before, rest = arguments.write.read_text().split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    arguments.write.write_text(before + MARKS[0] + text + MARKS[1] + after)


if __name__ == "__main__":
    main()
