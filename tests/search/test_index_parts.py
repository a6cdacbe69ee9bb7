"""An index joined of parts is the index made in one piece, wherever the parts end."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from tsunagite.search.index import SHARDS, Index, IndexPart, Words, postings_of, shard_of, shards_of

NAMES = ("さくらサロン", "配食サービス", "体操の会", "見守り隊", "花の会", "体操")
GROUPS = [("体操の会", "花の会"), ("サロン", "配食"), ("見守り",)]
words = st.builds(
    lambda name, text, number: Words(name, [name], [], [f"{text}は毎週集まります。", text], [f"087000{number:04}"]),
    st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(0, 9999),
)  # fmt: skip


def files(index: Index) -> list[object]:
    return [*map(index.shard, range(SHARDS)), *map(index.group, GROUPS)]


@settings(max_examples=40, deadline=None)
@given(st.lists(words, max_size=12), st.lists(st.integers(0, 12), max_size=4))
def test_where_parts_end_makes_no_difference(documents: list[Words], ends: list[int]) -> None:
    postings = list(map(postings_of, documents))
    cuts = [0, *sorted(ends), len(postings)]
    parts = [IndexPart.of(postings[start:end]) for start, end in itertools.pairwise(cuts)]
    assert files(Index(parts, GROUPS)) == files(Index([IndexPart.of(postings)], GROUPS))


def test_the_steps_of_a_large_index_are_written_through_all_parts() -> None:
    postings = [
        postings_of(Words("体操", [], [], ["体操" if number % 2100 == 0 else "花"], [])) for number in range(4300)
    ]
    parts = [IndexPart.of(postings[start : start + 700]) for start in range(0, 4300, 700)]
    assert files(Index(parts, GROUPS)) == files(Index([IndexPart.of(postings)], GROUPS))


def test_the_digest_of_a_file_changes_with_its_grams_its_words_and_the_numbers_of_documents_and_with_nothing_else() -> (
    None
):
    def index(*texts: str, groups: list[tuple[str, str]] = GROUPS) -> Index:
        parts = [IndexPart.of([postings_of(Words("体操", [], [], [text], []))]) for text in texts]
        return Index(parts, groups)

    before, after = index("花を見る", "歩く"), index("花を見た", "歩く")
    changed = {number for number in range(SHARDS) if before.digest_of([number]) != after.digest_of([number])}
    assert changed == {number for number in range(SHARDS) if before.shard(number) != after.shard(number)}
    assert changed == set(shards_of(["見る", "見た"]))
    assert before.digest_of(range(SHARDS)) == index("花を見る", "歩く").digest_of(range(SHARDS))
    grouped = index("花を見る", "歩く", groups=[("体操の会", "花の会"), ("サロン", "配食"), ("見守", "見回")])
    assert before.digest_of([shard_of("=見回")]) != grouped.digest_of([shard_of("=見回")])
    longer = Index([IndexPart.of([{}, postings_of(Words("体操", [], [], ["歩く"], []))])])
    shorter = Index([IndexPart.of([postings_of(Words("体操", [], [], ["歩く"], []))])])
    assert longer.digest_of(shards_of(["歩く"])) != shorter.digest_of(shards_of(["歩く"]))


def test_a_short_telephone_number_is_indexed_as_it_is_and_a_long_one_by_its_last_digits() -> None:
    postings = postings_of(Words("窓口", [], [], [], ["188", "0878392811"]))
    numbers = {gram for gram in postings if gram.startswith("#")}
    assert numbers == {"#188", "#2811", "#839"}
    assert IndexPart.of([postings]).size == 1
