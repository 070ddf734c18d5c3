"""The filter against that of scipy, which comes with the tests only."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.signals.butterworth import Butterworth

# The bands of shaking and of the model's jitter, cut below half the rate as the filter of `tracking/tremor.py` is.
RATES = [9.0, 12.0, 24.0, 25.0, 29.97, 30.0, 50.0, 60.0, 120.0, 240.0]
BANDS = [
    (low, min(high, most * fps), fps)
    for low, high, most in [(4.0, 10.0, 0.45), (11.0, 15.0, 0.48)]
    for fps in RATES
    if most * fps > low
]


def noise(count: int) -> np.ndarray:
    return np.random.default_rng(5).normal(size=(count, 8, 2))


@pytest.mark.parametrize(("low", "high", "fps"), BANDS)
def test_it_is_the_filter_of_scipy(low: float, high: float, fps: float) -> None:
    signal = pytest.importorskip("scipy.signal")
    sections = signal.butter(2, (low, high), btype="bandpass", fs=fps, output="sos")
    values = noise(1000)
    mine = Butterworth(low, high, fps)
    mine.begin(16)
    theirs = signal.sosfilt(sections, values, axis=0)
    np.testing.assert_allclose(mine.extend(values), theirs, rtol=0, atol=1e-12 * np.abs(theirs).max())
    turn, gain = signal.sosfreqz(sections, worN=1024)
    np.testing.assert_allclose(mine.gains(), (turn, np.abs(gain)), rtol=0, atol=1e-12)


def test_the_edges_let_half_of_the_power_through_and_the_middle_all() -> None:
    """What makes a band pass a Butterworth one, without asking scipy."""
    turn, gain = Butterworth(4.0, 10.0, 60.0).gains()
    hertz = turn / (2 * np.pi) * 60.0
    assert np.interp([4.0, 10.0], hertz, gain**2) == pytest.approx([0.5, 0.5], abs=0.01)
    assert gain.max() == pytest.approx(1.0, abs=1e-4)
    assert np.interp([1.0, 28.0], hertz, gain**2).max() < 0.01


@pytest.mark.parametrize("cut", [1, 7, 64, 65, 100])
def test_blocks_of_any_size_give_the_same(cut: int) -> None:
    values = noise(300)
    whole, pieces = Butterworth(4.0, 10.0, 30.0), Butterworth(4.0, 10.0, 30.0)
    whole.begin(16)
    pieces.begin(16)
    parts = [pieces.extend(values[i : i + cut]) for i in range(0, len(values), cut)]
    np.testing.assert_allclose(np.concatenate(parts), whole.extend(values), rtol=0, atol=1e-13)


@pytest.mark.parametrize("band_hz", [(0.0, 10.0), (10.0, 4.0), (4.0, 15.0)])
def test_a_band_that_there_cannot_be_is_refused(band_hz: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="a band from"):
        Butterworth(*band_hz, 30.0)
