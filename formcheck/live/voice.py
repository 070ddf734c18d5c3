"""Voice and tones. Both are optional: without a sound device or a voice a session goes on silently."""

from __future__ import annotations

import contextlib
import shutil
import sys
import threading
from queue import Empty, Full, Queue
from typing import Final

import numpy as np

from formcheck.core.poses import Floats

_RATE = 44_100
_NOTES: Final = {"start": ((660.0, 0.15),), "done": ((660.0, 0.15), (880.0, 0.15), (1320.0, 0.35))}


class Sound:
    """Speaks and plays in a thread of its own, one thing after the other; what comes too late is dropped."""

    def __init__(self, *, voice: bool) -> None:
        self._queue: Queue[tuple[str, str] | None] = Queue(maxsize=2)
        self._voice = voice
        self._thread = threading.Thread(target=self._run, name="sound", daemon=True)
        self._thread.start()

    def tone(self, name: str) -> None:
        """Play "start" or "done"."""
        self._put(("tone", name))

    def say(self, words: str) -> None:
        """Speak, if a voice is wanted and there is one."""
        if self._voice:
            self._put(("say", words))

    def close(self) -> None:
        """Stop after what is being said."""
        with contextlib.suppress(Empty):
            while True:
                self._queue.get_nowait()
        self._put(None)
        self._thread.join(timeout=3.0)

    def _put(self, item: tuple[str, str] | None) -> None:
        with contextlib.suppress(Full):
            self._queue.put_nowait(item)

    def _run(self) -> None:
        engine = None
        while (item := self._queue.get()) is not None:
            kind, what = item
            # A device that fails or is gone must never end a session.
            with contextlib.suppress(Exception):
                if kind == "tone":
                    _play(what)
                    continue
                if engine is None:
                    import pyttsx3

                    self._voice = voice_problem() is None
                    engine = pyttsx3.init() if self._voice else None
                if engine is None:
                    continue
                engine.say(what)
                engine.runAndWait()


def melody(name: str) -> Floats:
    """Samples of a tone, soft at both ends, at 44.1 kHz."""
    parts = []
    for hertz, seconds in _NOTES[name]:
        t = np.arange(int(_RATE * seconds)) / _RATE
        edge = np.minimum(1.0, np.minimum(t, seconds - t) / 0.02)
        parts.append(0.25 * edge * np.sin(2 * np.pi * hertz * t))
    return np.concatenate(parts)


def _play(name: str) -> None:
    import sounddevice

    sounddevice.play(melody(name).astype(np.float32), _RATE, blocking=True)


def tone_problem() -> str | None:
    """Why tones cannot be played here, None when they can."""
    try:
        import sounddevice

        sounddevice.check_output_settings(samplerate=_RATE, channels=1)
    except OSError:
        return "PortAudio is missing; install it (Debian: libportaudio2) to hear tones"
    except Exception:  # noqa: BLE001 PortAudio raises its own kinds
        return "no sound device; plug in a speaker to hear tones"
    return None


def voice_problem() -> str | None:
    """Why there is no voice here, None when there is."""
    if sys.platform.startswith("linux") and shutil.which("aplay") is None:
        return "no system voice; install espeak-ng and aplay (Debian: espeak-ng alsa-utils)"
    try:
        import pyttsx3

        pyttsx3.init()
    except Exception:  # noqa: BLE001 every system's speech fails in its own way
        return "no system voice; on Linux install espeak-ng and alsa-utils"
    return None
