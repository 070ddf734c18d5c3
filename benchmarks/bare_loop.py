"""The bare pose loop, as its user would first write it with MediaPipe's own example: read, convert, ask, next.

    python benchmarks/bare_loop.py VIDEO

One process, one picture after the other; nothing is drawn, judged or kept. The full model, tracking from frame to
frame, one person, no mask. Prints one line of JSON: pictures, those with somebody in them, and milliseconds and
processor milliseconds a picture once it is under way.
"""

from __future__ import annotations

import json
import sys
import time

import cv2
import mediapipe

_WARM = 30  # pictures before it is under way


def main() -> None:
    """Run from the command line."""
    video = cv2.VideoCapture(sys.argv[1])
    pictures = found = 0
    start = start_processor = 0.0
    with mediapipe.solutions.pose.Pose(model_complexity=1, static_image_mode=False, smooth_landmarks=False) as pose:
        while True:
            good, bgr = video.read()
            if not good:
                break
            result = pose.process(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB))
            pictures += 1
            found += result.pose_landmarks is not None
            if pictures == _WARM:
                start, start_processor = time.perf_counter(), time.process_time()
        took, processor = time.perf_counter() - start, time.process_time() - start_processor
    if pictures < 2 * _WARM:
        sys.exit("the film is too short to measure anything")
    each = 1000.0 / (pictures - _WARM)
    told = {"pictures": pictures, "found": found, "ms": took * each, "processor_ms": processor * each}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
