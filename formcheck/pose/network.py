"""One neural network of a `.tflite` file, run by LiteRT. The only module that imports it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from formcheck.core.errors import ModelError
from formcheck.core.poses import Floats
from formcheck.pose.quiet_logging import without_native_log

TensorShape = tuple[int, ...]
_AT_ONCE: Final = 1  # pictures at a time


class _Interpreter(Protocol):
    """What is used of LiteRT's interpreter."""

    def set_tensor(self, tensor_index: int, value: npt.NDArray[np.float32]) -> None: ...
    def invoke(self) -> None: ...
    def tensor(self, tensor_index: int) -> Callable[[], npt.NDArray[np.float32]]: ...


class Network:
    """A network with one picture as its input and outputs of known shapes. For one thread at a time.

    picture  (side, side, 3), what `run` looks at: to be filled before.
    """

    def __init__(self, content: bytes, what: str, side: int, outputs: Sequence[TensorShape], threads: int) -> None:
        """Raises ModelError where `content` is no network, or none of that kind.

        `what` is said of it in errors; `outputs` are the shapes of those to come, without that of the batch.
        """
        # LiteRT says what it computes with when it starts; what matters comes as an exception.
        with without_native_log():
            try:
                from ai_edge_litert.interpreter import Interpreter

                interpreter = Interpreter(model_content=content, num_threads=threads)
                interpreter.allocate_tensors()
            except ImportError as error:
                raise ModelError("LiteRT is not installed: pip install ai-edge-litert") from error
            except (RuntimeError, ValueError) as error:
                raise ModelError(f"{what} cannot be used: it is damaged, or no network for LiteRT") from error
        entries, exits = _by_shape(interpreter.get_input_details()), _by_shape(interpreter.get_output_details())
        asked = (_AT_ONCE, side, side, 3)
        wanted = [(_AT_ONCE, *shape) for shape in outputs]
        if set(entries) != {asked} or not set(wanted) <= set(exits):
            raise ModelError(f"{what} is a network of another kind; see models/README.md for those that can be used")
        self._interpreter: _Interpreter | None = interpreter
        self._what = what
        self._entry = entries[asked]
        self._exits = [exits[shape] for shape in wanted]
        # Kept from picture to picture: to get a megabyte from the system each time costs as much as to fill it.
        self.picture: npt.NDArray[np.float32] = np.zeros((side, side, 3), dtype=np.float32)
        self._results = [np.zeros(shape, dtype=np.float32) for shape in outputs]

    def run(self) -> list[npt.NDArray[np.float32]]:
        """The outputs for `picture`, good until the next run. Raises ModelError when closed."""
        if self._interpreter is None:
            raise ModelError("the pose model was closed already")
        self._interpreter.set_tensor(self._entry, self.picture[None])
        try:
            self._interpreter.invoke()
        except RuntimeError as error:
            raise ModelError(f"{self._what} cannot be used: it is damaged") from error
        for result, index in zip(self._results, self._exits, strict=True):
            np.copyto(result, self._interpreter.tensor(index)()[0])
        return self._results

    def close(self) -> None:
        """Give its memory back."""
        self._interpreter = None


def _by_shape(ends: Sequence[dict[str, Any]]) -> dict[TensorShape, int]:
    """The index of each input or output by its shape; an empty one for what is not of floating point numbers."""
    return {tuple(one["shape"].tolist()) if one["dtype"] is np.float32 else (): int(one["index"]) for one in ends}


def sigmoid(value: Floats) -> Floats:
    """What the networks give as log odds, as shares; cut off before it overflows, as MediaPipe does."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(value, -100.0, 100.0))))
