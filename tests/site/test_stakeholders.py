"""Who is connected with whom: what the relations, sheets and records say, measured, drawn and told, and nothing that nobody wrote."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from small_site import TODAY, resource, site_view
from tsunagite.analysis.network import Edge, Network, cut_vertices, measure
from tsunagite.engine.artifact import Artifact
from tsunagite.engine.assemble import Views
from tsunagite.stakeholders.drawing import BETWEEN_Y, WIDTH, DrawnNode, drawing
from tsunagite.stakeholders.files import stakeholders

CITY = {"id": "mihon", "name": "見本市", "name_kana": "みほんし", "level": "市"}
DISTRICT = {"id": "sakura", "name": "桜地区", "name_kana": "さくらちく", "level": "地区", "parent": "mihon"}


def record(key: str, name: str, **fields: Any) -> dict[str, Any]:
    return {**resource(key, **fields), "name": name}


def tie(party: Any, partner: Any, kind: str = "情報共有", **fields: Any) -> dict[str, Any]:
    ends = [{"name": end} if isinstance(end, str) else end for end in (party, partner)]
    name = "-".join(re.sub(r"[^a-z0-9]", "", repr(end).encode().hex()[-12:]) for end in ends)
    return {"id": f"tie-{name}", "party": ends[0], "partner": ends[1], "kind": kind, **fields}


def network_of(folder: Path, *ties: dict[str, Any], records: tuple[dict[str, Any], ...] = (), **files: Any) -> Views:
    written = {"relations__all": {"records": list(ties)}} if ties else {}
    return site_view(folder, *records, areas__all={"records": [CITY, DISTRICT]}, **written, **files)


def files(site: Views) -> dict[str, str]:
    frame = lambda page: Artifact(f"{page.path}index.html", page.body.encode())  # noqa: E731
    return {made.path: made.content.decode() for made in stakeholders(site.stakeholders, site.keys, frame)}


def pages(site: Views) -> dict[str, str]:
    return {path.removesuffix("index.html"): page for path, page in files(site).items() if path.endswith("index.html")}


def names(site: Views, keys: Any) -> list[str]:
    return [site.stakeholders.network.nodes[key].label for key in keys]


SHEET = {
    "id": "rain",
    "title": "雨の日の相手",
    "made_on": "2025-03-03",
    "made_by": "桜地区の協議体",
    "area": "sakura",
    "publishable_by": "地域福祉課",
    "goal": {"goal": "座って待てる通り"},
    "partners": [
        {"letter": "a", "who": "さくら会", "sort": "住民・自治会", "now": "毎週会う", "ours": "高い", "theirs": "低い", "windows": 1},
        {"letter": "b", "who": "高校", "sort": "学校", "now": "まだない", "next": "先生に電話する"},
    ],
    "missing": [{"sort": "銀行", "why": "軒が広い"}],
}  # fmt: skip


def test_relations_sheets_and_records_become_one_network_and_a_name_leads_to_its_record(tmp_path: Path) -> None:
    site = network_of(
        tmp_path,
        tie({"organization": "shakyo"}, {"resource": "club"}, "場所を貸す", area="sakura"),
        records=(
            record("club", "さくら会", organization="shakyo", relations=[{"to": "shop", "kind": "紹介先", "dependence": 3}]),
            record("shop", "花店", relations=[{"to": "club", "kind": "次の段階"}]),
        ),
        organizations__shakyo={"id": "shakyo", "name": "見本社協", "type": "社会福祉協議会"},
        worksheets__stakeholders__rain=SHEET,
    )  # fmt: skip
    network = site.stakeholders.network
    told = [(*names(site, edge.ends), edge.origin, edge.kind) for edge in network.edges]
    assert told == [
        ("見本社協", "さくら会", "tie", "lends_space"),
        ("桜地区の協議体", "さくら会", "sheet", ""),
        ("桜地区の協議体", "高校", "sheet", ""),
        ("さくら会", "花店", "relation", "refers_to"),
        ("見本社協", "さくら会", "runs", "runs"),
    ]
    assert {key for edge in network.edges for key in edge.ends if network.nodes[key].label == "さくら会"} == {
        ("resource", "club")
    }
    assert [edge.planned for edge in network.edges] == [False, False, True, False, False]
    assert network.edges[3].depends == "高い"
    made = pages(site)
    assert {"stakeholders/", "stakeholders/sakura/", "stakeholders/org/shakyo/", "stakeholders/sheet/rain/", "stakeholders/windows/"} == set(made)  # fmt: skip
    assert "<svg" in made["stakeholders/sheet/rain/"]
    assert "data-net-zoom hidden" in made["stakeholders/sheet/rain/"]  # a script shows the buttons
    assert "銀行（軒が広い）" in made["stakeholders/sheet/rain/"]
    assert (
        "「桜地区の協議体」は「さくら会」を高く頼り、相手が頼る度合いは低いままです。" in made["stakeholders/sakura/"]
    )
    assert "「桜地区の協議体」と「さくら会」：さいごは2025年3月3日です。" in made["stakeholders/sakura/"]
    assert set(made) <= set(site.paths())


def test_what_is_missing_hangs_on_one_window_or_is_old_is_found_and_a_planned_relation_joins_nobody(tmp_path: Path) -> None:  # fmt: skip
    site = network_of(
        tmp_path,
        tie("自治会", {"name": "商店会", "sort": "商店・会社"}, "会議", contacts=1, last_met="2026-10-01"),
        tie("商店会", {"name": "バス会社", "sort": "交通"}, direction="one_way", last_met="2025-10-01"),
        tie("バス会社", "病院", verified_on="2026-01-05"),
        tie("商店会", {"name": "高校", "sort": "学校"}, meets="まだない", contacts=1),
    )
    network = site.stakeholders.network
    found = measure(network, network.edges, TODAY, 12)
    assert "schools" in found.missing
    assert not {"shops", "transport"} & set(found.missing)
    assert names(site, found.unknown_sort) == ["自治会", "病院"]
    assert [names(site, edge.ends) for edge in found.one_contact] == [["自治会", "商店会"]]
    assert found.unknown_contacts == 2
    cuts = {names(site, [key])[0]: set(names(site, cut)) for key, cut in found.cuts}
    assert cuts == {"商店会": {"自治会"}, "バス会社": {"病院"}}
    assert [names(site, edge.ends) for edge in found.one_sided] == [["商店会", "バス会社"]]
    assert [names(site, edge.ends) for edge in found.stale] == [["商店会", "バス会社"]]
    assert names(site, found.in_no_meeting) == ["バス会社", "病院"]
    assert [names(site, edge.ends) for edge in found.planned] == [["商店会", "高校"]]


def test_a_site_without_relations_says_that_nothing_is_known_and_not_that_nobody_is_connected(tmp_path: Path) -> None:
    made = pages(network_of(tmp_path))
    assert set(made) == {"stakeholders/", "stakeholders/windows/"}
    assert "つながりがない、ということではありません" in made["stakeholders/"]
    assert "<svg" not in made["stakeholders/"]
    assert "団体の記録が、まだありません。" in made["stakeholders/windows/"]
    assert made["stakeholders/windows/"].count("まだ書かれていません") == 9


def test_who_is_closed_or_hidden_stands_on_no_map(tmp_path: Path) -> None:
    site = network_of(
        tmp_path,
        tie("商店会", {"resource": "gone"}),
        tie("商店会", {"resource": "paper"}),
        records=(
            record("gone", "おわった会", status="終了", closed_date="2026-01-01"),
            record("paper", "紙だけの会", visibility="印刷物のみ"),
        ),
    )
    assert site.stakeholders.network.edges == ()
    assert not any(word in page for page in pages(site).values() for word in ("おわった会", "紙だけの会"))


def test_ten_thousand_relations_are_told_in_pages_and_a_map_that_nobody_could_read_is_not_drawn(tmp_path: Path) -> None:
    site = network_of(tmp_path, tie("あ", "い"))
    many = tuple(Edge(("name", f"会{n}"), ("name", f"店{n % 97}"), "tie", f"t{n}", "works_with") for n in range(10_000))
    object.__setattr__(site.stakeholders, "network", Network(site.directory))
    site.stakeholders.network.__dict__["edges"] = many
    parts = list(site.stakeholders.parts())
    first, last = site.stakeholders.page(parts[0]), site.stakeholders.page(parts[-1])
    assert (len(parts), len(first.rows), len(last.rows)) == (167, 60, 10_000 - 166 * 60)
    assert first.drawn == ()
    assert "一枚の図では見わたせません" in first.undrawn


def test_windows_with_fewer_than_two_roles_and_blank_cells_are_named(tmp_path: Path) -> None:
    site = network_of(
        tmp_path,
        tie("商店会", "自治会", layer="現場", term="短い"),
        tie("商店会", "高校", layer="経営", term="長い", meets="まだない"),
        *(tie("商店会", {"organization": one}) for one in ("one", "two", "none")),
        organizations__all={
            "records": [
                {"id": "one", "name": "一人会", "contact_roles": [{"role": "相談係"}]},
                {"id": "two", "name": "二人会", "contact_roles": [{"role": "相談係"}, {"role": "受付"}]},
                {"id": "none", "name": "無名会"},
                {"id": "hidden", "name": "秘密の会"},
            ]
        },
    )
    page = pages(site)["stakeholders/windows/"]
    assert "秘密の会" not in page  # no shown record, relation or sheet names it
    assert "一つだけ（相談係）" in page
    assert "無名会" in page
    assert "二人会" not in page
    assert "商店会と自治会の情報共有" in page
    assert "経営・管理者の、長い（3年）" in page  # wished for, not there
    assert "現場の、短い（1か月）" not in page


@st.composite
def graphs(draw: st.DrawFn) -> list[tuple[str, str]]:
    count = draw(st.integers(2, 14))
    pair = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda ends: ends[0] != ends[1])
    return [(f"会{a}", f"店{b}" if b % 2 else f"会{b}") for a, b in draw(st.lists(pair, min_size=1, max_size=24))]


def edges_of(pairs: list[tuple[str, str]]) -> list[Edge]:
    return [Edge(("name", a), ("name", b), "tie", f"{a}{b}", "works_with") for a, b in pairs if a != b]


@settings(max_examples=25, deadline=None)
@given(graphs())
def test_without_a_cut_vertex_exactly_the_named_ones_lose_the_others(pairs: list[tuple[str, str]]) -> None:
    edges = edges_of(pairs)
    cuts = dict(cut_vertices(edges))
    whole = nx.Graph(edge.ends for edge in edges)
    for key in whole:
        left = whole.copy()
        left.remove_node(key)
        parts = [part for part in nx.connected_components(left) if part & set(whole[key])]
        assert (key in cuts) == (len(parts) > 1)
        if key in cuts:
            kept = set().union(*parts) - set(cuts[key])
            assert kept == set() or kept in parts
            assert all(len(part) <= max(len(kept), 1) for part in parts)


BOX = re.compile(r'<tspan x="(-?\d+)" y="(-?\d+)" class="ts-net__mark">')


@settings(max_examples=20, deadline=None)
@given(graphs())
def test_no_name_lies_on_another_and_the_same_relations_give_the_same_map(pairs: list[tuple[str, str]]) -> None:
    edges = edges_of(pairs)
    keys = list(dict.fromkeys(key for edge in edges for key in edge.ends))
    nodes = [DrawnNode(key, n, key[1], "") for n, key in enumerate(keys, start=1)]
    svg = str(drawing(nodes, edges, "図", ""))
    assert svg == str(drawing(nodes, edges, "図", ""))
    at = [(int(x), int(y)) for x, y in BOX.findall(svg)]
    assert len(at) == len(keys)
    for index, (x, y) in enumerate(at):
        for other_x, other_y in at[index + 1 :]:
            assert abs(x - other_x) >= WIDTH or abs(y - other_y) >= BETWEEN_Y


def test_the_relations_are_data_with_their_meaning_and_name_nothing_that_may_not_be_given_away(tmp_path: Path) -> None:
    ties = (
        tie({"resource": "salon"}, "商店会", depends="高い", contacts=1, last_met="2026-10-02", note="軒下"),
        tie({"resource": "salon"}, {"resource": "kept"}),
    )
    records = (record("salon", "桜サロン"), record("kept", "出さない会", visibility="オープンデータに出さない"))
    site = network_of(tmp_path, *ties, records=records, worksheets__stakeholders__rain=SHEET)
    found = files(site)
    told = json.loads(found["stakeholders/relations.json"])
    rows = [dict(zip(told["columns"], row, strict=True)) for row in told["rows"]]
    first = rows[0]
    assert (first["こちらのID"], first["こちら"], first["こちらの種別"]) == ("salon", "桜サロン", "記録")
    assert (first["相手のID"], first["相手"], first["相手の種別"]) == (None, "商店会", "名前だけ")
    assert (first["関係"], first["こちらが頼る度合い"], first["相手が頼る度合い"], first["窓口の数"]) == (
        "情報共有",
        "高い",
        None,
        1,
    )
    assert (first["さいごに会った日"], first["もと"], first["見本"]) == ("2026-10-02", "書かれた関係", None)
    assert [(row["相手"], row["これから"], row["もと"]) for row in rows[1:]] == [
        ("さくら会", None, "話し合いの用紙"), ("高校", "はい", "話し合いの用紙"),
    ]  # fmt: skip
    assert "出さない会" in found["stakeholders/index.html"]
    assert "出さない会" not in found["stakeholders/relations.csv"] + found["stakeholders/relations.json"]
    assert {"word", "text"} == set(told["definitions"][0])
    lines = list(csv.reader(io.StringIO(found["stakeholders/relations.csv"].removeprefix("\ufeff"))))
    assert lines[0] == told["columns"]
    assert len(lines) - 1 == len(rows)
    assert "relations.csv" in found["stakeholders/index.html"]
