"""A site that moved leads from every page of its former address to the same page of the present one."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tsunagite.cli import app
from tsunagite.publishing.moved import write_redirects

PAGES = ("index.html", "r/sakura/index.html", "search/index.html", "404.html", "p/meals/2026-11-01/index.html")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name in PAGES:
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("<p>old</p>", encoding="utf-8")
    (tmp_path / "site" / "sitemap.xml").write_text("x", encoding="utf-8")
    return tmp_path / "site"


def test_every_page_leads_to_its_own_new_address_with_what_was_asked(site: Path, tmp_path: Path) -> None:
    out = tmp_path / "moved"
    assert write_redirects(site, out, "https://old.example/tsunagi/", "https://new.example/") == len(PAGES)
    canonical = {
        path.relative_to(out).as_posix(): re.findall(r'canonical" href="([^"]+)"', path.read_text(encoding="utf-8"))
        for path in out.rglob("*.html")
    }
    assert canonical == {
        "index.html": ["https://new.example/"], "r/sakura/index.html": ["https://new.example/r/sakura/"], "search/index.html": ["https://new.example/search/"],
        "404.html": ["https://new.example/404.html"], "p/meals/2026-11-01/index.html": ["https://new.example/p/meals/2026-11-01/"],
    }  # fmt: skip
    page = (out / "search" / "index.html").read_text(encoding="utf-8")
    assert 'location.replace("https://new.example/search/" + location.search + location.hash)' in page
    assert '<noscript><meta http-equiv="refresh" content="0; url=https://new.example/search/"></noscript>' in page


def test_hosts_that_read_rules_answer_with_301_below_the_former_folder(site: Path, tmp_path: Path) -> None:
    write_redirects(site, tmp_path / "moved", "https://old.example/tsunagi/", "https://new.example/care/")
    assert (tmp_path / "moved" / "_redirects").read_text(
        encoding="utf-8"
    ) == "/tsunagi/* https://new.example/care/:splat 301\n"
    assert "RewriteRule ^(.*)$ https://new.example/care/$1 [R=301,L,NE]" in (
        tmp_path / "moved" / ".htaccess"
    ).read_text(encoding="utf-8")
    assert "registration.unregister" in (tmp_path / "moved" / "sw.js").read_text(encoding="utf-8")


def test_the_command_needs_both_addresses_and_an_empty_folder(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = tmp_path / "resources" / "site.yml"
    settings.parent.mkdir()

    def moved(written: str) -> tuple[object, str]:
        settings.write_text(written, encoding="utf-8")
        monkeypatch.setattr(
            sys,
            "argv",
            ["tsunagite", "ci", "moved", str(tmp_path / "moved"), "--site", str(site), "--root", str(tmp_path)],
        )
        with pytest.raises(SystemExit) as end:
            app.main()
        return end.value.code, "".join(capsys.readouterr())

    code, text = moved("site_url: https://new.example/\n")
    assert (code, "moved_from" in text) == (2, True)
    assert not (tmp_path / "moved").exists()
    both = "site_url: https://new.example/\nmoved_from: https://old.example/\n"
    code, text = moved(both)
    assert (code, "5 ページが https://new.example/ の同じページへ案内します" in text) == (0, True)
    code, text = moved(both)
    assert (code, "もうファイルがあります" in text) == (2, True)
