"""The leaflet is opened and read back: what it says, for whom it can be read, and that nothing can break it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
import yaml

from pdf_page import structure, text_of, words_of
from tsunagite.check.load import load
from tsunagite.engine.artifact import Artifact, Page
from tsunagite.engine.assemble import Views, assemble
from tsunagite.engine.products import product
from tsunagite.errors import SetupError
from tsunagite.findings import Finding
from tsunagite.papers.typesetting import typeset

TODAY = date(2026, 11, 22)
SMALLEST = 9.0  # points; small type of notes and credits
A4 = (595.28, 841.89)  # points

Build = Callable[..., bytes]


def no_frame(page: Page) -> Artifact:
    raise AssertionError("a leaflet has no web page around it")


def record(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"record-{number}",
        "name": f"あおぞら相談室{number}",
        "kind": "community_support_center",
        "needs": ["advice"],
        "phones": [{"number": f"087-839-{2000 + number}"}],
        "location": {"address": f"高松市桜町一丁目{number}-12"},
        "verified_on": "2026-09-02",
        "verify_method": "phone",
        **fields,
    }


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Views]:
    def make(*records: dict[str, Any], sources: tuple[dict[str, Any], ...] = (), **settings: Any) -> Views:
        settings = {"municipality": "高松市", "site_url": "https://tsunagite.example/", **settings}
        files = {"site.yml": settings}
        files |= {f"consultation/{r['id']}.yml": r for r in records}
        files |= {f"sources/{s['id']}.yml": s for s in sources}
        (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
        for name, data in files.items():
            path = tmp_path / "resources" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
        directory = load(tmp_path, TODAY).directory
        assert len(directory.placed) == len(records), load(tmp_path, TODAY).findings
        return assemble(directory, TODAY)

    return make


@pytest.fixture
def leaflet(site: Callable[..., Views]) -> Build:
    return lambda *records, **settings: only(site(*records, **settings)).content


def made_leaflets(view: Views) -> list[Any]:
    return [made for bundle in product("leaflets").make(view, no_frame) for made in bundle.make()]


def only(view: Views) -> Artifact:
    (artifact,) = (made for made in made_leaflets(view) if isinstance(made, Artifact))
    return artifact


def test_names_and_numbers_stand_in_the_order_of_the_records(leaflet: Build) -> None:
    text = text_of(leaflet(*(record(n, name_kana=kana) for n, kana in enumerate("あかさたな", start=1))))
    places = [text.index(word) for n in range(1, 6) for word in (f"あおぞら相談室{n}", f"087-839-{2000 + n}")]
    assert places == sorted(places)
    assert "一丁目1-12" in text
    assert text.index("119") < places[0]


def test_the_file_is_tagged_titled_japanese_and_may_be_archived(leaflet: Build) -> None:
    with pikepdf.open(BytesIO(leaflet(record(1)))) as document:
        root = document.Root
        assert bool(root.MarkInfo.Marked)
        assert "/StructTreeRoot" in root
        assert str(root.Lang).startswith("ja")
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        metadata = document.open_metadata()
        assert metadata["pdfuaid:part"] == "1"
        assert "高松市　暮らしの相談と居場所" in str(metadata["dc:title"])


def test_headings_are_headings_and_so_are_those_of_the_lines_that_fill_each_column(leaflet: Build) -> None:
    tags = structure(leaflet(record(1), record(2, kind="library")))
    assert [tag for tag in tags if re.fullmatch(r"/H\d", tag)] == [
        "/H1", "/H2", "/H3", "/H2", "/H2", "/H3", "/H2",
    ]  # fmt: skip


def test_the_qr_code_has_words_for_those_who_cannot_see_it(leaflet: Build) -> None:
    with pikepdf.open(BytesIO(leaflet(record(1)))) as document:
        alts = [str(o.Alt) for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    assert alts == ["QRコード。tsunagite.example を開きます。"]


def test_only_our_font_is_used_and_all_of_it_is_embedded(leaflet: Build) -> None:
    with pikepdf.open(BytesIO(leaflet(record(1)))) as document:
        fonts = [
            o for o in document.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"
        ]
        names = {str(font.FontName).split("+")[-1] for font in fonts}
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    assert names
    assert all(name.startswith("BIZUDPGothic") for name in names)


def test_no_letter_is_smaller_than_nine_points_and_numbers_are_large(leaflet: Build) -> None:
    words = [word for page in words_of(leaflet(*(record(n) for n in range(1, 6)))) for word in page]
    assert min(size for *_, size in words) >= SMALLEST - 0.01
    for n in range(1, 6):
        assert [size >= 15 for text, *_, size in words if f"087-839-{2000 + n}" in text][-1:] == [True]


def test_a_hundred_windows_fill_two_sides_and_the_others_are_counted(leaflet: Build) -> None:
    content = leaflet(*(record(n) for n in range(1, 101)))
    text = text_of(content)
    printed = len(set(re.findall(r"087-839-2\d{3}", text)))
    assert len(pypdf.PdfReader(BytesIO(content)).pages) == 2
    assert 20 < printed < 100
    assert f"ほか{100 - printed}件はサイトで" in text
    assert "tsunagite.example" in text


def test_everything_lies_on_the_paper(leaflet: Build) -> None:
    long = "長い名前の相談窓口" * 13
    for page in words_of(leaflet(record(1, name=long[:117]), record(2, location={"address": "高松市" + "町" * 190}))):
        assert all(20 < x < A4[0] - 20 and 15 < y < A4[1] - 15 for _, x, y, _ in page)


def test_a_name_of_120_characters_is_printed_whole(leaflet: Build) -> None:
    name = "".join(chr(ord("一") + n) for n in (0, 1, 3, 7, 8, 9, 10, 11, 13, 14)) * 12
    assert name in text_of(leaflet(record(1, name=name)))


def test_markup_in_records_stays_text(leaflet: Build) -> None:
    name = '＆<>"\\#$*_@=-/[x](y){z}`~+'
    text = text_of(
        leaflet(record(1, name=name, summary="#panic() $x^2$ *太い* _斜め_ // 消えない /* のこる */ @ref <label>"))
    )
    assert name in text
    assert "#panic()$x^2$*太い*_斜め_//消えない/*のこる*/@ref<label>" in text


def test_letters_that_the_font_lacks_become_geta_with_a_note(leaflet: Build) -> None:
    text = text_of(leaflet(record(1, name="𠮷野家😀と髙﨑の会")))
    assert "〓野家〓と髙﨑の会" in text
    assert "〓は、この紙の文字にない字です。" in text


def test_without_lost_letters_there_is_no_note_about_them(leaflet: Build) -> None:
    assert "〓" not in text_of(leaflet(record(1, name="葛\U000e0100城\u200bの会")))


def test_a_number_is_never_broken_over_lines(leaflet: Build) -> None:
    phones = [{"number": f"0120-000-{n:03}", "label": "とても長い名前の担当部署の窓口の係" * 2} for n in range(2)]
    words = [text for page in words_of(leaflet(record(1, phones=phones))) for text, *_ in page]
    for n in range(2):
        assert any(f"0120-000-{n:03}" in text for text in words)


def test_no_line_ends_with_an_opening_bracket(leaflet: Build) -> None:
    names = [f"{'あ' * n}（かっこの中のことば）" for n in range(10, 30)]
    for page in pypdf.PdfReader(BytesIO(leaflet(*(record(n, name=name) for n, name in enumerate(names))))).pages:
        assert not [line for line in page.extract_text().splitlines() if line.rstrip().endswith(("（", "「", "("))]


def test_without_a_public_address_there_is_no_qr_code(leaflet: Build) -> None:
    content = leaflet(*(record(n) for n in range(1, 101)), site_url=None)
    with pikepdf.open(BytesIO(content)) as document:
        assert not [o for o in document.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]
    assert "サイトで" not in text_of(content)
    assert "件はここにのせていません" in text_of(content)


def test_ideas_closed_and_resting_records_and_equipment_stay_out(leaflet: Build) -> None:
    text = text_of(
        leaflet(
            record(1),
            record(2, stage="soon", name="案の窓口"),
            record(3, status="closed", closed_date="2026-01-01", name="終わった窓口"),
            record(4, status="suspended", name="休みの窓口"),
            record(5, kind="aed", name="駅のAED"),
        )
    )
    assert "あおぞら相談室1" in text
    assert not [name for name in ("案の窓口", "終わった窓口", "休みの窓口", "駅のAED") if name in text]


def test_consent_that_leaves_out_print_is_respected(leaflet: Build) -> None:
    consent = {"basis": "written", "scope": ["web"]}
    assert "サイトだけの会" not in text_of(leaflet(record(1), record(2, name="サイトだけの会", consent=consent)))


def test_samples_are_marked_and_give_way_to_real_records(leaflet: Build) -> None:
    text = text_of(leaflet(record(1, sample=True, name_kana="あ"), record(2)))
    assert text.index("087-839-2002") < text.index("見本あおぞら相談室1")
    assert "「見本」の印があるものは、実在しません。" in text


def test_dates_and_credits_are_said_once_and_exceptions_at_their_record(leaflet: Build) -> None:
    source = {
        "id": "city-list", "name": "相談窓口一覧", "owner": "高松市", "licence": "CC BY 4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/deed.ja", "credit": "高松市オープンデータを加工",
        "data_date": "2024-09-01", "file": "files/x.csv", "into": "consultation",
        "id_rule": {"prefix": "x", "number": "no"}, "columns": {"name": "name"},
    }  # fmt: skip
    rows = [record(n, verified_on=None, sources=[{"source": "city-list"}]) for n in (1, 2)]
    text = text_of(
        leaflet(*rows, record(3, verified_by="社会福祉協議会"), sources=(source,), demonstration="見本のサイトです。")
    )
    assert text.count("高松市のデータ（2024年9月時点）") == 1
    assert "2026年9月2日に電話で確認（社会福祉協議会）" in text
    assert "出典：高松市オープンデータを加工CCBY4.0相談窓口一覧（2024年9月時点）" in text
    assert "掲載は推薦ではありません。" in text
    assert "2026年11月22日に作成" in text
    assert text.index("見本のサイトです。") < text.index("暮らしの相談と居場所")


def test_the_same_data_give_the_same_bytes(site: Callable[..., Views]) -> None:
    view = site(*(record(n) for n in range(1, 40)))
    assert only(view).content == only(view).content


def test_the_leaflet_is_offered_under_the_id_of_the_area_and_nothing_is_made_from_nothing(
    site: Callable[..., Views],
) -> None:
    assert list(product("leaflets").make(site(), no_frame)) == []
    view = site(record(1), area="takamatsu")
    assert only(view).path == view.papers.offered[0].path == "papers/takamatsu.pdf"
    assert view.papers.offered[0].title == "高松市　暮らしの相談と居場所"


def test_without_a_known_area_the_leaflet_is_that_of_the_city(site: Callable[..., Views]) -> None:
    assert only(site(record(1))).path == "papers/city.pdf"


def test_missing_fonts_say_what_to_do(
    site: Callable[..., Views], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typeset, "ASSETS", tmp_path)
    with pytest.raises(SetupError, match="make"):
        only(site(record(1)))


def test_a_template_that_fails_costs_its_paper_and_says_so_in_its_place(
    site: Callable[..., Views], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = site(record(1))
    shutil.copytree(typeset.PACKAGE / "papers" / "templates", tmp_path / "package" / "papers" / "templates")
    (tmp_path / "package" / "papers" / "templates" / "leaflet.typ").write_text('#panic("broken")', encoding="utf-8")
    monkeypatch.setattr(typeset, "PACKAGE", tmp_path / "package")
    finding, instead = made_leaflets(view)
    assert isinstance(finding, Finding)
    assert (finding.code, finding.values["file"]) == ("P101", "papers/city.pdf")
    assert "broken" in finding.values["reason"]
    assert isinstance(instead, Artifact)
    assert instead.path == "papers/city.pdf"
    assert "この紙は、いま作れていません。" in text_of(instead.content)
    assert "tsunagite.example" in text_of(instead.content)
