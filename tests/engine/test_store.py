"""A store is a helper: whole, or a miss. Whatever happens to its file, nothing raises and nothing wrong comes back."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tsunagite.engine import store as module
from tsunagite.engine.store import LAZY, NAME, Store

LARGE = bytes(range(256)) * 400


def keys(count: int) -> Iterator[bytes]:
    return (number.to_bytes(16, "big") for number in range(count))


def fill(folder: Path, count: int = 200) -> None:
    store = Store(folder)
    for key in keys(count):
        store.put("a", key, key * 40)
    store.close()


def found(folder: Path, count: int = 200) -> dict[bytes, bytes | None]:
    store = Store(folder)
    try:
        return {key: store.get("a", key) for key in keys(count)}
    finally:
        store.close()


def test_what_was_put_is_there_in_the_next_build_and_by_namespace(tmp_path: Path) -> None:
    first = Store(tmp_path / "cache")
    first.put("a", b"key", b"one")
    first.put("b", b"key", LARGE)
    assert (first.get("a", b"key"), first.has("b", b"key")) == (b"one", True)
    assert Store(tmp_path / "cache").get("a", b"key") is None, "nothing is there before it is committed"
    first.close()
    second = Store(tmp_path / "cache")
    assert (second.get("a", b"key"), second.get("b", b"key"), second.get("c", b"key")) == (b"one", LARGE, None)
    assert second.has("a", b"key")
    assert not second.has("a", b"other")
    second.close()
    assert (tmp_path / "cache/.gitignore").read_text(encoding="utf-8") == "*\n"


def test_without_a_folder_it_holds_what_this_build_has_put() -> None:
    store = Store(None)
    store.put("a", b"key", b"one")
    assert store.get("a", b"key") == b"one"
    store.close()
    assert store.get("a", b"key") is None


def test_whatever_byte_of_whatever_page_is_damaged_a_value_is_right_or_a_miss(tmp_path: Path) -> None:
    fill(tmp_path, 60)
    path = tmp_path / NAME
    whole = path.read_bytes()
    dice = random.Random(23)  # noqa: S311 - places of damage, no secrets
    wrong = []
    for page in range(0, len(whole), 4096):
        for _ in range(40):
            damaged = bytearray(whole)
            for _ in range(dice.choice((1, 1, 4, 64))):
                damaged[page + dice.randrange(4096)] = dice.randrange(256)
            path.write_bytes(damaged)
            wrong += [(page, key) for key, value in found(tmp_path, 60).items() if value not in {key * 40, None}]
        path.write_bytes(whole[:page])
        wrong += [(page, key) for key, value in found(tmp_path, 60).items() if value not in {key * 40, None}]
    assert wrong == []
    fill(tmp_path, 60)
    assert found(tmp_path, 60) == {key: key * 40 for key in keys(60)}


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "no database": lambda held: b"\x00not ours" * (len(held) // 9),
    "cut in half": lambda held: held[: len(held) // 2],
    "cut in a page": lambda held: held[: len(held) // 2 + 100],
    "zeros in the middle": lambda held: held[: len(held) // 2] + bytes(4096) + held[len(held) // 2 + 4096 :],
    "zeros at the root": lambda held: held[:4096] + bytes(8192) + held[12288:],
    "every thousandth byte": lambda held: bytes(b ^ (0 if n % 1000 or n < 100 else 1) for n, b in enumerate(held)),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_a_miss_and_is_made_anew(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    fill(tmp_path)
    path = tmp_path / NAME
    path.write_bytes(damage(path.read_bytes()))
    after = found(tmp_path)
    assert all(value in (None, key * 40) for key, value in after.items()), "what is there is whole"
    assert None in after.values(), "otherwise the damage was none"
    fill(tmp_path)  # may give up on the damaged file
    fill(tmp_path)
    assert found(tmp_path) == {key: key * 40 for key in keys(200)}


def test_a_store_of_another_version_is_emptied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path)
    monkeypatch.setattr(module, "VERSION", 2)
    assert set(found(tmp_path).values()) == {None}
    fill(tmp_path)
    assert None not in found(tmp_path).values()


def test_a_folder_that_cannot_be_made_is_a_miss_and_reported_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    said: list[str] = []
    store = Store(tmp_path / "file" / "cache", said.append)
    store.put("a", b"key", b"one")
    store.commit()
    assert store.get("a", b"key") is None
    store.close()
    assert len(said) == 1


def test_a_store_that_cannot_be_written_is_a_miss_and_reported_once(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()  # what a folder without permission is to somebody who is not root
    said: list[str] = []
    store = Store(tmp_path, said.append)
    for key in keys(3):
        store.put("a", key, b"one")
        store.commit()
        store.get("a", key)
    store.close()
    assert len(said) == 1


def test_a_full_disk_loses_what_is_new_and_nothing_else(tmp_path: Path) -> None:
    fill(tmp_path)
    said: list[str] = []
    store = Store(tmp_path, said.append)
    assert store._connection is not None
    store._connection.execute("PRAGMA max_page_count = 1")  # SQLite then says what it says of a full disk
    store.put("b", b"key", LARGE)
    store.close()
    assert said == ["database or disk is full"]
    assert found(tmp_path) == {key: key * 40 for key in keys(200)}


def test_a_locked_store_lets_the_other_build_read_and_go_on_without_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path)
    monkeypatch.setattr(module, "WAIT", 0.05)
    other = sqlite3.connect(tmp_path / NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    said: list[str] = []
    store = Store(tmp_path, said.append)
    assert store.get("a", next(keys(1))) is not None
    store.put("a", b"new", b"new")
    store.close()
    assert said == ["database is locked"]
    other.execute("ROLLBACK")
    other.close()
    assert None not in found(tmp_path).values()


def test_two_builds_at_once_keep_what_both_have_put(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tsunagite.engine.store import Store\n"
        "for turn in range(20):\n"
        "    store = Store(Path(sys.argv[1]))\n"
        "    store.put('a', f'{sys.argv[2]}-{turn}'.encode(), b'x' * 5000)\n"
        "    store.close()\n"
    )
    builds = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), name]) for name in ("one", "two")]
    assert [build.wait(timeout=120) for build in builds] == [0, 0]
    store = Store(tmp_path)
    kept = [
        name
        for name in ("one", "two")
        for turn in range(20)
        if store.get("a", f"{name}-{turn}".encode()) == b"x" * 5000
    ]
    store.close()
    assert (kept.count("one"), kept.count("two")) == (20, 20)


def test_killed_while_writing_the_last_committed_state_is_there(tmp_path: Path) -> None:
    fill(tmp_path)
    code = (
        "import sys; from pathlib import Path; from tsunagite.engine.store import Store\n"
        "store = Store(Path(sys.argv[1])); print('ready', flush=True)\n"
        "for turn in range(10**6):\n"
        "    for n in range(50): store.put('a', n.to_bytes(16, 'big'), n.to_bytes(16, 'big') * 40); store.put('b', f'{turn} {n}'.encode(), b'y' * 9000)\n"
        "    store.commit()\n"
    )
    build = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
    assert build.stdout is not None
    build.stdout.readline()
    killer = threading.Timer(0.3, build.send_signal, [signal.SIGKILL])
    killer.start()
    assert build.wait(timeout=120) == -signal.SIGKILL
    assert found(tmp_path) == {key: key * 40 for key in keys(200)}


def test_what_was_not_used_longest_goes_first(tmp_path: Path) -> None:
    def build(*puts: bytes, uses: bytes = b"") -> None:
        store = Store(tmp_path, largest=800_000)
        for key in puts:
            store.put("a", key, LARGE)
        if uses:
            assert store.get("a", uses) == LARGE
        store.close()

    build(b"first", *[b"old %d" % number for number in range(4)])
    for _ in range(LAZY):  # so that "first" is marked as used later than it was put
        build(b"turn", uses=b"first")
    build(b"new 0", b"new 1")
    store = Store(tmp_path)
    assert [store.has("a", key) for key in (b"first", b"old 0", b"old 1", b"new 0", b"new 1")] == [
        True,
        False,
        False,
        True,
        True,
    ]
    store.close()
    assert (tmp_path / NAME).stat().st_size < 900_000


def test_a_fork_reads_by_itself_and_hands_over_what_it_has_put(tmp_path: Path) -> None:
    fill(tmp_path)
    store = Store(tmp_path)
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        fine = store.get("a", next(keys(1))) is not None
        store.put("b", b"of the child", b"1")
        os.write(write, b"+" if fine and store.changes().put else b"-")
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 1) == b"+"
    assert store.get("a", next(keys(1))) is not None
    store.close()
