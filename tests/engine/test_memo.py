"""A memoised function runs where its inputs are new, and only there; what comes out equal stops an edit."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagite.engine import memo as module
from tsunagite.engine import processes, program, values
from tsunagite.engine.memo import Ref, memo, run_all, using
from tsunagite.engine.store import Store
from tsunagite.findings import SourceLocation

RAN: list[str] = []


@dataclass(frozen=True)
class Record:
    """An input."""

    name: str
    summary: str
    kind: str


def cell(record: Record) -> str:
    RAN.append(f"cell {record.name}")
    return record.kind


def card(record: Record) -> tuple[str, str]:
    RAN.append(f"card {record.name}")
    return record.name, record.summary


def table(*cells: str) -> bytes:
    RAN.append("table")
    return " ".join(sorted(cells)).encode()


def page(own: tuple[str, str], next_to: tuple[str, str]) -> bytes:
    RAN.append(f"page {own[0]}")
    return f"{own} beside {next_to}".encode()


def place(file: str) -> SourceLocation:
    RAN.append("place")
    return SourceLocation(file)


@contextmanager
def build(folder: Path | None) -> Iterator[Store]:
    store = Store(folder)
    RAN.clear()
    with using(store):
        yield store
    store.close()


def site(records: list[Record]) -> list[Ref[bytes]]:
    cards = [memo(card)(record) for record in records]
    facets = memo(table)(*[memo(cell, keep=False)(record) for record in records])
    pages = [memo(page)(own, cards[number - 1]) for number, own in enumerate(cards)]
    return [facets, *pages]


RECORDS = [Record("a", "first", "shop"), Record("b", "second", "club"), Record("c", "third", "club")]


def test_where_nothing_changed_nothing_runs(tmp_path: Path) -> None:
    with build(tmp_path):
        before = [ref.value for ref in site(RECORDS)]
        assert len(RAN) == 3 + 3 + 1 + 3
    with build(tmp_path):
        assert [ref.value for ref in site(RECORDS)] == before
        assert RAN == []


def test_an_edit_runs_what_reads_it_and_stops_where_the_result_is_equal(tmp_path: Path) -> None:
    with build(tmp_path):
        assert all(ref.digest for ref in site(RECORDS))
    edited = [RECORDS[0], Record("b", "another summary", "club"), RECORDS[2]]
    with build(tmp_path):
        assert all(ref.digest for ref in site(edited))
        assert set(RAN) == {"card b", "cell b", "page b", "page c"}, (
            "the table of kinds stays, and the page that does not show it"
        )
        made = [ref.value for ref in site(edited)]
    with build(None):
        assert [ref.value for ref in site(edited)] == made


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from("xyz"), st.sampled_from(("shop", "club"))), min_size=1, max_size=6
    )
)
def test_after_any_edits_the_results_are_those_of_a_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, str, str]]
) -> None:
    folder, records = tmp_path_factory.mktemp("store"), list(RECORDS)
    for number, summary, kind in edits:
        records[number] = Record(records[number].name, summary, kind)
        with build(folder):
            kept = [ref.value for ref in site(records)]
        with build(None):
            assert [ref.value for ref in site(records)] == kept


def test_the_function_and_the_engine_are_part_of_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with build(tmp_path):
        first = memo(cell)(RECORDS[0]).key
        assert memo(card)(RECORDS[0]).key != first
        assert memo(cell, engine=b"fonts 1")(RECORDS[0]).key != memo(cell, engine=b"fonts 2")(RECORDS[0]).key
        monkeypatch.setattr(module, "reading_program", lambda: "another engine")
        assert memo(cell)(RECORDS[0]).key != first


def test_outside_of_a_build_a_result_is_made_and_not_kept() -> None:
    assert memo(cell)(RECORDS[0]).value == "shop"
    assert not memo(cell)(RECORDS[0]).is_known


def test_two_processes_make_what_is_not_known_and_the_first_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "can_share", lambda: True)
    records = [Record(f"r{number}", "x", "club") for number in range(40)]
    with build(tmp_path):
        run_all(refs := [memo(card)(record) for record in records])
        assert [ref.value[0] for ref in refs] == [record.name for record in records]
    with build(tmp_path):
        refs = [memo(card)(record) for record in records]
        assert all(ref.is_known for ref in refs)
        assert [ref.value[0] for ref in refs] == [record.name for record in records]
        assert RAN == []


def test_a_result_of_our_own_classes_comes_back_as_it_was(tmp_path: Path) -> None:
    with build(tmp_path):
        assert memo(place)("a.yml").value == SourceLocation("a.yml")
    with build(tmp_path):
        assert memo(place)("a.yml").value == SourceLocation("a.yml")
        assert RAN == []


def test_a_kept_result_makes_nothing_but_our_own_classes() -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return print, ("made",)

    with pytest.raises(pickle.UnpicklingError, match="print"):
        values.decode(b"p" + pickle.dumps(Evil()))
    for name in ("tsunagite.engine.store os", "tsunagite.findings replace", "tsunagite.engine.processes share"):
        module_name, attribute = name.split()
        with pytest.raises((pickle.UnpicklingError, AttributeError)):
            values.decode(b"p" + f"c{module_name}\n{attribute}\n.".encode())


def test_a_data_file_of_the_program_decides_what_is_kept_and_a_fetched_asset_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "PACKAGE", tmp_path)
    (tmp_path / "assets").mkdir()
    digests = []
    for name, text in (("a.py", "1"), ("words.txt", "1"), ("forms.yml", "1"), ("forms.yml", "2"), ("codes.csv", "1")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        digests.append(program.reading_program.__wrapped__())
    assert len(set(digests)) == len(digests)
    for name in ("assets/list.txt", "page.html"):
        (tmp_path / name).write_text("1", encoding="utf-8")
    assert program.reading_program.__wrapped__() == digests[-1]
