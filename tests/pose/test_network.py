"""A network that is used: what it must take and give, and the one line that is told where it does not."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from formcheck.core.errors import ModelError
from formcheck.pose import model_files
from formcheck.pose.network import Network

interpreter = pytest.importorskip("ai_edge_litert.interpreter")

DETECTOR_OUTPUTS = ((2254, 12), (2254, 1))
WHAT = "the pose model x.tflite"


class MadeUp:
    """An interpreter of a network with these inputs and outputs, which answers with their numbers."""

    inputs: Sequence[tuple[Sequence[int], type]] = [((1, 4, 4, 3), np.float32)]
    outputs: Sequence[tuple[Sequence[int], type]] = [((1, 2), np.float32), ((1, 3), np.float32)]

    def __init__(self, **_: Any) -> None:
        self.seen = np.zeros(0)

    def allocate_tensors(self) -> None:
        pass

    def get_input_details(self) -> list[dict[str, Any]]:
        return [{"shape": np.array(shape), "dtype": kind, "index": i} for i, (shape, kind) in enumerate(self.inputs)]

    def get_output_details(self) -> list[dict[str, Any]]:
        return [
            {"shape": np.array(shape), "dtype": kind, "index": 10 + i} for i, (shape, kind) in enumerate(self.outputs)
        ]

    def set_tensor(self, _index: int, value: np.ndarray) -> None:
        self.seen = value.copy()

    def invoke(self) -> None:
        pass

    def tensor(self, index: int) -> Any:
        return lambda: np.full(self.outputs[index - 10][0], index + self.seen.sum(), dtype=np.float32)


def made_up(patch: pytest.MonkeyPatch, **ends: Any) -> None:
    patch.setattr(interpreter, "Interpreter", type("OfThisTest", (MadeUp,), ends))


def test_outputs_come_in_the_order_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made_up(monkeypatch)
    network = Network(b"", WHAT, 4, ((3,), (2,)), 1)
    network.picture[0, 0, 0] = 0.5
    three, two = network.run()
    np.testing.assert_array_equal(three, [11.5] * 3)
    np.testing.assert_array_equal(two, [10.5] * 2)


FLOAT = np.float32


@pytest.mark.parametrize(
    "ends",
    [
        {"inputs": [((1, 5, 5, 3), FLOAT)]},
        {"inputs": [((1, 3, 4, 4), FLOAT)]},
        {"inputs": [((2, 4, 4, 3), FLOAT)]},
        {"inputs": [((1, 4, 4, 3), np.uint8)]},
        {"inputs": [((1, 4, 4, 3), FLOAT), ((1, 2), FLOAT)]},
        {"inputs": []},
        {"outputs": [((1, 2), FLOAT)]},
        {"outputs": [((1, 2), FLOAT), ((1, 3), np.int8)]},
        {"outputs": [((2,), FLOAT), ((3,), FLOAT)]},
        {"outputs": []},
    ],
    ids=str,
)
def test_a_network_of_another_kind_is_told(ends: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    made_up(monkeypatch, **ends)
    with pytest.raises(ModelError) as told:
        Network(b"", WHAT, 4, ((3,), (2,)), 1)
    assert str(told.value) == f"{WHAT} is a network of another kind; see models/README.md for those that can be used"


def test_what_more_a_network_gives_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    made_up(monkeypatch, outputs=[((1, 7), FLOAT), ((1, 2), FLOAT), ((1, 9, 9), np.int8)])
    assert [one.shape for one in Network(b"", WHAT, 4, ((2,),), 1).run()] == [(2,)]


@pytest.mark.parametrize("content", [b"", b"nothing", b"\x1c\x00\x00\x00TFL3" + bytes(64)])
def test_bytes_that_are_no_network_are_told(content: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ModelError) as told:
        Network(content, WHAT, 224, DETECTOR_OUTPUTS, 1)
    assert str(told.value) == f"{WHAT} cannot be used: it is damaged, or no network for LiteRT"
    assert capfd.readouterr().err == ""


def test_the_landmark_network_is_no_detector() -> None:
    with pytest.raises(ModelError, match="of another kind"):
        Network(model_files.load().landmarks, WHAT, 224, DETECTOR_OUTPUTS, 1)


def test_one_that_was_closed_says_so(capfd: pytest.CaptureFixture[str]) -> None:
    network = Network(model_files.detector(), WHAT, 224, DETECTOR_OUTPUTS, 1)
    assert [one.shape for one in network.run()] == list(DETECTOR_OUTPUTS)
    for _ in range(2):
        network.close()
        with pytest.raises(ModelError, match="the pose model was closed already"):
            network.run()
    assert capfd.readouterr().err == ""  # LiteRT tells nobody what it computes with


def test_without_litert_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ai_edge_litert.interpreter", None)
    with pytest.raises(ModelError, match="pip install ai-edge-litert"):
        Network(b"", WHAT, 224, DETECTOR_OUTPUTS, 1)
