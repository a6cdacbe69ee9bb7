"""A visitor with a phone in a real Chromium: slowed processor, slow network, and what a page costs them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from benchmarks.server import Served
from chromium import LAUNCH_ARGS, NO_CHROMIUM, chromium_path

PHONE = ViewportSize(width=390, height=844)
NO_FOREIGN_HOST = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""Map tiles are not reached. (Intercepting requests would do the same, but switches the browser's cache off.)"""
SLOW_CPU = 4
BYTES_PER_SECOND = 1_600_000 / 8
LATENCY = 150
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
TICK = """(box) => new Promise((resolve) => {
  const start = performance.now(), found = document.querySelector("#found");
  new MutationObserver((_, watch) => { watch.disconnect(); requestAnimationFrame(() => resolve(performance.now() - start)); }).observe(found, {attributeFilter: ["data-total"]});
  document.querySelector(box).click();
})"""
"""Ticks a box of the directory; resolves to the milliseconds until the cards of the new result are painted."""
MARKERS = ".leaflet-marker-pane > *"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run a headless Chromium while the block runs. Raises RuntimeError where there is none."""
    path = chromium_path()
    if not path:
        raise RuntimeError(NO_CHROMIUM)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*LAUNCH_ARGS, NO_FOREIGN_HOST])
        yield browser
        browser.close()


@contextmanager
def visitor(browser: Browser, *, slow_cpu: bool = False, slow_network: bool = False) -> Iterator[Page]:
    """Open a page with an empty cache."""
    context = browser.new_context(
        viewport=PHONE, device_scale_factor=2, is_mobile=True, has_touch=True, locale="ja-JP", service_workers="block"
    )
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    if slow_network:
        speeds = {"latency": LATENCY, "downloadThroughput": BYTES_PER_SECOND, "uploadThroughput": BYTES_PER_SECOND / 2}
        devtools.send("Network.emulateNetworkConditions", {"offline": False, **speeds})
    if slow_cpu:
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
    yield page
    context.close()


def page_load(browser: Browser, served: Served, path: str, runs: int) -> dict[str, float]:
    """Return what one page costs on a slow phone and a slow network, before anybody searches (medians)."""
    found = []
    for _ in range(runs):
        mark = len(served.sent)
        with visitor(browser, slow_cpu=True, slow_network=True) as page:
            page.goto(served.address + path, wait_until="load")
            page.wait_for_function(PAINTED)
            page.wait_for_load_state("networkidle")
            sent = served.since(mark)
            found.append(
                {
                    "kB": sum(one.size for one in sent) / 1000,
                    "requests": len(sent),
                    "first paint ms": page.evaluate(PAINTED),
                    "loaded ms": page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"),
                    "nodes": page.evaluate("document.getElementsByTagName('*').length"),
                }
            )
    return medians(found)


def map_load(browser: Browser, served: Served, path: str, runs: int) -> dict[str, float]:
    """Return what the map costs: transfer without tiles, heap after a collection, and when its marks stand."""
    found = []
    for _ in range(runs):
        one: dict[str, float] = {}
        for name, slow in (("ready ms", False), ("ready ms, CPU/4", True)):
            mark = len(served.sent)
            with visitor(browser, slow_cpu=slow) as page:
                start = time.perf_counter()
                page.goto(served.address + path, wait_until="commit")
                page.wait_for_selector(MARKERS, state="attached", timeout=120_000)
                one[name] = (time.perf_counter() - start) * 1000
                page.wait_for_load_state("networkidle")
                if not slow:
                    sent = served.since(mark)
                    one |= {
                        "kB": sum(s.size for s in sent) / 1000,
                        "data kB": sum(s.size for s in sent if s.path.startswith("data/")) / 1000,
                    }
                    one |= heap(page)
        found.append(one)
    return medians(found)


def heap(page: Page) -> dict[str, float]:
    """Return the used JavaScript heap (MB) after a collection, and the nodes of the document."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("HeapProfiler.collectGarbage")
    used = devtools.send("Runtime.getHeapUsage")["usedSize"]
    return {"heap MB": used / 1e6, "nodes": page.evaluate("document.getElementsByTagName('*').length")}


def medians(found: list[dict[str, Any]]) -> dict[str, float]:
    """Return the median of every figure."""
    return {name: round(statistics.median(one[name] for one in found), 2) for name in found[0]}


def directory_load(browser: Browser, served: Served, path: str, clicks: tuple[str, ...], runs: int) -> dict[str, float]:
    """Return what a search with facets costs cold (slow phone, slow network), and each further facet (slow phone).

    ``path`` is the search; ``clicks`` are the boxes ticked one after another, as CSS selectors. A facet is answered when
    the first card of the new result stands there.
    """
    found = []
    for _ in range(runs):
        mark = len(served.sent)
        with visitor(browser, slow_cpu=True, slow_network=True) as page:
            start = time.perf_counter()
            page.goto(served.address + path, wait_until="commit")
            page.wait_for_selector("#found [data-id]", timeout=60_000)
            first = (time.perf_counter() - start) * 1000
            page.wait_for_load_state("networkidle")
            kilobytes = sum(one.size for one in served.since(mark)) / 1000
        with visitor(browser, slow_cpu=True) as page:
            page.goto(served.address + path, wait_until="networkidle")
            page.locator("[data-way=sheet]").click()
            page.wait_for_selector(clicks[0], state="attached")
            times = [page.evaluate(TICK, box) for box in clicks]
        found.append(
            {
                "first result ms": first,
                "kB": kilobytes,
                "facet ms": statistics.median(times),
                "most facet ms": max(times),
            }
        )
    return medians(found)
