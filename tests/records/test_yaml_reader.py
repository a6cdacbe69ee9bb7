"""The strict reader: what is written is what is read, every refusal has a place, and no text takes the process down."""

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tsunagite.i18n import message_of
from tsunagite.records.yaml import reader as yaml_file
from tsunagite.records.yaml.reader import MAX_BYTES, MAX_DEPTH, Positions, dump, read_file, read_text


def refusal(text: str) -> tuple[str, int, int]:
    """Return code, line and column of the one finding that a text is refused with."""
    read = read_text(text, "x.yml")
    assert read.value is None
    (finding,) = read.findings
    assert all(message_of(finding, language)[0] for language in ("ja", "en"))
    return finding.code, finding.place.line, finding.place.column


# What is written is what is read


@pytest.mark.parametrize(
    "written", ["0120", "9:30", "no", "on", "1e3", "2026-04-01", "0x1f", "1_000", "087-839-2811", "<<", "="]
)
def test_what_looks_like_a_number_or_flag_only_to_yaml_stays_text(written):
    assert read_text(f"a: {written}\n", "x.yml").value == {"a": written}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("34.3304", 34.3304),
        ("true", True),
        ("false", False),
        ("", None),
        ("null", None),
        ("~", None),
    ],
)
def test_plain_numbers_flags_and_nothing_have_their_type(written, value):
    read = read_text(f"a: {written}\n", "x.yml").value["a"]
    assert read == value
    assert type(read) is type(value)


def test_keys_are_always_text():
    assert read_text("1: a\ntrue: b\nnull: c\n2026-01-01: d\n", "x.yml").value == {
        "1": "a", "true": "b", "null": "c", "2026-01-01": "d",
    }  # fmt: skip


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_order_mark_and_any_line_end_are_read_over(mark, end, tmp_path):
    path = tmp_path / "x.yml"
    path.write_bytes((mark + "id: a" + end + "name: さくら" + end).encode())
    assert read_file(path, "x.yml").value == {"id": "a", "name": "さくら"}
    assert Positions(path.read_text(encoding="utf-8-sig")).of(("name",), False) == (2, 7)


def test_an_ampersand_inside_an_address_is_no_reference():
    assert read_text("url: https://example.jp/?a=1&b=*2!\n", "x.yml").findings == ()


# Refusals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id: a\nname：さくら\nkind: x\n", ("Y110", 2, 5)),
        ("name：さくら\nid: a\n", ("Y110", 1, 5)),
        ("id: a\nname:さくら\nkind: x\n", ("Y112", 2, 5)),
        ("id: a\nただの文\nkind: x\n", ("Y111", 2, 1)),
        ("id: a\nname: さくら: 体操\n", ("Y113", 2, 10)),
        ("id: a\n  name: b\n", ("Y114", 2, 3)),
        ("phones:\n  - number: 1\n   label: x\n", ("Y114", 3, 4)),
        ("location:\n    lat: 1\n  lng: 2\n", ("Y114", 3, 3)),
        ('id: a\nname: "さくら"体操\n', ("Y115", 2, 12)),
        ('id: a\nname: "さくら\nkind: x\n', ("Y116", 2, 7)),
        ("id: a\nneeds: [a, b\nkind: x\n", ("Y117", 2, 8)),
        ("location:\n　lat: 1\n", ("Y118", 2, 1)),
        ("location:\n  lat: 1\n　lng: [\n", ("Y118", 3, 1)),
        ("name: @さくら\n", ("Y119", 1, 7)),
        ("id: a\n---\nid: b\n", ("Y120", 2, 1)),
        ('name: "C:\\Users"\n', ("Y121", 1, 10)),
        ("? [a]\n: 1\n", ("Y122", 1, 3)),
        ("{a: 1}: 2\n", ("Y122", 1, 1)),
        ("phones:\n\t- number: 1\n", ("Y109", 2, 1)),
        ("a:\n  - b: 1\n  \tc: 2\n", ("Y109", 3, 3)),
        ("a: 1\nb: 2\na: 3\n", ("Y103", 3, 1)),
        ("a: &x 1\n", ("Y104", 1, 4)),
        ("a: *x\n", ("Y104", 1, 4)),
        ('"a"  : &x\n  b: 1\n', ("Y104", 1, 8)),
        ("[a,&b c]\n", ("Y104", 1, 4)),
        ("a: !!python/object/apply:os.system [ls]\n", ("Y105", 1, 4)),
        ("a: ! 1\n", ("Y105", 1, 4)),
        ("name: さく\x00ら\n", ("Y108", 1, 9)),
        ("a: 1\nname: さくら\x0b\n", ("Y108", 2, 10)),
        ('a: 1\nname: "さく\\0ら"\n', ("Y108", 2, 7)),
        ("name: \ud83d\n", ("Y108", 1, 7)),
        ("a: ]x\n", ("Y102", 1, 4)),
    ],
)  # fmt: skip
def test_a_refusal_names_the_mistake_and_its_place(text, expected):
    assert refusal(text) == expected


def test_a_laughing_billion_is_refused_at_the_first_reference():
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))
    assert refusal("l0: &l0 lol\n" + levels) == ("Y104", 1, 5)


@pytest.mark.parametrize(
    "deep", ["- " * 60, "[" * 60, "{a: " * 60, "? " * 60, "[a," * 60, "\n".join(" " * n + "a:" for n in range(60)),
             "\n".join(f"{' ' * n}a:\n{' ' * n}-" for n in range(40)), '["]",' * 60],
)  # fmt: skip
def test_nesting_is_refused_from_the_first_level_too_many(deep):
    assert refusal(deep)[0] == "Y106"


def test_nesting_up_to_the_limit_is_read():
    value = read_text("[" * MAX_DEPTH + "]" * MAX_DEPTH, "x.yml")
    assert value.findings == ()
    assert refusal("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == ("Y106", 1, MAX_DEPTH + 1)


HOSTILE = """\
import sys
from tsunagite.records.yaml.reader import Positions, read_text
size = 480_000
patterns = ["- ", "[", "[ ", "{a: ", "? ", ": ", "{? [ ", "a: [b, ", "[\\n", "[a,", '["a",', "[[],", "-\\n ", "!", "&a ", "%",
            "'", '"', "|", "{", "}", "a: {b: [", "- - [", "*", "#", "\\x00", ",", "? - ", "!!x [", '"]"[', "- ? ", "[? ", "a:\\n"]
for pattern in patterns:
    text = pattern * (size // len(pattern))
    Positions(text)
    read_text(text, "x")
for step in ("a:", "-", "?", "- -", "? -", "[", "{b:"):
    text = "\\n".join(" " * n + step for n in range(950))
    Positions(text)
    assert read_text(text, "x").findings, step
print("alive")
"""


@pytest.mark.slow
def test_half_a_megabyte_of_nesting_ends_in_a_finding_and_not_in_a_dead_process():
    # libyaml's composer recurses in C: without the limit the interpreter dies of SIGSEGV, so it is run apart
    run = subprocess.run([sys.executable, "-c", HOSTILE], capture_output=True, text=True, check=False, timeout=300)
    assert (run.returncode, run.stdout.strip()) == (0, "alive"), run.stderr


@given(
    st.text()
    | st.text(alphabet="-?:[]{}&*!|>'\"%@`#,\\ \t\n\r\u3000\ufeff\x00\x85\u2028a1あ<=~")
    | st.text(alphabet="-[{?: \na", max_size=300)
)
@settings(max_examples=1500)
@example("{? [a]}")
@example("\ud800")
@example("? \n")
@example("<<: *a")
@example("a: !!binary 'x'")
def test_any_text_ends_in_a_value_or_in_findings_with_a_place(text):
    read = read_text(text, "x.yml")
    for finding in read.findings:
        assert finding.place.line >= 1
        assert finding.place.column >= 1
        assert finding.place.line <= len(text.splitlines()) + 1
        assert message_of(finding)[0]
    if not read.findings:
        assert Positions(text).of((), False)[0] >= 1
    else:
        assert read.value is None


@given(content=st.binary())
@settings(max_examples=300)
def test_any_bytes_end_in_a_value_or_in_findings(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.yml"
    path.write_bytes(content)
    assert all(finding.place.line >= 1 for finding in read_file(path, "x.yml").findings)


# Files


@pytest.mark.parametrize(
    ("encoding", "called"), [("cp932", "Shift_JIS"), ("euc_jp", "EUC-JP"), ("utf-16", "UTF-16"), ("utf-16-be", "")]
)
def test_another_encoding_is_named_with_the_first_line_that_shows_it(tmp_path, encoding, called):
    path = tmp_path / "x.yml"
    path.write_bytes("id: sakura\nname: 屋島の体操クラブです\n".encode(encoding))
    (finding,) = read_file(path, "x.yml").findings
    assert finding.code in ("Y101", "Y108")
    if called:
        assert (finding.code, finding.values["guess"]) == ("Y101", called)
    if encoding in ("cp932", "euc_jp"):
        assert finding.place.line == 2


def test_a_file_above_the_limit_is_not_even_read(tmp_path):
    path = tmp_path / "x.yml"
    path.write_text("[" * (MAX_BYTES + 1), encoding="utf-8")
    (finding,) = read_file(path, "x.yml").findings
    assert (finding.code, finding.place.line, finding.place.column) == ("Y107", 1, 1)


# Positions


def test_positions_point_at_keys_and_values_and_fall_back_to_the_parent():
    positions = Positions("id: a\nphones:\n  - number: 1\n    label: 窓口\n")
    assert positions.of(("phones", 0, "label"), False) == (4, 12)
    assert positions.of(("phones", 0, "label"), True) == (4, 5)
    assert positions.of(("phones", 0, "hours"), False) == (3, 5)
    assert positions.of(("location", "lat"), False) == (1, 1)


def test_positions_of_a_text_that_is_refused_are_its_beginning():
    assert Positions("[" * 300_000).of(("a",), False) == (1, 1)


# Writing

SAID = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e14, max_value=1e14),
    st.sampled_from(
        ["0120", "9:30", "no", "1e3", "~", "", " 先頭", "末尾 ", "null", "true", "-0", "1.5", "さくら\n体操\n", "\n", " \n a", "a\n ", "- a",
         "a: b", "# a", "@a", "&a", "*a", "!a", "%a", "{a}", "[a", "'", '"', "a\tb", "①㈱髙𠮷", "a\r\nb", "a\u2028b\nc", "a\x85\nb", "👪",
         "0x1f", "1_000", "2026-09-02", "=", "<<", "?", "|", "a" * 5000, "あ い " * 2000, "\ufeffa", "---", "...", "'no'", "- ", "a:", "a #b"]
    ),
    st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff") | st.sampled_from("\n\t\r"), max_size=60),
)  # fmt: skip
KEYS = st.sampled_from(
    ["id", "no", "0120", "9:30", "電話 2", "a: b", "true", "~", "?", "-", "# x", "[", "a\nb", ""]
) | st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u3000\ufffe\uffff"), max_size=20)
DATA = st.recursive(
    SAID, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


def typed(value: object) -> object:
    """Return the value with its types, so that 1 and 1.0 and True differ."""
    if isinstance(value, dict):
        return {key: typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner) for inner in value]
    return type(value), value


@given(DATA)
@settings(max_examples=1500)
def test_what_is_written_is_read_again(value):
    read = read_text(dump(value), "x.yml")
    assert read.findings == ()
    assert typed(read.value) == typed(value)


def test_a_value_that_occurs_twice_is_written_twice_and_not_as_a_reference():
    hours = {"days": "月-金"}
    assert read_text(dump({"a": hours, "b": hours}), "x.yml").value == {"a": hours, "b": hours}


def test_small_and_large_numbers_stay_numbers_and_longer_ones_become_text():
    assert read_text(dump([0.00001, 1e14]), "x.yml").value == [0.00001, 1e14]
    assert read_text(dump(10**15), "x.yml").value == "1000000000000000"
    with pytest.raises(ValueError, match="nan"):
        dump(float("nan"))


def test_japanese_and_long_lines_are_written_as_they_are():
    assert dump({"name": "さくら体操クラブ", "note": "あ い " * 500 + "う", "needs": ["見守り"]}) == (
        "name: さくら体操クラブ\nnote: " + "あ い " * 500 + "う\nneeds:\n  - 見守り\n"
    )


_ANY_TEXT = st.text(max_size=12) | st.sampled_from(
    [
        "yes",
        "null",
        "382019-care-1",
        "12-e5",
        "0877-12-34",
        "087-839-2811",
        "2001-01-01",
        "1e5",
        "",
        "=",
        "a-b",
        "はい: ",
    ]
)
_ANYTHING = st.recursive(
    _ANY_TEXT | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150)
@given(st.dictionaries(_ANY_TEXT, _ANYTHING, max_size=4))
def test_the_quick_writer_writes_what_the_library_writes(value: dict[str, Any]) -> None:
    assert dump(value) == yaml_file._dumped(value)
