"""What only the person can know, as a program that reads the events and a user who reads the terminal get it."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest

from formcheck.criteria.shared import COMFORT
from tests.figures import film, folded, in_and_out
from tests.live.fake_live import Film, install
from tests.live.test_prompting import COME_UP, SITTING_BONES
from tests.test_end_to_end import formcheck


def test_events_have_what_is_said_and_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    frames = film(lambda t: folded(1 + 119 * in_and_out(t, 11.0), setback=0.14 * in_and_out(t, 11.0)).pose(), 18.5, 8.0)
    install(monkeypatch, Film(frames))
    events = tmp_path / "events.jsonl"
    code, stdout, stderr = formcheck(
        "live", "toe-touch", "--camera", "film", "--hold", "10", "--no-window", "--no-voice", "--events", events
    )
    assert code == 0, stderr
    lines = [json.loads(line) for line in events.read_text().splitlines()]
    comfort, bones, come_up = COMFORT.words, SITTING_BONES, COME_UP
    assert [one["said"] for one in lines if one["said"]] == [
        f"Hold. {comfort}", bones, f"10 seconds. {come_up} Well done.",
    ]  # fmt: skip
    shown = [what for what, _ in itertools.groupby(one["instruction"] for one in lines)]
    assert [words for words in shown if words] == [comfort, bones, come_up]
    (begun,) = (one for one in lines if one["said"] == bones)
    assert begun["instruction"] == bones
    printed = " ".join(stdout.replace("\u2502", " ").split())
    assert "To keep in mind:" in printed
    assert all(words in printed for words in (comfort, bones, come_up))
