"""The sheets of roles and processes are opened and read back: what they say, on how many pages, and for whom."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest

from pdf_page import glyphs_of, structure, text_of, words_of
from small_site import resource, site_view
from tsunagite.engine.artifact import Artifact, Page
from tsunagite.engine.products import product

SMALLEST = 9.0  # points
SETTINGS = {"municipality": "桜町", "site_url": "https://tsunagite.example/", "main_window": "window"}
COMMON = {"summary": "薬のことを聞ける人です。", "reviewed_on": "2026-11-01", "review_due": "2027-04-30"}
ROLE = COMMON | {
    "title": "薬剤師",
    "group": "medical",
    "contact_when": ["薬が余っているとき。"],
    "tell": ["お薬手帳の中身。"],
    "advises_on": ["飲み忘れを減らす工夫。"],
    "not_expected": ["薬を勝手に変えること。"],
    "privacy": ["仕事で知った秘密を守ります。"],
    "kinds": ["pharmacy"],
    "sources": [
        {"id": "a", "title": "薬剤師法 第24条", "publisher": "e-Gov法令検索"},
        {"id": "b", "title": "薬剤師法 第25条の2", "publisher": "e-Gov法令検索"},
    ],
}
PROSE = "## 電話の例\n\n> 「〇〇さんの薬が**2週間分**\n> 余っています。」\n\n薬の法律[^a][^b]。\n"
STEP = {"title": "気づく", "who": ["role", "「本人・家族」"], "when": "その日", "what": ["薬の数を数える。"]}
PROCESS = COMMON | {"title": "薬を整える", "for_whom": "訪問する人", "goal": "正しく飲めています。", "steps": [STEP]}

Sheets = Callable[..., dict[str, bytes]]


def no_frame(page: Page) -> Artifact:
    raise AssertionError("a sheet has no web page around it")


@pytest.fixture
def sheets(tmp_path: Path) -> Sheets:
    """Make the sheets of one role and one process; give each by its path."""

    def make(
        *records: dict[str, Any],
        role: dict[str, Any] | None = None,
        process: dict[str, Any] | None = None,
        today: date | None = None,
    ) -> dict[str, bytes]:
        for section, head, prose in (
            ("roles/role", ROLE | (role or {}), PROSE),
            ("processes/process", PROCESS | (process or {}), ""),
        ):
            path = tmp_path / "content" / f"{section}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"---\n{json.dumps(head, ensure_ascii=False)}\n---\n\n{prose}", encoding="utf-8")
        window = resource("window", kind="community_support_center", phones=[{"number": "087-839-2000"}])
        site = site_view(tmp_path, window, *records, site=SETTINGS)
        site = replace(site, today=today) if today else site
        return {
            made.path: made.content
            for sheet in product("one_sheets").make(site, no_frame)
            for made in sheet.make()
            if isinstance(made, Artifact)
        }

    return make


def role_of(made: dict[str, bytes]) -> bytes:
    return made["papers/roles/role.pdf"]


def process_of(made: dict[str, bytes]) -> bytes:
    return made["papers/processes/process.pdf"]


def pages_of(content: bytes) -> int:
    return len(pypdf.PdfReader(BytesIO(content)).pages)


def pharmacy(number: int, **fields: Any) -> dict[str, Any]:
    phones = [{"number": f"087-{'000' if 'sample' in fields else '839'}-30{number:02}"}]
    return resource(f"pharmacy-{number}", kind="pharmacy", phones=phones, **fields) | {"name": f"さくら薬局{number}"}


def test_a_role_says_when_to_call_and_what_to_say_before_anything_else(sheets: Sheets) -> None:
    text = text_of(role_of(sheets()))
    said = ["薬剤師", "薬のことを聞ける人です。", "薬が余っているとき。", "お薬手帳の中身。", "飲み忘れを減らす工夫。",
            "薬を勝手に変えること。", "仕事で知った秘密を守ります。", "「〇〇さんの薬が2週間分余っています。」", "087-839-2000"]  # fmt: skip
    places = [text.index(words) for words in said]
    assert places == sorted(places)
    assert "内容を確かめた日2026年11月1日。次の見直しは2027年4月まで。" in text
    assert "根拠：薬剤師法第24条・第25条の2" in text
    assert "tsunagite.example/roles/role" in text


def test_a_process_says_who_does_what_when(sheets: Sheets) -> None:
    step = STEP | {"sheet": "気づきの紙", "caution": "責めません。"}
    papers = [{"document": "届出書", "where": "市の窓口", "deadline": "月末まで"}]
    text = text_of(
        process_of(sheets(process={"steps": [step], "cautions": ["本人に聞きます。"], "procedures": papers}))
    )
    for words in ("訪問する人", "正しく飲めています。", "1気づくその日薬剤師・本人・家族□薬の数を数える。", "使う用紙：気づきの紙",
                  "責めません。", "本人に聞きます。", "届出書市の窓口月末まで"):  # fmt: skip
        assert words in text


def test_the_files_are_tagged_titled_and_japanese(sheets: Sheets) -> None:
    made = sheets()
    for content, title in ((role_of(made), "薬剤師"), (process_of(made), "薬を整える")):
        with pikepdf.open(BytesIO(content)) as document:
            assert bool(document.Root.MarkInfo.Marked)
            assert str(document.Root.Lang).startswith("ja")
            metadata = document.open_metadata()
            assert metadata["pdfuaid:part"] == "1"
            assert title in str(metadata["dc:title"])
            alts = [str(o.Alt) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
        assert [alt for alt in alts if alt.startswith("QRコード。tsunagite.example/")] == alts != []
    headings = [tag for tag in structure(process_of(made)) if re.fullmatch(r"/H\d", tag)]
    assert headings == ["/H1", "/H2", "/H3", "/H2"]


def test_few_numbers_of_a_kind_are_printed_and_many_are_counted(sheets: Sheets) -> None:
    few = text_of(role_of(sheets(*(pharmacy(n) for n in range(1, 4)))))
    assert all(f"087-839-300{n}" in few for n in range(1, 4))
    many = text_of(role_of(sheets(*(pharmacy(n) for n in range(1, 10)))))
    assert "087-839-3001" not in many
    assert "ほかに薬局9件" in many


def test_samples_and_records_that_may_not_be_printed_stay_out(sheets: Sheets) -> None:
    web_only = {"basis": "written", "scope": ["web"]}
    text = text_of(
        role_of(
            sheets(
                pharmacy(1, sample=True), pharmacy(2, consent=web_only), pharmacy(3, status="suspended"), pharmacy(4)
            )
        )
    )
    assert [n for n in range(1, 5) if f"さくら薬局{n}" in text] == [4]


def test_a_short_role_leaves_lines_to_write_on_in_large_type(sheets: Sheets) -> None:
    content = role_of(sheets())
    assert "書いておく欄" in text_of(content)
    assert max(size for page in words_of(content) for text, *_, size in page if "薬手帳" in text) > 11


def test_what_is_long_is_set_smaller_but_never_below_nine_points_then_on_two_pages(sheets: Sheets) -> None:
    pages = []
    for count in (4, 7, 14):
        steps = [
            STEP | {"title": f"{n}番目の段", "what": [f"{n}の{m}：薬の数を数えて、紙に書いておく。" for m in range(5)]}
            for n in range(count)
        ]
        content = process_of(sheets(process={"steps": steps}))
        assert f"{count - 1}の4：薬の数" in text_of(content)
        assert min(size for page in words_of(content) for *_, size in page) >= SMALLEST - 0.01
        pages.append(pages_of(content))
    assert pages == [1, 1, 2]


def test_what_fits_on_no_two_pages_costs_its_sheet_and_says_so(sheets: Sheets) -> None:
    steps = [STEP | {"what": ["薬の数を数えて、紙に書いておく。" * 8] * 9} for _ in range(12)]
    made = sheets(process={"steps": steps})
    assert "この紙は、いま作れていません。" in text_of(process_of(made))
    assert "伝えること" in text_of(role_of(made))


def test_brackets_that_meet_other_marks_do_not_run_into_each_other(sheets: Sheets) -> None:
    summary = "んん。「ああ」、いい（うう）。"
    ((_, _, glyphs),) = glyphs_of(role_of(sheets(role={"summary": summary})))
    at = "".join(one.text for one in glyphs).index(summary)
    for before, after in pairwise(glyphs[at : at + len(summary)]):
        assert after.left > before.right, (before, after)
        assert after.left - before.left > 0.3 * before.size, (before, after)


def test_markup_in_a_guide_stays_text(sheets: Sheets) -> None:
    assert "#panic()$x$*太い*@ref<label>" in text_of(
        role_of(sheets(role={"summary": "#panic() $x$ *太い* @ref <label>"}))
    )


def test_letters_that_the_font_lacks_become_geta_with_a_note(sheets: Sheets) -> None:
    text = text_of(role_of(sheets(role={"summary": "𠮷さんに聞きます。"})))
    assert "〓さんに聞きます。" in text
    assert "〓は、この紙の文字にない字です。" in text


def test_the_day_of_the_build_changes_nothing(sheets: Sheets) -> None:
    assert sheets() == sheets(today=date(2027, 1, 5))


@pytest.mark.slow
def test_every_role_and_process_of_the_demonstration_offers_its_sheet(built_demo: Path) -> None:
    pages = [page for section in ("roles", "processes") for page in sorted((built_demo / section).glob("*/index.html"))]
    assert len(pages) > 40
    for page in pages:
        (sheet,) = re.findall(r'href="\.\./\.\./(papers/[^"]+\.pdf)"', page.read_text(encoding="utf-8"))
        content = (built_demo / sheet).read_bytes()
        assert pages_of(content) <= 2
        assert f"{page.parent.parent.name}/{page.parent.name}" in text_of(content)
