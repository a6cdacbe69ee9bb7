"""What tests look for on any page: axe, targets a finger can press, nothing that sticks out, no small text."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE_SOURCE = (Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
"""Evaluated rather than added as an element: the policy of the pages runs no script inside them."""
LETTERS = """(size) => document.documentElement.style.setProperty("font-size", size, "important")"""
ALL_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What the dark scheme can break: it changes colours and nothing else."""
# With resultTypes axe describes only what violates a rule: half the time of a long page goes into describing what passes.
# Pins lie where the places lie: WCAG 2.5.8 excepts them as essential, and the list below the map is the other way.
RUN_AXE = """async (rules) => {
  const pin = (node) => document.querySelector(node.target[0]).matches(".leaflet-marker-icon");
  const found = await axe.run(document, {runOnly: rules, rules: {"target-size": {enabled: true}}, resultTypes: ["violations"]});
  return {passes: found.passes.length,
          violations: found.violations.flatMap((rule) => rule.nodes.filter((node) => rule.id !== "target-size" || !pin(node)).map((node) => `${rule.id}: ${node.target} ${node.html.slice(0, 140)} ${node.failureSummary.slice(0, 200)}`))};
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, summary, input, label.ts-check")].filter((one) => {
  const box = one.getBoundingClientRect();
  if (!one.checkVisibility() || box.width < 2 || one.closest(".ts-skip, .leaflet-control-attribution, label input")) return false;
  if (one.matches("label input")) return false;
  const beside = [...one.parentElement.childNodes].filter((node) => node !== one).map((node) => node.textContent.trim()).join("");
  const inSentence = getComputedStyle(one).display === "inline" && beside.length > 3 && one.closest("p, li, td, th, dd, h2, h3");
  return !inSentence && (box.height < 43.5 || box.width < 24);
}).map((one) => `${one.outerHTML.slice(0, 120)} ${Math.round(one.getBoundingClientRect().height)}px`)"""
SIDEWAYS = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""
# A named region that the keyboard can scroll holds a table of numbers, which may be wider than the screen (WCAG 1.4.10 excepts such tables).
CUT_OFF = """() => [...document.querySelectorAll("h1, h2, h3, p, dd, dt, th, td, li, a, button, summary, span")].filter((one) => {
  if (!one.checkVisibility() || one.closest(".ts-hidden, .ts-skip, .leaflet-container, .md-sidebar, [role=region][tabindex='0']")) return false;
  const box = one.getBoundingClientRect();
  return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
}).map((one) => one.outerHTML.slice(0, 120))"""

SMALL_TEXT = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  return own && one.checkVisibility() && !one.closest(".leaflet-control-scale") && parseFloat(getComputedStyle(one).fontSize) < 14;
}).map((one) => `${getComputedStyle(one).fontSize} ${one.outerHTML.slice(0, 100)}`)"""

LONG_LINES = """() => [...document.querySelectorAll(".ts-page :is(p, li, dd)")].filter((one) => {
  const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim().length > 46);
  return own && one.checkVisibility() && one.clientWidth / parseFloat(getComputedStyle(one).fontSize) > 46;
}).map((one) => one.outerHTML.slice(0, 100))"""
# Browsers print no grounds: letters that are pale on a dark one would be pale on white.
PALE_ON_PAPER = """() => [...document.querySelectorAll("body *:not(svg *, option)")].filter((one) => {
  const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  const style = getComputedStyle(one), [red, green, blue] = style.color.match(/[\\d.]+/g).map(Number);
  return own && style.printColorAdjust !== "exact" && 0.2126 * red + 0.7152 * green + 0.0722 * blue > 170 && one.checkVisibility();
}).map((one) => one.outerHTML.slice(0, 100))"""


def wait_until(page: Page, expression: str) -> None:
    """Wait until an expression holds in a page. Playwright's own ``wait_for_function`` evaluates it anew, which the policy of the pages forbids."""
    page.evaluate(f"async () => {{ while (!({expression})) await new Promise((go) => setTimeout(go, 20)); }}")
