"""Every kind of page the sites have, and how browser tests open one: own host only, the tile host answered here."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Route

DEMO, FACES = "tsunagite-demo/", "tsunagite-faces/"
KINDS = {
    "home": DEMO,
    "index": f"{DEMO}needs/",
    "levels": f"{DEMO}levels/",
    "list": f"{DEMO}all/",
    "level": f"{FACES}levels/mutual_aid/",
    "search": f"{DEMO}search/",
    "search_results": f"{DEMO}search/?q=屋島の体操",
    "search_narrowed": f"{DEMO}search/?need=exercise&open=sat&near=yashima-nishimachi",
    "search_nothing": f"{DEMO}search/?q=ぬぬぬ&area=yashima",
    "my_list": f"{FACES}list/",
    "my_list_sent": f"{FACES}list/#r=sakura-taiso.ended-salon.nobody",
    "offline": f"{FACES}offline/?from=worksheets/",
    "map": f"{DEMO}map/",
    "record": f"{FACES}r/yashima-center/",
    "imported": f"{FACES}r/library-1/",
    "closed": f"{FACES}r/ended-salon/",
    "idea": f"{FACES}r/idea-garbage/",
    "sample": f"{FACES}r/sakura-taiso/",
    "guide": f"{FACES}guide/use/",
    "guides": f"{DEMO}guides/",
    "roles": f"{DEMO}roles/",
    "role": f"{DEMO}roles/pharmacist/",
    "process": f"{DEMO}processes/discharge-support/",
    "checklist": f"{DEMO}reference/twenty-problems/",
    "tree": f"{DEMO}reference/comprehensive-support-project/",
    "table": f"{DEMO}reference/advice-by-profession/",
    "cases": f"{DEMO}reference/cases/",
    "questions": f"{DEMO}reference/questions/",
    "glossary": f"{DEMO}glossary/",
    "redirects": f"{DEMO}not-care-manager/",
    "citations": f"{DEMO}guides/citations/",
    "worksheets": f"{DEMO}worksheets/",
    "worksheet": f"{DEMO}worksheets/community-issues/",
    "worksheet_filled": f"{DEMO}worksheets/community-issues/shiosai-issues/",
    "worksheet_now": f"{DEMO}worksheets/resource-matrix/now/yashima/",
    "worksheet_form": f"{FACES}worksheets/community-issues/form/",
    "worksheet_cells": f"{DEMO}worksheets/resource-matrix/shiosai-matrix/",
    "stakeholders": f"{DEMO}stakeholders/sheet/shiosai-stakeholders/",
    "stakeholders_windows": f"{DEMO}stakeholders/windows/",
    "pamphlets": f"{DEMO}pamphlets/",
    "pamphlet": f"{DEMO}pamphlets/yashima/",
    "printed": f"{DEMO}p/yashima/",
    "print_run": f"{FACES}p/card/2026-03-01/",
    "print_runs": f"{FACES}p/",
    "sources": f"{DEMO}sources/",
    "open_data": f"{DEMO}opendata/",
    "news": f"{FACES}news/",
    "embed_make": f"{FACES}embed/make/",
    "quality": f"{DEMO}quality/",
    "fields": f"{DEMO}fields/",
    "accessibility": f"{FACES}accessibility/",
    "areas": f"{DEMO}areas/",
    "district": f"{DEMO}areas/yashima/",
    "district_map": f"{DEMO}map/?area=yashima",
    "gaps": f"{FACES}gaps/",
    "profile": f"{FACES}profiles/yashima/",
    "contact": f"{DEMO}contact/",
    "contact_where": f"{DEMO}contact/?k=memory",
    "contact_answer": f"{DEMO}contact/?k=memory&a=yashima-nishimachi",
    "contact_delicate": f"{DEMO}contact/?k=family-talk&a=-",
    "contact_town": f"{DEMO}contact/yashima-nishimachi/",
    "contact_quiet": f"{FACES}contact/about/family-talk/",
    "emergency": f"{DEMO}emergency/",
    "calendar": f"{DEMO}calendar/areas/yashima/",
    "calendar_month": f"{DEMO}calendar/2026-12/",
    "event": f"{DEMO}events/yashima-care-meeting/",
    "refuge": f"{FACES}r/quiet-line/",
    "style": f"{FACES}style/",
    "404": f"{FACES}no/such/page/",
}
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
TILES = "https://cyberjapandata.gsi.go.jp/"
NOON = "2026-11-22T12:00:00+09:00"
PIXEL = base64.b64decode(
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


@dataclass
class Visit:
    """One reader: a browser context, every address it asked for, and everything it complained about."""

    context: BrowserContext
    served: str
    page: Page = field(init=False)
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.route(re.compile(f"^(?!{re.escape(self.served)})"), self._answer)
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self._hear(message.type, message.text, message.location.get("url", "")))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _answer(self, route: Route) -> None:
        if route.request.url.startswith(TILES):
            route.fulfill(status=200, content_type="image/png", body=PIXEL)
        else:
            route.abort()

    def _hear(self, kind: str, text: str, address: str) -> None:
        # The page that is meant to be missing; and service workers, which would answer in place of the routes above.
        expected = (address.endswith(KINDS["404"]) and "404" in text) or "registration blocked by Playwright" in text
        if kind in ("error", "warning") and not expected:
            self.complaints.append(text)

    def open(self, kind_or_path: str) -> Page:
        """Go to a page kind (or a path below the server) and wait until it is quiet."""
        self.page.goto(self.served + KINDS.get(kind_or_path, kind_or_path), wait_until="load")
        return self.page

    def start_again(self, size: dict[str, int], noon: str = NOON, scheme: str = "light") -> None:
        """Forget what earlier pages stored and what a test has set: the next page is a first visit, in the same process."""
        self.context.clock.set_fixed_time(noon)
        self.page.goto(f"{self.served}{FACES}robots.txt")  # same origin, no script
        self.page.unroute_all(behavior="ignoreErrors")
        self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.context.clear_cookies()
        self.page.emulate_media(media="null", color_scheme=scheme, reduced_motion="null")  # type: ignore[arg-type]  # a Literal
        self.page.set_viewport_size(size)  # type: ignore[arg-type]  # a TypedDict
        self.asked.clear()
        self.complaints.clear()

    @contextmanager
    def late(self, pattern: str) -> Iterator[None]:
        """Hold back the files whose address fits a pattern while the block runs, as a slow connection would; then they come."""
        waiting: list[Route] = []
        over = False

        def hold(route: Route) -> None:
            if over:
                route.continue_()
            else:
                waiting.append(route)

        self.page.route(pattern, hold)
        yield
        over = True
        for route in waiting:
            route.continue_()

    @property
    def foreign(self) -> list[str]:
        return [a for a in self.asked if not a.startswith(self.served) and urlsplit(a).scheme not in ("data", "blob")]


def visit(browser: Browser, served: str, size: dict[str, int], noon: str = NOON, **options: Any) -> Visit:
    """Open a context as a reader in Japan would have it, at noon of the day the sites were built."""
    context = browser.new_context(
        **{"viewport": size, "locale": "ja-JP", "timezone_id": "Asia/Tokyo", "service_workers": "block", **options}
    )
    if options.get("java_script_enabled", True):
        context.clock.set_fixed_time(noon)
    return Visit(context, served)
