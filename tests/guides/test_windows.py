"""The tree of windows ends in telephone numbers: those of the vocabulary, of the site's own records, or what to do without any."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from small_site import resource, site_view
from tsunagite.engine.assemble import Views
from tsunagite.guides.view import BranchView

TREE = Path(__file__).parents[2] / "content/reference/which-window.md"
TREE_OF_ONE = "---\ntitle: x\nsummary: x\nshape: tree\ntree:\n  - {title: 一つ, kinds: [community_support_center]}\nreviewed_on: 2026-11-23\nreview_due: 2027-02-28\n---\n"


def center(name: str, **fields: object) -> dict[str, object]:
    """A community support centre."""
    return resource(name, kind="地域包括支援センター", needs=["相談したい"], support_level=["公助"], **fields)


def site(folder: Path, *records: dict[str, object], text: str = TREE_OF_ONE, **settings: object) -> Views:
    """A site with one tree."""
    (folder / "content/reference").mkdir(parents=True)
    (folder / "content/reference/tree.md").write_text(text, encoding="utf-8")
    return site_view(folder, *records, site={"name": "x", **settings})


def ends(branches: tuple[BranchView, ...]) -> Iterator[BranchView]:
    """Yield the branches without any below."""
    for branch in branches:
        if branch.children:
            yield from ends(branch.children)
        else:
            yield branch


def only(view: Views) -> BranchView:
    """The one branch of the one tree."""
    (page,) = view.knowledge.pages()
    (branch,) = page.tree
    return branch


def test_few_windows_of_a_kind_are_named_with_their_numbers(tmp_path: Path) -> None:
    (window,) = only(site(tmp_path, center("a"), center("b"), main_window="a")).calls.windows
    assert [(card.id, card.phone.href) for card in window.cards if card.phone] == [
        ("a", "tel:+81878392811"),
        ("b", "tel:+81878392811"),
    ]
    assert window.list is None


def test_of_many_windows_the_one_to_ask_first_is_named_and_the_list_leads_to_all(tmp_path: Path) -> None:
    calls = only(site(tmp_path, *(center(name) for name in "abcd"), main_window="c")).calls
    (window,) = calls.windows
    assert [card.id for card in window.cards] == ["c"]
    assert (window.list.label, window.list.path) == (
        "地域包括支援センター（4件）",
        "search/?kind=community_support_center",
    )  # type: ignore[union-attr]
    assert calls.instead is None


def test_without_a_record_the_main_window_and_the_national_register_stand_there(tmp_path: Path) -> None:
    calls = only(site(tmp_path, resource("main"), main_window="main")).calls
    (window,) = calls.windows
    assert window.is_missing
    assert (window.label, window.register, window.url) == (
        "地域包括支援センター",
        "厚生労働省 介護サービス情報公表システム",
        "https://www.kaigokensaku.mhlw.go.jp/",
    )
    assert calls.instead
    assert (calls.instead.id, calls.has_no_number) == ("main", False)


def test_without_a_record_or_a_main_window_the_page_says_to_call_the_office_of_the_town(tmp_path: Path) -> None:
    calls = only(site(tmp_path, resource("a"))).calls
    assert (calls.has_no_number, calls.instead) == (True, None)


def test_a_window_without_telephone_is_not_offered_as_one(tmp_path: Path) -> None:
    silent = center("silent", phones=[], no_contact_reason="番号を公開していません。")
    (window,) = only(site(tmp_path, silent, center("b"))).calls.windows
    assert [card.id for card in window.cards] == ["b"]
    assert window.list
    assert window.list.label == "地域包括支援センター（2件）", "the list still shows it"


def test_every_end_of_the_tree_of_windows_reaches_a_telephone_or_says_what_is_missing(tmp_path: Path) -> None:
    head, body = (
        TREE.read_text(encoding="utf-8").split("sources:\n")[0],
        "reviewed_on: 2026-11-23\nreview_due: 2027-02-28\n---\n",
    )
    text = (
        "\n".join(line for line in head.splitlines() if not line.strip().startswith(("source:", "page:", "related:")))
        + "\n"
        + body
    )
    view = site(tmp_path, center("hokatsu"), text=text, main_window="hokatsu")
    (page,) = view.knowledge.pages()
    found = {end.title: end.calls for end in ends(page.tree)}
    assert len(found) > 10
    assert [title for title, calls in found.items() if not calls] == []
    assert [line.href for line in found["倒れている、返事がない、息が苦しい"].lines] == ["tel:119"]
    assert [line.href for line in found["殴られている、おどされている"].lines] == ["tel:110"]
    assert all(
        calls.lines or calls.instead or any(window.cards for window in calls.windows) for calls in found.values()
    ), "each has a number here"
    (office,) = found["担当のケアマネジャーがいる"].windows
    assert (office.is_missing, found["担当のケアマネジャーがいる"].instead.id) == (True, "hokatsu")  # type: ignore[union-attr]
