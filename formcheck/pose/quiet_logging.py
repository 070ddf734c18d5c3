"""Keeps what MediaPipe and TensorFlow Lite tell about themselves off the standard error stream."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from typing import Final

# Lines of a native log that was never initialised (such have no date), with the errors of a graph that go on in lines
# of their own below one, and what the runtime prints without a log.
_CHATTER: Final = re.compile(
    rb"(?:[IWE]0000 00:00:[\d.]+ +\d+ [\w.]+:\d+\] [^\n]*(?:\nCalculator::\w+\(\) for node [^\n]*)*"
    rb"|WARNING: All log messages before absl::InitializeLog\(\) is called"
    rb"|INFO: (?:Created|Initialized) TensorFlow Lite )[^\n]*\n?"
)
# The stream is one for the whole process: one thread at a time may exchange it.
_ONE_AT_A_TIME: Final = threading.Lock()


@contextlib.contextmanager
def without_native_log() -> Iterator[None]:
    """Holds back what is written to file descriptor 2, by any thread, and afterwards writes what is not chatter.

    Native code writes to the descriptor itself, so there is no finer way. Where there is no such descriptor, or no
    room to hold anything back, nothing is changed and chatter may be seen. What a process that another thread starts
    meanwhile writes later is lost, so this is for moments only.
    """
    with _ONE_AT_A_TIME:
        with contextlib.suppress(OSError, ValueError, AttributeError):  # closed, or None
            sys.stderr.flush()
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(OSError):
                _hold_back(stack)
            yield


def _hold_back(stack: contextlib.ExitStack) -> None:
    """Lead descriptor 2 into a file until the stack is closed. Raises OSError where that cannot be."""
    kept = os.dup(2)
    stack.callback(os.close, kept)
    file = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 it is one
    os.dup2(file.fileno(), 2)

    def give_back() -> None:
        with contextlib.suppress(OSError, ValueError, AttributeError):
            sys.stderr.flush()
        os.dup2(kept, 2)
        file.seek(0)
        _write(_CHATTER.sub(b"", file.read()))

    stack.callback(give_back)


def _write(content: bytes) -> None:
    """Write to standard error; a pipe that nobody reads any more takes nothing."""
    with contextlib.suppress(OSError):
        while content:
            content = content[os.write(2, content) :]
