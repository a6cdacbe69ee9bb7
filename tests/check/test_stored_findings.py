"""What rules found in records is kept by the store: the second check reports the same, whatever was found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mini_sites import BAD, GOOD
from tsunagite.check import rules
from tsunagite.check.load import load
from tsunagite.engine.memo import using
from tsunagite.engine.store import Store
from tsunagite.findings import Finding

TODAY = date(2026, 11, 22)


def found(site: Path, folder: Path | None, today: date = TODAY) -> list[Finding]:
    store = Store(folder)
    with using(store):
        findings = load(site, today).findings
        store.close()
    return findings


def test_a_second_check_asks_the_rules_of_no_record_and_reports_the_same_of_bad_sites(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sites = BAD[::3]
    first = {site: found(site, tmp_path / site.name) for site in sites}
    ran: list[object] = []
    monkeypatch.setattr(rules, "RULES_OF_RECORDS", (lambda *given: ran.append(given) or iter(()),))
    assert [site.name for site in sites if found(site, tmp_path / site.name) != first[site]] == []
    assert ran == []
    assert len({finding.code for findings in first.values() for finding in findings}) > 30


def test_another_day_is_another_check(tmp_path: Path) -> None:
    later = date(2031, 1, 1)
    today = found(GOOD, tmp_path)
    assert found(GOOD, tmp_path, later) == found(GOOD, None, later) != today
