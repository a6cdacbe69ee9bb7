"""What a build loads: a library that takes long comes in when it is used (with nothing to do: test_last_build.py)."""

from __future__ import annotations

import subprocess
import sys

SELDOM = {
    "folium",
    "openpyxl",
    "pypdf",
    "icalendar",
    "requests",
    "ruamel",
    "rapidfuzz",
    "charset_normalizer",
    "mkdocs.livereload",
    "shapely",
    "numpy",
    "typst",
}
"""What no build needs before it makes a thing for which they are there."""


def loaded(module: str) -> set[str]:
    """Return the modules of a process that has imported one."""
    run = subprocess.run(
        [sys.executable, "-c", f"import sys, {module}; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def test_a_build_loads_slow_libraries_where_they_are_used_and_not_before() -> None:
    found = loaded("tsunagite.adapters.mkdocs_plugin")
    assert {"mkdocs", "yaml", "tsunagite.engine.products"} <= found
    assert found & SELDOM == set()
    assert "mkdocs" not in loaded("tsunagite.check.load"), "a check needs no frame"
