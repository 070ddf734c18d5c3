"""Values made of arrays say at once what is wrong with one of them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Annotated, Any

import numpy as np
import pytest

from formcheck.chain import Measuring
from formcheck.core.arrays import Floats, PerFrame, PerLegInt, Shaped, check_arrays
from formcheck.core.measures import Measures
from formcheck.core.poses import Body, Pose, PoseBlock
from tests.figures import folded, frame

FRAMES = [frame(i, i / 30, folded(60.0).pose()) for i in range(3)]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Example:
    """One of each sort of field, and one that is not checked."""

    t_s: PerFrame
    seen: PerLegInt
    edges: Annotated[Floats, Shaped("t_s", more=1)]
    anchor: Annotated[Floats, Shaped(each=(2,))]
    name: str = ""

    def __post_init__(self) -> None:
        check_arrays(self)


def example(**other: Any) -> Example:
    fitting: dict[str, Any] = {
        "t_s": np.zeros(3),
        "seen": np.zeros((3, 2), dtype=np.int64),
        "edges": np.zeros(4),
        "anchor": np.zeros(2),
    }
    return Example(**{**fitting, **other})


def values() -> list[Any]:
    body, measures = Measuring(prefer_lying=False).extend(FRAMES)
    return [FRAMES[0].people[0], PoseBlock.of(FRAMES), body, measures]


def test_numbers_of_another_width_are_as_good() -> None:
    assert example(t_s=np.zeros(3, dtype=np.float32), seen=np.zeros((3, 2), dtype=np.int32)).name == ""


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"t_s": np.zeros(4)}, r"Example\.seen: expected integers of shape \(4, 2\), got int64 of shape \(3, 2\)"),
        ({"t_s": np.zeros((3, 1))}, r"Example\.t_s: expected floats of shape \(3,\), got float64 of shape \(3, 1\)"),
        ({"t_s": np.array(0.0)}, r"Example\.t_s: expected floats of shape \(0,\), got float64 of shape \(\)"),
        (
            {"seen": np.zeros((3, 2))},
            r"Example\.seen: expected integers of shape \(3, 2\), got float64 of shape \(3, 2\)",
        ),
        ({"edges": np.zeros(3)}, r"Example\.edges: expected floats of shape \(4,\), got float64 of shape \(3,\)"),
        ({"anchor": np.zeros(3)}, r"Example\.anchor: expected floats of shape \(2,\), got float64 of shape \(3,\)"),
        ({"anchor": np.array([True, False])}, r"Example\.anchor: expected floats of shape \(2,\), got bool of shape"),
    ],
)
def test_what_does_not_fit_is_named_with_what_was_expected_and_what_came(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        example(**wrong)


@pytest.mark.parametrize("wrong", [None, [0.0, 0.0], 1.0])
def test_what_is_no_array_is_told(wrong: object) -> None:
    with pytest.raises(TypeError, match=rf"Example\.anchor: expected an array, got {type(wrong).__name__}"):
        example(anchor=wrong)
    with pytest.raises(TypeError, match=rf"Example\.t_s: expected an array, got {type(wrong).__name__}"):
        example(t_s=wrong)


@pytest.mark.parametrize("kind", [Pose, PoseBlock, Body, Measures])
def test_every_array_of_a_body_on_its_way_is_checked(kind: type) -> None:
    (value,) = (one for one in values() if type(one) is kind)
    for one in fields(kind):
        got = getattr(value, one.name)
        with pytest.raises(ValueError, match=rf"{kind.__name__}\.\w+: expected"):
            replace(value, **{one.name: np.concatenate([got, got[:1]])})
        with pytest.raises(ValueError, match=rf"{kind.__name__}\.{one.name}: expected .* got complex128 of shape"):
            replace(value, **{one.name: got.astype(complex)})
