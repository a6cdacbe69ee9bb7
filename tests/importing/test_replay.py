"""Two real years of a list replayed: headers renamed, columns gone, rows numbered anew, places renamed, moved, paused and closed.

Five editions of 高松市's list of hospitals and clinics are imported in order, and people edit records in between.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tsunagite.importing import readings
from tsunagite.importing.detect.intake import Said
from tsunagite.importing.run import Options, import_sources
from tsunagite.records.yaml.reader import read_file
from tsunagite.records.yaml.rewrite import rewritten
from tsunagite.text.names import address_key, name_key

ROOT = Path(__file__).resolve().parent.parent.parent
EDITIONS = ROOT / "tests/importing/files/takamatsu_hospital"
ALL_DAYS = sorted(path.stem for path in EDITIONS.glob("*.csv"))
EDITS: tuple[dict[str, Any], ...] = (
    {"memo": "見学に行った。入口に段が二つ"}, {"summary": "電話をすると、先生が家まで来てくれる所。"}, {"contact_note": "午前は混みます"},
    {"verified_on": "2026-10-01", "verify_method": "電話"}, {"helpful_for": "休んだ人に電話をかけます"},
)  # fmt: skip


@dataclass
class Replay:
    """What every edition did."""

    root: Path
    edits: dict[str, dict[str, Any]] = field(default_factory=dict)
    states: list[dict[str, dict[str, Any]]] = field(default_factory=list)
    exit_codes: list[int] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)
    asked: set[tuple[str, str]] = field(default_factory=set)
    findings: list[set[str]] = field(default_factory=list)

    def records(self) -> dict[str, dict[str, Any]]:
        return {path.stem: read_file(path, "").value for path in sorted(self.root.glob("resources/medical/*.yml"))}

    def play(self, day: str) -> None:
        path = self.root.parent / "hospital.csv"
        shutil.copy(EDITIONS / f"{day}.csv", path)
        said = Said(
            date.fromisoformat(day),
            today=date.fromisoformat(day),
            edition_of="" if self.states else "takamatsu-medical",
        )
        report = import_sources(self.root, [path], Options(said=said, close_gone=True))
        self.exit_codes.append(report.exit_code)
        self.unexplained += [one.source_id for one in report.lists if not one.is_accounted_for]
        self.findings.append(
            {finding.code for one in report.lists for finding in one.findings}
            | {finding.code for finding in report.findings}
        )
        self.asked |= {(pair.first_name, pair.second_name) for pair in report.doubts}
        self.states.append(self.records())

    def edit(self) -> None:
        untouched = [
            record_id
            for record_id, data in self.states[-1].items()
            if record_id not in self.edits and data.get("status") != "終了"
        ]
        for number, record_id in enumerate(untouched[:: max(1, len(untouched) // 10)][:10]):
            path = self.root / f"resources/medical/{record_id}.yml"
            self.edits[record_id] = EDITS[number % len(EDITS)]
            text = path.read_text(encoding="utf-8")
            path.write_text(
                "# 人の覚え書き\n" + rewritten(text, {**self.states[-1][record_id], **self.edits[record_id]}),
                encoding="utf-8",
            )


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    """The five editions imported in order, ten records edited after each of the first four."""
    root = tmp_path_factory.mktemp("replay") / "site"
    (root / "resources/sources/files").mkdir(parents=True)
    described = (ROOT / "resources/sources/takamatsu-medical.yml").read_text(encoding="utf-8")
    described = re.sub(r"(?ms)^(?:aliases|absent):\n(?:  .*?\n)+", "", described).replace(
        "hospital.xlsx", "hospital.csv"
    )
    (root / "resources/sources/takamatsu-medical.yml").write_text(described, encoding="utf-8")
    done = Replay(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(readings, "_tokenizer", lambda: readings._nothing)
        for day in ALL_DAYS:
            done.play(day)
            if day != ALL_DAYS[-1]:
                done.edit()
    return done


def test_every_row_of_every_edition_is_explained(replay: Replay) -> None:
    assert (replay.exit_codes, replay.unexplained) == ([0] * len(ALL_DAYS), [])
    assert "I213" in replay.findings[1], "telephone　number for telephoneNumber"
    assert "I216" in replay.findings[2], "no more faxes, readings, buildings and addresses of pages"


def test_no_edit_is_lost(replay: Replay) -> None:
    last = replay.states[-1]
    assert len(replay.edits) == 40
    assert {
        record_id: {key: str(last[record_id].get(key)) for key in edit} for record_id, edit in replay.edits.items()
    } == replay.edits
    assert all(
        (replay.root / f"resources/medical/{record_id}.yml").read_text(encoding="utf-8").startswith("# 人の覚え書き")
        for record_id in replay.edits
    )


def test_a_record_stays_the_record_of_its_place(replay: Replay) -> None:
    def changed(old: dict[str, Any], new: dict[str, Any]) -> int:
        phones = [{phone["number"] for phone in data.get("phones", ())} for data in (old, new)]
        addresses = [address_key(data.get("location", {}).get("address", "")) for data in (old, new)]
        return (
            (name_key(old["name"]) != name_key(new["name"]))
            + (addresses[0] != addresses[1])
            + (not phones[0] & phones[1] and phones[0] != phones[1])
        )

    for before, after in zip(replay.states, replay.states[1:], strict=False):
        assert set(before) <= set(after), "no record is deleted"
        joined = {(before[one]["name"], after[one]["name"]) for one in before if changed(before[one], after[one]) > 1}
        assert joined == set()


def test_what_changed_at_the_city_is_what_changed_here(replay: Replay) -> None:
    by_name = {data["name"]: data for data in replay.states[-1].values()}
    assert by_name["松田胃腸科外科医院（休止中）"]["status"] == "休止"
    assert by_name["あさはら歯科（休止中）"]["kind"] == "歯科"
    assert by_name["中村眼科医院"]["status"] == "終了"
    assert by_name["高松市立しおのえ診療所"]["kind"] == "診療所"
    assert "高松市民病院塩江分院" not in by_name
    assert {"number": "087-885-3356", "label": "電話・ファクス兼用"} in by_name["稲井皮膚科クリニック"]["phones"]
    assert replay.asked >= {
        ("高松内視鏡診断クリニック", "西高松在宅クリニック"),
        ("たかまつファミリー歯科医院", "たかまつファミリー歯科矯正歯科医院"),
    }
    assert max(Counter(data["name"] for data in replay.states[-1].values()).values()) == 1
