"""The pages of relations: the map and the table of the municipality, of a district, of an organisation, of a filled sheet; what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from tsunagite.analysis.network import SHEET, Edge, Key, Measures, Network, Node, is_stale, measure
from tsunagite.records.directory import Directory
from tsunagite.site.record import Link, record_path
from tsunagite.stakeholders.drawing import DrawnNode
from tsunagite.text.dates import japanese_date

ROOT = "stakeholders/"
MOST_DRAWN = 36
"""Boxes of one map: more cannot be looked over."""
MOST_ROWS = 60
MOST_NAMED = 12
"""Names in one sentence."""
DIRECTION = "（こちらからだけ）"


@dataclass(frozen=True)
class MapParts:
    """What a page is made from: its address, its names, its relations and stakeholders."""

    path: str
    title: str
    about: str
    """Whose relations they are, as a sentence says it."""
    edges: tuple[Edge, ...]
    nodes: tuple[Node, ...]
    sheet: Link | None = None
    missing: tuple[str, ...] = ()
    """Partners that the sheet itself names as missing."""
    number: int = 1
    """Of the page: the first holds the map, each the next rows of the table."""

    def page_path(self, number: int) -> str:
        """Return the address of a page of the table."""
        return self.path if number == 1 else f"{self.path}{number}/"


@dataclass(frozen=True)
class Row:
    """A relation as a row of the table."""

    party: Link
    partner: Link
    kind: str
    depends: str
    meets: str
    seen: str
    contacts: str
    next_step: str
    note: str
    sample: bool
    is_stale: bool


@dataclass(frozen=True)
class RunsRow:
    """Who runs how many records, the first of them, and how many are left out."""

    organization: Link
    count: int
    records: tuple[Link, ...]
    more: int


@dataclass(frozen=True)
class Remark:
    """What is found, why it matters or what to do, and the sentences about single relations."""

    heading: str
    lead: str
    lines: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True)
class MapView:
    """One page."""

    path: str
    title: str
    lead: str
    counts: str
    drawn: tuple[DrawnNode, ...]
    edges: tuple[Edge, ...]
    undrawn: str
    """Why no map is drawn, or what it leaves out."""
    rows: tuple[Row, ...]
    runs: tuple[RunsRow, ...]
    pages: tuple[Link, ...]
    """The pages of a table that is longer than one, the first included; empty where there is one."""
    remarks: tuple[Remark, ...]
    sheet: Link | None
    sample: bool


@dataclass(frozen=True)
class StakeholdersView:
    """Makes every page of relations."""

    directory: Directory
    today: date

    @cached_property
    def network(self) -> Network:
        """Every relation that may be shown."""
        return Network(self.directory)

    @cached_property
    def links(self) -> dict[str, tuple[Link, ...]]:
        """The ways to the maps: of districts with relations, of organisations, of sheets."""
        held = {district for edge in self.network.edges for district in edge.districts}
        return {
            "districts": tuple(Link(a.name, f"{ROOT}{a.id}/") for a in self.directory.areas.values() if a.id in held),
            "organizations": tuple(
                Link(one.name, f"{ROOT}org/{one.id}/")
                for one in self.directory.organizations.values()
                if ("organization", one.id) in self.network.nodes
            ),
            "sheets": tuple(Link(one.head.title, f"{ROOT}sheet/{one.head.id}/") for one in self.network.sheets),
        }

    def paths(self) -> Iterator[str]:
        """Yield the address of every page."""
        yield from (ROOT, f"{ROOT}windows/")
        yield from (link.path for links in self.links.values() for link in links)

    def parts(self) -> Iterator[MapParts]:
        """Yield what every page is made from, without making it."""
        for parts in self._first_pages():
            yield parts
            count = sum(1 for edge in parts.edges if edge.origin != "runs")
            yield from (replace(parts, number=number) for number in range(2, count_pages(count) + 1))

    def _first_pages(self) -> Iterator[MapParts]:
        edges = self.network.edges
        town = self.directory.settings.municipality or "全体"
        yield self._parts(ROOT, f"{town}の、関わる相手の地図", town, edges)
        by_district: dict[str, list[Edge]] = {}
        by_end: dict[Key, list[Edge]] = {}
        for edge in edges:
            for district in edge.districts:
                by_district.setdefault(district, []).append(edge)
            for end in edge.ends:
                by_end.setdefault(end, []).append(edge)
        for link in self.links["districts"]:
            found = by_district[link.path.split("/")[1]]
            yield self._parts(link.path, f"{link.label}の、関わる相手の地図", link.label, tuple(found))
        for link in self.links["organizations"]:
            found = by_end["organization", link.path.split("/")[2]]
            yield self._parts(link.path, f"{link.label}に関わる相手", link.label, tuple(found))
        for link, one in zip(self.links["sheets"], self.network.sheets, strict=True):
            area = self.directory.district_of(one.head.area or "")
            around = tuple(
                edge
                for edge in edges
                if edge.written == one.head.id
                or (
                    edge.origin == "tie"
                    and (edge.place == one.head.place != "" or (area and area.id in edge.districts))
                )
            )
            sheet = Link(one.head.title, f"worksheets/{SHEET}/{one.head.id}/")
            missing = tuple(f"{line['sort']}（{line['why']}）" if line["why"] else line["sort"] for line in one.values["missing"] if line["sort"])  # fmt: skip
            yield replace(
                self._parts(link.path, f"{link.label}（地図）", link.label, around), sheet=sheet, missing=missing
            )

    def overview(self) -> MapView:
        """Return the page of the municipality: what is found in all relations."""
        return self.page(next(self._first_pages()))

    def _parts(self, path: str, title: str, about: str, edges: tuple[Edge, ...]) -> MapParts:
        nodes = tuple(self.network.nodes[key] for key in dict.fromkeys(key for edge in edges for key in edge.ends))
        return MapParts(path, title, about, edges, nodes)

    def page(self, parts: MapParts) -> MapView:
        """Make one page."""
        drawn, left_out = _drawn(parts)
        numbers = {node.key: number for number, node in enumerate((n for n in parts.nodes if n.key in drawn), start=1)}
        by_key = {node.key: node for node in parts.nodes}
        months = self.directory.settings.tie_months
        first = parts.number == 1
        written = [edge for edge in parts.edges if edge.origin != "runs"]
        planned = sum(1 for edge in written if edge.planned)
        rows = written[(parts.number - 1) * MOST_ROWS : parts.number * MOST_ROWS]
        return MapView(
            path=parts.path,
            title=f"{parts.title}（表の{parts.number}ページ目）" if not first else parts.title,
            lead="記録・用紙・書かれた関係から作りました。線がないことは、つながりがないことではありません。まだ書かれていないだけかもしれません。",
            counts=f"相手 {len(parts.nodes)}、つながり {len(parts.edges) - planned}、これからの関係 {planned}",
            drawn=tuple(DrawnNode(n.key, numbers[n.key], n.label, self._path(n.key), n.sample) for n in parts.nodes if n.key in numbers) if first else (),
            edges=tuple(edge for edge in parts.edges if all(end in drawn for end in edge.ends)),
            undrawn=left_out if first else "",
            rows=tuple(self._row(edge, by_key, numbers, stale=is_stale(edge, self.today, months)) for edge in rows),
            runs=tuple(self._runs(parts, by_key)) if first else (),
            pages=_pages(parts, len(written)),
            remarks=tuple(self._remarks(parts, measure(self.network, parts.edges, self.today, months), by_key)) if first else (),
            sheet=parts.sheet,
            sample=any(edge.sample for edge in parts.edges),
        )  # fmt: skip

    def _runs(self, parts: MapParts, nodes: Mapping[Key, Node]) -> Iterator[RunsRow]:
        """Yield who runs which records; on the page of the municipality how many, the rest stands on the page of each organisation."""
        held: dict[Key, list[Link]] = {}
        for edge in parts.edges:
            if edge.origin == "runs":
                held.setdefault(edge.party, []).append(Link(nodes[edge.partner].label, self._path(edge.partner)))
        for key, records in held.items():
            shown = () if parts.path == ROOT else tuple(records[:MOST_ROWS])
            yield RunsRow(Link(nodes[key].label, self._path(key)), len(records), shown, len(records) - len(shown))

    def _path(self, key: Key) -> str:
        what, written = key
        if what == "resource":
            return record_path(written)
        return {"organization": f"{ROOT}org/{written}/", "role": f"roles/{written}/"}.get(what, "")

    def _row(self, edge: Edge, nodes: Mapping[Key, Node], numbers: Mapping[Key, int], *, stale: bool) -> Row:
        words = self.directory.vocabularies

        def link(key: Key) -> Link:
            number = numbers.get(key)
            return Link(f"{nodes[key].label}{f'（{number}）' if number else ''}", self._path(key))

        kind = words["relation"][edge.kind].label if edge.kind else "関わり（用紙から）"
        depends = [f"こちら {edge.depends}" if edge.depends else "", f"相手 {edge.relied_on}" if edge.relied_on else ""]
        return Row(
            party=link(edge.party), partner=link(edge.partner), kind=kind + (DIRECTION if edge.one_way else ""),
            depends="・".join(filter(None, depends)), meets=words["meeting_frequency"][edge.meets].label if edge.meets else "",
            seen=japanese_date(edge.seen_on) if edge.seen_on else "", contacts="" if edge.contacts is None else str(edge.contacts),
            next_step=edge.next_step, note="。".join(filter(None, (edge.note.rstrip("。"), edge.gain and f"相手の得：{edge.gain}"))),
            sample=edge.sample, is_stale=stale,
        )  # fmt: skip

    def _remarks(self, parts: MapParts, found: Measures, nodes: Mapping[Key, Node]) -> Iterator[Remark]:
        if not parts.edges:
            return
        sorts = self.directory.vocabularies["partner_sort"]

        def name(key: Key) -> str:
            return nodes[key].label

        def names(keys: tuple[Key, ...]) -> str:
            return _listed([f"「{name(key)}」" for key in keys])

        def pair(edge: Edge) -> str:
            return f"「{name(edge.party)}」と「{name(edge.partner)}」"

        missing = [sorts[term].label for term in found.missing]
        about = "相手の種類の一覧にあって、線のないものです。登録がないだけかもしれません。"
        lines = [f"線のない種類：{_listed([f'「{word}」' for word in missing])}"] if missing else []
        lines += [f"話し合いで挙がった相手：{'、'.join(parts.missing)}"] if parts.missing else []
        lines += [f"種類のわからない相手：{names(found.unknown_sort)}"] if found.unknown_sort else []
        if lines:
            yield Remark("欠けている相手", about, tuple(lines))
        lines = [f"{pair(edge)}：窓口は一つだけです。" for edge in found.one_contact]
        lines += [f"窓口の数がわからない関係が {found.unknown_contacts}あります。"] if found.unknown_contacts else []
        if lines:
            yield _remark(
                "一つの窓口に頼る関係", "その役割の人が替わると切れます。窓口を二人以上にする相談をします。", lines
            )
        if found.cuts:
            lines = [f"「{name(key)}」が抜けると、{names(cut)}は、ほかとつながりません。" for key, cut in found.cuts]
            yield _remark("要になっている団体", "ほかの道を一本つくっておくと、途切れません。", lines)
        if found.one_sided:
            yield _remark(
                "片方に寄った関係",
                "こちらだけが頼るときは、相手の得を一つ考えてから会います。",
                [self._one_sided(edge, nodes) for edge in found.one_sided],
            )
        lines = [f"{pair(edge)}：さいごは{japanese_date(edge.seen_on)}です。" for edge in found.stale if edge.seen_on]
        lines += (
            [f"いつ会ったか、確かめたかが書かれていない関係が {len(found.undated)}あります。"] if found.undated else []
        )
        if lines:
            yield _remark(
                "しばらく会っていない関係",
                f"{self.directory.settings.tie_months}か月より長く、会った日も確かめた日も書かれていません。",
                lines,
            )
        if found.in_no_meeting:
            yield Remark(
                "会議にも定例にも出てこない相手",
                "会う回数も、会議の関係も書かれていません。次の会議に招くか、聞いてみます。",
                (f"{names(found.in_no_meeting)}",),
            )
        if found.planned:
            yield _remark(
                "これからつながる相手",
                "点線の関係です。",
                [f"{pair(edge)}{f'：{edge.next_step}' if edge.next_step else ''}" for edge in found.planned],
            )

    def _one_sided(self, edge: Edge, nodes: Mapping[Key, Node]) -> str:
        party, partner = nodes[edge.party].label, nodes[edge.partner].label
        if edge.depends == "高い" and edge.relied_on == "低い":
            return f"「{party}」は「{partner}」を高く頼り、相手が頼る度合いは低いままです。"
        if edge.depends == "低い" and edge.relied_on == "高い":
            return f"「{partner}」は「{party}」を高く頼り、「{party}」が頼る度合いは低いままです。"
        kind = self.directory.vocabularies["relation"][edge.kind].label
        return f"「{party}」から「{partner}」へだけの{kind}です。"


def count_pages(rows: int) -> int:
    """Return how many pages a table of so many rows takes."""
    return max(1, -(-rows // MOST_ROWS))


def _pages(parts: MapParts, rows: int) -> tuple[Link, ...]:
    count = count_pages(rows)
    return tuple(Link(str(n), parts.page_path(n)) for n in range(1, count + 1)) if count > 1 else ()


def _remark(heading: str, lead: str, lines: list[str]) -> Remark:
    return Remark(heading, lead, tuple(lines[:MOST_NAMED]), max(0, len(lines) - MOST_NAMED))


def _listed(names: list[str]) -> str:
    more = len(names) - MOST_NAMED
    return "".join(names[:MOST_NAMED]) + (f"ほか{more}" if more > 0 else "")


def _drawn(parts: MapParts) -> tuple[frozenset[Key], str]:
    """Return who stands on the map, and what to say of the others: all, or all but what organisations run, or nobody."""
    every = frozenset(node.key for node in parts.nodes)
    if len(every) <= MOST_DRAWN:
        return every, ""
    kept = frozenset(key for edge in parts.edges if edge.origin != "runs" for key in edge.ends)
    if kept and len(kept) <= MOST_DRAWN:
        return (
            kept,
            f"図には、団体が運営する記録のうち、ほかに関係のない {len(every) - len(kept)}件を出していません。下の表にあります。",
        )
    return frozenset(), f"相手が {len(every)}あり、一枚の図では見わたせません。地区か団体のページで見てください。"
