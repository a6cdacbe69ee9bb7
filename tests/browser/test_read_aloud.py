"""Reading aloud with a voice that the test brings: only where there is a Japanese one, with readings, marked, and over when the page is left."""

from __future__ import annotations

from collections.abc import Callable

from page_kinds import KINDS, Visit
from page_probes import wait_until

VOICE = """(() => {
  const voices = %s;
  const calls = [];
  const synthesis = Object.assign(new EventTarget(), {
    getVoices: () => voices,
    speak(words) { calls.push(words.text); window.lastWords = words; },
    cancel() { calls.push("(cancel)"); }, pause() { calls.push("(pause)"); }, resume() { calls.push("(resume)"); },
  });
  Object.defineProperty(window, "speechSynthesis", { value: synthesis, configurable: true });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  window.voiceCalls = calls;
})()"""
JAPANESE = "[{lang: 'ja-JP', localService: true, name: 'voice'}]"
BEGIN = ".ts-aloudBegin"


def test_a_record_is_read_with_the_reading_of_its_name_and_each_sentence_is_marked(
    reader: Callable[..., Visit],
) -> None:
    one = reader()
    one.context.add_init_script(VOICE % JAPANESE)
    page = one.open(KINDS["record"])
    reading = page.locator(".ts-reading").inner_text()
    page.click(BEGIN)
    wait_until(page, "window.voiceCalls.length > 1")
    page.evaluate("window.lastWords.onend()")
    assert page.evaluate("window.voiceCalls") == ["(cancel)", "公助 地域包括支援センター", reading]
    assert page.evaluate("CSS.highlights.has('ts-aloud')")
    page.get_by_role("button", name="一時停止").click()
    page.get_by_role("button", name="続ける").click()
    assert page.evaluate("window.voiceCalls.slice(3)") == ["(pause)", "(resume)"]
    page.get_by_role("button", name="やめる").click()
    assert not page.evaluate("CSS.highlights.has('ts-aloud')")
    assert not page.locator(".ts-aloud").is_visible()
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert page.evaluate("window.voiceCalls.at(-1)") == "(cancel)"
    assert one.complaints == []


def test_without_a_japanese_voice_of_the_device_there_is_no_button(reader: Callable[..., Visit]) -> None:
    one = reader()
    one.context.add_init_script(VOICE % "[{lang: 'en-US', localService: true}, {lang: 'ja-JP', localService: false}]")
    page = one.open(KINDS["emergency"])
    page.evaluate(
        "new Promise((go) => setTimeout(go, 300)).then(() => speechSynthesis.dispatchEvent(new Event('voiceschanged')))"
    )
    page.wait_for_timeout(300)
    assert page.locator(BEGIN).count() == 0
