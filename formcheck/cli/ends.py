"""How a live session ends, whatever ends it: what can still be done is done, what went wrong is told in a line each."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import IO, TypeVar

from formcheck.cli.common import say

Result = TypeVar("Result")


class Shutdown:
    """Collects what went wrong, to be told last, where it is read."""

    def __init__(self) -> None:
        self.failed = False
        self.signal: int | None = None
        """The number of the signal that asked to end, None while none did."""
        self._lines: list[str] = []

    def attempt(self, step: Callable[[], Result]) -> Result | None:
        """Do a step; None where it failed, which keeps no further step from being done."""
        try:
            return step()
        except (Exception, SystemExit) as error:  # noqa: BLE001 told below
            self.note(line_of(error))
            return None

    def note(self, line: str) -> None:
        """Something went wrong."""
        self.failed = True
        if line not in self._lines:
            self._lines.append(line)

    def tell(self) -> int:
        """Tell what went wrong; returns the exit code."""
        for line in self._lines:
            say(line)
        return 1 if self.failed else 128 + self.signal if self.signal else 0

    @contextlib.contextmanager
    def asked_by_signal(self) -> Iterator[None]:
        """An interrupt only asks to end: once is enough, and what is half done is finished in peace."""

        def note(number: int, _: object) -> None:
            self.signal = number

        before = {one: signal.signal(one, note) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, handler in before.items():
                signal.signal(one, handler)


def line_of(error: BaseException) -> str:
    """An error in one line: what is meant for users as it is, anything else with its kind."""
    from formcheck.core.errors import FormcheckError

    if isinstance(error, (SystemExit, BrokenPipeError)):
        return "the output could not be written: nobody reads it any more"
    first = str(error).split("\n", 1)[0]
    return first if isinstance(error, FormcheckError) else f"unexpected {type(error).__name__}: {first}".rstrip(": ")


def let_go_of_closed_pipes() -> None:
    """Leave nothing in the output that the interpreter would fail to write, and complain about, when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            _lead_nowhere(stream)
        except AttributeError:  # there is none
            continue


def _lead_nowhere(stream: IO[str]) -> None:
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
