"""Prose of guides: tables that a phone can show, no blanks between Japanese lines, glossary words only where they stand alone."""

from __future__ import annotations

from html import unescape

from tsunagite.guides.prose import html, with_words
from tsunagite.guides.view import WordView
from tsunagite.records.model.features.guide import GlossaryTerm

INSURER = WordView("word-1", GlossaryTerm(term="保険者", reading="ほけんしゃ", meaning="保険を運営するところ。"), ())


def test_each_cell_of_a_table_knows_its_column_and_each_row_has_a_heading() -> None:
    made = html("| 場面 | 手当て |\n|---|---|\n| 夜 | **電話**する |\n| | |\n")
    assert '<th scope="row">夜</th>' in made
    assert '<td data-label="手当て"><strong>電話</strong>する</td>' in made


def test_a_line_break_between_japanese_characters_is_no_blank() -> None:
    made = html("一行目。\n二行目。[^a]**強い**\n三行目。AED\nとCPR\nABC\n")
    assert "一行目。二行目。" in made
    assert "<strong>強い</strong>三行目。" in made
    assert "AED\nとCPR\nABC" in made


def test_words_written_as_they_are_keep_their_lines() -> None:
    assert "一行目\n二行目" in html("    一行目\n    二行目\n")


def test_a_glossary_word_inside_a_longer_word_is_left_alone() -> None:
    made = with_words("<p>被保険者と保険者と保険者証。</p>", {"保険者": INSURER}, "../../")
    assert made.count("ts-word") == 1
    assert (
        '被保険者と<a class="ts-word" href="../../glossary/#word-1" title="保険を運営するところ。">保険者</a>と保険者証'
        in made
    )


def test_a_word_is_explained_at_its_first_place_in_running_text_and_never_alone_or_inside_a_link_a_label_or_a_heading() -> (
    None
):
    page = '<h2>保険者</h2><label>保険者</label><a href="x">保険者</a><ul><li>保険者</li><li>市は保険者です&lt;</li><li>保険者が決めます</li></ul>'
    made = with_words(page, {"保険者": INSURER}, "../../")
    assert made.count("ts-word") == 1
    assert made.index("<li>市は") < made.index("ts-word") < made.index("&lt;")
    assert (
        made.replace(
            '<a class="ts-word" href="../../glossary/#word-1" title="保険を運営するところ。">保険者</a>', "保険者"
        )
        == page
    )


def test_html_of_a_guide_stays_text_and_nothing_in_it_runs() -> None:
    made = html(
        '<script>x()</script>\n\n<div onclick="x()">太い<b onclick="x()">字</b></div>\n\n[a](javascript:x())[b](JAVASCRIPT&colon;x())'
        "[c](data:text/html,x)\n\n[市](https://city.example/){ onclick=x() .strong }[手紙](mailto:a@city.example)<b@city.example>"
    )
    assert "&lt;script&gt;x()&lt;/script&gt;" in made
    assert '太い&lt;b onclick="x()"&gt;字&lt;/b&gt;' in made
    assert "<span>a</span><span>b</span><span>c</span>" in made
    assert '<a class="strong" href="https://city.example/">市</a><a href="mailto:a@city.example">手紙</a>' in made
    assert made.count("href=") == 3
    assert "javascript:x()" not in unescape(made).lower()


def test_a_picture_of_another_host_is_a_link_because_no_page_loads_anything_from_there() -> None:
    assert html("![桜](https://a.example/x.png)") == '<p><a href="https://a.example/x.png">桜</a></p>'
    assert html("![桜](../../media/x.png)") == '<p><img alt="桜" src="../../media/x.png"></p>'
