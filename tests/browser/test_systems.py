"""The map of the 59 ways of working: from each row of the map somebody opens its tool and works with it: fills the sheet, ticks, walks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from page_kinds import DEMO, DESKTOP, visit

pytestmark = pytest.mark.browser
CONTENT = Path(__file__).parents[2] / "content"
SYSTEMS = yaml.safe_load((CONTENT / "systems.yml").read_text(encoding="utf-8"))


def fill_in(page: Page) -> None:
    """Write into the first place of a sheet that takes words; the form says that it keeps them."""
    expect(page.locator("form.ts-wf")).to_be_visible()
    fields = page.locator("form.ts-wf :is(textarea, input[type=text]):visible")
    while not fields.count():  # a sheet in steps may begin with one that has nothing to write
        page.locator("[data-do=next]").click()
    field = fields.first
    field.fill("試しに書く")
    expect(field).to_have_value("試しに書く")
    expect(page.locator(".ts-wf-status")).not_to_be_empty()


def tick(page: Page) -> None:
    """Tick the first point of a checklist."""
    page.locator(".ts-check-line").first.click()
    expect(page.locator(".ts-check-line input").first).to_be_checked()


def walk_the_tree(page: Page) -> None:
    """Follow a tree: every branch without any below says something or leads somewhere."""
    ends = page.locator(".ts-tree li:not(:has(li))")
    assert ends.count() > 5
    assert all(len(text) > 3 for text in ends.all_inner_texts())


def walk_the_steps(page: Page) -> None:
    """Follow a process: each step says who does what."""
    steps = page.locator(".ts-stepper > li")
    assert steps.count() >= 3
    assert page.locator(".ts-stepper > li:has(.ts-stepper__who):has(> ul li)").count() == steps.count()


def ask(page: Page) -> None:
    """Open the first question, or what can be asked for instead, and read the answer."""
    page.locator("details.ts-tips > summary").first.click()
    answer = page.locator("details.ts-tips > :is(p, ul)").first
    expect(answer).to_be_visible()


def read_a_case(page: Page) -> None:
    """Read a case: what was the matter, what was done, what came of it."""
    case = page.locator(".ts-case").first
    assert case.locator("dt").count() >= 3
    assert case.locator("ol > li").count() >= 2


def prepare_a_call(page: Page) -> None:
    """Find out when to call a role, and what to say."""
    assert page.locator("[aria-labelledby=when] li").count() >= 2
    assert page.locator("[aria-labelledby=tell] li").count() >= 2


def look_up(page: Page) -> None:
    """Look something up in a list or a table of works."""
    assert page.locator("main :is(dt, tbody tr)").count() >= 10


SHAPES: dict[str, Callable[[Page], None]] = {
    "checklist": tick,
    "tree": walk_the_tree,
    "qa": ask,
    "cases": read_a_case,
    "text": look_up,
}


def work_on(page: str) -> Callable[[Page], None]:
    """Return what one does with a page."""
    if page in ("glossary", "not-care-manager"):
        return look_up if page == "glossary" else ask
    if page.startswith(("processes/", "roles/")):
        return walk_the_steps if page.startswith("processes/") else prepare_a_call
    head = yaml.safe_load((CONTENT / f"{page}.md").read_text(encoding="utf-8").split("---\n")[1])
    return SHAPES[head.get("shape", "text")]


def tool_of(row: dict[str, Any]) -> tuple[str, Callable[[Page], None]]:
    """Return the address of a row's tool and what one does with it: its first sheet, else the first of its pages that is no mere text."""
    if row.get("sheets"):
        return f"worksheets/{row['sheets'][0]}/form/", fill_in
    page = min(row["pages"], key=lambda page: work_on(page) is look_up and page != "glossary")
    return f"{page}/", work_on(page)


def test_the_tool_of_each_of_the_59_systems_opens_from_the_map_and_works(browser: Browser, served: str) -> None:
    someone = visit(browser, served, DESKTOP)
    page = someone.open(f"{DEMO}guides/map/")
    linked = set(page.eval_on_selector_all("main a", "links => links.map((link) => link.href)"))
    tools = dict(tool_of(row) for row in SYSTEMS)
    assert len(SYSTEMS) == 59
    assert len(tools) >= 35
    base = f"{served}{DEMO}"
    assert [path for path in tools if f"{base}{path.removesuffix('form/')}" not in linked] == []
    for path, work in tools.items():
        page.goto(base + path, wait_until="domcontentloaded")
        work(page)
    assert someone.complaints == []
