"""The documentation builds strictly, its reference covers the whole program, and what it names exists."""

from __future__ import annotations

import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from tsunagite.adapters.json_schema import RECORDS
from tsunagite.cli.app import app
from tsunagite.i18n import catalogue
from tsunagite.records.model.base.vocabulary import NAMES

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "build" / "docs" / "pages"
WRITTEN = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
PACKAGE = ROOT / "generator" / "tsunagite"


@pytest.fixture(scope="module")
def built() -> Path:
    done = subprocess.run([sys.executable, ROOT / "generator" / "docs"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return PAGES / "reference"


def commands(group: object, path: str = "tsunagite") -> list[str]:
    """Every command of the program with the words before it."""
    inner = getattr(group, "commands", {})
    return [name for key, command in inner.items() for name in (f"{path} {key}", *commands(command, f"{path} {key}"))]


def test_the_reference_has_every_finding_command_record_and_vocabulary(built: Path) -> None:
    findings = (built / "findings.md").read_text(encoding="utf-8")
    assert [code for code in catalogue("ja")["findings"] if f"\n### {code}\n" not in findings] == []
    text = (built / "commands.md").read_text(encoding="utf-8")
    assert [name for name in commands(typer.main.get_command(app)) if f" `{name}`\n" not in text] == []
    fields = (built / "fields.md").read_text(encoding="utf-8")
    assert [
        name
        for name, model in RECORDS.items()
        if f"（{name}）\n" not in fields or next(iter(model.model_fields)) not in fields
    ] == []
    terms = (built / "vocabularies.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"\n## {name}\n" not in terms] == []


def test_a_finding_is_shown_with_its_severity_its_mend_and_a_file_that_causes_it(built: Path) -> None:
    page = (built / "findings.md").read_text(encoding="utf-8")
    entry = page.partition("### M104\n")[2].partition("\n### ")[0]
    words = catalogue("ja")["findings"]["M104"]
    assert "**まちがい**" in entry
    assert f"→ {words['hint']}" in entry
    assert re.search(r"```yaml\n# resources/\S+ \d+行目\n.+\n```", entry)
    assert " M104 まちがい  " in entry


def test_the_picture_of_the_packages_is_current() -> None:
    picture = runpy.run_path(str(ROOT / "generator" / "docs" / "picture.py"))
    assert picture["PICTURE"].read_text(encoding="utf-8") == picture["draw"](), "run make picture"


def test_what_the_documentation_links_to_and_names_exists() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    files = {f"/{name}" for name in listed}
    missing = []
    for page in WRITTEN:
        text = page.read_text(encoding="utf-8")
        for link in re.findall(r"\]\(([^)#\s]+)\)", text) + re.findall(r'src="([^"]+)"', text):
            made = link.startswith(("http", "../reference/", "reference/", "changelog.md", "security.md", "conduct.md"))
            if not made and not (page.parent / link).exists():
                missing.append(f"{page.name}: {link}")
        if "docs/develop" in page.as_posix():
            for name in re.findall(r"`([\w/.-]+\.(?:py|js|mjs|typ|html|css))`", text):
                missing += [] if any(path.endswith(f"/{name}") for path in files) else [f"{page.name}: {name}"]
    assert missing == []


def test_the_names_of_the_glossary_are_classes_of_the_program() -> None:
    classes = {
        name
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(r"^class (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    named = set(
        re.findall(r"`([A-Z][A-Za-z]+)`", (ROOT / "docs" / "develop" / "glossary.md").read_text(encoding="utf-8"))
    )
    assert len(named) > 15
    assert sorted(named - classes) == []


@pytest.mark.slow
def test_the_first_ten_minutes_work_as_they_are_written(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "publish" / "start.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(console|yaml)\n(.*?)```", page, re.DOTALL)
    lines = [(sort, line) for sort, block in blocks for line in block.splitlines()]
    assert [line.split()[1] for _, line in lines] == ["init", "check", "build", "new", "true", "build"]
    for sort, line in lines:
        if sort == "yaml":  # what the reader is told to add to the new record
            with (tmp_path / "resources" / "clubs" / "midorikai.yml").open("a", encoding="utf-8") as record:
                record.write(line + "\n")
            continue
        program, *words = shlex.split(line)
        assert program == "tsunagite"
        done = subprocess.run(
            [sys.executable, "-m", "tsunagite.cli", *words], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    assert "みどり会" in (tmp_path / "site" / "r" / "midorikai" / "index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_folder_of_lists_becomes_a_site_by_the_commands_of_the_page_and_no_edit(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "publish" / "practice.md").read_text(encoding="utf-8")
    assert "```yaml" not in page, "nothing is edited"
    lines = "".join(re.findall(r"```console\n(.*?)```", page, re.DOTALL)).splitlines()
    assert [line.split()[1] for line in lines] == ["init", "areas", "import", "check", "build"]
    shutil.copytree(ROOT / "docs" / "publish" / "practice", tmp_path / "practice")
    said = {}
    for line in lines:
        program, *words = shlex.split(line)
        assert program == "tsunagite"
        done = subprocess.run(
            [sys.executable, "-m", "tsunagite.cli", *words], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        said[words[0]] = done.stdout
    assert "まとめました" in said["import"]
    assert "記録 12 件を点検しました。まちがい 0" in said["check"]
    assert "高松" not in "".join(said.values())
    site = tmp_path / "mihon" / "site"
    files = [path for path in site.rglob("*") if path.is_file()]
    assert len(files) > 1000
    for page in ("roles/care-manager", "processes/discharge-support", "glossary", "help", "privacy", "worksheets"):
        assert (site / page / "index.html").is_file(), page
    care_manager = (site / "roles/care-manager/index.html").read_text(encoding="utf-8")
    assert "どの市町村にも共通の手引きです（つなぎ手 " in care_manager
    assert [path.name for path in files if "高松".encode() in path.read_bytes()] == [], "the city of the demonstration"
    home = (site / "index.html").read_text(encoding="utf-8")
    assert "これは見本のサイトです。" in home
    assert "087-000-0101" in (site / "r" / "care-1" / "index.html").read_text(encoding="utf-8")
    assert "物忘れが心配" in (site / "contact" / "index.html").read_text(encoding="utf-8")


LOOK = """
import sys
from pathlib import Path
from small_site import record_views, resource, site_view
from tsunagite.papers.editions import set_paper
from tsunagite.papers.parts.selection import Selection
from tsunagite.records.model.features.pamphlet import Pamphlet
site = site_view(Path(sys.argv[1]), resource("here", fee={"type": "有料（自費）", "amount": 500, "unit": "1回"}, floor="2階"))
[record] = record_views(site)
print(*[f"{fact.label}={fact.text}" for fact in record.facts], sep=chr(10))
described = {"id": "x", "title": "窓口", "layout": "窓口の掲示"}
content, _ = set_paper(Selection(site.papers.source, Pamphlet.model_validate(described, context={"vocabularies": site.directory.vocabularies})), large=False)
print(content[:5].decode())
"""


@pytest.mark.slow
def test_the_three_walks_work_as_they_are_written(tmp_path: Path) -> None:
    copy = tmp_path / "generator" / "tsunagite"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("assets", "__pycache__"))
    (copy / "assets").symlink_to(PACKAGE / "assets")
    diffs = re.findall(
        r"```diff\n(.*?)```", (ROOT / "docs" / "develop" / "walks.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert len(diffs) == 3
    for diff in diffs:
        done = subprocess.run(
            ["git", "apply", "-C1"], cwd=tmp_path, input=diff, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr + diff
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path / "generator"), str(ROOT / "tests")])}
    done = subprocess.run(
        [sys.executable, "-c", LOOK, tmp_path / "town"], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["費用=有料（全額自費） 1回500円", "階=2階", "%PDF-"]


def release() -> dict[str, object]:
    return runpy.run_path(str(ROOT / "generator" / "release.py"))


CHANGELOG = "# 変わったこと\n\n## 1.3.0（作成中）\n\n- つぎ\n\n## 1.2.0（2026-12-01）\n\n- 直した\n\n## 1.1.0（2026-11-01）\n\n- 前\n"


def test_a_release_takes_the_dated_section_of_its_version() -> None:
    script = release()
    assert script["version_of"]("v1.2.0") == "1.2.0"
    assert script["section"](CHANGELOG, "1.2.0") == "- 直した\n"
    assert script["section"](CHANGELOG, "1.1.0") == "- 前\n"


@pytest.mark.parametrize("tag", ["", "1.2.0", "v1.2", "v1.3.0", "v1.2.0rc1"])
def test_a_release_without_a_version_or_without_a_dated_section_is_refused(tag: str) -> None:
    script = release()
    with pytest.raises(script["NotReleasableError"]):
        script["section"](CHANGELOG, script["version_of"](tag))
