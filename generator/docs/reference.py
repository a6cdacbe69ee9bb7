"""Reference pages made from the program itself: fields, words, findings, commands, packages. Nothing in them is written by hand."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import grimp

from tsunagite.adapters.json_schema import RECORDS, TITLES
from tsunagite.i18n import catalogue
from tsunagite.records.load.vocabularies import built_in_vocabularies
from tsunagite.records.model.site import SiteSettings
from tsunagite.site.fields import FieldRow, field_groups

ROOT = Path(__file__).resolve().parent.parent.parent
BUILT_IN = ROOT / "generator" / "tsunagite" / "records" / "vocabulary"
BAD_SITES = ROOT / "tests" / "sites" / "bad"
KINDS_OF_CODES = {
    "Y": "YAML の書き方",
    "F": "ファイルと ID",
    "M": "項目の値",
    "R": "ほかの記録との関係、日にち",
    "G": "手引き",
    "W": "話し合いの用紙",
    "P": "印刷するもの",
    "I": "取り込み",
    "B": "ブック（Excel で直す）",
}
_SEVERITY = re.compile(r"""\b(error|warning|notice)\(\s*"([A-Z]\d{3})\"""")
_SEVERITIES = {"error": "まちがい", "warning": "注意", "notice": "お知らせ"}
_REPORTED = re.compile(r"^(?P<file>\S+?):(?P<line>\d+):\d+  (?P<code>[A-Z]\d{3}) \S+  (?P<message>.*)$")


def fields() -> str:
    """Return every field of every sort of record: key, meaning, example, accepted words."""
    vocabularies = built_in_vocabularies()
    page = ["# 記録の項目", "", "記録の型（モデル）から作った表です。＊の項目は、かならず書きます。"]
    for name, model in {**RECORDS, "site": SiteSettings}.items():
        page += ["", f"## {TITLES.get(name, name)}（{name}）"]
        for group in field_groups(vocabularies, model):
            page += ["", f"### {group.title}（`{name}{'.' if group.key else ''}{group.key}`）", ""]
            page += _table(("項目", "名前", "意味", "例", "使えることば"), map(_field_cells, group.rows))
    return _text(page)


def _field_cells(row: FieldRow) -> tuple[str, ...]:
    words = "、".join(row.words[:12]) + (f" ほか{len(row.words) - 12}" if len(row.words) > 12 else "")
    return (
        f"`{row.key}`" + ("＊" if row.required else ""),
        row.title,
        row.description,
        f"`{row.example}`" if row.example else "",
        words,
    )


def terms() -> str:
    """Return every built-in vocabulary with its terms; the comment at the head of a file says what it is for."""
    known = built_in_vocabularies()
    page = [
        "# 使えることば（語彙）",
        "",
        "市町村だけのことばは `resources/vocabulary/<名前>.yml` に足せます。「ID」でも「ことば」でも「別の書き方」でも書けます。",
    ]
    for path in (path for path in sorted(BUILT_IN.glob("*.yml")) if path.stem in known):
        comment = re.match(r"(?:# ?.*\n)*", path.read_text(encoding="utf-8"))
        page += [
            "",
            f"## {path.stem}",
            "",
            *(line.lstrip("# ") for line in (comment.group() if comment else "").splitlines()),
            "",
        ]
        rows = (
            (f"`{term.id}`", term.label, "、".join(term.aliases), "、".join(term.also_called))
            for term in known[path.stem]
        )
        page += _table(("ID", "ことば", "別の書き方", "さがすときの呼び名"), rows)
    return _text(page)


def findings() -> str:
    """Return every finding: what it says, what to do, and a file that causes it with the report of that file."""
    japanese, english = catalogue("ja")["findings"], catalogue("en")["findings"]
    severities, examples = _severities(), _examples()
    page = [
        "# 点検の知らせ",
        "",
        "「まちがい」があるあいだは公開されません。「注意」「お知らせ」は公開を止めません。例は試験（`tests/sites/bad/`）のものです。",
    ]
    kind = ""
    for code in sorted(
        japanese, key=lambda code: (list(KINDS_OF_CODES).index(code[0]) if code[0] in KINDS_OF_CODES else 99, code)
    ):
        if code[0] != kind:
            kind = code[0]
            page += ["", f"## {kind}: {KINDS_OF_CODES.get(kind, kind)}"]
        words = japanese[code]
        page += [
            "",
            f"### {code}",
            "",
            f"**{'・'.join(sorted(severities[code])) or 'まちがい'}** {_escape(words['message'])}",
            "",
        ]
        if words.get("hint"):
            page += [f"→ {_escape(words['hint'])}", ""]
        page += [f"*{_escape(english[code]['message'])}* {_escape(english[code].get('hint', ''))}".rstrip(), ""]
        page += examples.get(code, [])
    return _text(page)


def _severities() -> dict[str, set[str]]:
    """Return the severities with which the code makes each finding."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (ROOT / "generator" / "tsunagite").rglob("*.py"):
        for severity, code in _SEVERITY.findall(path.read_text(encoding="utf-8")):
            found[code].add(_SEVERITIES[severity])
    return found


def _examples() -> dict[str, list[str]]:
    """Return by code the shortest folder of tests/sites/bad that reports it: its line and what is said of it."""
    best: dict[str, list[str]] = {}
    for report in sorted(BAD_SITES.glob("*/expected.txt")):
        lines = report.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            match = _REPORTED.match(line)
            if not match or match["code"] in best:
                continue
            hint = (
                lines[number + 1].strip() if number + 1 < len(lines) and lines[number + 1].startswith("    →") else ""
            )
            source = _line_of(report.parent / match["file"], int(match["line"]))
            shown = ["```yaml", f"# {match['file']} {match['line']}行目", source, "```", ""] if source else []
            best[match["code"]] = [*shown, "```text", line, *([f"    {hint}"] if hint else []), "```", ""]
    return best


def _line_of(path: Path, number: int) -> str:
    """Return one line of a file ("" where it cannot be shown)."""
    try:
        lines = path.read_bytes().decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ""
    line = lines[number - 1] if number <= len(lines) else ""
    return line if line.strip() and line.isprintable() and len(line) <= 160 else ""


def commands() -> str:
    """Return the help of every command, as typer writes it."""
    command = [sys.executable, "-m", "typer", "tsunagite.cli.app", "utils", "docs", "--name", "tsunagite"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    text = re.sub(
        r"\*\*Commands\*\*:\n\n(\* .*\n)+\n?", "", done.stdout
    )  # cut short by typer; the sections below say all
    text = re.sub(r"^\* `--(help|install-completion|show-completion)`.*\n", "", text, flags=re.MULTILINE)
    return re.sub(r"\*\*Options\*\*:\n\n(?=\n|#|\*\*)", "", text).replace("# `tsunagite`", "# コマンド", 1)


def packages() -> str:
    """Return which package imports which others, as the code is now."""
    graph = grimp.build_graph("tsunagite")
    own: dict[str, set[str]] = defaultdict(set)
    for module in graph.modules:
        importer = _package(module)
        own[importer] |= {_package(imported) for imported in graph.find_modules_directly_imported_by(module)} - {
            importer
        }
    page = [
        "# Packages and their imports",
        "",
        "Read from the code. What is allowed stands in `[tool.importlinter]` of `pyproject.toml`.",
        "",
    ]
    rows = ((f"`{name}`", _docstring(name), ", ".join(sorted(own[name] - {""}))) for name in sorted(own) if name)
    return _text([*page, *_table(("package or module", "what it is", "imports"), rows)])


def _docstring(name: str) -> str:
    folder = ROOT / "generator" / "tsunagite" / name
    path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    return " ".join((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split())


def _package(module: str) -> str:
    return module.removeprefix("tsunagite").lstrip(".").partition(".")[0]


def _escape(text: str) -> str:
    return re.sub(r"([<>*_\[\]|])", r"\\\1", text).replace("{{", "{").replace("}}", "}")


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return the lines of a Markdown table; what stands between backticks is left as it is."""
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    for row in rows:
        cells = (
            cell.replace("|", "\\|").replace("\n", " ") if cell.startswith("`") else _escape(cell).replace("\n", " ")
            for cell in row
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _text(lines: list[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "fields.md": fields,
    "vocabularies.md": terms,
    "findings.md": findings,
    "commands.md": commands,
    "packages.md": packages,
}


def write(folder: Path) -> None:
    """Write every reference page into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8", newline="\n")
