"""Commands on a disk that is really full and in a network that is really gone: a namespace of Linux with a small tmpfs and no interface.

`make kills` runs it as ``unshare -rmn python -m kills.small_disk NAME…``; what it prints are the figures and what is wrong.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from kills.stopping import Stage

PAGE = 4_096
"""What tmpfs gives away at once."""
ROOMS = (0, 1, 2, 3, 5, 8, 16, 32, 64, 128, 256, 512, 1_024, 2_048, 4_096)
"""Pages left when a command begins, until it has enough."""
LARGE = 512 * 1024 * 1024


def possible() -> bool:
    """Tell whether this system lets us make a namespace with a disk of our own."""
    unshare = shutil.which("unshare")
    words = ("-rmn", "mount", "-t", "tmpfs", "none", "/mnt")
    return bool(unshare) and subprocess.run((str(unshare), *words), capture_output=True, check=False).returncode == 0


def tried(names: Sequence[str], seconds: float) -> tuple[dict[str, int], list[str]]:
    """Run commands on small disks in a namespace; return how often each found its disk full, and what was wrong."""
    here = (sys.executable, "-m", "kills.small_disk", *names)
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(
        ("unshare", "-rmn", *here), env=env, capture_output=True, text=True, check=False, timeout=seconds
    )
    if done.returncode:
        return {}, [done.stderr[-1_000:]]
    told = json.loads(done.stdout.splitlines()[-1])
    return told["full"], told["wrong"]


def _mount(folder: Path, size: int, *options: str) -> None:
    subprocess.run(
        ("mount", "-t", "tmpfs", "-o", ",".join((f"size={size}", *options)), "none", str(folder)), check=True
    )


def on_small_disks(name: str, folder: Path) -> Iterator[list[str]]:
    """Yield what is wrong with a command for each disk that was too small for it."""
    stage = Stage.of(name, folder)
    for pages in ROOMS:
        now = folder / "now"
        shutil.rmtree(now, ignore_errors=True)
        now.mkdir()
        _mount(now, LARGE)
        shutil.copytree(folder / "ready", now, symlinks=True, dirs_exist_ok=True)
        used = os.statvfs(now)
        _mount(now, (used.f_blocks - used.f_bfree) * used.f_frsize + pages * PAGE, "remount")
        ended = stage.run(now)
        full = ended.code != 0 or os.statvfs(now).f_bfree == 0
        _mount(now, LARGE, "remount")
        wrong = [*stage.judged(now, ended, f"{name}, a disk with {pages} pages of room")]
        if ended.code not in (0, 1, 2) or (ended.code and len(ended.printed.strip().splitlines()) > 4):
            wrong.append(f"{name}, a disk with {pages} pages of room: {ended.code} {ended.printed[-300:]}")
        subprocess.run(("umount", str(now)), check=True)
        if full:
            yield wrong
        if not ended.code:
            return


def main() -> None:
    """Try the commands that are named."""
    full, wrong = {}, []
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            found = [*on_small_disks(name, Path(folder))]
        full[name] = len(found)
        wrong += [one for several in found for one in several]
    print(json.dumps({"full": full, "wrong": wrong}))


if __name__ == "__main__":
    main()
