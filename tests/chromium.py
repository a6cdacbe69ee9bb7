"""Find the Chromium that the tests drive.

`python tests/chromium.py --install` installs one, and a Japanese font, where they are missing.
A test says `from chromium import LAUNCH_ARGS, chromium_path` and launches with
`playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_ARGS)`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# As root Chromium refuses its sandbox; the rest keeps it from calling anybody by itself.
LAUNCH_ARGS = [
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

NO_CHROMIUM = """\
テストに使う Chromium がありません。Debian/Ubuntu: sudo apt-get install chromium fonts-ipaexfont
ほかの環境では Chromium か Chrome を入れ、その場所を環境変数 CHROMIUM に書いてください。
The tests need Chromium. On Debian or Ubuntu: sudo apt-get install chromium fonts-ipaexfont
Elsewhere install Chromium or Chrome and put its path into the variable CHROMIUM."""

NO_FONT = """\
日本語の字体がないため、画面の試験で文字が四角になります。sudo apt-get install fonts-ipaexfont
No Japanese font is installed, so browser tests see boxes. sudo apt-get install fonts-ipaexfont"""


def chromium_path() -> str | None:
    """Return the path of a Chromium: $CHROMIUM, one on PATH, or Playwright's own; None if there is none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).exists() else None
    return next(filter(None, map(shutil.which, NAMES)), None) or playwright_chromium()


def playwright_chromium() -> str | None:
    """Return the browser that `playwright install chromium` has put on this machine, if it did."""
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the search on PATH must work without it
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def has_japanese_font() -> bool:
    """Tell whether fontconfig knows a Japanese font; where there is no fontconfig, the system brings its own."""
    if not shutil.which("fc-list"):
        return not sys.platform.startswith("linux")
    found = subprocess.run(["fc-list", ":lang=ja"], capture_output=True, check=False)
    return bool(found.stdout.strip())


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages where we may; tell whether it worked."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return all(
        subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=False).returncode == 0
        for command in (["apt-get", "update", "-qq"], install)
    )


def install() -> None:
    """Make sure of a Chromium, or stop with what to do; warn if there is no Japanese font."""
    packages = [
        *([] if chromium_path() else ["chromium"]),
        *([] if has_japanese_font() else ["fontconfig", "fonts-ipaexfont"]),
    ]
    if packages:
        apt_install(packages)
    if not chromium_path() and not os.environ.get("CHROMIUM"):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if not chromium_path():
        sys.exit(NO_CHROMIUM)
    if not has_japanese_font():
        print(NO_FONT, file=sys.stderr)


if __name__ == "__main__":
    if "--install" in sys.argv[1:]:
        install()
    print(chromium_path() or sys.exit(NO_CHROMIUM))
