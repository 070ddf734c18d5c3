from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from formcheck import files

OLD, NEW = "what was there\n" * 1000, "what is new\n" * 500
CONTENTS = tuple(str(number) * 200_000 for number in range(4))


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Path:
    path = tmp_path / "results" / "table.csv"
    path.parent.mkdir()
    path.write_text(OLD)
    return path


def alone(file: Path) -> bool:
    return [one.name for one in file.parent.iterdir()] == [file.name]


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_text_and_bytes_are_written_as_they_are(file: Path) -> None:
    files.write_text(file, "\u00e9 one\r\ntwo\n")
    assert file.read_bytes() == b"\xc3\xa9 one\r\ntwo\n"
    files.write_bytes(file, b"\x00\n\xff")
    assert file.read_bytes() == b"\x00\n\xff"
    assert alone(file)


def test_a_new_file_needs_its_folder(tmp_path: Path) -> None:
    files.write_text(tmp_path / "new.json", NEW)
    assert (tmp_path / "new.json").read_text() == NEW
    with pytest.raises(FileNotFoundError):
        files.write_text(tmp_path / "no folder" / "new.json", NEW)
    assert alone(tmp_path / "new.json")


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_error_in_the_middle_leaves_the_old_file(file: Path, error: type[BaseException]) -> None:
    def fail() -> None:
        with files.replacing(file) as part:
            part.write_text(NEW)
            raise error

    with pytest.raises(error):
        fail()
    assert file.read_text() == OLD
    assert alone(file)


@pytest.mark.parametrize("step", ["write_bytes", "replace", "fsync", "open"])
def test_a_full_disk_leaves_the_old_file(file: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    monkeypatch.setattr(Path if step in ("write_bytes", "replace") else os, step, full)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        files.write_text(file, NEW)
    monkeypatch.undo()
    assert file.read_text() == OLD
    assert alone(file)


def test_a_disk_that_is_full_halfway_leaves_no_half(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(path: Path, content: bytes) -> None:
        with path.open("wb") as part:
            part.write(content[: len(content) // 2])
        full()

    monkeypatch.setattr(Path, "write_bytes", half)
    for path in (file, file.with_name("new.csv")):
        with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            files.write_text(path, NEW)
    assert file.read_text() == OLD
    assert alone(file)


@pytest.mark.skipif(os.name == "nt", reason="Windows syncs no folders")
def test_it_is_on_the_disk_before_it_takes_the_place(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    replace, fsync = Path.replace, os.fsync

    def replaced(part: Path, target: Path) -> Path:
        done.append("replace")
        return replace(part, target)

    def synced(number: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(number).st_mode) else "file")
        fsync(number)

    monkeypatch.setattr(Path, "replace", replaced)
    monkeypatch.setattr(os, "fsync", synced)
    files.write_text(file, NEW)
    assert done == ["file", "replace", "folder"]


def test_a_folder_that_cannot_be_synced_is_no_failure(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def only_files(number: int) -> None:
        if stat.S_ISDIR(os.fstat(number).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        fsync(number)

    monkeypatch.setattr(os, "fsync", only_files)
    files.write_text(file, NEW)
    assert file.read_text() == NEW


def test_many_writers_never_leave_a_mixture_or_a_part(file: Path) -> None:
    """Threads of this process and other processes at once, while somebody reads."""
    file.write_text(CONTENTS[0])
    code = (
        "import sys; from pathlib import Path; from formcheck import files\n"
        "for _ in range(40): files.write_text(Path(sys.argv[1]), sys.argv[2] * 200_000)"
    )
    others = [subprocess.Popen([sys.executable, "-c", code, str(file), str(number)]) for number in (0, 1)]

    def write(content: str) -> None:
        for _ in range(40):
            files.write_text(file, content)

    threads = [threading.Thread(target=write, args=(content,)) for content in CONTENTS[2:]]
    for thread in threads:
        thread.start()
    read = set[str]()
    while any(thread.is_alive() for thread in threads) or any(other.poll() is None for other in others):
        read.add(file.read_text())
    for thread in threads:
        thread.join()
    assert [other.wait() for other in others] == [0, 0]
    assert read | {file.read_text()} <= set(CONTENTS)
    assert len(read) > 1
    assert alone(file)


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o600, 0o444])
def test_a_file_that_is_replaced_keeps_its_permissions(file: Path, mode: int, *, private: bool) -> None:
    file.chmod(mode)
    with files.replacing(file, private=private) as part:
        assert part.stat().st_mode & 0o777 == 0o600  # until it is known whom it is for
        part.write_text(NEW)
    assert file.stat().st_mode & 0o777 == mode
    assert file.read_text() == NEW


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_a_new_file_has_the_usual_permissions_or_is_for_its_owner_only(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.write_text(tmp_path / "usual", NEW)
        files.write_text(tmp_path / "private", NEW, private=True)
    finally:
        os.umask(before)
    assert (tmp_path / "usual").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "private").stat().st_mode & 0o777 == 0o600


def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(file)
    files.write_text(link, NEW)
    assert link.is_symlink()
    assert file.read_text() == NEW
    assert alone(file)


def test_links_in_a_circle_and_folders_are_refused(tmp_path: Path) -> None:
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "one", tmp_path / "folder"):
        for write in (files.check_writable, lambda path: files.write_text(path, NEW)):
            with pytest.raises(OSError, match=r"[Ll]inks|[Dd]irectory"):
                write(path)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["folder", "one", "two"]


@pytest.mark.skipif(os.name == "nt", reason="devices of POSIX")
def test_a_device_or_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    files.check_writable(pipe)
    files.write_text(pipe, NEW)
    reader.join()
    assert read == [NEW]
    assert pipe.is_fifo()
    assert alone(pipe)


def test_what_killed_runs_left_is_swept_but_not_what_is_in_hand(file: Path) -> None:
    begun = file.with_name(f"{files.part_prefix(file)}0")
    old = file.with_name(f"{files.part_prefix(file)}1")
    other = file.with_name(f"{files.part_prefix(file.with_name('other.csv'))}2")
    folder = file.with_name(f"{files.part_prefix(file)}3")
    folder.mkdir()
    (folder / "poses").write_text(NEW)
    for left in (begun, old, other):
        left.write_text(NEW)
    long_ago = time.time() - files.DAY_S - 60.0
    for left in (old, other, folder):
        os.utime(left, (long_ago, long_ago))
    files.write_text(file, NEW)
    assert {one.name for one in file.parent.iterdir()} == {file.name, begun.name, other.name}
    files.sweep(file, older_than_s=0.0)
    assert {one.name for one in file.parent.iterdir()} == {file.name, other.name}
    files.sweep(file.parent / "no folder" / "new.csv", older_than_s=0.0)


def test_checking_leaves_nothing_behind(file: Path) -> None:
    files.check_writable(file)
    files.check_writable(file.with_name("new.json"))
    assert alone(file)
    assert file.read_text() == OLD
    with pytest.raises(FileNotFoundError):
        files.check_writable(file.parent / "no folder" / "new.json")
