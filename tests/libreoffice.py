"""Find the LibreOffice that the tests open workbooks with.

`python tests/libreoffice.py --install` installs its spreadsheet program where it is missing (Debian or Ubuntu, as root).
A test says `from libreoffice import saved_by_libreoffice` and gets a workbook as LibreOffice writes it again.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from chromium import apt_install

NAMES = ("soffice", "libreoffice")
PACKAGE = "libreoffice-calc-nogui"

NO_LIBREOFFICE = """\
テストに使う LibreOffice がありません。Debian/Ubuntu: sudo apt-get install libreoffice-calc-nogui
ほかの環境では LibreOffice を入れ、soffice の場所を環境変数 LIBREOFFICE に書いてください。
The tests need LibreOffice. On Debian or Ubuntu: sudo apt-get install libreoffice-calc-nogui
Elsewhere install LibreOffice and put the path of soffice into the variable LIBREOFFICE."""


def libreoffice_path() -> str | None:
    """Return the path of LibreOffice: $LIBREOFFICE or one on PATH; None if there is none."""
    named = os.environ.get("LIBREOFFICE")
    if named:
        return named if Path(named).exists() else None
    return next(filter(None, map(shutil.which, NAMES)), None)


def converted(raw: bytes, kind: str = "xlsx") -> bytes:
    """Open a workbook in LibreOffice and return the file it saves (``xlsx``, ``pdf``, ``ods``). Takes 3-6 seconds."""
    program = libreoffice_path()
    if program is None:
        raise FileNotFoundError(NO_LIBREOFFICE)
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "book.xlsx"), Path(folder, "out", f"book.{kind}")
        before.write_bytes(raw)
        profile = (
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"  # its own, so that tests can run side by side
        )
        command = [
            program,
            profile,
            "--headless",
            "--norestore",
            "--convert-to",
            kind,
            "--outdir",
            str(after.parent),
            str(before),
        ]
        run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if not after.is_file():
            raise AssertionError(f"LibreOffice saved nothing: {run.stdout}{run.stderr}")
        return after.read_bytes()


def saved_by_libreoffice(raw: bytes) -> bytes:
    """Return a workbook as LibreOffice saves it when somebody opens it and presses Save."""
    return converted(raw, "xlsx")


def install() -> None:
    """Make sure of LibreOffice, or stop with what to do."""
    if not libreoffice_path() and not os.environ.get("LIBREOFFICE"):
        apt_install([PACKAGE])
    if not libreoffice_path():
        sys.exit(NO_LIBREOFFICE)


if __name__ == "__main__":
    if "--install" in sys.argv[1:]:
        install()
    print(libreoffice_path() or sys.exit(NO_LIBREOFFICE))
