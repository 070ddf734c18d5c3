"""What a live session costs over the bare pose loop, in one run on the same pictures.

    python benchmarks/live.py [VIDEO]

Prints (1) processor time a picture of the bare loop (model only) and of a session (model, judging, coach, drawing) and
their ratio, and (2) for a file played as a camera: pictures a second taken, judged and shown, and the delay from the
camera to the picture that is ready to be shown, in camera frames.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import numpy as np

from formcheck.chain import Chain
from formcheck.live.grabber import Grabber, NewestPicture
from formcheck.live.session import JudgedPicture, LiveSession, Throughput
from formcheck.media.camera import FileAsCamera
from formcheck.media.video import VideoFile
from formcheck.pose.mediapipe_pose import MediaPipePose
from formcheck.pose.pool import EstimatorPool
from formcheck.render import live_view as picture_of
from formcheck.stretches import all_stretches

_FRAMES = 200


def view_of(judged: JudgedPicture) -> picture_of.LiveView:
    """What the window would show beside the feedback."""
    coaching = judged.coaching
    return picture_of.LiveView(
        instruction=coaching.instruction,
        countdown=coaching.countdown,
        praise=coaching.praise,
        next_time=coaching.next_time,
        prompt=coaching.prompt,
        trouble=None,
        paused=False,
        held_s=coaching.held_s,
        best_deg=coaching.best_deg,
        keys=True,
    )


def draw(newest: NewestPicture, judged: JudgedPicture) -> None:
    """Everything a window does but showing."""
    picture_of.compose(
        newest.picture.rgb, judged.stretch, judged.feedback, judged.points_px, judged.visibility, view_of(judged)
    )


def cost(video: Path, estimator: MediaPipePose) -> tuple[float, float]:
    """Processor seconds a picture: the bare loop, and a session. Taken in turns, so that both see the same machine."""
    pictures = [picture for picture, _ in zip(VideoFile(video).pictures(), range(_FRAMES), strict=False)]
    chain = Chain(all_stretches())
    grabber = Grabber(FileAsCamera(video))
    session = LiveSession(grabber, EstimatorPool(lambda: estimator, 1), chain, [])
    bare, full = [], []
    for picture in pictures:
        start = time.process_time()
        estimator.estimate(picture)
        middle = time.process_time()
        newest = NewestPicture(picture, 0.0)
        session.judge_one(newest, estimator.estimate(picture))
        if session.newest is not None:
            draw(newest, session.newest)
        bare.append(middle - start)
        full.append(time.process_time() - middle)
    return statistics.fmean(bare[10:]), statistics.fmean(full[10:])


def pace(video: Path, seconds: float) -> tuple[float, float, float, float, float]:
    """Pictures a second taken, judged and shown; delay to the shown picture and to its judgement, seconds."""
    chain = Chain(all_stretches())
    grabber = Grabber(FileAsCamera(video))
    judged_late: list[float] = []
    session = LiveSession(grabber, EstimatorPool(MediaPipePose, 2), chain, [])
    session.start()
    shown: list[float] = []
    late: list[float] = []
    last, last_judged, start = -1, -1, time.monotonic()
    while session.running and time.monotonic() - start < seconds:
        newest = grabber.newest(last, 0.05)
        if newest is None or session.newest is None:
            continue
        last = newest.picture.index
        draw(newest, session.newest)
        now = time.monotonic()
        shown.append(now)
        late.append(now - newest.taken_s)
        if session.newest.picture.index > last_judged:
            last_judged = session.newest.picture.index
            judged_late.append((last - last_judged) / 30.0)
    taken = grabber.count / (time.monotonic() - start)
    judged = Throughput.rate(session.throughput.judged_s)
    session.stop()
    rate = (len(shown) - 1) / (shown[-1] - shown[0])
    return taken, judged, rate, float(np.median(late)), float(np.median(judged_late))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("video", type=Path, nargs="?", default=Path("samples/toe_touch_good.mp4"))
    arguments = parser.parse_args()
    fps = VideoFile(arguments.video).info.fps or 30.0
    with MediaPipePose() as estimator:
        bare, full = cost(arguments.video, estimator)
        print(f"processor time a picture: bare loop {bare * 1000:.1f} ms, session {full * 1000:.1f} ms, ", end="")
        print(f"ratio {full / bare:.2f}")
        taken, judged, shown, late, behind = pace(arguments.video, 15.0)
    print(f"pictures a second: camera {taken:.1f}, judged {judged:.1f}, shown {shown:.1f} (ratio {shown / taken:.2f})")
    print(f"camera to shown picture {late * 1000:.0f} ms = {late * fps:.2f} camera frames; ", end="")
    print(f"its overlay is {behind * fps:.1f} camera frames older")


if __name__ == "__main__":
    main()
