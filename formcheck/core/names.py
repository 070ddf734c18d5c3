"""Names and words, as they may be shown and written down."""

from __future__ import annotations

from urllib.parse import urlsplit


def public_name(source: str) -> str:
    """The name of a source; of a network camera only where it is, not who may look."""
    if "://" not in source:
        return source
    try:
        parts = urlsplit(source)
    except ValueError:
        return "network camera"
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"


def table_text(text: str) -> str:
    """Text that spreadsheets take for text: what begins like a formula is quoted."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text


def capital(words: str) -> str:
    """The words with a capital first letter, the others as they are."""
    return words[:1].upper() + words[1:]


def uncapital(words: str) -> str:
    """The words with a small first letter, to stand within a sentence."""
    return words[:1].lower() + words[1:]


def how_many(number: int, what: str) -> str:
    """A number of things: 1 hold, 3 holds."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
