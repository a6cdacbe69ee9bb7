"""Words proposed for the search: the model's answer is measured, a person decides, only accepted words are searched."""

import numpy as np
import pytest
from typer.testing import CliRunner

from tsunagite.cli.app import app
from tsunagite.editing.words import suggest as command
from tsunagite.editing.words.propose import Meanings
from tsunagite.editing.words.sentence_model import embed
from tsunagite.records.load.suggested_words import with_accepted
from tsunagite.records.load.tree import read_surroundings
from tsunagite.records.load.vocabularies import vocabularies_of
from tsunagite.records.yaml.reader import read_file

FILE = "resources/vocabulary/suggested.yml"


def vectors(*angles):
    """Return unit vectors of a plane, and their opposites, so that the mean is zero."""
    radians = np.radians(angles)
    return np.stack([np.cos(radians), np.sin(radians)], axis=1).astype(np.float32)


def test_a_word_means_the_term_with_the_nearest_spelling_and_only_where_no_other_is_as_near():
    known = {"めまい": ("耳鼻咽喉科",), "立ちくらみ": ("耳鼻咽喉科",), "歯痛": ("歯科",), "虫歯": ("歯科",)}
    others = vectors(2, 95)
    space = Meanings(known, vectors(0, 10, 180, 190), vectors(0, 10, 180, 190))
    proposals = space.propose(["ふらつく", "まんなか"], others, margin=0.1)
    assert [(one.word, one.means, one.near[0]) for one in proposals] == [("ふらつく", "めまい", "めまい")]
    assert proposals[0].score == pytest.approx(0.99, abs=0.02)
    assert space.propose(["ふらつく"], vectors(2), margin=1.999) == []


def test_the_share_of_right_answers_is_measured_on_words_that_are_known():
    known = {"一": ("甲",), "二": ("甲",), "三": ("乙",), "四": ("乙",), "五": ("丙",)}
    space = Meanings(known, vectors(0, 20, 180, 196, 10), vectors(0, 180))
    # 五 (丙) lies between 一 and 二 and takes both; 三 and 四 find each other, far from any other; 五 has no second spelling.
    everything = space.measure(wanted=0.3, margins=(0.0, 0.5))
    assert (everything.words, everything.right) == (4, 0.5)
    sure = space.measure(wanted=0.9, margins=(0.0, 0.5))
    assert (sure.margin, sure.words, sure.right) == (0.5, 2, 1)


def test_the_real_model_gives_ordinary_words_to_their_terms_and_not_to_others():
    known = {
        "クーリングオフ": ("消費生活センター",), "悪質商法": ("消費生活センター",), "歯医者": ("歯科",), "入れ歯": ("歯科",),
        "水泳": ("プール",), "弁当の宅配": ("配食",), "給食サービス": ("配食",), "図書館": ("図書館",), "殴られ": ("虐待",), "虐待": ("虐待",),
    }  # fmt: skip
    words = ["クーリング・オフ", "歯医者さん", "お弁当の配達", "暴力をふるわれた"]
    proposals = Meanings(known, embed(list(known)), embed(words)).propose(words, embed(words), margin=0.05)
    found = {one.word: known[one.means] for one in proposals}
    assert found["クーリング・オフ"] == ("消費生活センター",)
    assert found["歯医者さん"] == ("歯科",)
    assert found["お弁当の配達"] == ("配食",)
    assert "暴力をふるわれた" not in found or found["暴力をふるわれた"] == ("虐待",)


def site(tmp_path, suggested=""):
    (tmp_path / "resources/vocabulary").mkdir(parents=True)
    if suggested:
        (tmp_path / FILE).write_text(suggested, encoding="utf-8")
    return tmp_path


DECIDED = """\
terms:
  - {word: ふらつく, means: 相談, decision: 採用}
  - {word: 玉ねぎ, means: 相談, decision: 不採用}
  - {word: 昼飯, means: 食事}
  - {word: 宇宙船, means: 宇宙へ行く, decision: 採用}
"""


def test_only_accepted_words_are_synonyms_and_one_that_means_no_term_is_told(tmp_path):
    vocabularies, findings = vocabularies_of(read_surroundings(site(tmp_path, DECIDED))[0])
    added = {term.label: term.finds for term in vocabularies["synonyms"] if term.id.startswith("accepted_")}
    assert added["ふらつく"] == ("相談したい",)
    assert not {"玉ねぎ", "昼飯", "宇宙船"} & added.keys()
    assert [(one.code, one.place.loc, dict(one.values)) for one in findings] == [
        ("F118", ("terms", 3, "means"), {"word": "宇宙船", "written": "宇宙へ行く"})
    ]
    assert with_accepted(vocabularies, [])[1] == []


def test_decisions_stay_refused_words_are_not_proposed_again_and_undecided_ones_are_written_anew(tmp_path, monkeypatch):
    root = site(tmp_path, DECIDED.replace("宇宙へ行く", "外出・通院"))
    (root / "heard.txt").write_text("ごはんの用意\n玉ねぎ\nふらつく\n昼飯\n", encoding="utf-8")
    monkeypatch.setattr(command, "frequent_words", lambda: iter(()))
    # Every text stands beside the spelling with the same first character.
    monkeypatch.setattr(
        command, "embed", lambda texts: np.eye(512, dtype=np.float32)[[ord(one[0]) % 512 for one in texts]]
    )
    monkeypatch.setattr(command, "RIGHT", 0)
    ran = CliRunner().invoke(app, ["words", "suggest", "--root", str(root), "--from", str(root / "heard.txt")])
    assert ran.exit_code == 0, ran.output
    terms = read_file(root / FILE, FILE).value["terms"]
    assert [(one["word"], one["decision"]) for one in terms[:3]] == [
        ("ふらつく", "採用"),
        ("玉ねぎ", "不採用"),
        ("宇宙船", "採用"),
    ]
    assert {one["word"] for one in terms[3:]} <= {"ごはんの用意", "昼飯"}
    assert all(one["decision"] == "未定" for one in terms[3:])
