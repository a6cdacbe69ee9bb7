"""Find the small programs that the tests call. `python tests/system_tools.py --install` installs those that are missing (Debian or Ubuntu, as root)."""

import shutil
import sys

from chromium import apt_install

TOOLS = {"rsync": "rsync", "curl": "curl", "java": "default-jre-headless"}
"""Programs, and their Debian packages."""


def _missing() -> list[str]:
    return [package for program, package in TOOLS.items() if not shutil.which(program)]


def missing_tools() -> str:
    """Return what to do about the programs that are missing; "" where none is."""
    names = " ".join(_missing())
    command = f"Debian/Ubuntu: sudo apt-get install {names}"
    return f"テストに使うプログラムがありません。{command}\nThe tests need more programs. {command}" if names else ""


def install() -> None:
    """Make sure of every program, or stop with what to do."""
    if missing_tools():
        apt_install(_missing())
    if missing_tools():
        sys.exit(missing_tools())


if __name__ == "__main__":
    if "--install" in sys.argv[1:]:
        install()
    print(missing_tools() or " ".join(TOOLS))
