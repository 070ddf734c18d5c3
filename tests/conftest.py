from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
SHARED_MEDIA = ROOT.parent / "shared" / "media"


@pytest.fixture(autouse=True, scope="session")
def no_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whoever runs the tests may have settings; the tests have none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORMCHECK_CONFIG", str(tmp_path_factory.mktemp("settings") / "config.toml"))
        yield


@pytest.fixture(scope="session")
def samples() -> Path:
    return ROOT / "samples"


@pytest.fixture(scope="session")
def shared_media() -> Path:
    if not SHARED_MEDIA.is_dir():
        pytest.skip("the shared media are not beside this checkout")
    return SHARED_MEDIA


@pytest.fixture(autouse=True)
def _history_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the history of whoever runs the tests."""
    monkeypatch.setenv("FORMCHECK_DATA_DIR", str(tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="session")
def analysed(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> tuple[Path, dict[str, Any]]:
    """Two of the samples judged once, the stretch recognised; result folder and reports by name."""
    from tests.test_end_to_end import formcheck

    out = tmp_path_factory.mktemp("out")
    films = [samples / f"{name}.mp4" for name in ("supine_knee_bent", "toe_touch_hips_back")]
    code, stdout, _ = formcheck("analyze", *films, "--out", out, "--json", "-")
    assert code == 0
    reports = [json.loads(line) for line in stdout.splitlines()]
    return out, {report["source"]["name"].removesuffix(".mp4"): report for report in reports}
