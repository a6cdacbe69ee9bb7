"""Readings proposed for furigana: frequent words without one, no names; only what a person accepted is used."""

import pytest

from small_site import resource, site_view
from tsunagite.editing.readings.suggest import suggest as propose
from tsunagite.errors import UsageError
from tsunagite.furigana.files import readings
from tsunagite.importing import readings as reader
from tsunagite.records.yaml.reader import read_file

FILE = "resources/vocabulary/suggested_readings.yml"


@pytest.fixture
def suggest():
    return lambda root: propose(root, FILE, 10_000)


def test_frequent_words_without_a_reading_are_proposed_and_names_never(tmp_path, suggest):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "one.md").write_text(
        "座談会を開く。\n" * 3 + "山田太郎と長宗我部町と相談。\n" * 3, encoding="utf-8"
    )
    suggest(tmp_path)
    found = {one["word"]: one for one in read_file(tmp_path / FILE, FILE).value["terms"]}
    assert found["座談会"] == {"word": "座談会", "reading": "ざだんかい", "decision": "未定", "count": 3}
    assert not {"山田", "太郎", "長宗我部", "相談"} & set(found)


def test_what_was_decided_stays_and_is_not_proposed_again(tmp_path, suggest):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "one.md").write_text("座談会を開く。\n" * 3, encoding="utf-8")
    (tmp_path / FILE).parent.mkdir(parents=True)
    (tmp_path / FILE).write_text("terms:\n- {word: 座談会, reading: ざだんかい, decision: 不採用}\n", encoding="utf-8")
    assert suggest(tmp_path).decided == 1
    terms = read_file(tmp_path / FILE, FILE).value["terms"]
    assert [one["decision"] for one in terms if one["word"] == "座談会"] == ["不採用"]


def test_only_accepted_readings_reach_the_pages(tmp_path):
    terms = [
        {"word": "座談会", "reading": "ざだんかい", "decision": "採用"},
        {"word": "懇親会", "reading": "こんしんかい"},
    ]
    views = site_view(tmp_path / "site", resource("a"), vocabulary__suggested_readings={"terms": terms})
    (file,) = readings(views.directory)
    assert '"座談会":"ざだんかい"' in file.content.decode()
    assert "懇親会" not in file.content.decode()


def test_without_sudachipy_the_command_says_what_to_install(monkeypatch):
    monkeypatch.setattr(reader, "_tokenizer", lambda: reader._nothing)
    with pytest.raises(UsageError, match="sudachipy"):
        list(reader.words_of("座談会"))
