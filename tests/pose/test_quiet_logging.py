"""Standard error belongs to whoever runs the program: only what the native libraries say of themselves is left out."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from formcheck.pose.quiet_logging import without_native_log

CHATTER = (
    "WARNING: All log messages before absl::InitializeLog() is called are written to STDERR\n",
    "I0000 00:00:1795621286.321516   14702 task_runner.cc:85] GPU suport is not available: INTERNAL: ; RET_CHECK\n",
    "INFO: Created TensorFlow Lite XNNPACK delegate for CPU.\n",
    "W0000 00:00:1795621286.388829   14774 inference_feedback_manager.cc:114] Feedback manager requires a model\n",
    'E0000 00:00:1795621286.4   14774 graph.cc:928] Run() failed: \nCalculator::Process() for node "a" failed: x\n',
)
OTHERS = (
    "INFO: the host started\n",
    "W1125 15:41:02.123456 14702 host.cc:12] a log of the host's own, which has a date\n",
    "WARNING: disk nearly full\n",
    "no end of line yet ",
    "and its end\n",
    "Calculator::Process() of the host's own\n",
)


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)


def test_all_but_the_chatter_is_written_in_its_order(capfd: pytest.CaptureFixture[str]) -> None:
    with without_native_log():
        for other, chatter in zip(OTHERS, (*CHATTER, ""), strict=True):
            os.write(2, other.encode() + chatter.encode())
    os.write(2, CHATTER[0].encode())  # outside nothing is left out
    assert capfd.readouterr().err == "".join(OTHERS) + CHATTER[0]


def test_the_stream_is_given_back_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        with without_native_log():
            os.write(2, b"before\n" + CHATTER[1].encode())
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "before\nafter\n"


def test_no_descriptor_is_left_open() -> None:
    before = len(list(Path("/dev/fd").iterdir()))
    for _ in range(5):
        with without_native_log():
            pass
    assert len(list(Path("/dev/fd").iterdir())) == before


@pytest.mark.parametrize(
    "how",
    [
        "sys.stderr = None",
        "os.close(2)",
        "sys.stderr.close()",
        "read, write = os.pipe(); os.dup2(write, 2); os.close(write); os.close(read)",
        "tempfile.tempdir = '/nowhere'",
    ],
)
def test_a_stream_that_is_closed_ends_nothing(how: str) -> None:
    done = run(
        f"import os, sys, tempfile\n{how}\n"
        "from formcheck.pose.quiet_logging import without_native_log\n"
        "with without_native_log():\n"
        "    try: os.write(2, b'x')\n"
        "    except OSError: pass\n"
        "    print('inside')\n"
        "print('outside')"
    )
    assert done.stdout.split() == ["inside", "outside"]


def test_models_made_by_several_threads_say_nothing_and_hide_nothing() -> None:
    pytest.importorskip("mediapipe")
    done = run(
        "import os, threading, time\n"
        "import numpy as np\n"
        "from formcheck.core.poses import Picture\n"
        "from formcheck.pose.engines import ModelChoice\n"
        "models, over = [], threading.Event()\n"
        "def host():\n"
        "    for i in range(10**6):\n"
        "        os.write(2, f'host {i}\\n'.encode())\n"
        "        if over.wait(0.001): return\n"
        "threads = [threading.Thread(target=lambda: models.append(ModelChoice().estimator())) for _ in range(2)]\n"
        "writer = threading.Thread(target=host)\n"
        "for one in (writer, *threads): one.start()\n"
        "for one in threads: one.join()\n"
        "over.set(); writer.join()\n"
        "nobody = np.zeros((120, 160, 3), dtype=np.uint8)\n"
        "for model in models:\n"
        "    found = model.estimate(Picture(index=0, t_s=0.0, rgb=nobody, width=160, height=120)).frame\n"
        "    print(len(found.people))\n"
        "os.write(2, b'last\\n')\n"
    )
    *hosts, last = done.stderr.splitlines()
    # What was held back meanwhile comes when it is known to be the host's own; nothing of it is lost or cut.
    assert sorted(hosts, key=lambda line: int(line.removeprefix("host "))) == [f"host {i}" for i in range(len(hosts))]
    assert len(hosts) > 10
    assert last == "last"
    assert done.stdout.split() == ["0", "0"]


def test_one_thread_at_a_time_exchanges_the_stream(capfd: pytest.CaptureFixture[str]) -> None:
    def speak(name: str) -> None:
        for _ in range(50):
            with without_native_log():
                os.write(2, f"{name}\n{CHATTER[3]}".encode())

    threads = [threading.Thread(target=speak, args=(name,)) for name in "abcd"]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    said = capfd.readouterr().err.split()
    assert sorted(said) == sorted("abcd" * 50)
