"""Relations between stakeholders: what is written is read as it is meant, and what is not written is not known."""

from mini_sites import GOOD, TODAY
from tsunagite.check.load import load


def test_a_relation_is_read_with_its_two_ends_and_leaves_open_what_nobody_wrote() -> None:
    ties = {placed.record.id: placed.record for placed in load(GOOD, TODAY).directory.placed_ties}
    whole, planned = ties["shakyo-sakura-taiso"], ties["coordinator-stationery"]
    assert (whole.party.key, whole.partner.key) == (("organization", "mihon-shakyo"), ("resource", "sakura-taiso"))
    assert (whole.kind, whole.meets, whole.depends, whole.relied_on) == (
        "shares_information",
        "some_a_year",
        "中",
        "低い",
    )
    assert (whole.layer, whole.term, whole.contacts) == ("field", "short", 2)
    assert (planned.partner.key, planned.partner.sort, planned.meets) == (
        ("name", "商店街の文具店"),
        "shops",
        "not_yet",
    )
    assert (planned.direction, planned.depends, planned.contacts, planned.last_met) == (None, None, None, None)
