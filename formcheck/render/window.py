"""The window of a live session."""

from __future__ import annotations

import os
import sys

import cv2

from formcheck.core.errors import OutputError
from formcheck.render.stamp import Pixels

_NAME = "formcheck"


class DisplayWindow:
    """A resizable window that shows RGB pictures and reads keys. Raises OutputError where there is no display."""

    def __init__(self) -> None:
        if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            # Asked for a window without a display, the toolkit would end the whole program.
            raise OutputError("there is no display here; use --no-window, with --events for what happens")
        try:
            cv2.namedWindow(_NAME, cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO | cv2.WINDOW_GUI_NORMAL)
        except cv2.error as error:
            raise OutputError(f"no window can be opened here ({error.err}); use --no-window") from error
        self._full = False
        self._size: tuple[int, ...] | None = None

    def show(self, picture: Pixels) -> str:
        """Show a picture; returns the key pressed since the last one, "" for none, "closed" for a closed window."""
        if self._size != picture.shape and not self._full:
            cv2.resizeWindow(_NAME, picture.shape[1], picture.shape[0])
        elif self._size is not None and cv2.getWindowProperty(_NAME, cv2.WND_PROP_VISIBLE) < 1:
            return "closed"
        cv2.imshow(_NAME, cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
        self._size = picture.shape
        code = cv2.pollKey()
        return "" if code < 0 else "escape" if code & 0xFF == 27 else chr(code & 0xFF)

    def toggle_full_screen(self) -> None:
        """Full screen and back."""
        self._full = not self._full
        mode = cv2.WINDOW_FULLSCREEN if self._full else cv2.WINDOW_NORMAL
        cv2.setWindowProperty(_NAME, cv2.WND_PROP_FULLSCREEN, mode)

    def close(self) -> None:
        """Close the window."""
        cv2.destroyAllWindows()
        cv2.pollKey()
