"""Scripts on their way to a browser: without comments, beside each other, and otherwise the same."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from node import node
from tsunagite.site.layout import browser

SCRIPTS = [name for name in browser.sources() if name.endswith(".js")]


def exports_of(script: str) -> list[str]:
    return re.findall(r"^export (?:async )?(?:function|class|const|let) (\w+)", script, re.MULTILINE)


def test_every_script_loses_its_comments_and_nothing_else(tmp_path: Path) -> None:
    for name in SCRIPTS:
        written = browser.sources()[name].read_text(encoding="utf-8")
        published = browser.published(name)
        assert exports_of(published) == exports_of(written)
        assert "@param" not in published
        assert "@typedef" not in published
        # What is left are the lines of the source, some of them without casts of a type or a comment; modules are neighbours now.
        flat = re.sub(r'"(?:\.\./)+\w+/browser/(\w+\.js)"', r'"./\1"', written)
        lines = {re.sub(r"/\*\* @(?:type|template) .*?\*/ ?", "", line) for line in flat.splitlines()}
        lines |= {line.partition(" // ")[0].rstrip() for line in lines}
        assert set(published.splitlines()) <= lines, name
        (tmp_path / name).write_text(published, encoding="utf-8")
    imports = "".join(f'import "./{name}";' for name in SCRIPTS if "document." not in browser.published(name))
    (tmp_path / "all.mjs").write_text(imports, encoding="utf-8")
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    run = subprocess.run([node(), "all.mjs"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ('const a = "// no comment"; // one\n', 'const a = "// no comment";\n'),
        (
            'const a = "b; // c";\nconst d = `e, // f`;\ng(); // "h"\n',
            'const a = "b; // c";\nconst d = `e, // f`;\ng(); // "h"\n',
        ),
        ("  /** @type {any} */ (x).y();\n  z();\n  /** @param {a} b */\n  c();\n", "  (x).y();\n  z();\n  c();\n"),
        ("/**\n * Two\n * lines.\n */\nfunction f() {}\n// end\ng();\n", "function f() {}\ng();\n"),
    ],
)
def test_comments_are_lines_of_their_own_or_ends_of_lines_or_casts(written: str, published: str) -> None:
    assert browser.without_comments(written) == published
