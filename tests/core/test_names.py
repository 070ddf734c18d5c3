from __future__ import annotations

import pytest

from formcheck.core.names import capital, how_many, public_name, table_text


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("rtsp://bob:hunter2@10.0.0.5:554/live?token=1", "rtsp://10.0.0.5/live"),
        ("http://phone.local:8080/video", "http://phone.local/video"),
        ("clip of mine.mp4", "clip of mine.mp4"),
        ("0", "0"),
    ],
)
def test_who_may_look_is_not_told(source: str, shown: str) -> None:
    assert public_name(source) == shown


def test_spreadsheets_do_not_run_names() -> None:
    assert table_text("=cmd|calc.mp4") == "'=cmd|calc.mp4"
    assert table_text("clip=1.mp4") == "clip=1.mp4"


def test_only_the_first_letter_becomes_a_capital() -> None:
    assert capital("turn to the TV, side-on") == "Turn to the TV, side-on"
    assert capital("") == ""


def test_one_thing_is_not_told_as_many() -> None:
    assert [how_many(number, "hold") for number in (0, 1, 2)] == ["0 holds", "1 hold", "2 holds"]
