"""Build the documentation: `make docs`. Pages of docs/ and the reference made from the program go to build/docs/pages, the site to build/docs/site."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import picture
import reference

ROOT = Path(__file__).resolve().parent.parent.parent
BUILT = ROOT / "build" / "docs"
NOT_PAGES = shutil.ignore_patterns("mkdocs.yml")
# Pages that stand at the top of the repository, where people and GitHub look for them.
ROOT_PAGES = {"CHANGELOG.md": "changelog.md", "SECURITY.md": "security.md", "CODE_OF_CONDUCT.md": "conduct.md"}


def collect(pages: Path) -> None:
    """Put every page together: those of docs/, those of the top folder, those made from the program."""
    shutil.rmtree(pages, ignore_errors=True)
    shutil.copytree(ROOT / "docs", pages, ignore=NOT_PAGES)
    for name, page in ROOT_PAGES.items():
        text = (ROOT / name).read_text(encoding="utf-8").replace("](docs/", "](")
        for linked, target in ROOT_PAGES.items():
            text = text.replace(f"]({linked})", f"]({target})")
        (pages / page).write_text(text, encoding="utf-8", newline="\n")
    reference.write(pages / "reference")
    decisions = sorted((pages / "decisions").glob("[0-9]*.md"))
    listed = [
        f"- [{path.read_text(encoding='utf-8').partition(chr(10))[0].lstrip('# ')}]({path.name})" for path in decisions
    ]
    with (pages / "decisions" / "index.md").open("a", encoding="utf-8") as index:
        index.write("\n".join(listed) + "\n")


def main() -> int:
    """Build the documentation strictly, or draw the picture of the packages again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--picture", action="store_true", help="write docs/images/architecture.svg from [tool.importlinter]"
    )
    if parser.parse_args().picture:
        picture.write()
        return 0
    collect(BUILT / "pages")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(ROOT / "docs" / "mkdocs.yml")]
    done = subprocess.run(command, check=False, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    if done.returncode == 0:
        print(f"documentation: {(BUILT / 'site' / 'index.html').relative_to(ROOT)}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
