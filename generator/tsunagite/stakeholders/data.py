"""The relations as a table for spreadsheets and programs: what the map draws, of what may be given away as open data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tsunagite.analysis.network import Edge, Key, Network
from tsunagite.records.directory import Directory
from tsunagite.spreadsheets.data_table import DataTable, Value

PATH = "stakeholders/relations"
NOTE = "線がないことは、つながりがないことではありません。まだ書かれていないだけのことがあります。空欄は、書かれていないことです。"
ORIGINS = {"tie": "書かれた関係", "sheet": "話し合いの用紙", "relation": "記録の関係", "runs": "記録の運営"}
KINDS = {"organization": "団体", "resource": "記録", "role": "役割", "name": "名前だけ"}
DEFINITIONS: tuple[tuple[str, str], ...] = (
    ("こちら・相手", "関係の両はしです。「片方だけ」が空欄なら、向きはありません。"),
    ("種別", "団体・記録・役割はサイトにページがあり、IDがあります。「名前だけ」は、用紙や関係に書かれた名前です。"),
    ("関係", "運営・委託・紹介などの種類です。用紙から作ったものは空欄です。"),
    ("これから", "まだない関係です。つながりの数に入りません。"),
    ("頼る度合い", "こちらが相手を、相手がこちらを頼る度合い（低い・中・高い）です。"),
    ("窓口の数", "その関係を受け持つ役割の数です。人の名前はありません。"),
    ("さいごに会った日", "会った日、または関係を確かめた日のうち、新しいほうです。"),
    ("もと", "書かれた関係（resources/relations/）、話し合いの用紙、記録の関係、記録の運営のどれから作ったかです。"),
)  # fmt: skip
COLUMNS = (
    "こちらのID", "こちら", "こちらの種別", "相手のID", "相手", "相手の種別", "関係", "片方だけ", "これから", "こちらが頼る度合い", "相手が頼る度合い", "会う回数",
    "窓口の数", "層", "期間", "いつから", "さいごに会った日", "相手の得", "次の一歩", "メモ", "地区", "場所", "もと", "見本",
)  # fmt: skip
YES = "はい"


def relations_table(directory: Directory, today: date) -> DataTable:
    """Return every relation of what may be given away, in the order of the map."""
    network = Network(directory.visible_in("opendata", today))
    rows = tuple(tuple(_row(network, edge)) for edge in network.edges)
    return DataTable(PATH, "関わる相手の関係", COLUMNS, rows, NOTE, DEFINITIONS)


def _row(network: Network, edge: Edge) -> Iterator[Value]:
    words = network.directory.vocabularies

    def label(vocabulary: str, term: str) -> str | None:
        return words[vocabulary][term].label if term else None

    for end in edge.ends:
        yield from _end(network, end)
    yield label("relation", edge.kind)
    yield from (YES if one else None for one in (edge.one_way, edge.planned))
    yield from (edge.depends or None, edge.relied_on or None, label("meeting_frequency", edge.meets), edge.contacts)
    yield from (label("team_layer", edge.layer), label("time_scale", edge.term))
    yield from (day.isoformat() if day else None for day in (edge.since, edge.seen_on))
    yield from (edge.gain or None, edge.next_step or None, edge.note or None)
    yield "、".join(network.directory.areas[one].name for one in edge.districts) or None
    yield edge.place or None
    yield ORIGINS[edge.origin]
    yield "見本" if edge.sample else None


def _end(network: Network, key: Key) -> tuple[Value, ...]:
    what, written = key
    return (None if what == "name" else written, network.nodes[key].label, KINDS[what])
