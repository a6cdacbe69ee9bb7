"""The map of the 59 ways of working: each leads to a tool, something one fills in, ticks, walks through or asks by, not only to text."""

from __future__ import annotations

from pathlib import Path

import yaml

from small_site import resource, site_view
from tsunagite.records.load.worksheets import built_in_sheets

CONTENT = Path(__file__).parents[2] / "content"
SYSTEMS = yaml.safe_load((CONTENT / "systems.yml").read_text(encoding="utf-8"))
SHEETS = {sheet.id for sheet in built_in_sheets()}
TOOLS = ("checklist", "tree", "cases", "qa")
"""Shapes of reference pages that one works with."""
NAMED = [
    "入院時の情報",
    "退院前カンファレンス",
    "相談受付票",
    "支援の役割分担表",
    "事故・緊急対応の記録",
    "事例の概要（匿名）",
    "出席のお願い・照会",
    "当日の進行表",
]


def head_of(page: str) -> dict[str, object]:
    """The head of a guide."""
    return yaml.safe_load((CONTENT / f"{page}.md").read_text(encoding="utf-8").split("---\n")[1])


def is_tool(page: str) -> bool:
    """Whether one works with a page: steps, a role to ask, a list to look up; or a reference page of such a shape."""
    if page in ("glossary", "not-care-manager", "reference/references"):
        return True
    return page.startswith(("processes/", "roles/")) or head_of(page).get("shape") in TOOLS


def test_each_of_the_59_systems_has_a_tool() -> None:
    assert [row["number"] for row in SYSTEMS] == list(range(1, 60))
    without = [row["title"] for row in SYSTEMS if not row.get("sheets") and not any(map(is_tool, row["pages"]))]
    assert without == []
    assert {sheet for row in SYSTEMS for sheet in row.get("sheets", ())} <= SHEETS
    assert (
        SHEETS - {sheet for row in SYSTEMS for sheet in row.get("sheets", ())} == set()
    )  # and every sheet belongs to one


def test_a_sheet_that_a_step_names_exists() -> None:
    called = {name for sheet in built_in_sheets() for name in (sheet.title, *sheet.called)}
    steps = [
        step
        for path in sorted((CONTENT / "processes").glob("*.md"))
        for step in head_of(f"processes/{path.stem}").get("steps", ())
    ]  # type: ignore[attr-defined]
    official = ("居宅サービス計画書", "サービス担当者会議の要点")  # forms that the state prescribes
    assert [
        step["sheet"]
        for step in steps
        if step.get("sheet") and step["sheet"] not in called and not step["sheet"].startswith(official)
    ] == []
    assert set(NAMED) <= called


def test_the_tree_of_windows_ends_everywhere_in_somebody_to_call() -> None:
    def ends(branches: list[dict[str, object]]) -> list[dict[str, object]]:
        return [
            end for branch in branches for end in (ends(branch["children"]) if branch.get("children") else [branch])
        ]  # type: ignore[arg-type]

    windows = (
        "119",
        "110",
        "包括支援センター",
        "窓口",
        "居宅介護支援事業所",
        "ケアマネジャー",
        "担当者へ",
        "相談室",
        "相談員",
    )
    found = ends(head_of("reference/which-window")["tree"])  # type: ignore[arg-type]
    assert len(found) > 10
    assert [end["title"] for end in found if not any(word in str(end.get("note", "")) for word in windows)] == []


def test_every_sheet_is_linked_from_the_page_of_a_guide(tmp_path: Path) -> None:
    pages = site_view(tmp_path, resource("a"), site={"name": "x", "shared_guides": True}).knowledge.pages()
    linked = {link.path for page in pages for link in page.worksheets}
    assert linked == {f"worksheets/{sheet}/" for sheet in SHEETS}
    assert len(linked) >= 36
