"""A reader who has a keyboard and nothing else: each stop of the focus is seen, and no press loses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

from page_probes import wait_until

# Where the focus is, and what is wrong with it: "" where nothing is. A heading that took the focus by script is seen as much as a link.
LOOK = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const words = (one.getAttribute("aria-label") || one.textContent || one.value || one.id || one.className || "").trim().replace(/\\s+/g, " ").slice(0, 40);
  const name = `${one.localName}「${words}」`;
  if (!one.isConnected || one === document.body || one === document.documentElement) return {name, wrong: "the focus is lost"};
  if (one.localName === "iframe") return {name, wrong: ""};
  const [left, right, top, bottom] = [Math.max(box.left, 0), Math.min(box.right, innerWidth), Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  if (right <= left || bottom <= top) return {name, wrong: `the focus is out of sight at ${Math.round(box.left)}, ${Math.round(box.top)}`};
  if (style.outlineStyle !== "solid" || parseFloat(style.outlineWidth) < 3) return {name, wrong: `no ring is drawn around it: ${style.outline}`};
  const over = [.5, .25, .75].flatMap((x) => [.5, .2, .8].map((y) => document.elementFromPoint(left + (right - left) * x, top + (bottom - top) * y)));
  const covered = over.every((found) => found && !one.contains(found) && !found.contains(one) && !one.closest("label")?.contains(found));
  return {name, wrong: covered ? `something lies over it: ${over[0].outerHTML.slice(0, 100)}` : ""};
}"""


@dataclass
class Keyboard:
    """Presses keys on a page and says, by name, where the focus was lost or not seen."""

    page: Page
    walked: list[str] = field(default_factory=list)

    def look(self, after: str) -> str:
        """Return the name of what has the focus; fail where it is lost or cannot be seen."""
        found = self.page.evaluate(LOOK)
        assert not found["wrong"], (
            f"after {after}: {found['wrong']} ({found['name']}); walked: {' › '.join(self.walked)}"
        )
        return str(found["name"])

    def press(self, key: str, until: Callable[[], object] | None = None) -> None:
        """Press a key, wait for what it brings, and see that the focus is somewhere."""
        at = self.page.evaluate(LOOK)["name"]
        self.page.keyboard.press(key)
        if until:
            until()
        self.page.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
        self.walked.append(f"{key} on {at}")
        self.look(self.walked[-1])

    def to(self, target: Locator, most: int, key: str = "Tab") -> int:
        """Go on with Tab to a part of the page; return how many presses that took."""
        expect(target).to_have_count(1)
        for pressed in range(1, most + 1):
            self.page.keyboard.press(key)
            self.walked.append(self.look(key))
            if target.evaluate("one => one === document.activeElement"):
                return pressed
        raise AssertionError(f"{target} is not reached by {most} times {key}: {' › '.join(self.walked)}")

    def skip(self) -> None:
        """Go past the header, as the first stop of every page offers."""
        self.page.keyboard.press("Tab")
        assert self.page.evaluate("document.activeElement.matches('.ts-skip')"), self.page.evaluate(LOOK)
        self.page.keyboard.press("Enter")


def pressed_for_print(page: Page) -> None:
    """Count presses of print instead of opening the window of the browser."""
    page.evaluate("() => { window.printed = 0; window.print = () => (window.printed += 1); }")


def expect_printed(page: Page) -> None:
    wait_until(page, "window.printed > 0")
