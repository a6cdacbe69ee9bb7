"""What only the municipality can say: hours and direct numbers of the telephones of its prefecture, and its own services.

They stand in two vocabularies of the site (``hotline``, ``service``) and in the records of the services. This module lists what
is still empty (``tsunagite doctor``) and writes the two files that a new site begins with.
"""

from __future__ import annotations

from collections.abc import Iterator

from tsunagite.records.directory import Directory
from tsunagite.records.load.vocabularies import built_in_vocabularies
from tsunagite.records.model.base.vocabulary import Term, Vocabulary
from tsunagite.records.model.resource import Resource

FILES = {"hotline": "resources/vocabulary/hotline.yml", "service": "resources/vocabulary/service.yml"}
_HOTLINES = """\
# この県・この市の電話。全国で同じ番号は、つなぎ手に入っています。ここには、県や市でちがうことだけを書きます。
# つなぎ手が出どころと日を付けて持っている県の番号は、書かなくても出ます（ここに書いたことが優先します）。急ぐときのページで確かめてください。
# 県や市のページで確かめて、行の頭の # を消して書きかえてください。わからない行は、そのままにします（ページには「地域でちがいます」と出ます）。
# まだの電話は、tsunagite doctor が挙げます。
terms:
"""
_SERVICES = """\
# この市のサービスの点検表。あるサービスは、記録を一つ作ります（resources/schemes/。Excel なら tsunagite export と import-xlsx）。
# 記録の services に下の名前を書き、使える人（eligibility）、申し込み方（how_to_use）、電話（phones）、市のページ（url）、確認した日（verified_on）を書きます。
# この市にないサービスは、hidden の行の頭の # を消します。まだのものは、tsunagite doctor が挙げます。
terms:
"""


def hotlines_to_fill(hotlines: Vocabulary) -> Iterator[tuple[Term, tuple[str, ...]]]:
    """Yield the telephones that differ by prefecture or municipality, with the fields that the site has not written.

    A local telephone without a number is none of them: whether one is missing depends on the troubles that name it.
    """
    general = built_in_vocabularies()["hotline"].terms
    for term in hotlines:
        known = general.get(term.id)
        if term.hidden or known is None or not _differs(term):
            continue
        written = {
            "hours": term.always or (term.hours and term.hours != known.hours),
            "direct": term.direct or not term.number.startswith("#"),
            "source": term.source and term.source != known.source,
            "read_on": term.read_on and term.read_on != known.read_on,
        }
        if missing := tuple(name for name, value in written.items() if not value):
            yield term, missing


def _differs(term: Term) -> bool:
    return bool(term.number) and (term.local or term.number.startswith("#"))


def services_to_fill(directory: Directory) -> Iterator[tuple[Term, Resource | None, tuple[str, ...]]]:
    """Yield the municipality's own services that have no record (None), and records of them with the fields that are empty."""
    services = directory.vocabularies["service"]
    by_service: dict[str | None, list[Resource]] = {}
    for resource in directory.listed:
        if not resource.sample:
            for written in resource.services:
                by_service.setdefault(services.find(written), []).append(resource)
    for term in services:
        if not term.municipal:
            continue
        if term.id not in by_service:
            yield term, None, ()
        for resource in by_service.get(term.id, ()):
            if missing := tuple(
                name
                for name in ("eligibility", "how_to_use", "phones", "url", "verified_on")
                if not getattr(resource, name)
            ):
                yield term, resource, missing


def fact_files() -> dict[str, str]:
    """Return the two files of a new site, by their paths: every fact to write, as comments."""
    known = built_in_vocabularies()
    lines = [_HOTLINES]
    for term in known["hotline"]:
        if term.local or _differs(term):
            lines += [f"  - id: {term.id}  # {term.label}" + (f"（{term.number}）\n" if term.number else "\n")]
            lines += ['    # number: ""  # 市の番号\n'] if term.local else []
            lines += ["    # hours: 毎日18時から翌朝8時  # 昼も夜も休みの日もつながるなら、代わりに always: true\n"]
            lines += ['    # direct: ""  # 「#」を押せない電話のための番号\n'] if not term.local else []
            lines += [
                "    # source: 番号と時間を読んだページの名前\n",
                '    # url: "https://…"\n',
                "    # read_on: 2026-01-31  # 読んだ日\n",
                "    # hidden: true  # この市から使えない電話なら\n",
            ]
    rows = [_SERVICES]
    rows += (
        f"  - id: {term.id}  # {term.label}：{term.definition}\n    # hidden: true\n"
        for term in known["service"]
        if term.municipal
    )
    return {FILES["hotline"]: "".join(lines), FILES["service"]: "".join(rows)}
