"""Commands in odd surroundings: never a traceback, never without end, one sentence where they cannot work, and nothing half."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kills.matrix import COMMANDS, Field
from kills.surroundings import SURROUNDINGS

SLOW = ("build", "report")
QUICK = [name for name in COMMANDS if name not in SLOW and name != "check"]


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Field]:
    field = Field(tmp_path_factory.mktemp("field"))
    yield field
    field.clear()


@pytest.mark.parametrize("odd", SURROUNDINGS)
def test_a_command_says_in_one_sentence_what_it_cannot_do(odd: str, field: Field) -> None:
    """The check, and one more command; `make kills` runs every command in every surrounding."""
    another = QUICK[list(SURROUNDINGS).index(odd) % len(QUICK)]
    assert [*field.wrong(odd, "check"), *field.wrong(odd, another)] == []


@pytest.mark.parametrize("command", QUICK)
def test_every_command_of_the_matrix_works_where_nothing_is_odd(command: str, field: Field) -> None:
    assert list(field.wrong("nothing odd", command)) == []


@pytest.mark.parametrize("odd", ["pipes among the files", "devices without an end among the files"])
def test_a_site_is_built_beside_files_that_never_end(odd: str, field: Field) -> None:
    assert list(field.wrong(odd, "build")) == []
