"""Tables in Markdown, and their places in a document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; a row that is shorter than the head has empty cells at its end."""
    lines: list[Sequence[object]] = [head, ["---"] * len(head)]
    lines += [[*row, *[""] * (len(head) - len(row))] for row in rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def put(document: str, texts: Mapping[str, str]) -> str:
    """The document with what stands between the marks of each table replaced.

    Raises ValueError for a table that has not one place in it.
    """
    for name, text in texts.items():
        begin, end = f"<!-- table {name} -->\n", f"<!-- end of table {name} -->\n"
        place = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
        if len(place.findall(document)) != 1:
            raise ValueError(f"the document has not one place for the table {name}: {begin.strip()}")
        before, after = place.split(document, maxsplit=1)
        document = before + begin + text + end + after
    return document
