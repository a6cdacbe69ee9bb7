"""Building after changes gives the bytes of a build from nothing, whatever changed, and makes only what a change touches."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.synthetic import write_site
from tsunagite.engine import build as pipeline
from tsunagite.engine import processes
from tsunagite.engine.artifact import Artifact
from tsunagite.engine.publish import Stage
from tsunagite.records.load import records
from tsunagite.records.model import resource

DAY = "2026-11-22"
RECORDS = 70
SEED = 4
GUIDE = """\
---
title: {title}
title_kana: しごと
summary: {title}の仕事です。
group: care
advises_on: [計画の相談。]
contact_when: [困ったとき。]
tell: [困っていること。]
not_expected: [電球の交換。]
privacy: [秘密を守ります。]
kinds: [体操の会]
sources: [{{id: law, title: 介護保険法 第7条, publisher: e-Gov法令検索}}]
reviewed_on: 2026-11-01
review_due: 2027-04-30
---

包括と組んで計画を作ります[^law]。
"""
THANKS = """\
id: last-spring
title: 春のお礼
made_on: 2026-04-02
made_by: 計測の会
publishable_by: 計測の会
resources: [record-6]
thanks: [{who: 文具店, did: いすを出した, allowed: true}]
"""
WORDS = {  # of a record: none of them decides where it stands
    "summary": "新しいひとこと。", "summary_easy": "あたらしい ひとこと。", "description": "新しい説明。", "helpful_for": "新しい心づかい。",
    "linking_tips": "新しいこつ。", "how_to_use": "[新しい手順]", "required_docs": "[新しい書類]", "email": "new@example.jp",
    "form_url": "https://example.jp/form", "url": "https://example.jp/new", "contact_note": "新しい補足。", "capacity": "31", "capacity_note": "新しい定員。",
    "vacancy": "{text: 新しい空き, on: 2026-11-01}", "alert": "{text: 新しいお知らせ, until: 2027-01-31}", "memo": "新しいメモ",
    "phones": "[{number: 087-000-1234, label: 新しい係, hours: 朝だけ}]",
}  # fmt: skip
"""Another value for every field of ``records.model.resource.WORDS``, and another number to call."""
MANY = (
    "search/columns/",
    "search/facets.json",
    "search/points.json",
    "search/meta.json",
    "search/terms/",
    "data/map.json",
    "worksheets/",
    "quality/",
    "sources/",
    "kinds/index.html",
    "assets/",
)
"""What is made of all records, and of none of their words."""
PAPERS = (
    "leaflets",
    "profile_papers",
    "report_papers",
    "report_books",
    "one_sheets",
    "year_plans",
    "worksheet_papers",
    "pamphlets",
)
Change = Callable[[], object]


def contents(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


class Town:
    """A site somebody works on."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root, self.chance = root, chance
        write_site(root, RECORDS)
        self.write("content/roles/care.md", GUIDE.format(title="ケアマネジャー"))
        self.write(
            "content/glossary.yml",
            "- {term: 地域包括支援センター, reading: ちいきほうかつ, meaning: 相談の窓口。, aliases: [包括]}\n",
        )
        self.write("resources/organizations/kai.yml", "id: kai\nname: 計測の会\ntype: その他\n")
        self.write("resources/worksheets/thanks/last-spring.yml", THANKS)
        self.append(root / "resources/site.yml", "main_window: record-6\n")
        for number in (1, 2, 3):
            self.append(self.record(number), "organization: kai\n")
        self.added, self.shares = 0, True

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def append(self, path: Path, text: str) -> None:
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    def set(self, path: Path, key: str, value: str) -> None:
        """Write another value for a key of one line, or add it."""
        text = path.read_text(encoding="utf-8")
        line = f"{key}: {value}\n"
        found = re.sub(rf"^{key}: .*\n", lambda _: line, text, flags=re.MULTILINE)
        path.write_text(found if found != text or line in text else text + line, encoding="utf-8")

    def record(self, number: int) -> Path:
        return next((self.root / "resources").glob(f"*/record-{number}.yml"))

    def any_record(self) -> Path:
        """Return the file of some record (not of the first ten, which others speak of)."""
        return self.chance.choice(sorted((self.root / "resources").glob("*/record-[1-9][0-9].yml")))

    def edits(self) -> list[Change]:
        """Return edits of one record each."""
        one = self.any_record()
        return [
            lambda: self.set(one, "summary", f"{self.chance.randrange(1000)}回めの直しです。"),
            lambda: self.set(one, "name", f"直した名前{self.chance.randrange(1000)}"),
            lambda: self.set(one, "name_kana", self.chance.choice(("あおい", "わかば", '""'))),
            lambda: self.set(one, "kind", self.chance.choice(("体操の会", "配食", "公園", "趣味の会"))),
            lambda: self.set(one, "needs", self.chance.choice(("[食事]", "[見守り, 買い物]", "[お金・手続き]"))),
            lambda: self.set(one, "location", "{address: 計測市東浜本町1-1, lat: 34.3, lng: 134.0}"),
            lambda: self.set(one, "location", "{address: 計測市谷上上町2-2}"),
            lambda: self.set(one, "service_areas", self.chance.choice(("[d3]", "[d4, d5]", "[city]"))),
            lambda: self.set(one, "phones", "[{number: 087-000-9876}]"),
            lambda: self.set(one, "organization", "kai"),
            lambda: (
                self.set(one, "status", "終了"),
                self.set(one, "closed_date", "2026-10-01"),
                self.set(one, "replaced_by", "record-5"),
            ),
            lambda: self.set(self.record(5), "visibility", self.chance.choice(("公開", "印刷物のみ"))),
            lambda: self.set(one, "stage", self.chance.choice(("すでにある", "すぐできる"))),
        ]

    def of_everything(self) -> Iterator[Change]:
        """Yield the changes after which every page is made anew: what an earlier change has left would not be seen."""
        yield lambda: self.set(self.root / "resources/site.yml", "municipality", "計測町")
        yield lambda: self.write("overrides/partials/site-footer.html", "<footer>別の足もと</footer>\n")
        yield lambda: self.set(
            self.root / "mkdocs.yml", "theme", "{name: material, language: ja, font: false, custom_dir: overrides}"
        )

    def others(self) -> Iterator[Change]:
        """Yield every other sort of change, in threes of which one at most is of what every record is shown with; that of a name comes last."""
        yield lambda: self.write(
            "resources/vocabulary/synonyms.yml", "terms:\n  - {id: ours, label: 体操, aliases: [たいそう会]}\n"
        )
        yield self.add
        yield lambda: self.write("content/roles/care.md", GUIDE.format(title="相談員"))
        yield lambda: self.append(
            self.root / "resources/areas/all.yml", "  - {id: d99, name: 新町, level: 地区, parent: city}\n"
        )
        yield lambda: self.any_record().unlink()
        yield lambda: (path := self.any_record()).rename(path.with_name("renamed-" + path.name))
        yield lambda: self.write(
            "resources/vocabulary/need.yml", "terms:\n  - {id: meal, label: ごはん, aliases: [食事]}\n"
        )
        yield lambda: self.set(self.any_record(), "id", f"other-{self.chance.randrange(1000)}")
        yield lambda: self.write("content/roles/care.md", GUIDE.format(title="相談員") + "\nもう一つの文です。\n")
        yield lambda: self.write("content/new.md", "# 新しい案内\n\n本文。\n")
        yield lambda: self.set(self.root / "resources/organizations/kai.yml", "name", "計測の新しい会")

    def add(self) -> None:
        self.added += 1
        path = self.any_record()
        text = re.sub("^id: .*", f"id: added-{self.added}", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        path.with_name(f"added-{self.added}.yml").write_text(text, encoding="utf-8")


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    # PDFs have a cache and tests of their own (tests/papers/test_pdf.py), and take most of the time
    monkeypatch.setattr(
        pipeline,
        "PRODUCTS",
        tuple(one for one in pipeline.PRODUCTS if one.name not in PAPERS),
    )
    return Town(tmp_path / "town", random.Random(SEED))  # noqa: S311 - reproducible changes, not a secret


@pytest.fixture
def build(tsunagite: Callable[..., Any], town: Town, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    def run(*options: str | Path, day: str = DAY) -> Any:
        # what a second process has made must be what one makes
        monkeypatch.setattr(
            processes, "can_share", lambda: town.shares
        )  # nothing here sets papers, whose threads no fork has
        for module in (pipeline, records):
            monkeypatch.setattr(module, "WORTH_SHARING", RECORDS * 2 if "--no-cache" in options else 0)
        said = tsunagite("build", town.root, "--today", day, *options)
        assert said.code == 0, said.out + said.err
        return said

    return run


@pytest.fixture
def made(town: Town, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The path of everything that is made and not kept."""
    town.shares = False
    paths: list[str] = []
    real = Stage.add

    def noted(stage: Stage, artifact: Artifact) -> None:
        paths.append(artifact.path)
        real(stage, artifact)

    monkeypatch.setattr(Stage, "add", noted)
    return paths


def test_an_edit_makes_what_it_touches_and_nothing_else(town: Town, build: Callable[..., Any], made: list[str]) -> None:
    build()
    whole = len(made)
    made.clear()
    town.set(town.record(7), "summary", "電話で頼める近所の配達です。")
    build()
    pages = {
        path for path in made if path.startswith(("r/", "needs/", "kinds/", "areas/", "levels/", "all/", "roles/"))
    }
    assert "r/record-7/index.html" in pages
    assert {path.split("/")[0] for path in pages} == {"r", "needs", "kinds", "areas", "levels", "all"}
    assert len({path for path in pages if path.startswith("r/")}) < 8  # itself, and those it is a neighbour of
    assert len(pages) < 30 < whole - len(made)
    assert not [path for path in made if path.startswith(MANY)]
    town.set(town.record(7), "kind", "配食")
    made.clear()
    build()
    assert {name for name in MANY if any(path.startswith(name) for path in made)} == set(MANY)


def test_a_sentence_of_a_guide_makes_its_page_and_the_search_anew_and_no_record(
    town: Town, build: Callable[..., Any], made: list[str]
) -> None:
    build()
    made.clear()
    town.append(town.root / "content/roles/care.md", "\nもう一つの文です。\n")
    build()
    assert "もう一つの文です。" in (town.root / "site/roles/care/index.html").read_text(encoding="utf-8")
    assert "roles/care/index.html" in made
    assert not [path for path in made if path.startswith(("r/", "needs/", "kinds/", "areas/", "levels/", *MANY))]


@pytest.mark.slow
def test_words_stand_wherever_they_are_read_and_nowhere_else(
    town: Town, build: Callable[..., Any], tmp_path: Path
) -> None:
    town.shares = False
    assert WORDS.keys() - {"phones"} == resource.WORDS
    window, other = town.record(6), town.any_record()
    town.set(window, "verified_on", "2020-01-01")  # so that it is the first of those past their review
    build(day="2029-04-01")
    for path in (window, other):
        for name, value in WORDS.items():
            town.set(path, name, value)
    build(day="2029-04-01")
    build("--no-cache", "--site-dir", tmp_path / "cold", day="2029-04-01")
    assert contents(town.root / "site") == contents(tmp_path / "cold")
    read = {
        page: (town.root / "site" / page / "index.html").read_text(encoding="utf-8")
        for page in ("", "quality", "worksheets/thanks/last-spring")
    }
    assert "087-000-1234" in read.pop("")
    assert all("新しいひとこと" in page for page in read.values()), "otherwise this tests less than it says"


@pytest.mark.slow
def test_after_any_changes_the_bytes_are_those_of_a_build_from_nothing(
    town: Town, build: Callable[..., Any], tmp_path: Path
) -> None:
    cold = tmp_path / "cold"
    build()
    for change in town.of_everything():
        change()
    others = list(town.others())
    for number in range(0, len(others), 3):  # a build takes its time
        edits = town.chance.sample(town.edits(), 2) if number + 3 < len(others) else ()
        for change in (*others[number : number + 3], *edits):
            change()
        build()
    build("--no-cache", "--site-dir", cold)
    assert contents(town.root / "site") == contents(cold)
    shutil.rmtree(cold)
    build(day="2027-01-05")
    build("--no-cache", "--site-dir", cold, day="2027-01-05")
    assert contents(town.root / "site") == contents(cold)
