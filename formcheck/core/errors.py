"""The errors a user can do something about."""

from __future__ import annotations

import errno


def in_words(error: Exception) -> str:
    """Why something failed, as it may stand in a sentence: of an error of the system its own words, no numbers."""
    if getattr(error, "errno", None) == errno.ENOSPC:
        return "the disk is full"
    return str(getattr(error, "strerror", None) or error).lower()


class FormcheckError(Exception):
    """Something failed; the message is one line that says what, and what to do about it."""


class InputError(FormcheckError):
    """An input file cannot be judged."""


class CutShortError(InputError):
    """A recording ends before its time: what was read up to there is good."""


class OutputError(FormcheckError):
    """A result cannot be written."""


class ModelError(FormcheckError):
    """The pose model is missing, damaged or of the wrong kind."""


class SettingsError(FormcheckError):
    """A setting is unknown, or has a value that cannot be used."""
