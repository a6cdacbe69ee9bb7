"""Citations are data: the list of all of them, in the order of articles, with what was not read; and the marks a reader sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import yaml

from small_site import resource, site_view
from tsunagite.check.guides import citations_are_data
from tsunagite.guides.citations import citation_list

ACTS = """\
- id: kaigo-hoken
  name: 介護保険法
  number: 平成9年法律第123号
  url: https://laws.e-gov.go.jp/law/409AC0000000123
  amendments:
    - {by: 令和8年法律第51号, promulgated_on: 2026-06-25, in_force_on: 2027-04-01}
  looked_on: 2026-11-30
- {id: minpo, name: 民法}
"""
GUIDE = """\
---
title: {title}
summary: ためしの手引きです。
sources:
{sources}
reviewed_on: 2026-11-01
review_due: 2027-02-28
---

根拠があります[^a]。
"""
FIRST = """\
  - {id: a, act: kaigo-hoken, article: 第115条の46, on: センターのこと, state: read, checked_on: 2026-11-23}
  - {act: kaigo-hoken, article: 第27条, on: 認定, state: ordinance, checked_on: 2026-11-20}
  - {title: 地域支援事業実施要綱, publisher: 厚生労働省, on: 事業の中身}"""
SECOND = """\
  - {id: a, act: kaigo-hoken, article: 第27条, on: 認定の申請, state: read, checked_on: 2026-11-23}
  - {act: kaigo-hoken, article: 第7条, state: unread, checked_on: 2026-11-23}"""


def write(root: Path) -> None:
    for name, text in {
        "acts.yml": ACTS,
        "glossary.yml": "- {term: 要支援, reading: ようしえん, meaning: 少し手助けがある状態。, sources: [{act: kaigo-hoken, article: 第7条, on: ことば, state: read, checked_on: 2026-11-24}]}\n",
        "reference/first.md": GUIDE.replace("{title}", "ひとつめ").replace("{sources}", FIRST),
        "reference/second.md": GUIDE.replace("{title}", "ふたつめ").replace("{sources}", SECOND),
    }.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_every_article_is_one_row_in_the_order_of_the_act_and_its_least_sure_state_counts(tmp_path: Path) -> None:
    write(tmp_path)
    found = citation_list(site_view(tmp_path, resource("one")).knowledge)
    assert [cited.act.id for cited in found.acts] == ["kaigo-hoken"], "an act that nobody cites is not listed"
    rows = found.acts[0].rows
    assert [(row.label, row.doubt, row.checked) for row in rows] == [
        ("第7条", "unread", "2026年11月23日"),
        ("第27条", "ordinance", "2026年11月20日"),
        ("第115条の46", "", "2026年11月23日"),
    ]
    assert rows[1].on == ("認定", "認定の申請")
    assert [page.path for page in rows[0].pages] == ["reference/second/", "glossary/"]
    assert [page.path for page in rows[1].pages] == ["reference/first/", "reference/second/"]
    assert [row.label for row in found.documents] == ["地域支援事業実施要綱"]
    assert (found.articles, found.unread, found.ordinance) == (3, 1, 1)


def test_a_citation_is_asked_about_again_on_the_day_a_change_comes_into_force(tmp_path: Path) -> None:
    write(tmp_path)
    directory = site_view(tmp_path, resource("one")).directory
    assert list(citations_are_data(directory, date(2027, 3, 31))) == []
    after = list(citations_are_data(directory, date(2027, 4, 1)))
    assert [finding.code for finding in after] == ["G109"] * 5
    assert {str(finding.values["day"]) for finding in after} == {"2027-04-01"}


def test_a_guide_names_the_act_in_full_and_marks_what_was_not_read(
    warm_site_folder: Path, tsunagite: Callable, tmp_path: Path
) -> None:
    write(warm_site_folder)
    built = tsunagite("build", warm_site_folder, "--today", "2026-11-30", "--site-dir", tmp_path / "out")
    assert built.code == 0, built.out
    first = (tmp_path / "out/reference/first/index.html").read_text(encoding="utf-8")
    assert (
        '<a href="https://laws.e-gov.go.jp/law/409AC0000000123" rel="noopener">介護保険法 第115条の46</a>（e-Gov法令検索）<span'
        in first
    )
    assert '介護保険法 第27条</a>（e-Gov法令検索） <span class="ts-badge">省令は未確認</span>' in first
    assert 'href="../../guides/citations/"' in first
    page = (tmp_path / "out/guides/citations/index.html").read_text(encoding="utf-8")
    assert "条文は3件。うち省令は未確認1件、原文は未確認1件。法律でない文書は1件。" in page


def test_every_guide_that_stands_on_the_law_of_care_insurance_is_read_again_before_april_2027() -> None:
    """The act of June 2026 changes it from 2027-04-01, and the standards of offices (省令) with it."""
    late = []
    for path in sorted((Path(__file__).parents[2] / "content").glob("*/*.md")):
        head = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
        acts = [source.get("act", "") for source in head.get("sources") or ()]
        if any(act.startswith(("kaigo-", "kyotaku-")) for act in acts) and head["review_due"] > date(2027, 2, 28):
            late.append(path.name)
    assert late == []
