"""What a record page says: the sentences people decide by."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

from small_site import record_views, resource, site_view
from tsunagite.records.model.site import SiteSettings
from tsunagite.site.correction import CorrectionView
from tsunagite.site.record import RecordView
from tsunagite.site.record_pages import titles_of_namesakes

PAPER = {"basis": "written", "on": "2026-09-02", "scope": ["print"]}  # what was agreed to: paper, not the web


def view_of(folder: Path, **fields: Any) -> RecordView:
    site = site_view(folder, resource("here", **fields))
    return next(view for view in record_views(site) if view.card.id == "here")


@pytest.mark.parametrize(
    ("hours", "line"),
    [
        ({"days": "月-金", "open": "8:30", "close": "17:00"}, "月～金 8時30分から17時まで"),
        ({"days": "火", "nth": [2, 4], "open": "13:30", "close": "15:00"}, "第2・第4 火曜日 13時30分から15時まで"),
        ({"days": "金土", "open": "17:00", "close": "1:00"}, "金・土 17時から翌日1時まで"),
        ({"days": "毎日", "open": "0:00", "close": "24:00"}, "毎日 0時から24時まで"),
        ({"days": "土日祝", "open": "10:00", "close": "12:00", "valid_from": "2026-07-01", "valid_to": "2026-08-31"},
         "土・日・祝（7月1日～8月31日） 10時から12時まで"),
    ],
)  # fmt: skip
def test_hours_are_told_as_people_say_them(tmp_path: Path, hours: dict[str, Any], line: str) -> None:
    row = view_of(tmp_path, hours=[hours]).hours[0]
    assert f"{row.days} {row.span}" == line


def test_a_made_up_number_has_no_button_and_a_real_one_dials(tmp_path: Path) -> None:
    sample = view_of(tmp_path / "sample", sample=True, phones=[{"number": "087-000-0001"}])
    real = view_of(
        tmp_path / "real",
        phones=[{"number": "087-839-2811"}, {"number": "#7119"}, {"number": "087-839-2812", "type": "fax"}],
    )
    assert [phone.href for phone in sample.phones] == [""]
    assert [phone.href for phone in real.phones] == ["tel:+81878392811", "tel:%237119", ""]


def test_a_fax_is_never_the_first_number_nor_the_number_of_the_card_even_where_it_is_written_first(
    tmp_path: Path,
) -> None:
    fax, voice = {"number": "087-839-2812", "type": "fax"}, {"number": "087-839-2811"}
    both = view_of(tmp_path / "both", phones=[fax, voice])
    assert [(phone.number, phone.is_fax) for phone in both.phones] == [("087-839-2811", False), ("087-839-2812", True)]
    assert both.card.phone is not None
    assert both.card.phone.number == "087-839-2811"
    alone = view_of(tmp_path / "alone", phones=[fax], no_contact_reason="窓口で受けます。")
    assert alone.card.phone is None


def test_a_point_that_is_only_the_middle_of_the_town_says_so_before_the_directions(tmp_path: Path) -> None:
    place = {"address": "高松市桜町一丁目9-12", "lat": 34.33, "lng": 134.05, "directions": "橋のたもと。"}
    rough = view_of(tmp_path / "rough", location={**place, "geo_precision": "town"})
    exact = view_of(tmp_path / "exact", location={**place, "geo_precision": "building"})
    assert rough.directions == "地図の印は町のまん中です（番地の場所ではありません）。橋のたもと。"
    assert exact.directions == "橋のたもと。"


def test_ideas_and_ended_records_have_nothing_to_call(tmp_path: Path) -> None:
    idea = view_of(tmp_path / "idea", stage="時間がかかる", phones=[])
    ended = view_of(tmp_path / "ended", status="終了", closed_date="2026-03-31")
    assert not idea.phones
    assert "まだありません" in idea.idea
    assert not ended.phones
    assert ended.ended == "2026年3月31日に終了しました。"
    assert not idea.json_ld
    assert not ended.json_ld


PAUSE = {"since": "2026-12-01", "until": "2027-01-31", "reason": "改修のため"}


@pytest.mark.parametrize(
    ("fields", "text", "badge"),
    [
        (
            {"pause": PAUSE},
            "一時休止：2026年12月1日から2027年1月31日まで（改修のため）",
            ("休止（12月1日から2027年1月31日まで）", "2027-01-31"),
        ),
        (
            {"pause": {"until": "2026-11-22"}},
            "一時休止：2026年11月22日まで",
            ("休止（2026年11月22日まで）", "2026-11-22"),
        ),
        ({"pause": {"until": "2026-11-21"}}, "", None),
        ({"pause": {"since": "2026-11-01"}}, "一時休止：2026年11月1日から（期間は未定）", ("休止", "")),
        ({"pause": {"reason": "改修のため"}}, "一時休止：期間は未定（改修のため）", ("休止", "")),
        ({"status": "休止"}, "一時休止：期間は未定", ("休止", "")),
        ({"status": "休止", "pause": {"until": "2026-11-21"}}, "", None),
        ({"status": "終了", "closed_date": "2026-11-01", "pause": PAUSE}, "", None),
    ],
)
def test_a_pause_says_its_days_and_is_over_after_the_last(
    tmp_path: Path, fields: dict[str, Any], text: str, badge: tuple[str, str] | None
) -> None:
    view = view_of(tmp_path, **fields)
    assert (view.pause, view.card.pause) == (text, badge)


def test_the_hours_of_a_paused_record_hold_the_pause_and_none_are_said_without_a_day(tmp_path: Path) -> None:
    hours = [{"days": "月-金", "open": "9:00", "close": "17:00"}]
    dated, open_ended, listed = (
        view_of(tmp_path / name, hours=hours, **fields)
        for name, fields in (
            ("a", {"pause": PAUSE}),
            ("b", {"pause": {"since": "2026-12-01"}}),
            ("c", {"status": "休止"}),
        )
    )
    assert json.loads(dated.opening)["pause"] == {"from": "2026-12-01", "to": "2027-01-31"}
    assert json.loads(open_ended.opening)["pause"] == {"from": "2026-12-01"}
    assert listed.opening == ""
    specification = json.loads(dated.json_ld)["openingHoursSpecification"]
    closed = {
        "@type": "OpeningHoursSpecification",
        "opens": "00:00",
        "closes": "00:00",
        "validFrom": "2026-12-01",
        "validThrough": "2027-01-31",
    }
    assert specification[-1] == closed
    assert "openingHoursSpecification" not in json.loads(listed.json_ld)


def correction(folder: Path, **settings: Any) -> CorrectionView:
    return view_of_site(folder, {"name": "つなぎ手", "site_url": "https://town.example/", **settings}).correction


def view_of_site(folder: Path, settings: dict[str, Any]) -> RecordView:
    return next(
        view for view in record_views(site_view(folder, resource("here"), site=settings)) if view.card.id == "here"
    )


def test_a_form_is_filled_with_the_record_its_page_and_what_is_wrong(tmp_path: Path) -> None:
    form = correction(
        tmp_path,
        correction_form="https://form.example/new?r={id}&p={page}&w={what}",
        correction_mail="a@town.example",
        correction_phone="087-839-2811",
    )
    assert [what for what, _ in form.links] == ["電話番号", "曜日・時間", "終わった・休んでいる", "場所", "そのほか"]
    asked = parse_qs(urlsplit(form.links[0][1]).query)
    assert asked == {"r": ["here"], "p": ["https://town.example/r/here/"], "w": ["電話番号"]}
    assert parse_qs(urlsplit(form.confirm).query)["w"] == ["今も正しい"]
    assert form.phone_href == "tel:+81878392811"


def test_without_a_form_mail_is_filled_and_without_both_the_plain_form_stays(tmp_path: Path) -> None:
    mail = correction(tmp_path / "mail", correction_mail="a@town.example")
    address, query = mail.links[3][1].split("?")
    assert address == "mailto:a@town.example"
    assert parse_qs(query) == {
        "subject": ["場所：here"],
        "body": ["記録：here\nページ：https://town.example/r/here/\n内容：場所\n\n正しくは：\n"],
    }
    plain = correction(tmp_path / "plain", correction_url="https://town.example/form")
    assert (plain.links, plain.plain) == ((), "https://town.example/form")
    assert correction(tmp_path / "none").is_empty


@pytest.mark.parametrize(
    "form",
    ["http://form.example/{id}", "https://form.example/{name}", "javascript:alert(1)", "https://form.example/{id"],
)
def test_a_form_is_reached_by_https_and_filled_with_nothing_else(form: str) -> None:
    with pytest.raises(ValidationError):
        SiteSettings(correction_form=form)


def test_who_checked_when_and_how_is_one_sentence(tmp_path: Path) -> None:
    checked = view_of(tmp_path, verified_on="2026-09-02", verify_method="電話", verified_by="社会福祉協議会")
    assert checked.verification.text == "2026年9月2日に電話で確認（社会福祉協議会）"
    assert (checked.verification.day, checked.verification.due) == ("2026-09-02", "2027-09-02")


def test_a_notice_is_shown_until_its_last_day_and_no_longer(tmp_path: Path) -> None:
    shown = view_of(tmp_path / "a", alert={"text": "休館", "until": "2026-11-22"})
    assert (shown.alert, shown.alert_day) == ("休館", "2026-11-22")
    assert view_of(tmp_path / "b", alert={"text": "休館", "until": "2026-11-21"}).alert == ""


def test_a_replacement_without_a_page_is_not_named(tmp_path: Path) -> None:
    ended = resource("here", status="終了", closed_date="2026-03-31", replaced_by="next")
    for number, fields in enumerate(({}, {"status": "掲載辞退"}, {"visibility": "print_only"}, {"consent": PAPER})):
        site = site_view(tmp_path / str(number), ended, resource("next", **fields))
        replacement = next(view.replacement for view in record_views(site) if view.card.id == "here")
        assert (replacement is not None) == (number == 0)
        assert ("next" in site.cards) == (number == 0)


def test_a_record_of_a_site_that_lists_nothing_leads_back_to_no_list(tmp_path: Path) -> None:
    assert view_of(tmp_path / "ended", status="終了", closed_date="2026-03-31").group is None
    listed = view_of(tmp_path / "listed").group
    assert listed
    assert listed.path == "kinds/clubs/"


def test_who_runs_it_leads_to_what_else_they_run(tmp_path: Path) -> None:
    bodies = {"organizations/kai": {"id": "kai", "name": "さくら会"}}
    running = next(record_views(site_view(tmp_path / "a", resource("here", organization="kai"), **bodies)))
    ended = resource("here", organization="kai", status="終了", closed_date="2026-03-31")
    assert running.organization_path == "organizations/kai/"
    assert next(record_views(site_view(tmp_path / "b", ended, **bodies))).organization_path == ""


def test_a_suggested_reading_is_used_for_order_but_never_shown(tmp_path: Path) -> None:
    assert view_of(tmp_path, name_kana="あおぞら", kana_source="suggested").card.reading == ""


def test_search_engines_learn_nothing_of_made_up_records_and_cannot_be_injected(tmp_path: Path) -> None:
    assert view_of(tmp_path / "a", sample=True, phones=[{"number": "087-000-0001"}]).json_ld == ""
    text = view_of(tmp_path / "b", summary="</script><script>alert(1)</script>").json_ld
    assert "<" not in text
    assert json.loads(text)["description"] == "</script><script>alert(1)</script>"


def test_similar_records_are_of_one_kind_and_nearest_first(tmp_path: Path) -> None:
    def at(name: str, lat: float, kind: str = "通いの場・サロン") -> dict[str, Any]:
        return resource(name, kind=kind, location={"address": f"高松市{name}", "lat": lat, "lng": 134.05})

    site = site_view(
        tmp_path,
        at("here", 34.30),
        at("far", 34.36),
        at("near", 34.31),
        at("next", 34.301),
        at("bank", 34.3, "銀行・信用金庫"),
    )
    view = next(view for view in record_views(site) if view.card.id == "here")
    assert [card.id for card in view.similar] == ["next", "near", "far"]


def test_closing_days_are_worked_out_only_where_no_note_may_contradict_them(tmp_path: Path) -> None:
    week = [{"days": "月-金", "open": "9:00", "close": "17:00"}]
    plain = view_of(tmp_path / "a", hours=week)
    noted = view_of(tmp_path / "b", hours=week, hours_note="第2土曜日は利用できます。")
    assert plain.hours_notes == ("お休み：土・日曜日。",)
    assert noted.hours_notes == ("第2土曜日は利用できます。",)


def test_the_facts_say_who_may_use_it_whether_to_book_and_what_to_know_before_a_call(tmp_path: Path) -> None:
    levels = ["要支援1", "要支援2", "要介護1", "要介護2", "要介護5"]
    view = view_of(
        tmp_path,
        eligibility={"care_levels": levels},
        booking=False,
        referral_needed=True,
        by_appointment=True,
        hours=[{"days": "火", "open": "10:00", "close": "12:00"}],
        hours_note="雨の日は休みです。",
        contact_note="呼び出し音は長めに鳴らしてください。",
    )
    facts = {fact.label: fact.text for fact in view.facts}
    assert (facts["対象"], facts["予約"], facts["紹介"]) == ("要支援1～要介護2・要介護5", "いりません", "必要")
    assert (view.hours_notes[0], view.hours_notes[-1]) == ("予約制です。", "雨の日は休みです。")
    assert view.contact_note == "呼び出し音は長めに鳴らしてください。"
    three = view_of(tmp_path / "three", eligibility={"care_levels": ["要介護3", "要介護1", "要介護2"]}, booking=True)
    assert {fact.label: fact.text for fact in three.facts} | {"対象": "要介護1～要介護3", "予約": "必要"} == {
        fact.label: fact.text for fact in three.facts
    }
    two = view_of(tmp_path / "two", eligibility={"care_levels": ["要介護1", "要介護2"]})
    assert {fact.label: fact.text for fact in two.facts}["対象"] == "要介護1・要介護2"
    assert "予約" not in {fact.label for fact in two.facts}


def test_pages_of_records_with_one_name_have_titles_that_tell_them_apart(tmp_path: Path) -> None:
    def named(record_id: str, name: str, town: str = "東町", **fields: str) -> dict[str, Any]:
        return resource(record_id, location={"address": f"高松市{town}1-1"}, **fields) | {"name": name}

    site = site_view(
        tmp_path,
        named("a", "高橋歯科", "東町"),
        named("b", "高橋歯科", "西町"),
        named("c", "さくら", "東町"),
        named("d", "さくら", "東町", kind="こども食堂"),
        named("e", "うめ", "東町"),
        named("f", "うめ", "東町"),
        named("g", "ひとつ"),
    )
    assert titles_of_namesakes(site.directory) == {
        "a": "高橋歯科（高松市東町1-1）",
        "b": "高橋歯科（高松市西町1-1）",
        "c": "さくら（通いの場・サロン）",
        "d": "さくら（こども食堂）",
        "e": "うめ（e）",
        "f": "うめ（f）",
    }


def test_nothing_is_said_to_be_near_where_nobody_knows_the_place_or_the_kind(tmp_path: Path) -> None:
    here = {"address": "見本市桜町1-1", "lat": 34.34, "lng": 134.04}
    kind = "種類を確認していない所"
    site = site_view(
        tmp_path,
        resource("a", location={"address": "見本市桜町2"}),
        resource("b", location=here),
        resource("c", kind=kind, location=here),
        resource("d", kind=kind, location=here),
    )
    near = {view.card.id: [card.id for card in view.similar] for view in record_views(site)}
    assert near == {"a": [], "b": [], "c": [], "d": []}


@pytest.mark.parametrize(
    ("attributes", "opened"),
    [
        ({"曜日": "毎月第2水"}, True),
        ({"備考": "令和7年3月末で終了"}, True),
        ({"地区": "宮内", "備考": "参加費100円"}, False),
    ],
)
def test_days_and_an_end_are_not_folded_away_beside_the_hours(
    tmp_path: Path, attributes: dict[str, str], opened: bool
) -> None:
    assert view_of(tmp_path, attributes=attributes, hours_note="13:30-15:00").tells_when is opened
