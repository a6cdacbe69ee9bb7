"""Nobody in danger is sent to a list: what people type in an emergency goes through the real search box."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from emergency_words import MEANT, NONE, entries, every_word
from page_kinds import FACES, PHONE, visit
from tsunagite.contact.emergency import EmergencyView
from tsunagite.records.load.vocabularies import built_in_vocabularies

pytestmark = pytest.mark.browser

# Types each query into the box and sends the form; answers with what stands above the results once that is what was wanted, or after
# a second. For what must show nothing, the answer is what stands there when the results of that query have come.
TYPE = """async (queries) => {
  const [box, section, found] = ["#q", "#danger", "#found"].map((name) => document.querySelector(name));
  const later = () => new Promise((done) => setTimeout(done, 2));
  const numbers = () => section.hidden ? [] : [...section.querySelectorAll(":scope > ul .ts-call__number")].map((one) => one.textContent);
  const answers = [];
  for (const [query, first, among] of queries) {
    box.value = query;
    box.form.requestSubmit();
    const until = performance.now() + 1000;
    const right = () => (first ? JSON.stringify(numbers().slice(0, first.length)) === JSON.stringify(first) : among ? numbers().includes(among) : found.querySelector(".ts-found__asked").textContent.startsWith(`「${query}」`));
    do await later(); while (!right() && performance.now() < until);
    answers.push(numbers());
  }
  return answers;
}"""


def test_what_people_type_and_a_word_of_every_entry_bring_their_numbers_above_the_results_and_ordinary_words_none(
    browser: Browser, served_faces: str
) -> None:
    """Every word in every combination is asked of the same module and list without a browser: tests/contact/test_emergency.py."""
    someone = visit(browser, served_faces, PHONE)
    page = someone.open(f"{FACES}search/?q=胸が痛い")
    expect(page.locator("#danger .ts-call__number").first).to_have_text("119")
    expect(page.locator("#found")).to_be_visible()
    vocabularies = built_in_vocabularies()
    emergencies = EmergencyView(vocabularies)
    dangers = emergencies.dangers
    queries: list[tuple[str, list[str], str]] = [(query, first, "") for query, first in MEANT]
    queries += [
        (word, [], dangers[term.id].lines[0].number)
        for term in entries(vocabularies)
        for word in list(every_word(term))[:: len(list(every_word(term))) - 1 or 1]  # the first and the last
    ]
    queries += [(word, [], "") for word in NONE]
    answers = page.evaluate(TYPE, [[query, first or None, among or None] for query, first, among in queries])
    right = [
        got[: len(first)] == first if first else among in got if among else not got
        for (_, first, among), got in zip(queries, answers, strict=True)
    ]
    assert [(query, got) for query, got, fits in zip(queries, answers, right, strict=True) if not fits] == []
    assert someone.complaints == []


def test_the_words_that_pages_fetch_are_those_that_the_tests_without_a_browser_ask(built_faces: Path) -> None:
    its, folder = EmergencyView(built_in_vocabularies()), built_faces / "emergency"
    fetched = [
        json.loads((folder / f"words/{place}.json").read_text(encoding="utf-8")) for place in range(len(its.dangers))
    ]
    assert fetched == json.loads(json.dumps(its.words()))
    assert len([*folder.glob("words/*.json")]) == len(its.dangers) == len(its.signs)
    assert json.loads((folder / "words.json").read_text(encoding="utf-8")) == json.loads(json.dumps(its.numbers()))


def test_the_number_is_in_view_and_can_be_pressed_on_a_phone_with_what_to_do(
    browser: Browser, served_faces: str
) -> None:
    page = visit(browser, served_faces, PHONE).open(f"{FACES}search/?q=おばあちゃんが息してない")
    call = page.locator("#danger a.ts-call").first
    expect(page.locator("#danger dd").first).to_contain_text(
        "胸の真ん中を強く速く押し"
    )  # the page itself holds a hidden 119: wait for what the list says
    expect(call).to_have_attribute("href", "tel:119")
    expect(call).to_be_visible()
    box = call.bounding_box()
    assert box
    assert box["height"] >= 56
    assert box["y"] + box["height"] <= PHONE["height"], "in view without scrolling"
    expect(page.locator("#found")).to_be_visible()
    results = page.locator("#found").bounding_box()
    assert results
    assert box["y"] < results["y"]
    page.locator("#q").fill("公園")
    page.locator("#q").press("Enter")
    expect(page.locator("#danger")).to_be_hidden()


def test_without_a_network_the_page_still_gives_the_numbers(browser: Browser, served_faces: str) -> None:
    someone = visit(browser, served_faces, PHONE)
    page = someone.open(f"{FACES}search/")
    page.wait_for_load_state("networkidle")
    someone.context.set_offline(True)
    page.locator("#q").fill("息ができない")
    page.keyboard.press("Enter")
    expect(page.locator("#danger a.ts-call").first).to_have_attribute("href", "tel:119")
    expect(page.locator("#danger a.ts-call").nth(1)).to_have_attribute("href", "tel:110")
