"""Guides: names become links, citations numbers, glossary words lead to their meaning, and records stand beside roles."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from small_site import resource, site_view
from tsunagite.engine.products import product
from tsunagite.records.yaml.front_matter import head_and_body

ROLE = """\
---
title: ケアマネジャー
title_kana: けあまねじゃー
summary: 計画を作る人です。
group: care
advises_on: [計画の相談。]
contact_when: [困ったとき。]
tell: [困っていること。]
not_expected: [電球の交換。]
privacy: [秘密を守ります。]
kinds: [体操の会]
related: [visit]
keywords: [けあぷらん]
sources: [{id: kaigo-7, title: 介護保険法 第7条, publisher: e-Gov法令検索}]
reviewed_on: 2026-11-01
review_due: 2027-04-30
---

包括と組んで計画を作ります[^kaigo-7]。包括は[訪ねる手順](../processes/visit.md)も見ます。
"""
PROCESS = """\
---
title: 訪ねる
summary: 家を訪ねる順番です。
calls:
  - {when: 返事がない, call: 119番, then: "#7119か家族"}
  - {when: 留守, call: 家族}
steps:
  - {title: 電話する, who: [role, 「家族」], when: 前の日, what: [都合を聞く。], sheet: 連絡票, caution: 夜は避ける。}
  - {title: 訪ねる, who: [role], what: [話を聞く。]}
reviewed_on: 2026-11-01
review_due: 2027-04-30
---
"""
GLOSSARY = (
    "- {term: 地域包括支援センター, reading: ちいきほうかつしえんせんたー, meaning: 相談の窓口。, aliases: [包括]}\n"
)


@pytest.fixture
def pages(warm_site_folder: Path, tsunagite: Callable, tmp_path: Path) -> Callable[[str], str]:
    """The text of a page of a site with one role, one process and one word."""
    for name, text in {"roles/role.md": ROLE, "processes/visit.md": PROCESS, "glossary.yml": GLOSSARY}.items():
        path = warm_site_folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    said = tsunagite("build", warm_site_folder, "--today", "2026-11-22", "--site-dir", tmp_path / "out")
    assert said.code == 0, said.out
    return lambda name: (tmp_path / "out" / name / "index.html").read_text(encoding="utf-8")


def test_a_role_leads_to_its_sources_its_steps_and_the_words_it_uses(
    pages: Callable[[str], str], tmp_path: Path
) -> None:
    role = pages("roles/role")
    assert '<a aria-label="根拠 1" class="ts-cite" href="#source-1">1</a>' in role
    assert 'id="source-1"' in role
    assert 'href="../../processes/visit/"' in role
    assert role.count('class="ts-word"') == 1  # the first place only
    assert 'title="相談の窓口。">包括</a>' in role
    process = pages("processes/visit")
    assert 'href="../../roles/role/">ケアマネジャー</a>・家族' in process
    in_order = ("だれに最初に電話するか", "返事がない", ">119<", "都合を聞く。", "話を聞く")
    assert '<strong><a class="ts-dial" href="tel:119">119</a>番</strong>' in process
    assert '<a class="ts-dial" href="tel:%237119">#7119</a>か家族' in process
    assert [process.index(word) for word in in_order] == sorted(process.index(word) for word in in_order), (
        "whom to call comes before the steps"
    )
    assert 'href="../roles/role/"' in pages("roles")
    assert 'id="word-1"' in pages("glossary")
    assert not (tmp_path / "out" / "glossary.yml").exists()  # content/ holds it, the site does not publish it


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: あ\n---\n本文\n", ("\ntitle: あ\n", "本文\n")),
        ("\ufeff---\n---\n", ("\n", "")),
        ("title: あ\n", None),
        ("---\ntitle: あ\n", None),
        ("", None),
    ],
)
def test_the_head_keeps_its_lines_and_the_prose_follows(text: str, expected: tuple[str, str] | None) -> None:
    assert head_and_body(text) == expected


def test_what_a_care_manager_cannot_do_leads_to_the_few_who_answer_that_need(tmp_path: Path) -> None:
    helps = resource("helps", kind="家事・ちょっとした手伝い", needs=["住まい・修理"])
    reads = resource("reads", kind="家事・ちょっとした手伝い", needs=["お金・手続き"])
    many = [resource(f"shop-{n}", kind="商店・スーパー", needs=["住まい・修理"]) for n in range(9)]
    asked = {
        "id": "bulb",
        "request": "電球",
        "why": "別の仕事です。",
        "instead": "近くの人へ。",
        "need": "住まい・修理",
    }
    (tmp_path / "content").mkdir()
    kinds = ["household_help", "shop", "guardianship_center"]
    (tmp_path / "content" / "redirects.yml").write_text(
        yaml.safe_dump([{**asked, "kinds": kinds}], allow_unicode=True), encoding="utf-8"
    )
    (found,) = site_view(tmp_path, helps, reads, *many).knowledge.redirects()
    assert [card.id for card in found.cards] == ["helps"], "neither one who does something else nor the first of many"
    assert [link.path for link in found.lists] == [
        "search/?kind=household_help&need=housing",
        "search/?kind=shop&need=housing",
    ]
    assert [one.label for one in found.missing] == ["成年後見の相談窓口"]


def test_a_kind_without_a_record_is_named_with_the_national_register_or_says_whom_to_ask(tmp_path: Path) -> None:
    (tmp_path / "content/roles").mkdir(parents=True)
    role = (
        ROLE.replace("[体操の会]", "[消費生活センター, 訪問介護, 老人クラブ, 商店・スーパー]")
        .replace("related: [visit]", "related: []")
        .replace("(../processes/visit.md)", "")
    )
    (tmp_path / "content/roles/role.md").write_text(role, encoding="utf-8")
    site = site_view(tmp_path, resource("shop", kind="商店・スーパー", needs=["買い物"]))
    (page,) = site.knowledge.pages()
    assert [link.path for link in page.lists] == ["search/?kind=shop"]
    assert [(one.label, one.register) for one in page.missing] == [
        ("消費生活センター", "国民生活センター 全国の消費生活センター等（電話は188）"),
        ("訪問介護", "厚生労働省 介護サービス情報公表システム"),
        ("老人クラブ", ""),
    ]
    (made,) = [
        draft for draft in product("guides").make(site, lambda its: its) if draft.path == "roles/role/index.html"
    ]  # type: ignore[arg-type, return-value]
    lines = dict(re.findall(r"<li>(\S+?)<span class=\"ts-quiet\">(.*?)</span></li>", made.make().body))  # type: ignore[attr-defined]
    assert re.sub("<[^>]+>", "", lines["訪問介護"]) == "全国の名簿：厚生労働省 介護サービス情報公表システム"
    assert lines["老人クラブ"] == "全国の名簿は見つけていません。市役所か地域包括支援センターに聞いてください。"


@pytest.mark.parametrize(("characters", "minutes"), [(0, 1), (1_000, 2), (2_400, 5), (4_900, 10)])
def test_reading_a_guide_takes_a_minute_for_five_hundred_characters(
    tmp_path: Path, characters: int, minutes: int
) -> None:
    (tmp_path / "content/roles").mkdir(parents=True)
    role = (
        ROLE.replace("related: [visit]", "related: []").partition("---\n\n")[0] + "---\n\n" + "あ" * characters + "\n"
    )
    (tmp_path / "content/roles/role.md").write_text(role, encoding="utf-8")
    (page,) = site_view(tmp_path, resource("a")).knowledge.pages()
    assert page.minutes == minutes
