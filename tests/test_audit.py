"""The audit finds a value that stands in no cell of its list, and nothing in records as they were imported."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tsunagite.importing import readings
from tsunagite.importing.detect.intake import Said
from tsunagite.importing.run import Options, import_sources

AUDIT = Path(__file__).parent.parent / "generator/audit.py"


def test_a_false_value_is_found_and_true_ones_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "_tokenizer", lambda: readings._nothing)
    (tmp_path / "site/resources").mkdir(parents=True)
    path = tmp_path / "aed.csv"
    path.write_text("名称,名称_カナ,住所,電話番号,設置位置\n会館,カイカン,見本市本町1-1,087-839-2801,玄関\n店,ミセ,見本市東町2,087-839-2802,入口\n", encoding="utf-8")
    assert import_sources(tmp_path / "site", [path], Options(said=Said(date(2026, 11, 24), owner="見本市"))).exit_code == 0

    def audit() -> tuple[int, str]:
        run = subprocess.run([sys.executable, AUDIT, tmp_path / "site"], check=False, capture_output=True, encoding="utf-8")
        return run.returncode, run.stdout

    code, out = audit()
    assert (code, "in no cell 0" in out) == (0, True), out
    snapshot = tmp_path / "site/resources/sources/snapshots/aed.json"
    record = tmp_path / "site/resources/equipment/aed-kaikan.yml"
    for file in (snapshot, record):  # as an importer would write it that reads a wrong number
        file.write_text(file.read_text(encoding="utf-8").replace("087-839-2801", "087-839-9999"), encoding="utf-8")
    code, out = audit()
    assert (code, "aed-kaikan.yml: phones.number: 087-839-9999" in out) == (1, True), out
