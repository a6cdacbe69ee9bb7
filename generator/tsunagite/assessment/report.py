"""The municipal report: what the pages of the assessment tell, put together for a plan (介護保険事業計画など).

Every number comes from the same ``Coverages``, ``Cases`` and views as the pages; nothing is counted a second time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from tsunagite.analysis.coverage import ELSEWHERE, FAR, NEAR, SMALL, Answers, Coverage
from tsunagite.analysis.population import AGES
from tsunagite.assessment import words
from tsunagite.assessment.cases import RULES, CasesView
from tsunagite.assessment.report_model import Chapter, Chart, Column, Format, Report, Table, Value
from tsunagite.assessment.sleeping import ASLEEP, sleeping_in
from tsunagite.assessment.tables import PEOPLE
from tsunagite.assessment.view import AssessmentView
from tsunagite.engine.digest import digest
from tsunagite.news.view import LABELS, NewsView
from tsunagite.records.model.area import Area
from tsunagite.site.quality import Share
from tsunagite.site.sources import source_rows
from tsunagite.site.trend import Month, TrendView
from tsunagite.stakeholders.view import MapView, Remark
from tsunagite.text.dates import japanese_month

PLANNED = ("district", "sphere")
"""The levels of areas that plans are made for, in the order of the rows; the tables as data have every layer."""
MOST_NAMED = 3
MOST_SLEEPING = 40
"""So many sleeping resources stand on paper."""
NAME = Column("地域", "text")


@dataclass(frozen=True)
class ReportParts:
    """What a report is made from."""

    assessment: AssessmentView
    cases: CasesView
    news: NewsView
    months: tuple[Month, ...]
    relations: Callable[[], MapView]
    """The relations of the municipality that may stand on paper, and what is found in them."""
    known: tuple[Share, ...]
    verified: tuple[Share, ...]
    may_print: Container[str]
    """Ids of the records that may be named on paper."""

    @cached_property
    def told(self) -> bytes:
        """What stands for all that the report tells besides what is counted and everything but resources."""
        shown = self.assessment.directory.published
        relations = [(one.id, one.organization, one.relations) for one in shown if one.organization or one.relations]
        unprinted = [one.id for one in shown if one.id not in self.may_print]
        news = [str(event.what) for event in self.news.events]
        return digest(relations, unprinted, news, self.months, self.known, self.verified)

    @cached_property
    def report(self) -> Report:
        """The report: page, PDF and workbook tell the same."""
        return ReportMaker(self).report()


@dataclass(frozen=True)
class ReportMaker:
    """Makes the chapters."""

    parts: ReportParts

    def report(self) -> Report:
        """Return the report."""
        settings = self._view.directory.settings
        chapters = (
            self._summary(), self._people(), self._resources(), self._near(), self._usable(), self._sleeping(), self._relations(),
            self._sheets(), self._quality(), self._changes(), self._method(),
        )  # fmt: skip
        return Report(
            f"{settings.municipality or settings.name}の地域資源の現状（地域アセスメント報告）",
            self._view.today.isoformat(),
            self._view.day,
            settings.name,
            settings.address_of("report/"),
            chapters,
        )

    @property
    def _view(self) -> AssessmentView:
        return self.parts.assessment

    @cached_property
    def _areas(self) -> tuple[tuple[str, str], ...]:
        """Id and name of every row but the whole: districts (or what is compared instead), then larger areas that plans are made for, where their towns are known."""
        found: list[Area] = list(self._view.compared[1])
        for level in PLANNED:
            found += [one for areas in self._view.layers.values() for one in areas if one.level == level and one not in found and self._view.coverages.towns[one.id]]  # fmt: skip
        return tuple(
            (one.id, words.area_name(one) + ("（見本）" if one.sample and "見本" not in one.name else ""))
            for one in found
        )

    @cached_property
    def _rows(self) -> tuple[tuple[str, str], ...]:
        """All rows: areas, what lies in no district that is known, and the whole."""
        apart = ((ELSEWHERE, "地区がわからない"),) if self._view.has_districts else ()
        return (*self._areas, *apart, (self._view.coverages.whole, self._view.whole_name))

    @property
    def _compared(self) -> int:
        """How many rows are compared with each other: the first."""
        return len(self._view.compared[1])

    def _of(self, area_id: str, need_id: str) -> Coverage:
        return self._view.coverages.of(area_id, need_id)

    def _whole(self, need_id: str) -> Coverage:
        return self._of(self._view.coverages.whole, need_id)

    @property
    def _records(self) -> str:
        return f"時点：{self._view.day}。出典：このサイトの記録（もとの一覧は「方法と出典」）。"

    @cached_property
    def _census(self) -> str:
        people = self._view.coverages.people[self._view.coverages.whole]
        day = words.people_day(people)
        lists = [placed.record.population for placed in self._view.directory.placed_area_lists]
        credit = "、".join(dict.fromkeys(one.credit for one in lists if one))
        return f"人口の時点：{day or 'わからない'}。" + (f"人口の出典：{credit}。" if credit else "")

    def _summary(self) -> Chapter:
        view, counted = self._view, self._view.coverages
        people = counted.people[counted.whole]
        zero = [
            term.label for term in counted.needs if not self._whole(term.id).open and not counted.equipment.get(term.id)
        ]
        shares = {term.label: cell.far.share for term in counted.needs if (cell := self._whole(term.id)).far.share is not None}  # fmt: skip
        far = sorted(shares.items(), key=lambda one: one[1])[:MOST_NAMED]
        empty = sorted(((self._zero(term.id), term.label) for term in counted.needs if self._whole(term.id).open), key=lambda one: -one[0])  # fmt: skip
        lines = [
            f"{view.day}の時点で、{view.whole_name}に、今日使える記録が{counted.totals.get(counted.whole, 0):,}件あります。"
        ]
        if people.older:
            share = f"（人口の{words.percent(people.older / people.total.whole)}）" if people.total.whole else ""
            lines.append(f"65歳以上の人は{people.older:,}人です{share}。")
        else:
            lines.append("65歳以上の人の数は、わかっていません。人口あたりの数は計算していません。")
        lines += [f"登録が0件の困りごと：{'、'.join(zero)}。"] if zero else []
        lines += [
            f"「{label}」は、{self._compared}の{view.compared[0]}のうち{count}で、登録が0件です。"
            for count, label in empty[:MOST_NAMED]
            if count
        ]
        lines += [
            f"「{label}」は、距離のわかる65歳以上の人の{words.percent(1 - share)}に、{FAR}m以内に一つもありません。"
            for label, share in far
            if share < 1
        ]
        if count := self._asleep(counted.whole):
            lines.append(f"あるのに知られていない、または使いにくい資源が{count}件あります。")
        return Chapter("summary", "要点", (*lines, *view.unknown(), words.NOT_NONE))

    def _zero(self, need_id: str) -> int:
        return sum(not self._of(area.id, need_id).open for area in self._view.compared[1])

    def _asleep(self, area_id: str) -> int:
        found = self._view.coverages.records_of.get(area_id, ())
        return sum(one.use_status in ASLEEP and not one.is_idea and not one.sample for one in found)

    def _people(self) -> Chapter:
        def rows() -> Iterator[tuple[Value, ...]]:
            for area_id, name in self._rows:
                people = self._view.coverages.people[area_id]
                figures = [getattr(people, age).whole if people.first_day else None for age in AGES]
                total, older = figures[0], figures[2]
                yield (name, *figures, older / total if total and older is not None else None)

        columns = (NAME, *(Column(title) for title in PEOPLE.values()), Column("65歳以上の割合", "percent"))
        method = "町ごとの数を足しました（地域の数があるときは、その数）。人数のわからない町が一つでもあれば「わからない」です。町と地区の対応は目安です。"
        chart = Chart("65歳以上の人の割合", (6,), self._compared or len(self._rows))
        if not any(self._view.coverages.people[area_id].first_day for area_id, _ in self._rows):
            unknown = "人口は登録されていません。人口あたりの数と、近くに住む人の数は、わかりません。"
            return Chapter("people", "人口", (unknown,))
        table = Table("people", "地域ごとの人口", method, self._census, columns, tuple(rows()), (chart,))
        return Chapter("people", "人口", (), (table,))

    def _resources(self) -> Chapter:
        view, needs = self._view, self._view.coverages.needs
        areas = view.compared[1]
        by_need = tuple(
            (
                term.label, cell.open, cell.per_1000, cell.paused, len(cell.ideas),
                *([self._zero(term.id), sum(view.is_few(area.id, term.id) for area in areas)] if areas else []),
            )
            for term in needs
            for cell in [self._whole(term.id)]
        )  # fmt: skip
        level = view.compared[0]
        columns = (
            Column("困りごと", "text"), Column("件数"), Column("65歳以上千人あたり", "rate"), Column("休止中"), Column("案"),
            *((Column(f"登録0件の{level}"), Column(f"人数のわりに少ない{level}")) if areas else ()),
        )  # fmt: skip
        method = "今日使える記録だけを数えます。見本・案・休止中は入れません。"
        if areas:
            method += f"「人数のわりに少ない」は、千人あたりの数が{view.whole_name}の半分より少ない{level}の数です。"
        chart = Chart("困りごとごとの件数", (1,), len(needs))
        tables = [
            Table(
                "needs",
                "困りごとごとの資源",
                method,
                self._records + self._census,
                columns,
                by_need,
                (chart,),
            ),
            self._levels(),
        ]
        if self._areas:
            small = {area_id for area_id, _ in self._rows if (older := view.coverages.people[area_id].older) and older < SMALL}  # fmt: skip
            rates = tuple(
                (name + ("※" if area_id in small else ""), *(self._of(area_id, term.id).per_1000 for term in needs))
                for area_id, name in self._rows
            )
            tables += [
                self._matrix("count", "困りごと × 地域：件数", "その地域に住所があるものと、その地域を対象にしているものを数えます。全域を対象にするものは、全体の行だけに入ります。", "whole", lambda cell: cell.open),
                Table("rate", "困りごと × 地域：65歳以上1,000人あたりの件数", f"人数のわからない町が一つでもあれば「わからない」です。※は65歳以上が{SMALL}人より少ない地域で、1件で大きく変わります。", self._records + self._census, (NAME, *(Column(term.label, "rate") for term in needs)), rates, wide=True),
            ]  # fmt: skip
        return Chapter("resources", "あるもの、ないもの", (words.NOT_NONE,), tuple(tables))

    def _levels(self) -> Table:
        levels = self._view.directory.vocabularies["support_level"]
        counted = self._view.coverages
        rows: tuple[tuple[Value, ...], ...] = tuple(
            (name, counted.totals.get(area_id, 0), *(counted.levels.get(area_id, {}).get(term.id, 0) for term in levels))
            for area_id, name in self._rows
        )  # fmt: skip
        return Table(
            "levels",
            "助け合いのかたちごとの件数",
            "二つのかたちを持つ記録は、両方に入ります。",
            self._records,
            (NAME, Column("件数"), *(Column(term.label) for term in levels)),
            rows,
            (
                Chart(
                    "地域ごとの、助け合いのかたち",
                    tuple(range(2, 2 + len(list(levels)))),
                    self._compared or len(rows),
                    stacked=True,
                ),
            ),
        )

    def _matrix(
        self, table_id: str, title: str, method: str, form: Format, value: Callable[[Coverage], Value]
    ) -> Table:
        needs = self._view.coverages.needs
        rows = tuple((name, *(value(self._of(area_id, term.id)) for term in needs)) for area_id, name in self._rows)
        columns = (NAME, *(Column(term.label, form) for term in needs))
        return Table(table_id, title, method, self._records, columns, rows, wide=True)

    def _near(self) -> Chapter:
        def row(label: str, cell: Coverage) -> tuple[Value, ...]:
            near, far, people = cell.near.within, cell.far.within, cell.far.people
            known = cell.far.share is not None
            split = (near, far - near, people - far) if known else (None, None, None)
            return (label, *split, cell.near.share, cell.far.share, cell.far.unknown, cell.far.unknown_towns)

        rows = tuple(row(term.label, self._whole(term.id)) for term in self._view.coverages.needs)
        if all(row[1] is None for row in rows):
            unknown = "どの困りごとでも、距離はわかりません。町の位置と人口、記録の位置がそろうと、表と図が出ます。"
            return Chapter("near", "近さ", (unknown,))
        columns = (
            Column("困りごと", "text"), Column(f"{NEAR}m以内"), Column(f"{NEAR}〜{FAR}m"), Column(f"{FAR}mより遠い"),
            Column(f"割合 {NEAR}m", "percent"), Column(f"割合 {FAR}m", "percent"), Column("位置不明"), Column("人数不明の町"),
        )  # fmt: skip
        method = "65歳以上の人の数と、距離のわかる人のうちの割合です。「位置不明」は、位置のわからない町に住む人です。いちばん近い記録まで、町の真ん中からの直線で測りました。歩く道のりは、これより長くなります。となりの市の資源は入っていません。"
        chart = Chart("65歳以上の人から、いちばん近い資源まで", (1, 2, 3), len(rows), stacked=True)
        tables = [Table("reach", "近さ：全体", method, self._records + self._census, columns, rows, (chart,))]
        if self._areas:
            title, method = "m以内に一つでもある65歳以上の人の割合", "距離のわかる人だけで計算しました。"
            wide = self._matrix(
                "reach-far", f"困りごと × 地域：{FAR}{title}", method, "percent", lambda cell: cell.far.share
            )
            close = self._matrix(
                "reach-near", f"困りごと × 地域：{NEAR}{title}", method, "percent", lambda cell: cell.near.share
            )
            tables += [wide, replace(close, printed=0)]  # on paper the larger distance is enough
        return Chapter("near", "近さ", (), tuple(tables))

    def _usable(self) -> Chapter:
        def counts(answers: Answers) -> tuple[int, int, int]:
            return answers.yes, answers.no, answers.unknown

        asked = (("土日・夜", "off_hours"), ("無料", "free"), ("紹介なし", "without_referral"))
        rows: tuple[tuple[Value, ...], ...] = tuple(
            (term.label, *(number for _, name in asked for number in counts(getattr(self._whole(term.id), name))))
            for term in self._view.coverages.needs
        )
        columns = (Column("困りごと", "text"), *(Column(f"{title} {answer}") for title, _ in asked for answer in ("はい", "いいえ", "不明")))  # fmt: skip
        charts = tuple(
            Chart(f"{title}に使える件数", (first, first + 1, first + 2), len(rows), stacked=True)
            for first, (title, _) in zip((1, 4, 7), asked, strict=True)
        )
        meaning = dict(words.DEFINITIONS)
        method = f"{meaning['土日・夜']}{meaning['無料・紹介なし']}"
        table = Table("usable", "困りごとごとの使いやすさ：全体", method, self._records, columns, rows, charts)
        return Chapter("usable", "使いやすさ", (), (table,))

    def _sleeping(self) -> Chapter:
        found = [row for row in sleeping_in(self._view, self._view.coverages.whole) if row.id in self.parts.may_print]
        rows = tuple(
            (row.link.label + ("（見本）" if row.sample else ""), row.kind, row.status, row.reason or None, "、".join(area.label for area in row.areas))
            for row in found
        )  # fmt: skip
        columns = tuple(Column(title, "text") for title in ("名前", "種類", "使われ方", "わけ", "地域"))
        method = "使われ方が「知られていない」「使いにくい」の記録です。書かれていない記録は、入っていません。"
        if not rows:
            return Chapter(
                "sleeping", "眠っている資源", ("「知られていない」「使いにくい」と書かれた記録は、まだありません。",)
            )
        table = Table("sleeping", "眠っている資源", method, self._records, columns, rows, printed=MOST_SLEEPING)
        steps = dict.fromkeys(f"「{row.status}」の資源：{row.step}" for row in found)
        return Chapter("sleeping", "眠っている資源", tuple(steps), (table,))

    def _relations(self) -> Chapter:
        found = self.parts.relations()
        lines = [(remark.heading + "：" + line) for remark in found.remarks for line in (*remark.lines, *_more(remark))]
        about = "記録・用紙・書かれた関係から作りました。線がないことは、つながりがないことではありません。順位は付けません。"
        lines = lines or ["関係は、まだ書かれていません。"]
        sample = ("見本の関係がまざっています。",) if found.sample else ()
        return Chapter("relations", "関わる相手", (about, *sample, *lines))

    def _sheets(self) -> Chapter:
        cases = self.parts.cases
        rows = tuple(
            (one.need.label, row.place, *(text for _, text in row.numbers), row.gap)
            for one in cases.needs
            for row in one.rows
        )
        lines = ("見本の用紙を数えました。",) if rows and cases.sample else ()
        if not rows:
            return Chapter("sheets", "用紙から見える課題", ("公開された用紙に、3枚以上で書かれた困りごとは、まだありません。", *RULES))  # fmt: skip
        heads = ("困りごと", "場所", *(label for label, _ in cases.needs[0].rows[0].numbers), "あるもの")
        columns = tuple(Column(title, "text") for title in heads)
        sentences = tuple(
            f"{row.place}：{row.sentence}{row.gap}" for one in cases.needs for row in one.rows if row.start
        )
        table = Table("sheets", "用紙に書かれた気づきと困りごと", "".join(RULES), f"時点：{self._view.day}。出典：公開してよいとされた用紙。", columns, rows)  # fmt: skip
        return Chapter("sheets", "用紙から見える課題", (*lines, *sentences), (table,))

    def _quality(self) -> Chapter:
        columns = (Column("", "text"), Column("件数"), Column("割合", "percent"))
        total = sum(one.count for one in self.parts.verified)

        def rows(found: Iterable[Share]) -> tuple[tuple[Value, ...], ...]:
            return tuple((one.label, one.count, one.count / total if total else None) for one in found)

        known = Table(
            "known", "わかっていること", "見本もふくむ、のせている記録のうち、書かれている記録の数です。書かれていないことは、ないことではありません。", self._records,
            (Column("わかっていること", "text"), *columns[1:]), rows(self.parts.known), (Chart("わかっている記録の割合", (2,), len(self.parts.known)),),
        )  # fmt: skip
        verified = Table(
            "verified", "何で確かめたか", "記録に書かれた、いちばん新しい確かめ方です。", self._records,
            (Column("確かめ方", "text"), *columns[1:]), rows(self.parts.verified),
        )  # fmt: skip
        return Chapter("quality", "データの状態", (), (known, verified))

    def _changes(self) -> Chapter:
        months = self.parts.months
        told = Counter(event.what for event in self.parts.news.events)
        lines = [text for text in (TrendView.of(months).text,) if text] or [
            "前の年の記録の数は、わかりません（git の履歴がありません）。"
        ]
        tables = []
        if told:
            rows = tuple((LABELS[what], told[what]) for what in LABELS if told[what])
            tables.append(Table("news", "12か月のあいだに変わったこと", "見本・案と、すぐ離れられるページの記録は入っていません。", self._records, (Column("できごと", "text"), Column("件数")), rows))  # fmt: skip
        if len(months) > 1:
            rows = tuple((japanese_month(one.day), one.count) for one in months)
            tables.append(Table("months", "記録の数のうつりかわり", "月の終わりの数です。さいごは、この報告の日の数です。サイトから消した記録は、どの月にも入っていません。", self._records, (Column("月", "text"), Column("件数")), rows, (Chart("記録の数", (1,), len(rows)),)))  # fmt: skip
        return Chapter("changes", "この1年に変わったこと", tuple(lines), tuple(tables))

    def _method(self) -> Chapter:
        meaning = Table("meaning", "数字の意味", "", "", (Column("ことば", "text"), Column("意味", "text")), words.DEFINITIONS)  # fmt: skip
        lists = tuple((one.name, one.owner, one.data_date, one.licence, one.credit) for one in source_rows(self._view.directory))  # fmt: skip
        columns = tuple(Column(title, "text") for title in ("一覧", "公表", "いつの", "利用条件", "表示"))
        sources = (Table("sources", "もとの一覧", "", "", columns, lists),) if lists else ()
        return Chapter("method", "方法と出典", (), (meaning, *sources))


def _more(remark: Remark) -> Iterator[str]:
    if remark.more:
        yield f"ほか{remark.more}件。"
