"""Records are verified, closed, renamed, put in order and begun from the command line, and keep their comments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagite.editing.changes import formatted, in_order
from tsunagite.importing import readings
from tsunagite.importing.run import import_sources
from tsunagite.records.model.resource import Resource
from tsunagite.records.yaml.reader import dump, read_file, read_text

Run = Callable[..., Any]
DAY = ("--today", "2026-11-24")
MORE = """\
# ももの会の記録
id: momo
name: ももの会  # 看板のとおり
name_kana: もものかい
kind: 通いの場・サロン
needs: [居場所・仲間]
support_level: [互助]
summary: 月に一度集まる会。
no_contact_reason: 会の人が交代で世話をしているため。
location: {address: さくら市もも町2}
relations:
  - {to: sakura-taiso, kind: 連携}
review_due: 2026-10-01
verified_on: 2025-10-01
verified_by: 地域福祉課
verify_method: 訪問
"""


@pytest.fixture
def site(site_folder: Path) -> Path:
    (site_folder / "resources/clubs/momo.yml").write_text(MORE, encoding="utf-8")
    return site_folder


def text(site: Path, name: str) -> str:
    return (site / f"resources/clubs/{name}.yml").read_text(encoding="utf-8")


def record(site: Path, name: str) -> dict[str, Any]:
    value: dict[str, Any] = read_file(site / f"resources/clubs/{name}.yml", "").value
    return value


def test_still_correct_takes_one_command_for_many_records(site: Path, tsunagite: Run) -> None:
    said = tsunagite(
        "verify", "momo", "sakura-taiso", "--method", "電話", "--by", "社会福祉協議会", "--root", site, *DAY
    )
    assert said.code == 0, said.err
    for name in ("momo", "sakura-taiso"):
        found = record(site, name)
        assert (found["verified_on"], found["verified_by"], found["verify_method"]) == (
            "2026-11-24",
            "社会福祉協議会",
            "電話",
        )
    assert "review_due" not in record(site, "momo")
    assert text(site, "momo").startswith("# ももの会の記録\n")
    assert "name: ももの会  # 看板のとおり\n" in text(site, "momo")


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (("verify", "momo", "sakura-taisou", "--method", "電話", "--by", "x"), 2, "もしかして「sakura-taiso」"),
        (("verify", "momo", "sakura-taiso", "--method", "でんわ", "--by", "x"), 1, "M104"),
        (
            ("verify", "nobody-1", "momo", "nobody-2", "--method", "電話", "--by", "x"),
            2,
            "「nobody-2」という記録はありません",
        ),
        (
            ("verify", "momo", "--method", "電話", "--by", "x", "--on", "2026-11-25", *DAY),
            2,
            "きょう（2026-11-24）より先",
        ),
        (("verify", "momo", "--method", "電話", "--by", "x", "--on", "2020-01-01", *DAY), 2, "それより前です"),
        (("close", "momo", "--replaced-by", "momo"), 2, "自分の代わりには"),
        (("close", "momo", "--replaced-by", "nobody"), 2, "「nobody」という記録はありません"),
        (("rename", "momo", "../etc"), 2, "ID に使えません"),
        (("rename", "momo", "sakura-taiso"), 2, "もうあります"),
        (("new", "--name", "x", "--kind", "なんでも"), 1, "M104"),
        (("new", "--name", "ももの会", "--kind", "サロン", "--id", "momo"), 2, "もうあります"),
    ],
)
def test_a_mistake_changes_nothing_and_says_what_to_do(
    site: Path, tsunagite: Run, words: tuple[str, ...], code: int, part: str
) -> None:
    before = {path: path.read_bytes() for path in site.rglob("*.yml")}
    said = tsunagite(*words, "--root", site)
    assert (said.code, part in said.err) == (code, True), said.err
    assert {path: path.read_bytes() for path in site.rglob("*.yml")} == before


def test_the_day_of_a_check_can_be_named(site: Path, tsunagite: Run) -> None:
    assert (
        tsunagite(
            "verify", "momo", "--method", "電話", "--by", "社会福祉協議会", "--on", "2026-11-20", "--root", site, *DAY
        ).code
        == 0
    )
    assert record(site, "momo")["verified_on"] == "2026-11-20"


def test_a_closed_record_stays_and_leads_to_what_takes_its_place(site: Path, tsunagite: Run) -> None:
    assert tsunagite("close", "momo", "--replaced-by", "sakura-taiso", "--date", "2026-10-31", "--root", site).code == 0
    found = record(site, "momo")
    assert (found["status"], found["closed_date"], found["replaced_by"]) == ("終了", "2026-10-31", "sakura-taiso")
    assert tsunagite("check", site, *DAY).code == 0


def test_a_renamed_record_is_found_by_all_who_speak_of_it(site: Path, tsunagite: Run) -> None:
    (site / "content/note.md").write_text("# x\n\nsakura-taiso を見てください。\n", encoding="utf-8")
    said = tsunagite("rename", "sakura-taiso", "sakura-club", "--root", site, *DAY)
    assert said.code == 0, said.err
    assert "content/note.md に「sakura-taiso」" in said.out
    assert record(site, "momo")["relations"] == [{"to": "sakura-club", "kind": "連携"}]
    assert text(site, "sakura-club").startswith("# 記録の見本です。")
    assert record(site, "sakura-taiso")["replaced_by"] == "sakura-club"
    assert tsunagite("check", site, *DAY).code == 0
    assert tsunagite("rename", "momo", "momo-kai", "--no-trace", "--root", site, *DAY).code == 0
    assert not (site / "resources/clubs/momo.yml").exists()


def test_a_renamed_record_goes_on_following_its_list(
    site: Path, tsunagite: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "_tokenizer", lambda: readings._nothing)
    path = site / "list.csv"
    path.write_text("名称,名称かな,所在地,設置位置\n家,いえ,本町1,玄関\n", encoding="utf-8")
    assert tsunagite("import", path, "--root", site, "--date", "2026-11-24", "--owner", "見本市").code == 0
    assert tsunagite("rename", "aed-ie", "house-aed", "--root", site, *DAY).code == 0
    path.write_text("名称,名称かな,所在地,設置位置\n家,いえ,本町1,二階\n", encoding="utf-8")
    assert tsunagite("import", path, "--root", site, "--date", "2026-11-25").code == 0
    assert read_file(site / "resources/equipment/house-aed.yml", "").value["attributes"]["設置場所"] == "二階"
    assert import_sources(site, []).files == 0


def test_a_new_record_is_made_of_flags_and_passes_the_check(site: Path, tsunagite: Run) -> None:
    words = ("--name", "うめの会", "--kind", "サロン", "--kana", "うめのかい", "--need", "居場所・仲間", "--level", "互助", "--summary", "集まる会。",
             "--phone", "087-839-2811", "--address", "さくら市うめ町3", "--by", "地域福祉課", "--method", "訪問")  # fmt: skip
    said = tsunagite("new", *words, "--root", site, *DAY)
    assert said.code == 0, said.err
    assert list(record(site, "umenokai"))[:5] == ["id", "name", "name_kana", "kind", "needs"]
    assert tsunagite("check", site, *DAY).code == 0
    assert tsunagite("new", *words, "--root", site, *DAY).code == 0
    assert record(site, "umenokai-2")["id"] == "umenokai-2"


def test_fields_are_put_in_order_and_comments_go_with_them(site: Path, tsunagite: Run) -> None:
    mixed = "# 上\n\nname: x\n# 種類は\nkind: サロン  # 一つ\nid: a\n\n# 電話\nphones:\n  - number: 087-839-2811  # 代表\nneeds: [介護]\n"
    wanted = "# 上\n\nid: a\n\nname: x\n# 種類は\nkind: サロン  # 一つ\nneeds: [介護]\n# 電話\nphones:\n  - number: 087-839-2811  # 代表\n"
    assert formatted(mixed) == wanted
    assert formatted(wanted) == wanted
    assert tsunagite("fmt", "--check", "momo", "--root", site).code == 1
    assert tsunagite("fmt", "--root", site).code == 0
    assert text(site, "momo").startswith("# ももの会の記録\nid: momo\nname: ももの会  # 看板のとおり\n")
    assert list(record(site, "momo")) == list(in_order(record(site, "momo")))
    assert tsunagite("fmt", "--check", "--root", site).code == 0


_FIELDS = st.dictionaries(
    st.sampled_from(list(Resource.model_fields)), st.sampled_from(["あ", "x\ny", "12", "# no"]), min_size=1, max_size=6
)


@settings(max_examples=40)
@given(_FIELDS)
def test_order_never_changes_a_value_or_loses_a_comment(value: dict[str, str]) -> None:
    plain = "# 頭\n" + "".join(f"# {key} のこと\n" + dump({key: one}) for key, one in value.items())
    result = formatted(plain)
    assert read_text(result, "").value == value
    assert sorted(line for line in result.splitlines() if line.startswith("#")) == sorted(
        line for line in plain.splitlines() if line.startswith("#")
    )


def test_the_doctor_names_what_is_wrong(site: Path, tsunagite: Run) -> None:
    assert tsunagite("doctor", "--root", site).code == 0
    (site / "resources/sources/snapshots").mkdir(parents=True)
    (site / "resources/sources/snapshots/x.json").write_text("{", encoding="utf-8")
    (site / "resources/clubs/bad.yml").write_text("a: [", encoding="utf-8")
    said = tsunagite("doctor", "--root", site)
    assert said.code == 1
    assert "× 一覧の説明 0、壊れた取り込みの控え x.json" in said.out
    assert "× 記録 2 件、読めないファイル 1" in said.out
    assert tsunagite("doctor", "--root", site.parent).code == 1
