"""Scripts on their way to a browser: small, beside each other, and otherwise the same."""

from __future__ import annotations

import gzip
import re
import subprocess
from pathlib import Path

import pytest

from node import node
from tsunagite.site.layout import browser

NAMES_OF = """
for (const name of process.argv.slice(2)) {
  const said = async (folder) => {
    const all = await import(`./${folder}/${name}`).catch(({ constructor }) => constructor.name); // what works on its page at once finds none
    return JSON.stringify(typeof all === "string" ? all : Object.entries(all).map(([key, its]) => [key, typeof its, its?.length]));
  };
  const [large, small] = [await said("large"), await said("small")];
  console.log(name, large === small ? (large.startsWith("[") ? "same" : "fails as before") : `${large} ${small}`);
}
"""
SCRIPTS = [name for name in browser.sources() if name.endswith(".js")]


def written(name: str) -> str:
    return browser.sources()[name].read_text(encoding="utf-8")


def test_every_script_was_made_small_from_its_text_of_today() -> None:
    assert [name for name in SCRIPTS if browser.small(written(name)) == browser.without_comments(written(name))] == []
    large, little = (
        sum(len(gzip.compress(script.encode(), mtime=0)) for script in map(way, map(written, SCRIPTS)))
        for way in (browser.without_comments, browser.small)
    )
    assert little < 0.85 * large


def test_a_small_script_gives_others_the_same_names_and_classic_ones_declare_the_same(tmp_path: Path) -> None:
    modules = [name for name in SCRIPTS if re.search(r"^(?:import|export)\b", written(name), re.MULTILINE)]
    for folder, way in (("large", browser.without_comments), ("small", browser.small)):
        (tmp_path / folder).mkdir()
        for name in SCRIPTS:
            flat = re.sub(r'"(?:\.\./)+\w+/browser/(\w+\.js)"', r'"./\1"', way(written(name)))
            (tmp_path / folder / name).write_text(flat, encoding="utf-8")
    (tmp_path / "all.mjs").write_text(NAMES_OF, encoding="utf-8")
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    run = subprocess.run([node(), "all.mjs", *modules], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    said = [line.partition(" ")[2] for line in run.stdout.splitlines()]
    assert len(said) == len(modules)
    assert set(said) == {"same", "fails as before"}, run.stdout
    assert said.count("same") > 0.8 * len(modules)
    for name in set(SCRIPTS) - set(modules):
        declared = re.findall(r"^(?:async )?(?:function|class|const|let) (\w+)", written(name), re.MULTILINE)
        assert [one for one in declared if not re.search(rf"\b{one}\b", browser.small(written(name)))] == [], name


def test_a_script_that_was_changed_since_is_published_without_its_comments() -> None:
    assert browser.small("// why\nexport const one = 1;\n") == "export const one = 1;\n"


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
