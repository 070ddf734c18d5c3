from __future__ import annotations

import numpy as np
import pytest

from formcheck.signals.downsample import Downsampler


def thinned(t_s: np.ndarray, value: np.ndarray, *cuts: int, most: int = 1500) -> tuple[np.ndarray, np.ndarray]:
    thinner = Downsampler(most)
    for t, v in zip(np.split(t_s, cuts), np.split(value, cuts), strict=True):
        thinner.extend(t, v)
    return thinner.points()


def long_curve() -> tuple[np.ndarray, np.ndarray]:
    """An hour at 30 pictures a second, restless, with one spike up, one down, and ten minutes of nothing."""
    t_s = np.arange(108_000) / 30.0
    value = 40.0 + np.random.default_rng(7).normal(0.0, 2.0, len(t_s))
    value[50_000], value[70_001] = 95.0, -30.0
    value[80_000:98_000] = np.nan
    return t_s, value


def test_a_long_curve_becomes_short_and_keeps_its_extremes() -> None:
    t_s, value = long_curve()
    t, v = thinned(t_s, value)
    assert 700 < len(t) <= 1500
    assert (np.diff(t) > 0).all()
    assert (t[np.nanargmax(v)], np.nanmax(v)) == (t_s[50_000], 95.0)
    assert (t[np.nanargmin(v)], np.nanmin(v)) == (t_s[70_001], -30.0)
    # Every point is one of the curve, and the gap is still one.
    at = np.searchsorted(t_s, t)
    np.testing.assert_array_equal(v, value[at])
    inside = (t > t_s[80_000] + 10) & (t < t_s[97_999] - 10)
    assert inside.sum() > 50
    assert np.isnan(v[inside]).all()


def test_bounces_in_an_hour_stay_visible() -> None:
    t_s = np.arange(108_000) / 30.0
    bouncing = (t_s > 1800) & (t_s < 1830)
    value = np.where(bouncing, 40.0 + 8.0 * np.sin(2 * np.pi * t_s), 40.0)
    t, v = thinned(t_s, value)
    inside = (t > 1800) & (t < 1830)
    assert v[inside].min() == pytest.approx(32.0, abs=0.1)
    assert v[inside].max() == pytest.approx(48.0, abs=0.1)


def test_chunks_make_no_difference() -> None:
    t_s, value = long_curve()
    whole = thinned(t_s, value)
    for cuts in ((1, 2, 3, 5_000, 5_001), tuple(range(0, 108_000, 999))):
        for want, got in zip(whole, thinned(t_s, value, *cuts), strict=True):
            np.testing.assert_array_equal(want, got)


def test_a_short_curve_stays_as_it_is() -> None:
    t_s = np.arange(300) / 30.0
    value = np.sin(t_s)
    value[20:25] = np.nan
    t, v = thinned(t_s, value)
    np.testing.assert_array_equal(t, t_s)
    np.testing.assert_array_equal(v, value)
    assert len(Downsampler().points()[0]) == 0
