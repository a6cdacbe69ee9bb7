"""Every PDF of a site may be kept in an archive (PDF/A-2a) and read by everybody (PDF/UA-1): one file is both."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from pdf_archive import complaints
from tsunagite.papers.typesetting.typeset import FORMS_OF, typeset

KINDS = {"roles", "worksheets", "profiles", "report", "year-plan", "pamphlets"}
"""What the small site has; the other layouts are judged in test_papers.py and test_pdf.py."""


def sheet(made: str = "") -> bytes:
    words = {"title": "題 & 名", "words": "文。", "address": "a.example", "lost_glyph_note": "", "made": made}
    return typeset("papers/templates/notice", words)


def test_every_paper_of_a_site_is_pdf_a_2a_and_pdf_ua_1(built_faces: Path) -> None:
    papers = sorted(path for path in built_faces.rglob("*.pdf"))
    names = [path.relative_to(built_faces).as_posix() for path in papers]
    assert {kind for kind in KINDS if not any(kind in name for name in names)} == set()
    wrong = {
        name: found
        for name, path in zip(names, papers, strict=True)
        if (found := complaints(path.read_bytes(), conformance="U" if name.endswith("-duplex.pdf") else "A"))
    }
    assert wrong == {}


def test_a_paper_carries_the_day_that_it_tells_of_and_a_blank_one_that_of_its_words() -> None:
    for content, day in ((sheet("2026-09-10"), date(2026, 9, 10)), (sheet(), FORMS_OF)):
        with pikepdf.open(BytesIO(content)) as document:
            assert str(document.docinfo["/CreationDate"]) == f"D:{day:%Y%m%d}000000Z"
    assert sheet() == sheet()


@pytest.mark.parametrize("taken", ["/OutputIntents", "/StructTreeRoot", "/Lang", "/Metadata", "/FontFile2", "/ToUnicode", "/CreationDate"])  # fmt: skip
def test_the_judge_sees_what_is_taken_away(taken: str) -> None:
    changed = BytesIO()
    with pikepdf.open(BytesIO(sheet())) as document:
        for one in (document.docinfo, *document.objects):
            if isinstance(one, pikepdf.Dictionary):
                for name in (taken, "/FontFile3" if taken == "/FontFile2" else taken):
                    if name in one:
                        del one[name]
        document.save(changed)
    assert complaints(sheet()) == []
    assert complaints(changed.getvalue()) != []
