"""The sign and the colour of each level of fault in the terminal; no colour stands alone."""

from __future__ import annotations

from typing import Final

from formcheck.core.rules import Level

FAULT: Final = {Level.UNSAFE: ("\u2716", "red"), Level.WARN: ("\u26a0", "yellow"), Level.HINT: ("\u2139", "cyan")}
