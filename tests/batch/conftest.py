from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of a report takes longer than all the rest of a pose recording, and has tests of its own."""
    monkeypatch.setenv("FORMCHECK_REPORT", "false")
