"""Papers asked for on the command line, print runs, and what their codes tell later; bad input costs one paper at most."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from pypdf import PdfReader

from pdf_page import text_of
from small_site import TODAY, resource, site_view
from tsunagite.adapters.site_build import build_site
from tsunagite.engine.artifact import Artifact, Bundle, Page
from tsunagite.engine.assemble import Views
from tsunagite.errors import UsageError
from tsunagite.findings import Finding
from tsunagite.papers import files as pamphlets
from tsunagite.papers.command import Wish, make_paper
from tsunagite.papers.editions import SetPaper, set_paper, set_papers
from tsunagite.papers.parts.selection import Selection
from tsunagite.papers.print_runs import print_run_views
from tsunagite.papers.typesetting import typeset
from tsunagite.records.model.features.pamphlet import Pamphlet
from tsunagite.text.ruby import legal_form, ruby

SETTINGS = {"municipality": "高松市", "site_url": "https://tsunagite.example/"}
MEALS = {"id": "meals", "title": "食事と配食", "layout": "困りごとの一枚", "needs": ["食事"], "large": False}


def meal(record_id: str, **fields: Any) -> dict[str, Any]:
    told = {"kind": "配食", "needs": ["食事"], "support_level": ["互助"], "summary": "昼のお弁当を届けます。"}
    return {**resource(record_id), **told, **fields}


Site = Callable[..., Views]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return lambda *records, **files: site_view(
        tmp_path, *records, **{"site": SETTINGS, "pamphlets__meals": MEALS, **files}
    )


def frame(page: Page) -> Artifact:
    return Artifact(f"{page.path}index.html", page.body.encode())


def made_papers(view: Views) -> Iterator[Any]:
    """Make everything, as the build does where nothing is kept."""
    for one in pamphlets.pamphlets(view.papers, view.printed.keys, frame):
        if isinstance(one, Bundle):
            yield from one.make()
        else:
            yield one


def pages(view: Views) -> dict[str, str]:
    return {
        made.path: made.content.decode(errors="replace") for made in made_papers(view) if isinstance(made, Artifact)
    }


def test_a_paper_is_made_again_where_what_it_prints_has_changed_and_nowhere_else(site: Site) -> None:
    fold = {"id": "fold", "title": "体操", "layout": "困りごとの一枚", "needs": ["体を動かす"], "large": False}

    def keys(*records: dict[str, Any], **files: Any) -> dict[str, bytes]:
        view = site(*records, **{"pamphlets__fold": fold, **files})
        made = pamphlets.pamphlets(view.papers, view.printed.keys, frame)
        return {one.name: one.key for one in made if isinstance(one, Bundle)}

    walk = resource("walk") | {"needs": ["体を動かす"], "summary": "朝に歩きます。"}
    before = keys(meal("ai"), walk)
    assert before.keys() == {"pamphlets/meals/", "pamphlets/fold/"}
    assert keys(meal("ai"), walk) == before
    after = keys(meal("ai"), walk | {"summary": "夕方に歩きます。"})
    assert after["pamphlets/meals/"] == before["pamphlets/meals/"]
    assert after["pamphlets/fold/"] != before["pamphlets/fold/"]
    after = keys(meal("ai", phones=[{"number": "087-839-9999"}]), walk)
    assert after["pamphlets/meals/"] != before["pamphlets/meals/"]
    assert (
        keys(meal("ai"), walk, pamphlets__fold=fold | {"title": "歩く"})["pamphlets/fold/"] != before["pamphlets/fold/"]
    )


def test_a_print_run_keeps_what_the_paper_said_and_tells_what_has_changed(site: Site, tmp_path: Path) -> None:
    site(meal("ai"), meal("bi"), meal("ci"), meal("di"))
    out = tmp_path / "paper.pdf"
    told = list(make_paper(tmp_path, Wish("meals", out=out, copies=300, placed_at=("公民館 300部",)), TODAY))
    kept = tmp_path / "resources" / "pamphlets" / "prints" / f"meals-{TODAY.isoformat()}.yml"
    assert told == [str(out), str(kept)]
    assert "tsunagite.example/p/meals/2026-11-22" in text_of(out.read_bytes())
    list(make_paper(tmp_path, Wish("meals", out=out, copies=20), TODAY))
    assert yaml.safe_load(kept.read_text(encoding="utf-8"))["copies"] == 320
    # A year later one has ended, one has another number, one is gone, one is as it was.
    (tmp_path / "resources" / "clubs" / "di.yml").unlink()
    view = site(
        meal("ai", status="closed", closed_date="2026-11-22"),
        meal("bi", phones=[{"number": "087-839-9999"}]),
        meal("ci"),
    )
    (run,) = print_run_views(view.papers.source)
    assert [(one.name, [(c.about, c.printed, c.now) for c in one.changes]) for one in run.changed] == [
        ("ai", [("ようす", "", "2026年11月22日に終わりました。")]),
        ("bi", [("電話", "087-839-2811", "087-839-9999")]),
        ("di", [("のせていません", "di", "いまは、このサイトにのせていません。")]),
    ]
    made = pages(view)
    page = made["p/meals/2026-11-22/index.html"]
    assert "4件のうち、3件が変わりました" in page
    assert "087-839-9999" in page
    assert "320部" in made["p/index.html"]
    assert "変わったもの 3件" in made["p/meals/index.html"]
    with pytest.raises(UsageError, match="別の内容"):
        list(make_paper(tmp_path, Wish("meals", out=out, copies=1), TODAY))


def test_a_paper_can_be_asked_for_without_a_description(site: Site, tmp_path: Path) -> None:
    site(meal("ai"))
    out = tmp_path / "asked.pdf"
    assert list(make_paper(tmp_path, Wish(query="needs=食事 layout=冊子 title=食べる", out=out), TODAY)) == [str(out)]
    assert "食べる" in text_of(out.read_bytes())
    for query, said in (
        ("needs", "読めません"),
        ("layout=まる", "紙の形"),
        ("needs=見守り", "のせる記録がありません"),
        ("area=nowhere", "nowhere"),
    ):
        with pytest.raises(UsageError, match=said):
            list(make_paper(tmp_path, Wish(query=query, out=out), TODAY))
    with pytest.raises(UsageError, match="meals"):
        list(make_paper(tmp_path, Wish("nope", out=out), TODAY))
    with pytest.raises(UsageError, match="冊子だけ"):
        list(make_paper(tmp_path, Wish("meals", duplex=True, out=out), TODAY))


def test_letters_that_no_font_has_are_told_by_record_and_paper(site: Site) -> None:
    view = site(meal("ai", name="𠮷野😀と髙橋の食堂"))
    papers = [made for described in view.papers.views() for made in set_papers(described)]
    assert "〓野〓と髙橋の食堂" in next(text_of(made.artifact.content) for made in papers if isinstance(made, SetPaper))
    found = [made for made in papers if isinstance(made, Finding)]
    assert [(f.code, f.values["title"], f.values["record"], f.values["characters"]) for f in found] == [
        ("P102", "食事と配食", "ai", "𠮷😀")
    ]


def test_a_broken_template_costs_its_paper_and_nothing_else(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = site(
        meal("ai"), pamphlets__card={"id": "card", "title": "わたしの窓口", "layout": "冷蔵庫カード", "large": False}
    )
    folder = tmp_path / "package" / "papers" / "templates"
    folder.mkdir(parents=True)
    for path in (typeset.PACKAGE / "papers" / "templates").glob("*.typ"):
        (folder / path.name).write_text(
            "#panic(" if path.stem == "need_sheet" else path.read_text(encoding="utf-8"), encoding="utf-8"
        )
    monkeypatch.setattr(typeset, "PACKAGE", tmp_path / "package")
    made = list(made_papers(view))
    (finding,) = [one for one in made if isinstance(one, Finding)]
    assert (finding.code, finding.values["file"]) == ("P101", "pamphlets/meals/meals.pdf")
    paths = {one.path for one in made if isinstance(one, Artifact)}
    assert "pamphlets/card/card.pdf" in paths
    assert "pamphlets/meals/meals.pdf" not in paths
    page = next(
        one.content.decode() for one in made if isinstance(one, Artifact) and one.path == "pamphlets/meals/index.html"
    )
    assert "meals.pdf" not in page
    assert "いまは作れていません。" in page


def test_nothing_to_print_is_a_paper_that_says_so_by_being_empty(site: Site) -> None:
    (described,) = site().papers.views()
    assert [type(made) for made in set_papers(described)] == [SetPaper]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Views:
    """Two thousand records, every one of which every paper would take."""
    meals = [meal(f"m{number}", name=f"食堂{number}") for number in range(2000)]
    return site_view(tmp_path_factory.mktemp("crowd") / "site", *meals, site=SETTINGS, pamphlets__meals=MEALS)


@pytest.mark.parametrize(("layout", "pages"), [("困りごとの一枚", 2), ("三つ折り", 2), ("両面ちらし", 2), ("掲示", 1)])
def test_of_two_thousand_records_a_sheet_prints_what_fits_and_counts_the_rest(
    crowd: Views, layout: str, pages: int
) -> None:
    described = Pamphlet.model_validate(
        {**MEALS, "layout": layout}, context={"vocabularies": crowd.directory.vocabularies}
    )
    content, printed = set_paper(Selection(crowd.papers.source, described), large=False)
    assert len(PdfReader(BytesIO(content)).pages) <= pages
    shown = {record for record in printed if record.startswith("m")}
    assert 5 < len(shown) < 200
    assert f"ほか{2000 - len(shown)}件" in text_of(content)


def test_a_build_with_every_sort_of_bad_input_makes_the_other_papers_and_names_each_fault(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site(
        meal("ai", name="𠮷野😀と髙橋の食堂"),
        meal("bi", name="長" * 120, location={"address": "高松市" + "町" * 190}),
        pamphlets__card={"id": "card", "title": "わたしの窓口", "layout": "冷蔵庫カード", "large": False},
        pamphlets__nothing={
            "id": "nothing",
            "title": "買い物",
            "layout": "困りごとの一枚",
            "needs": ["買い物"],
            "large": False,
        },
        pamphlets__fold={"id": "fold", "title": "三つ折り", "layout": "三つ折り", "needs": ["食事"], "large": False},
    )
    package = tmp_path / "package"
    for folder in ("papers/templates", "worksheets/sheets", "assessment/templates"):
        shutil.copytree(typeset.PACKAGE / folder, package / folder)
    (package / "papers" / "templates" / "three_fold.typ").write_text("#panic(", encoding="utf-8")
    monkeypatch.setattr(typeset, "PACKAGE", package)
    (tmp_path / "content").mkdir()
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content\ntheme: {name: material}\nplugins: [tsunagite]\n",
        encoding="utf-8",
    )
    _, findings, _ = build_site(tmp_path, None, TODAY, [].append, "ja")
    told = {
        (finding.code, finding.values.get("file"), finding.values.get("record"))
        for finding in findings
        if finding.code.startswith("P")
    }
    assert told >= {("P101", "pamphlets/fold/fold.pdf", None), ("P102", None, "ai")}
    papers = {path.name: path.read_bytes() for path in (tmp_path / "site" / "pamphlets").rglob("*.pdf")}
    assert {"meals.pdf", "card.pdf"} <= set(papers)
    assert "fold.pdf" not in papers
    assert "〓野〓と髙橋の食堂" in text_of(papers["meals.pdf"])
    assert all(PdfReader(BytesIO(content)).pages for content in papers.values())


@pytest.mark.parametrize(
    "layout", ["困りごとの一枚", "三つ折り", "冊子", "両面ちらし", "掲示", "冷蔵庫カード", "窓口の一枚"]
)
def test_long_names_and_places_without_a_point_are_set(site: Site, layout: str) -> None:
    paper = {**MEALS, "layout": layout, "large": True}
    long = "長い名前の食堂と、とても長いかっこの中のことば（" + "あいうえお漢字" * 12 + "）"
    view = site(meal("ai", name=long[:120], location={"address": "高松市" + "町" * 190}), pamphlets__meals=paper)
    for described in view.papers.views():
        assert not [made for made in set_papers(described) if isinstance(made, Finding)]


@pytest.mark.parametrize(
    ("name", "reading", "pieces"),
    [
        ("屋島コミュニティセンター", "やしまこみゅにてぃせんたー", (("屋島", "やしま"), ("コミュニティセンター", ""))),
        ("つばめ湯", "つばめゆ", (("つばめ", ""), ("湯", "ゆ"))),
        ("子の子", "このこ", (("子", "こ"), ("の", ""), ("子", "こ"))),
        ("荒木内科医院", "あらき", None),
        ("山田と川", "やまだとがわとと", None),
        ("さくら", "さくら", (("さくら", ""),)),
        ("ＪＲ高松駅", "JRたかまつえき", (("ＪＲ", ""), ("高松駅", "たかまつえき"))),
        ("第２ビル", "だい2びる", (("第", "だい"), ("２", ""), ("ビル", ""))),
        ("ＪＵＮ歯科クリニック", "じゅんしかくりにっく", None),  # where ＪＵＮ ends nobody can tell
        ("番町一丁目", "ばんちょう1ちょうめ", None),
    ],
)
def test_a_reading_stands_over_its_characters_or_not_at_all(name: str, reading: str, pieces: Any) -> None:
    assert ruby(name, reading) == pieces


def test_what_nobody_says_aloud_is_no_part_of_the_reading() -> None:
    assert legal_form("医療法人社団田原内科医院") == "医療法人社団"
    assert legal_form("医療法人社団光風会三光病院") == "医療法人社団光風会"
    assert legal_form("老人会館") == ""
    assert not re.search("法人", legal_form("法人会"))
