from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

import formcheck.typeface
from formcheck.typeface import font
from tests.conftest import ROOT

FOLDER = Path(formcheck.typeface.__file__).parent
DRAWN = ["render", "live", "history", "stretches", "criteria", "judging"]


def signs() -> set[str]:
    """What is not ASCII in the sources of the rooms whose words are drawn."""
    found: set[str] = set()
    for folder in DRAWN:
        for path in (ROOT / "formcheck" / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            found |= {chr(int(code, 16)) for code in re.findall(r"\\u([0-9a-f]{4})", text)}
            found |= {letter for letter in text if ord(letter) > 0x7F}
    return {sign for sign in found if not sign.isspace()}


def drawn(sign: str, weight: str) -> bytes:
    image = Image.new("L", (80, 80))
    ImageDraw.Draw(image).text((10, 10), sign, font=font(40, bold=weight == "bold"), fill=255)
    return image.tobytes()


@pytest.mark.parametrize("weight", ["book", "bold"])
def test_every_sign_that_is_drawn_is_in_the_typeface(weight: str) -> None:
    box = drawn("\uffff", weight)  # what is drawn for a sign that there is not
    assert drawn("\u4e00", weight) == box
    assert len(signs()) > 8
    for sign in sorted({*signs(), "\u00e4", "\u0159", "\u0416"}):
        assert drawn(sign, weight) != box, hex(ord(sign))


def test_the_typeface_and_its_licence_lie_in_the_package() -> None:
    """A wheel has all of the package; nothing of it may be looked for on the system."""
    assert {path.name for path in FOLDER.glob("*.ttf")} == {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf"}
    assert "Bitstream Vera" in (FOLDER / "LICENSE_DEJAVU").read_text(encoding="utf-8")
    assert font(20).getname() == ("DejaVu Sans", "Book") and font(20, bold=True).getname() == ("DejaVu Sans", "Bold")
