"""Templates are read without blanks that show nothing; what a page says keeps every blank it has."""

from __future__ import annotations

from jinja2 import Environment

from tsunagite.site.layout.templates import PACKAGE, _environment, icon, in_phrases, tight

LIST = """\
<ul class="a">
  {% for one in found %}
  <li>{{ one }}</li>
  {% endfor %}
</ul>

<h{{ level }}>見出し</h{{ level }}>
  <p>一つ
  <a href="x">二つ</a>
  <a href="y">三つ</a></p>
"""


def test_line_ends_beside_blocks_go_and_those_between_words_stay() -> None:
    assert tight(LIST) == (
        '<ul class="a">{% for one in found %}<li>{{ one }}</li>{% endfor %}</ul><h{{ level }}>見出し</h{{ level }}>'
        '<p>一つ\n<a href="x">二つ</a>\n<a href="y">三つ</a></p>'
    )


def test_what_is_printed_is_as_it_was_written() -> None:
    said = "一行目\n\n  二行目"
    shown = (
        Environment(autoescape=True, trim_blocks=True)
        .from_string(tight("<p>{{ said }}</p>\n<p>\n{{ said }}\n</p>"))
        .render(said=said)
    )
    assert shown == f"<p>{said}</p><p>{said}</p>"


def test_a_line_end_before_words_that_may_be_left_out_stays() -> None:
    source = tight("<p>{{ a }}\n{% if b %}<ul><li>{{ b }}</li></ul>{% endif %}<b>c</b></p>")
    assert (
        Environment(autoescape=True, trim_blocks=True).from_string(source).render(a="a", b="") == "<p>a\n<b>c</b></p>"
    )


def test_every_template_can_be_read() -> None:
    for path in sorted(PACKAGE.glob("*/templates/*.html")):
        _environment("en" if path.name.startswith(("edition_", "_edition_")) else "ja").get_template(
            path.name
        )  # every word and every icon it names is there


def test_an_icon_that_the_set_does_not_have_is_a_plain_one() -> None:
    assert icon("no-such-icon") == icon('"><script>') == icon("info-circle")


def test_a_heading_may_end_its_lines_between_phrases_and_inside_no_word() -> None:
    assert in_phrases("<p>a</p><h1>助け合いのかたちからさがす</h1>") == (
        "<p>a</p><h1>助け合いのかたちから<wbr>さがす</h1>"
    )
    name = '<h1><span translate="no">鶴尾コミュニティセンター</span> <span>見本</span></h1>'
    assert in_phrases(name) == name.replace("鶴尾コミュニティセンター", "鶴尾<wbr>コミュニティ<wbr>センター")
    for left in ("<h1>AT&amp;Tのお店をさがすところ</h1>", "<h1>寻找帮助的方式和形式</h1>", "<p>見出しがない</p>"):
        assert in_phrases(left) == left
