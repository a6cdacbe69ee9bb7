"""Pages of the assessment: the table of needs and areas, a page for each need, what sleeps, and the profile of each area."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tsunagite.assessment.cases import FROM_SHEETS, RULES, CaseRow, CasesView
from tsunagite.assessment.paper import ProfilePaper
from tsunagite.assessment.profile import Profiles, ProfileView
from tsunagite.assessment.sleeping import SleepingRow, sleeping_in
from tsunagite.assessment.tables import TABLES, definitions, tables
from tsunagite.assessment.view import ABOUT, PROFILES, AssessmentView, GapTable, NeedPage
from tsunagite.assessment.what_if import WHAT_IF, WhatIfView, table, what_if
from tsunagite.assessment.words import DEFINITIONS, NOT_NONE
from tsunagite.engine.artifact import Artifact, Bundle, Draft, Frame, Made, Page, page_draft
from tsunagite.engine.keys import Keys
from tsunagite.findings import Finding, SourceLocation
from tsunagite.papers.editions import set_alone
from tsunagite.papers.typesetting.typeset import typesetter_digest
from tsunagite.records.visibility import visible_in
from tsunagite.site.layout.templates import PINS, Templates, script, script_data, stylesheet

SLEEPING = "sleeping/"
SECTION = "assessment"
STYLE = stylesheet("assessment")


def assessment(profiles: Profiles, keys: Keys, frame: Frame) -> Iterator[Bundle]:
    """All pages and tables: made in one process, which counts once for all of them."""
    yield from gaps(profiles.assessment, profiles.cases, keys, frame)
    yield from profile_pages(profiles, keys, frame)
    yield from data(profiles.assessment, keys)


def counted_key(view: AssessmentView, keys: Keys, *parts: object) -> bytes:
    """Return the key of pages that tell what is counted, and everything but resources."""
    return keys.page(view.directory.others_digest, view.coverages.counted, *parts)


def _kept_back(view: AssessmentView) -> list[str]:
    """Return the ids of the records that are not open data."""
    return [one.id for one in view.directory.published if visible_in(one, "opendata", view.today) is None]


def gaps(view: AssessmentView, cases: CasesView, keys: Keys, frame: Frame) -> Iterator[Bundle]:
    """The pages of gaps: nothing is added up where what is counted of the records is as it was."""
    yield Bundle("gaps", counted_key(view, keys, "gaps"), partial(_gap_pages, view, cases, keys, frame))


def _gap_pages(view: AssessmentView, cases: CasesView, keys: Keys, frame: Frame) -> Iterator[Made]:
    templates = Templates()
    for one in view.tables():
        yield page_draft(one.path, SECTION, keys.page(one), partial(_table, templates, one), frame)
    yield page_draft(ABOUT, SECTION, keys.page(), partial(_about, templates), frame)
    choices = what_if(view)
    yield page_draft(WHAT_IF, SECTION, keys.page(choices), partial(_what_if, templates, choices), frame)
    yield from table(view)
    for page in view.need_pages():
        told = cases.of_need(page.need_id) if page.number == 1 else ()
        yield page_draft(page.path, SECTION, keys.page(page, told), partial(_need, templates, page, told), frame)
    yield page_draft(
        FROM_SHEETS, SECTION, keys.page(cases.needs, cases.sample), partial(_cases, templates, cases), frame
    )


def profile_pages(profiles: Profiles, keys: Keys, frame: Frame) -> Iterator[Bundle]:
    """The profiles of areas and the page that leads to them: looked at where what is counted, or the news, have changed."""
    yield Bundle(
        "profiles",
        counted_key(profiles.assessment, keys, "profiles", profiles.news_key),
        partial(_profiles, profiles, keys, frame),
    )


def data(view: AssessmentView, keys: Keys) -> Iterator[Bundle]:
    """The tables as csv and JSON. They count what the pages count, and name no record that may not be open data."""
    yield Bundle("assessment_data", counted_key(view, keys, "data", _kept_back(view)), partial(_data_files, view))


def _data_files(view: AssessmentView) -> Iterator[Artifact]:
    for one in tables(view):
        yield from (one.csv(), one.json(view.today.isoformat()))
    yield definitions()


def papers(profiles: Profiles, keys: Keys) -> Iterator[Bundle]:
    """The sheet of every area, of what may stand on paper."""
    if profiles.areas:
        key = counted_key(profiles.assessment, keys, typesetter_digest(), profiles.news_key)
        yield Bundle("profile_papers", key, partial(_papers, profiles))


def _papers(profiles: Profiles) -> Iterator[Artifact | Finding]:
    settings, today = profiles.directory.settings, profiles.assessment.today
    for area in profiles.areas:
        paper = ProfilePaper.of(settings, today, profiles.of(area))
        yield from set_alone("assessment/templates/profile", paper, SourceLocation("resources/areas/"))


def _profiles(profiles: Profiles, keys: Keys, frame: Frame) -> Iterator[Draft]:
    templates = Templates()
    assessment = profiles.assessment
    sleeping = sleeping_in(assessment, assessment.coverages.whole)
    yield page_draft(SLEEPING, SECTION, keys.page(sleeping), partial(_sleeping, templates, sleeping), frame)
    yield page_draft(PROFILES, SECTION, keys.page(profiles.layers), partial(_index, templates, profiles), frame)
    for area in profiles.areas:
        view = profiles.of(area)
        yield page_draft(view.path, SECTION, keys.page(view), partial(_profile, templates, view), frame)


def _sleeping(templates: Templates, rows: tuple[SleepingRow, ...]) -> Page:
    lead = "あるのに、知られていない、または使いにくい資源です。足りないものを数える前に、ここから始めます。"
    return templates.page("sleeping", SLEEPING, SECTION, "眠っている資源", lead, head=STYLE, rows=rows)


def _index(templates: Templates, profiles: Profiles) -> Page:
    lead = "人口、資源、足りないもの、会う人、話し合いを、地域ごとに1ページにまとめました。"
    return templates.page(
        "profiles",
        PROFILES,
        SECTION,
        "地域の今",
        lead,
        head=STYLE + script("assessment_compare"),
        layers=profiles.layers,
        compared=profiles.areas,
    )


def _profile(templates: Templates, view: ProfileView) -> Page:
    lead = f"話し合いのはじめに見る1ページです。{view.day}の時点。"
    return templates.page("profile", view.path, SECTION, view.title, lead, head=STYLE, view=view, not_none=NOT_NONE)


def _table(templates: Templates, table: GapTable) -> Page:
    return templates.page(
        "gaps",
        table.path,
        SECTION,
        table.title + (f"（{table.path.split('/')[1]}ページ目）" if table.path != "gaps/" else ""),
        table.lead,
        head=STYLE,
        view=table,
        not_none=NOT_NONE,
    )


def _what_if(templates: Templates, view: WhatIfView) -> Page:
    lead = "案を置く町か場所を選ぶと、だれの近くになるかを計算します。"
    return templates.page(
        "what_if", WHAT_IF, SECTION, "もし、ここにあったら", lead, head=STYLE + script("what_if"), view=view
    )


def _about(templates: Templates) -> Page:
    lead = "件数、近さ、わからないものを、どう数えたか。"
    return templates.page(
        "gaps_about",
        ABOUT,
        SECTION,
        "数字の意味",
        lead,
        head=STYLE,
        definitions=DEFINITIONS,
        not_none=NOT_NONE,
        tables=TABLES,
    )


def _cases(templates: Templates, view: CasesView) -> Page:
    lead = "用紙に書かれた気づきと個別の困りごとを、困りごとと場所で数え、あるものの数と並べました。"
    copied = {row.anchor: row.start.copy for one in view.needs for row in one.rows if row.start}
    return templates.page(
        "gap_cases",
        FROM_SHEETS,
        SECTION,
        "用紙から見える、地域の課題",
        lead,
        head=STYLE + (PINS if copied else ""),
        view=view,
        rules=RULES,
        not_none=NOT_NONE,
        copied=script_data(copied),
    )


def _need(templates: Templates, page: NeedPage, cases: tuple[CaseRow, ...]) -> Page:
    lead = "地区ごとの数、65歳以上の人からの近さ、土日や夜、費用、紹介です。"
    return templates.page(
        "gap_need",
        page.path,
        SECTION,
        page.title,
        lead,
        head=STYLE,
        view=page,
        cases=cases,
        not_none=NOT_NONE,
    )
