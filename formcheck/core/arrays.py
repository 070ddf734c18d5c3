"""Arrays as fields of values: kind and shape, declared once with the field, checked where a value is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter
from typing import Annotated, Any, Final, get_args, get_type_hints

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shaped:
    """The shape of a field. `along` names its first axis, whose length is that of the field of this name.

    along     "" where there is no axis but those of `each`.
    each      the shape of one entry along it.
    more      so many entries more than the other field has.
    """

    along: str = ""
    each: tuple[int, ...] = ()
    more: int = 0


_FRAMES: Final = "t_s"
PerFrame = Annotated[Floats, Shaped(_FRAMES)]
"""(T,) one number a frame."""
PerFrameInt = Annotated[Ints, Shaped(_FRAMES)]
PerFrameBool = Annotated[Bools, Shaped(_FRAMES)]
PerLeg = Annotated[Floats, Shaped(_FRAMES, (2,))]
"""(T, 2) one number a frame for the left and the right leg."""
PerLegInt = Annotated[Ints, Shaped(_FRAMES, (2,))]

_KIND_WORDS: Final = {"f": "floats", "i": "integers", "b": "booleans"}


@dataclass(frozen=True, slots=True)
class _Contract:
    """What the array fields of one class must be."""

    names: tuple[str, ...]
    shaped: tuple[Shaped, ...]
    dtypes: list[np.dtype[Any]]
    axes: tuple[str, ...]
    read: attrgetter[tuple[Any, ...]]

    def shapes(self, lengths: tuple[int, ...]) -> list[tuple[int, ...]]:
        """The shape of each field, given how long the axes are."""
        known = dict(zip(self.axes, lengths, strict=True))
        return [(known[one.along] + one.more, *one.each) if one.along else one.each for one in self.shaped]


@cache
def _contract_of(kind: type) -> _Contract:
    found: dict[str, tuple[Shaped, np.dtype[Any]]] = {}
    for name, hint in get_type_hints(kind, include_extras=True).items():
        for shaped in getattr(hint, "__metadata__", ()):
            if isinstance(shaped, Shaped):
                found[name] = shaped, _dtype(get_args(hint)[0])
    axes = tuple(dict.fromkeys(shaped.along for shaped, _ in found.values() if shaped.along))
    names = tuple(found)
    return _Contract(
        names=names,
        shaped=tuple(shaped for shaped, _ in found.values()),
        dtypes=[dtype for _, dtype in found.values()],
        axes=axes,
        read=attrgetter(*names),
    )


def _dtype(array: object) -> np.dtype[Any]:
    """The kind of numbers of a type of array: `NDArray[X]` as it is (NumPy 2.5), or written out with `dtype[X]`."""
    last = get_args(array)[-1]
    return np.dtype((get_args(last) or (last,))[0])


@lru_cache(maxsize=64)
def _expected(kind: type, lengths: tuple[int, ...]) -> tuple[list[tuple[int, ...]], list[np.dtype[Any]]]:
    contract = _contract_of(kind)
    return contract.shapes(lengths), contract.dtypes


def check_arrays(value: object) -> None:
    """Check all fields of `value` that are annotated with a `Shaped`; at least two must be.

    Raises ValueError (TypeError for what is no array) that names the field, what was expected and what it got. Takes
    some microseconds where all is well: values of single frames are made all the time.
    """
    kind: type = type(value)
    contract = _contract_of(kind)
    arrays = contract.read(value)
    try:
        lengths = tuple([len(getattr(value, axis)) for axis in contract.axes])
        shapes, dtypes = _expected(kind, lengths)
        if [one.shape for one in arrays] == shapes and [one.dtype for one in arrays] == dtypes:
            return
    except (AttributeError, TypeError):
        pass  # something is no array: told below
    _tell(kind, contract, dict(zip(contract.names, arrays, strict=True)))


def _tell(kind: type, contract: _Contract, arrays: Mapping[str, Any]) -> None:
    """Raise the error, if there is one; numbers of another width are as good as those that are usual."""
    for name, shaped, dtype in zip(contract.names, contract.shaped, contract.dtypes, strict=True):
        got = arrays[name]
        if not isinstance(got, np.ndarray):
            raise TypeError(f"{kind.__name__}.{name}: expected an array, got {type(got).__name__}")
        first: tuple[int, ...] = ()
        if shaped.along:
            axis = arrays[shaped.along]
            first = ((len(axis) if isinstance(axis, np.ndarray) and axis.ndim else 0) + shaped.more,)
        expected = (*first, *shaped.each)
        if got.shape != expected or got.dtype.kind != dtype.kind:
            what = _KIND_WORDS[dtype.kind]
            raise ValueError(
                f"{kind.__name__}.{name}: expected {what} of shape {expected}, got {got.dtype} of shape {got.shape}"
            )


def unknown_arrays(kind: type, count: int) -> dict[str, Any]:
    """Arrays of so many entries for the fields of a class, in which nothing is known: NaN, 0 and False."""
    contract = _contract_of(kind)
    shapes = contract.shapes(tuple(count for _ in contract.axes))
    return {
        name: np.full(shape, np.nan) if dtype.kind == "f" else np.zeros(shape, dtype=dtype)
        for name, shape, dtype in zip(contract.names, shapes, contract.dtypes, strict=True)
    }
