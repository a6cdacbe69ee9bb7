"""Write NOTICE: what of others is shipped with tsunagite, with its version and licence. ``--check`` only tells whether it is current.

Run by ``make lock`` when a version changes; tests/test_notice.py fails while NOTICE is out of date.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from fetch_assets import LIBRARIES

ROOT = Path(__file__).resolve().parent.parent
NOTICE = ROOT / "NOTICE"
INSIDE = {"supercluster": ("kdbush",), "@sveltia/cms": ("Material Symbols", "Source Sans 3", "Noto Mono")}
"""What the files of a package hold of other projects."""
FONTS = {"Material Symbols": "Apache-2.0", "Source Sans 3": "OFL-1.1", "Noto Mono": "OFL-1.1"}
HEAD = """\
tsunagite
Copyright the tsunagite maintainers
Licensed under the Apache License, Version 2.0 (LICENSE).

This file lists what of others comes with tsunagite. It is made by generator/notice.py.
"""
FILES = """
Files of others inside the package (generator/tsunagite/assets/; the text of each licence is in LICENSES.txt beside the files):

"""
PAGES = """
Published sites also hold style sheets of:

"""
DATA = """
Data of others inside the package:

  records/municipalities.csv       names, readings and codes of local governments, made from https://github.com/code4fukui/localgovjp
                                   (CC0-1.0)

The records of the demonstration (resources/) keep the licences of their sources: resources/sources/*.yml and resources/areas/files/README.md.
Python libraries are installed, not shipped: requirements.txt names each with its version and hashes, and a release has a list of them
(sbom.json, CycloneDX).
"""


def shipped() -> Iterator[tuple[str, str, str, str]]:
    """Yield folder, name, version and licence of everything of others that the package holds."""
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for folder, package, _, _ in LIBRARIES:
        entry = packages[f"node_modules/{package}"]
        yield folder, package, entry["version"], _licence(package, entry)
        for name in INSIDE.get(package, ()):
            inner = packages.get(f"node_modules/{name}", {})
            yield folder, f"  in it: {name}", inner.get("version", ""), FONTS.get(name) or inner["license"]


def _licence(package: str, entry: dict[str, str]) -> str:
    """Return what the package says of itself; fonts have a licence of their own beside that of the package."""
    said = entry["license"]
    return f"{said}, the font OFL-1.1" if package.startswith("@expo-google-fonts/") else said


def notice() -> str:
    """Return the text of NOTICE."""
    rows = [
        f"  {folder + '/':16}{name:34}{version:10}{licence}".rstrip() for folder, name, version, licence in shipped()
    ]
    pins = dict(
        re.findall(r"^([a-z0-9._-]+)==([^ \\]+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    )
    pages = [f"  {'mkdocs-material':34}{pins['mkdocs-material']:10}MIT", f"  {'folium':34}{pins['folium']:10}MIT"]
    return HEAD + FILES + "\n".join(rows) + "\n" + PAGES + "\n".join(pages) + "\n" + DATA


def main() -> None:
    """Write NOTICE, or with ``--check`` say that it is old."""
    if "--check" not in sys.argv[1:]:
        NOTICE.write_text(notice(), encoding="utf-8")
    elif NOTICE.read_text(encoding="utf-8") != notice():
        sys.exit("NOTICE is out of date: python generator/notice.py")


if __name__ == "__main__":
    main()
